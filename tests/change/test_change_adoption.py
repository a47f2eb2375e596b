"""Weeks of adoption from a client's records: counted from the day the change began, in the order of the staff list."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from synthetic import staff

from kithwork.change.adoption import dated, undated
from kithwork.change.diffusion import NEVER
from kithwork.tables import OUTCOMES

PEOPLE = staff([None] * 5)


def recorded(**when: str | None) -> pd.DataFrame:
    """Outcomes "adopted" of people by id, and one of another kind."""
    days = [pd.Timestamp(day, tz="UTC") if day else pd.NaT for day in when.values()]
    rows = pd.DataFrame({"person_id": list(when), "outcome": "adopted", "at": pd.Series(days, dtype="datetime64[us, UTC]")})
    left = pd.DataFrame({"person_id": ["p004"], "outcome": "left", "at": pd.Series([pd.Timestamp("2026-01-01", tz="UTC")])})
    return OUTCOMES.checked(pd.concat([rows, left], ignore_index=True))


FOUND = recorded(p000="2026-03-02 09:00", p001="2026-03-08 23:59", p002="2026-03-09", p003=None)


@pytest.mark.parametrize(
    ("began", "until", "weeks", "watched"),
    [
        (None, None, [0, 0, 1], 2),
        (date(2026, 3, 2), date(2026, 3, 22), [0, 0, 1], 3),
        (date(2026, 3, 2), date(2026, 3, 23), [0, 0, 1], 4),
        (date(2026, 2, 16), None, [2, 2, 3], 4),
        (date(2026, 3, 9), date(2026, 3, 3), [0, 0, 0], 1),
        (date(2027, 1, 1), date(2026, 3, 22), [0, 0, 0], 1),
    ],
)
def test_weeks_are_counted_from_the_beginning(began, until, weeks, watched):
    """Seven days make a week, to its last minute; adopters before the beginning are of week 0, also where all are; the
    watch lasts to the last day or the last adoption, whichever is later, and is never shorter than a week."""
    found = dated(FOUND, PEOPLE, began, until)
    assert found.week.tolist() == [*weeks, NEVER, NEVER]
    assert found.weeks == watched
    assert found.adopted.tolist() == [True, True, True, False, False]


def test_adopting_without_a_date_is_kept_apart():
    """Who is recorded without a date has no week; nobody with one is None; other outcomes are none."""
    assert undated(FOUND, PEOPLE).tolist() == [False, False, False, True, False]
    assert dated(recorded(p003=None), PEOPLE, None, None) is None
