"""A small part of `make bench-topics`: what is left out of a file, scores by hand, and every way on planted themes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from written import themed

from benchmarks.topic_corpora import corpora
from benchmarks.topic_peers import PEERS, purity
from benchmarks.topics import OURS, scored


def test_a_file_of_texts_and_labels_is_read_and_what_is_left_out_is_told(tmp_path, capsys):
    """Repeated and short texts, rare labels and rows with gaps are left out; the file's stem is its name."""
    texts, theme = themed(12, np.random.default_rng(1), 2)
    rows = [
        *zip(texts, theme.astype(str), strict=True),
        (texts[0], "0"),
        ("too short", "0"),
        ("a label of one text", "2"),
        (None, "0"),
    ]
    pd.DataFrame(rows, columns=["text", "label"]).to_csv(tmp_path / "mine.csv", index=False)
    (read,) = corpora([tmp_path / "mine.csv"]).values()
    assert sorted(read["text"]) == sorted(set(texts))
    assert "mine: 24 of 28 texts, 2 of 3 labels; 0 cut" in capsys.readouterr().out


def test_purity_by_hand():
    """Two of three, and two of two."""
    assert purity(np.array([0, 0, 1, 1, 1]), np.array([0, 0, 0, 1, 1])) == pytest.approx(4 / 5)


def test_every_way_finds_planted_themes():
    """With words of their own, better than by lot; ours finds nearly all, and about as many."""
    texts, theme = themed(25, np.random.default_rng(2), 4)
    rows = pd.DataFrame(scored(pd.DataFrame({"text": texts, "label": theme}), 80, 0))
    at_labels = rows[rows["at"] == "labels"].set_index("way")
    assert set(PEERS) < set(at_labels.index)
    assert (at_labels["NMI"] > 0.3).all()
    assert at_labels.loc[OURS, "ARI"] > 0.9
    assert rows.loc[rows["at"] == "own", "groups"].between(3, 6).all()
