"""Zones looked up by day and change agree with the zones of this machine, at every moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import ibis
import numpy as np
import pandas as pd
import pytest

from kithwork.cleaning import offsets

ZONES = ("Europe/Oslo", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca")
FIRST, AFTER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("zone", ZONES)
def test_what_a_clock_shows_is_found_by_its_day(zone):
    """At a thousand moments of a year, and at every change and the second before it."""
    found = offsets.by_day([zone], FIRST, AFTER).to_pandas().set_index("day")
    draw = np.random.default_rng(5)
    moments = [datetime(2026, 1, 1) + timedelta(seconds=int(at)) for at in draw.integers(0, 365 * 86_400, 1000)]
    changes = [one.at for one in offsets.changes(zone, datetime(2026, 1, 1), datetime(2027, 1, 1))]
    for at in [*moments, *changes, *(one - offsets.SECOND for one in changes)]:
        day = found.loc[pd.Timestamp(at.date())]
        minutes = day["before"] if at < day["change"] else day["after"]
        assert timedelta(minutes=int(minutes)) == at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("zone", [zone for zone in ZONES if zone != "Australia/Lord_Howe"])
def test_a_wall_clock_leads_back_to_its_moment(zone):
    """As pandas has it, which passes over a leap of half an hour: the earlier of two, or the moment of the change."""
    hours = pd.date_range("2026-01-01", "2026-12-31 23:45", freq="15min", unit="us")
    table = ibis.memtable(pd.DataFrame({"clock": hours}))
    at, _ = offsets.to_utc(table.clock, zone, [2026])
    found = table.mutate(at=at).order_by("clock").to_pandas()["at"]
    told = hours.tz_localize(zone, ambiguous=np.ones(len(hours), bool), nonexistent="shift_forward").tz_convert("UTC")
    pd.testing.assert_series_equal(found.dt.tz_convert("UTC"), pd.Series(told), check_names=False, check_dtype=False)


def test_without_a_time_studied_there_is_nothing_to_look_up():
    """Where no record has a time, its first year is 1."""
    assert offsets.by_day(ZONES, datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)).count().to_pandas() == 0
