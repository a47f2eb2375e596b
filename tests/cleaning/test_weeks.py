"""Weeks of people: at work, away, not there yet or no longer, or hardly recorded."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.cleaning.weeks import LONGEST_LEAVE, states

MONDAYS = pd.date_range("2026-01-05", periods=30, freq="7D", tz="UTC", unit="us")


def of(*people: str) -> list[str]:
    """States of the last person, one letter a week; each person is a string with the contacts of each week as a digit."""
    rows = [
        (f"p{person}", MONDAYS[week], int(count))
        for person, weeks in enumerate(people)
        for week, count in enumerate(weeks)
        if count != "0"
    ]
    found = states(pd.DataFrame(rows, columns=["person_id", "week", "contacts"]), light_user=3)
    return found[found["person_id"] == f"p{len(people) - 1}"]["state"].tolist()


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ("999", ["active"] * 3),
        ("090", ["before", "active", "after"]),
        ("909", ["active", "leave", "active"]),
        ("129", ["light", "light", "light"]),
        ("9" + "0" * LONGEST_LEAVE + "9", ["active", *["leave"] * LONGEST_LEAVE, "active"]),
        ("9" + "0" * (LONGEST_LEAVE + 1) + "9", ["active", *["silent"] * (LONGEST_LEAVE + 1), "active"]),
    ],
)
def test_state_of_each_week(weeks, expected):
    """By what lies before and after it; another person sets how many weeks there are."""
    assert of("9" * len(weeks), weeks) == expected


def test_nobody_seen_is_no_weeks():
    """An empty table, with its columns."""
    empty = pd.DataFrame({"person_id": [], "week": pd.DatetimeIndex([], tz="UTC"), "contacts": []})
    assert list(states(empty, 3)) == ["person_id", "week", "contacts", "state"]


@given(st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=25), min_size=1, max_size=5))
def test_contacts_are_kept_and_every_week_has_one_state(people):
    """The sum of contacts is what came in; a week has contacts just where its state says that there are some."""
    rows = [(f"p{i}", MONDAYS[week], count) for i, weeks in enumerate(people) for week, count in enumerate(weeks) if count]
    frame = pd.DataFrame(rows, columns=["person_id", "week", "contacts"])
    found = states(frame, light_user=3)
    assert found["contacts"].sum() == frame["contacts"].sum()
    assert np.array_equal(found["contacts"] > 0, found["state"].isin(["active", "light"]))
    assert not found.duplicated(["person_id", "week"]).any()
