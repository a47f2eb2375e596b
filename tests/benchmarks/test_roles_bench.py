"""A small part of `make bench-roles`: labelled texts are read, and what is scored is no lesson."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks import roles as bench
from kithwork.market_tables import ROLES

WORDS = {
    "customer": "buyer order account demand", "supplier": "vendor parts shipment steel",
    "none": "canteen printer heating lift",
}  # fmt: skip


def frame(each: int, rng: np.random.Generator) -> pd.DataFrame:
    """Texts of a few words of their label's."""
    label = np.repeat(list(WORDS), each)
    texts = [
        f"the {' and the '.join(rng.choice(WORDS[one].split(), 3, replace=False))} were told of in week {week}"
        for week, one in enumerate(label)
    ]
    return pd.DataFrame({"text": texts, "label": label})


def test_labelled_texts_are_told_by_ticks():
    """Texts with words of their own part are told nearly always, and shares are shares."""
    found = bench.labelled(frame(40, np.random.default_rng(1)), (3, None))
    assert found["right"] > 0.9
    assert found["plain"] > 0.9
    assert all(0 <= found[one] <= 1 for one in ("told", "of_told", "apart"))
    assert np.isnan(found["second"])


def test_texts_that_are_scored_teach_nothing(monkeypatch):
    """No text of a writer who is scored has a tick or is an answer on what nobody acts on; others have as many as asked."""
    seen, roles, out = [], bench.roles, [str(row) for row in range(0, 90, 3)]
    monkeypatch.setattr(bench, "roles", lambda comments, *rest: seen.append(comments) or roles(comments, *rest))
    monkeypatch.setattr(bench, "_third", lambda *_: np.array(out))
    bench.labelled(frame(30, np.random.default_rng(2)), (3, 2))
    (comments,) = seen
    scored = comments["person_id"].isin(out)
    assert comments.loc[scored, "about"].isna().all()
    assert set(comments.loc[scored, "prompt"]) == {bench.OTHER}
    assert comments["about"].value_counts().to_dict() == {"customer": 2, "supplier": 2}
    assert (comments["prompt"] != bench.OTHER).sum() == 20  # of 30 texts about none


def test_a_label_that_is_no_part_of_the_market_is_refused():
    """It is named, and so are those that are known."""
    texts = frame(5, np.random.default_rng(3)).replace({"label": {"customer": "weather"}})
    with pytest.raises(SystemExit, match=f"weather.*{ROLES[0]}"):
        bench.labelled(texts, (3, None))
