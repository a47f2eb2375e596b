"""Weeks of adoption as the client's records have them, also where the records and the settings disagree."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from kithwork.change import adoption
from kithwork.change.diffusion import NEVER

PEOPLE = pd.DataFrame({"person_id": ["a", "b", "c"]})


def outcomes(**days: str | None) -> pd.DataFrame:
    """Who adopted when."""
    at = pd.to_datetime(pd.Series(list(days.values())), utc=True)
    return pd.DataFrame({"person_id": list(days), "outcome": adoption.ADOPTED, "at": at})


def test_weeks_count_from_the_day_the_change_began():
    """Day 6 is of week 0, day 7 of week 1; who adopted earlier is of week 0, who did not of none."""
    found = adoption.dated(outcomes(a="2026-02-08", b="2026-02-09"), PEOPLE, date(2026, 2, 2), date(2026, 3, 1))
    assert found.week.tolist() == [0, 1, NEVER]
    assert found.weeks == 4
    early = adoption.dated(outcomes(a="2025-01-01", b="2026-02-20"), PEOPLE, date(2026, 2, 2), None)
    assert (early.week.tolist(), early.weeks) == ([0, 2, NEVER], 3)


@pytest.mark.parametrize("until", [None, date(2026, 6, 1)])
def test_a_change_that_began_after_all_was_recorded_is_one_week_old(until):
    """All adopted before it began: week 0, and one week watched, never fewer."""
    found = adoption.dated(outcomes(a="2026-01-01", b="2026-02-01"), PEOPLE, date(2027, 1, 1), until)
    assert (found.week.tolist(), found.weeks) == ([0, 0, NEVER], 1)


def test_without_a_date_nobody_is_dated():
    """They have adopted all the same."""
    rows = outcomes(a=None)
    assert adoption.dated(rows, PEOPLE, None, None) is None
    assert adoption.undated(rows, PEOPLE).tolist() == [True, False, False]
