"""What tells of a signal: texts and entries on the register, copies left out."""

from __future__ import annotations

import pandas as pd
from hearing import DAY, register, written

from kithwork.market.mentions import mentions, numbered


def test_texts_and_entries_are_rows_of_one_kind():
    """Copies are left out; where it is not said how a thing was learned, the less is taken."""
    comments, texts, of = written(
        [
            ("en-01", "p000", "acme", "directly", None),
            ("en-01", "p001", "acme", None, None),
            ("en-01", "p002", None, None, None),
            ("en-01", "p003", "acme", "directly", 0),
            (None, "p004", None, "directly", None),
        ]
    )
    entries = register([{"problem": "glass", "party_id": "acme"}, {"problem": "noise", "person_id": "p000"}, {}])
    signal_of = pd.Series({"glass": "en-01", "noise": "idea-01"})
    found = mentions(comments, texts, of, entries, signal_of)
    assert found["mention_id"].tolist() == ["entry I0000", "text c0000", "text c0001", "text c0002", "entry I0001"]
    assert found["learned"].tolist() == ["second hand", "directly", "second hand", "inference", "inference"]
    assert found["signal_id"].tolist() == ["en-01"] * 4 + ["idea-01"]


def test_problems_without_a_topic_are_numbered_as_they_came_up():
    """By the day of their first entry, then by name: an entry more leaves the numbers of older ones as they are."""
    problems = pd.Series({"a": None, "b": "en-02", "c": None, "d": None}, dtype="str").rename_axis("problem")
    rows = [{"problem": one} for one in ("d", "b", "a", "d")]
    entries = register([*rows, {"problem": "c"}]).assign(raised=lambda frame: frame["raised"].where(frame.index < 4, DAY))
    assert numbered(entries, problems).to_dict() == {"a": "idea-03", "b": "en-02", "c": "idea-01", "d": "idea-02"}
    later = register([*rows, {"problem": "c"}])
    assert numbered(later, problems).to_dict() == {"a": "idea-02", "b": "en-02", "c": "idea-03", "d": "idea-01"}
