"""Claims set beside each other, row by row."""

from __future__ import annotations

import json

import pandas as pd
from synthetic import claim, released

from kithwork.report.beside_rows import indexed, of_both, of_one

NAME = "values.influence.reach_across"
ROWS = [claim(NAME, 50, 40, 60, n=60), *(claim(NAME, 40, group=name, n=20) for name in "ABC")]


def test_row_of_both_has_each_figure_with_its_interval_and_n():
    """As plain data that a script can read, the claim's own group named in its label."""
    rows = indexed(released(*ROWS).claims, groups=True)
    whole, group = (of_both(rows.loc[name], rows.loc[name], "any").plain() for name in (NAME, f"{NAME}.A"))
    assert whole["first"] == {"estimate": 50.0, "low": 40.0, "high": 60.0, "n": 60}
    assert whole["difference"] is None
    assert group["label"] == "Share of people who answered: A"
    assert json.loads(json.dumps(whole)) == whole


def test_groups_stand_there_only_if_asked_for():
    """Segments never: they are made anew by each run."""
    pair = claim(NAME, 40, group="A", other="B", scope="pair", n=20, other_people=20)
    segment = claim("people.share_personal", 40, group="Bridges", scope="segment", n=20)
    claims = pd.DataFrame([*ROWS, pair, segment])
    assert list(indexed(claims, groups=False).index) == [NAME]
    assert list(indexed(claims, groups=True).index) == [NAME, *(f"{NAME}.{name}" for name in ("A", "B", "C", "A × B"))]


def test_what_one_has_alone_names_no_group():
    """A group that the other holds back would be told by name."""
    rows = indexed(released(*ROWS).claims, groups=True)
    assert [row.id for row in of_one(rows, rows.iloc[:0])] == [NAME]
