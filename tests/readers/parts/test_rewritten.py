"""What is rewritten says the same: a name in two columns is one, a day of a country's form is that day, the rest stays."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.readers.parts.rewritten import rewritten
from kithwork.readers.parts.rows import Rows


def staff(columns: dict[str, list[str]], header: dict[str, str] | None = None) -> Rows:
    """A staff list of these columns."""
    return Rows("staff", "staff.csv", pd.DataFrame(columns, dtype="str"), header or {})


def test_name_in_two_columns_is_one():
    """A name needs both halves; a message names both columns."""
    rows = staff(
        {"first_name": ["Bo ", "Bo", ""], "last_name": ["Li", "", "Li"]}, {"first_name": "Vorname", "last_name": "Name"}
    )
    found = rewritten(rows)
    assert found.frame["name"].tolist() == ["Bo Li", "", ""]
    assert set(found.frame) == {"name"}
    assert found.header["name"] == "Vorname and Name"


def test_whole_name_goes_before_its_halves_and_a_half_alone_is_told():
    """No name is made of a last name alone: it would find whoever bears it."""
    assert rewritten(staff({"name": ["Bo Li"], "first_name": ["B"], "last_name": ["L"]})).frame["name"].tolist() == [
        "Bo Li"
    ]
    found = rewritten(staff({"last_name": ["Li"]}))
    assert "name" not in found.frame
    assert found.notes == ["last_name alone makes no name"]


@pytest.mark.parametrize("form", ["%d.%m.%Y", "%m/%d/%Y", "%d %b %Y", "%Y%m%d"])
@given(days=st.lists(st.dates(date(1950, 1, 1), date(2080, 1, 1)), min_size=1, max_size=5))
def test_day_of_a_stated_form_is_that_day(form, days):
    """Whatever comes first in it."""
    found = rewritten(staff({"started": [day.strftime(form) for day in days]}), form)
    assert found.frame["started"].tolist() == [day.isoformat() for day in days]


def test_what_does_not_fit_stays_for_cleaning_to_name():
    """Nothing is emptied or guessed here, and nothing but times is touched."""
    rows = staff({"started": ["2026-13-01", "", "31.12.2020"], "unit": ["01.02.2020", "x", "y"]})
    found = rewritten(rows, "%d.%m.%Y")
    assert found.frame["started"].tolist() == ["2026-13-01", "", "2020-12-31"]
    assert found.frame["unit"].tolist() == ["01.02.2020", "x", "y"]


def test_hours_and_zones_are_kept():
    """A form that has them gives a moment."""
    rows = Rows("comments", "c.csv", pd.DataFrame({"at": ["7/9/2026 14:30 +0200"]}, dtype="str"), {})
    assert rewritten(rows, "%d/%m/%Y %H:%M %z").frame["at"].tolist() == ["2026-09-07T14:30:00+0200"]
    assert timedelta(hours=2) == pd.Timestamp("2026-09-07T14:30:00+0200").utcoffset()
