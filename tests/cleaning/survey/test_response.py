"""Who was invited and who took part: counts by hand, joiners, groups that are unknown."""

from __future__ import annotations

import pandas as pd
import pytest
from synthetic import staff

from kithwork.cleaning.survey import response

PEOPLE = staff(["A", "A", "B", None], tenure_months=[12.0, 1, 40, None])


def test_response_by_group_with_wilsons_interval():
    """Two of four took part; of group A one of two. The interval of 1 in 2 is Wilson's, 0.0945 to 0.9055."""
    found = response.response(response.invited(PEOPLE, pd.Index(["p000", "p002"]), 0)).set_index(["grouping", "group"])
    assert found["invited"].to_dict() == {("all", ""): 4, ("unit", "A"): 2, ("unit", "B"): 1, ("unit", ""): 1}
    assert found["responded"].to_dict() == {("all", ""): 2, ("unit", "A"): 1, ("unit", "B"): 1, ("unit", ""): 0}
    assert found.loc[("unit", "A"), ["share", "low", "high"]].tolist() == pytest.approx([0.5, 0.0945, 0.9055], abs=1e-4)


def test_joiners_were_not_invited_unless_they_answered():
    """Who joined a month ago was not there three months ago; unknown tenure counts as invited."""
    assert response.invited(PEOPLE, pd.Index([]), 3)["person_id"].tolist() == ["p000", "p002", "p003"]
    assert len(response.invited(PEOPLE, pd.Index(["p001"]), 3)) == 4


def test_nobody_invited_is_an_empty_table():
    """A staff list of joiners only."""
    assert response.response(response.invited(PEOPLE.iloc[1:2], pd.Index([]), 3)).empty
