"""`make bench-trends` reads labelled messages as it says, and its scan statistic tries every window."""

from __future__ import annotations

from math import log

import numpy as np
import pandas as pd
import pytest

from benchmarks import trends


def test_scan_finds_the_likeliest_window_of_all():
    """Against every window written out, on a few short series."""
    rng = np.random.default_rng(1)
    for _ in range(5):
        of = rng.integers(1, 9, 9).astype(float)
        texts = rng.binomial(of.astype(int), 0.4).astype(float)

        def likely(inside, texts=texts, of=of):
            sides = [(texts[side].sum(), of[side].sum()) for side in (inside, ~inside)]
            if of[inside].sum() > of.sum() / 2 or sides[0][0] / sides[0][1] <= sides[1][0] / sides[1][1]:
                return -np.inf
            return sum(x * log(x / n) if x else 0.0 for x, n in sides) + sum(
                (n - x) * log(1 - x / n) if n > x else 0.0 for x, n in sides
            )

        windows = [(np.arange(9) >= a) & (np.arange(9) <= b) for a in range(9) for b in range(a, 9) if b - a < 8]
        best = max(windows, key=likely)
        assert likely(trends.scan(texts, of)) == pytest.approx(likely(best))


def test_a_message_counts_once_and_only_where_labelled(tmp_path):
    """Of copies to others, to oneself, hidden ones, unlabelled ones and ones before 1998, one message is left."""
    rows = [
        (1, 2, "2001-01-01 10:00:00", "to", 3),
        (1, 4, "2001-01-01 10:00:00", "cc", 3),
        (1, 5, "2001-01-02 10:00:00", "bcc", 3),
        (1, 1, "2001-01-03 10:00:00", "to", 3),
        (1, 2, "2001-01-04 10:00:00", "to", 0),
        (1, 2, "1979-12-31 21:00:00", "to", 3),
    ]
    edges = pd.DataFrame(rows, columns=["source", "target", "time", "recipient_type", "ldc_topic"])
    edges.to_csv(tmp_path / "edges.csv", index=False)
    pd.DataFrame({"ldc_topic": [3], "name": ["glass"], "desc": [""]}).to_csv(tmp_path / "ldc_topics.csv", index=False)
    assert trends.enron(tmp_path).to_numpy().tolist() == [["2001-01-01 10:00:00", "glass"]]


def test_figures_of_any_dated_texts():
    """A topic that bursts in March, among others that do not: its burst holds most of it and meets the scan's window."""
    rng = np.random.default_rng(2)
    day = np.r_[rng.integers(0, 364, 900), rng.integers(60, 88, 60)]
    topic = np.r_[rng.choice(["a", "b", "c"], 900), np.repeat("march", 60)]
    messages = pd.DataFrame({"time": pd.Timestamp("2001-01-01") + pd.to_timedelta(day, unit="D"), "topic": topic})
    found = {one.name: one.measured for one in trends.of_messages("made up", messages)}
    assert found["made up: texts"] == 960
    assert found["made up: topics with dated texts"] == 4
    assert found["made up: topics with a burst beyond chance"] >= 1
    assert found["made up: of these, heaviest burst meets the window of a scan statistic"] == 1
