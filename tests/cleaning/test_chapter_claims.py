"""What the first chapter claims of the survey and of contact, and what of it passes the gate."""

from __future__ import annotations

import pandas as pd
import pytest

from kithwork.cleaning.claims import CAREFUL, claims, details
from kithwork.estimates import proportion
from kithwork.release import release
from kithwork.tables import TABLES

GROUPS = [("all", "", 40, 30), ("unit", "A", 20, 15), ("unit", "B", 17, 14), ("unit", "C", 3, 1), ("site", "North", 40, 30)]
RESPONSE = pd.DataFrame(GROUPS, columns=["grouping", "group", "invited", "responded"])
WHO = [f"p{number:02d}" for number in range(30)]


def careless(flagged: int) -> pd.DataFrame:
    """Thirty respondents, the first of them flagged for pace and a repeated pattern; no item asked for one answer."""
    signs = ["speed+repeated"] * flagged + [None] * (30 - flagged)
    known = dict.fromkeys(("longest_run", "spread", "repeated", "distance_p", "consistency", "seconds_per_answer"), 1.0)
    frame = pd.DataFrame({"person_id": WHO, "signs": signs, "flagged": [sign is not None for sign in signs], **known})
    return frame.assign(attention=float("nan"), twins=0)


def tables(**given: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Clean tables, empty unless given."""
    return {name: table.empty() for name, table in TABLES.items() if table.stage == "clean"} | given


def answers(value: int) -> pd.DataFrame:
    """Everybody answers one item with the middle, those first in the list with this value."""
    return pd.DataFrame({"person_id": WHO, "item": "V1a", "value": [float(value)] * 6 + [3.0] * 24})


def test_shares_are_of_all_and_of_units_with_their_intervals():
    """Those invited are the n; groups of other kinds are no claims."""
    rows = claims(tables(response=RESPONSE, careless=careless(3))).frame().set_index("id")
    assert set(rows.index) == {"clean.responded", *(f"clean.responded.{unit}" for unit in "ABC"), "clean.careless"}
    expected = proportion(30, 40).times(100)
    whole = rows.loc["clean.responded"]
    assert (whole["estimate"], whole["low"], whole["high"], whole["n"]) == (75, expected.low, expected.high, 40)
    assert rows.loc["clean.careless", "estimate"] == 10


def test_small_unit_is_held_back_with_the_one_that_would_betray_it():
    """Three people in C: shown neither by itself nor by subtraction."""
    released = release(claims(tables(response=RESPONSE)).frame(), 5)
    assert released.of("clean.responded")["group"].tolist() == ["A"]


def test_contact_is_claimed_by_records_weeks_and_clocks():
    """The gate counts the people behind the records; a clock counts once, whatever channels it went wrong on."""
    steps = pd.DataFrame({"people": [12, 11], "kept": [200, 150]})
    weeks = pd.DataFrame({"person_id": ["a", "a", "b", "b"], "state": ["leave", "active", "active", "light"]})
    clocks = pd.DataFrame({"person_id": ["a", "a"]})
    rows = claims(tables(filters=steps, person_weeks=weeks, clocks=clocks)).frame().set_index("measure")
    found = rows["estimate"].to_dict()
    assert found == {"clean.kept": 75, "clean.leave": 25, "clean.light": 25, "clean.clock": 50}
    assert (rows.loc["clean.kept", "n"], rows.loc["clean.kept", "people"]) == (200, 12)
    assert (rows["low"] >= 0).all()
    assert (rows["high"] <= 100).all()


def test_signs_count_where_their_evidence_is_known():
    """An item that nobody was asked is no sign that nobody showed."""
    rows = details(tables(careless=careless(6), answers=answers(3))).frame().set_index("id")
    assert rows.loc["clean.sign_speed", "estimate"] == 20
    assert rows.loc["clean.sign_twin", "estimate"] == 0
    assert "clean.sign_attention" not in rows.index


@pytest.mark.parametrize(("flagged", "shown"), [(0, True), (1, False), (4, False), (5, True), (6, True)])
def test_few_careless_cannot_be_found_by_subtraction(flagged, shown):
    """A mean of all and a mean without four people tell what the four answered: the second is held back."""
    released = release(details(tables(careless=careless(flagged), answers=answers(5))).frame(), 5)
    assert released.get("clean.scale_V1")["estimate"] == 60
    assert (released.get(f"clean.scale_V1.{CAREFUL}") is not None) == shown


def test_nothing_brought_is_no_claim():
    """Empty ledgers."""
    assert claims(tables()).frame().empty
    assert details(tables()).frame().empty
