"""What the first chapter claims of the survey."""

from __future__ import annotations

import pandas as pd

from kithwork.cleaning.survey.claims import claims
from kithwork.estimates import proportion
from kithwork.release import release
from kithwork.tables import TABLES

GROUPS = [("all", "", 40, 30), ("unit", "A", 20, 15), ("unit", "B", 17, 14), ("unit", "C", 3, 1), ("site", "North", 40, 30)]
RESPONSE = pd.DataFrame(GROUPS, columns=["grouping", "group", "invited", "responded"])
CARELESS = pd.DataFrame({"flagged": [True] * 3 + [False] * 27})


def test_shares_are_of_all_and_of_units_with_their_intervals():
    """Those invited are the n; groups of other kinds are no claims."""
    rows = claims(RESPONSE, CARELESS).frame().set_index("id")
    assert set(rows.index) == {"clean.responded", *(f"clean.responded.{unit}" for unit in "ABC"), "clean.careless"}
    expected = proportion(30, 40).times(100)
    whole = rows.loc["clean.responded"]
    assert (whole["estimate"], whole["low"], whole["high"], whole["n"]) == (75, expected.low, expected.high, 40)
    assert rows.loc["clean.careless", "estimate"] == 10


def test_small_unit_is_held_back_with_the_one_that_would_betray_it():
    """Three people in C: shown neither by itself nor by subtraction."""
    released = release(claims(RESPONSE, CARELESS).frame(), 5)
    assert released.of("clean.responded")["group"].tolist() == ["A"]


def test_no_survey_is_no_claim():
    """An empty ledger."""
    empty = (TABLES[name].empty() for name in ("response", "careless"))
    assert claims(*empty).frame().empty
