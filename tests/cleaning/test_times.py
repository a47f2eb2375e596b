"""Times as files write them: with any way of naming a zone, of the file's own clock, or a day alone."""

from __future__ import annotations

import pandas as pd
import pytest

from kithwork.cleaning import times

WRITTEN = {
    "2026-03-02 10:30:00+01": ("2026-03-02T09:30Z", 60, False),
    "2026-03-02T10:30:00-0330": ("2026-03-02T14:00Z", -210, False),
    "2026-03-02T10:30+05:30": ("2026-03-02T05:00Z", 330, False),
    "2026-03-02T10+01": ("2026-03-02T09:00Z", 60, False),
    "2026-03-02T10:30Z": ("2026-03-02T10:30Z", None, False),
    "2026-03-02 10:30": ("2026-03-02T15:30Z", None, False),
    "2026-03-02": ("2026-03-02T05:00Z", -300, True),
    "20260702": ("2026-07-02T04:00Z", -240, True),
}


@pytest.mark.parametrize(("text", "expected"), WRITTEN.items())
def test_a_time_is_one_moment_however_its_zone_is_written(text, expected):
    """Offsets in hours or in minutes; else the clock of the file's zone, whose midnight a day alone is."""
    written, zones = pd.Series([text], dtype="str"), pd.Series(["America/Toronto"])
    moment, ahead, alone = expected
    value = times.in_utc(written, zones)
    assert value.tolist() == [pd.Timestamp(moment)]
    [minutes] = times.ahead(written, value)
    assert minutes == ahead if ahead is not None else pd.isna(minutes)
    assert times.day_alone(written).tolist() == [alone]


@pytest.mark.parametrize("text", ["2026", "2026-03", "202603", "now", "2026-02-30", "2026-03-02+01", "soon", ""])
def test_what_says_no_day_is_no_time(text):
    """A year or a month is not its first day, and a word not today."""
    assert times.in_utc(pd.Series([text], dtype="str"), pd.Series(["UTC"])).isna().all()


def test_a_day_is_that_of_the_file_s_own_clock():
    """Three in the morning of UTC is the evening before in Toronto; an absent time has no day."""
    moments = pd.Series(pd.to_datetime(["2026-03-02T03:00Z", "2026-03-02T03:00Z", None], utc=True, format="ISO8601"))
    found = times.days(moments, pd.Series(["UTC", "America/Toronto", "America/Toronto"]))
    assert found.dt.strftime("%Y-%m-%d").fillna("").tolist() == ["2026-03-02", "2026-03-01", ""]
