"""Tenure from days of starting: months to the day of the staff list, and never a guess of that day."""

from __future__ import annotations

import pandas as pd
import pytest
import synthetic

from kithwork import cleaning, params, readers
from kithwork.errors import UserError

STARTED = ["2025-09-30", "2026-09-15", "", "2026-10-02", "soon"]


def people(project, **engagement) -> cleaning.Cleaned:
    """A study whose staff list says when people started."""
    rows = [{"person": f"p{at}", "unit": "A", "started": day} for at, day in enumerate(STARTED)]
    synthetic.build(project, {"staff": rows}, synthetic.SIGNS, engagement=engagement, clean={"bad_rows": "quarantine"})
    settings = params.load("synthetic")
    return cleaning.clean(readers.read(settings), settings)


def test_tenure_runs_to_the_day_of_the_list(project):
    """A year is twelve months; who starts after it, or on no day, has none, is told of, and stays."""
    found = people(project, staff_as_of="2026-09-30")
    assert sorted(found["people"]["tenure_months"].dropna()) == [0.5, 12]
    assert len(found["people"]) == len(STARTED)
    assert sorted(found["emptied"]["reason"]) == ["is after the staff list, which is of 2026-09-30", "is not a date"]
    assert (found["emptied"]["column"] == "started").all()


def test_last_day_of_the_period_serves_where_no_other_is_said(project):
    """The list is taken for one of the time that is studied."""
    found = people(project, period=["2026-01-01", "2026-10-30"])
    assert sorted(found["people"]["tenure_months"].dropna()) == [0.9, 1.5, 13]


def test_day_of_the_list_is_asked_for(project):
    """The message says which line to write, and where."""
    with pytest.raises(
        UserError, match=r"nothing says from when the list is.*staff_as_of: '2026-09-30'.*engagements\.synthetic"
    ):
        people(project)


def test_tenure_that_is_given_stays(project):
    """A number of months goes before a day."""
    rows = [{"person": "p0", "unit": "A", "tenure_months": "7", "started": "2020-01-01"}]
    synthetic.build(project, {"staff": rows}, synthetic.SIGNS, engagement={"staff_as_of": "2026-09-30"})
    settings = params.load("synthetic")
    found = cleaning.clean(readers.read(settings), settings)
    assert found["people"]["tenure_months"].tolist() == [7]
    assert pd.notna(found["people"]["unit"]).all()
