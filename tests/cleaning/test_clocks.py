"""When contact happened: the time studied, whose clock was wrong, and whose working hours."""

from __future__ import annotations

from datetime import UTC, date, datetime

import ibis
import numpy as np
import pandas as pd
import pytest
from synthetic import settings

from kithwork.cleaning import clocks

PLACES = {
    "Oslo": {"timezone": "Europe/Oslo"},
    "Dubai": {"timezone": "Asia/Dubai", "hours": [9, 17], "days": [7, 1, 2, 3, 4]},
}
ABOUT = settings(engagement={"places": PLACES})


def records(at: list, **columns) -> ibis.Table:
    """Staged records at these times, as the steps before leave them."""
    usual = {
        "offset": None, "ego_kind": "person", "ego_zone": "Europe/Oslo", "ego_place": "Oslo", "alter_zone": None,
        "alter_place": None, "ego_id": "0", "channel": "mail", "day_only": False,
    }  # fmt: skip
    frame = pd.DataFrame({"at": pd.to_datetime(at, utc=True, format="ISO8601").astype("datetime64[us, UTC]")})
    frame = frame.assign(**(usual | columns))
    types = {
        "offset": "int16",
        "ego_zone": "string",
        "alter_zone": "string",
        "alter_place": "string",
        "ego_place": "string",
    }
    return ibis.memtable(frame).cast(types)


def in_own_time(met: ibis.Table) -> ibis.Table:
    """The records with their own time, in a time studied that all of them lie in."""
    return clocks.in_own_time(met, ABOUT, ["Europe/Oslo", "Asia/Dubai"], clocks.period(met, ABOUT))


def test_days_beyond_a_long_silence_are_not_of_the_time_studied():
    """The middle record says when the study was; 1970 and 2098 lie beyond a silence, a summer break does not."""
    days = [date(1970, 1, 1), date(2026, 1, 5), date(2026, 5, 1), date(2026, 7, 3), date(2098, 12, 31)]
    assert clocks.around_the_middle(days, [40, 10, 1, 60, 9]) == (date(2026, 1, 5), date(2026, 7, 3))


def test_stated_period_goes_before_what_the_records_say():
    """Its last day is in it."""
    about = settings(engagement={"period": ["2026-01-05", "2026-01-06"]})
    expected = (datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 7, tzinfo=UTC))
    assert clocks.period(records(["2020-01-01"]), about) == expected


def test_stated_period_is_of_days_where_people_are():
    """It begins with its first day in Dubai and ends with its last one in Oslo, whatever day it then is in UTC."""
    about = settings(engagement={"places": PLACES, "period": ["2026-01-05", "2026-01-06"]})
    expected = (datetime(2026, 1, 4, 20, tzinfo=UTC), datetime(2026, 1, 6, 23, tzinfo=UTC))
    assert clocks.period(records(["2020-01-01"]), about) == expected


def test_records_without_a_time_are_of_any():
    """Where no source says when, nothing is out of time."""
    first, last = clocks.period(records([None]), ABOUT)
    assert (first.year, last.year) == (1, 9999)


@pytest.mark.parametrize(
    ("at", "columns", "off", "weekend"),
    [
        ("2026-01-07T07:30Z", {}, 0, 0),  # 8.30 in Oslo, winter
        ("2026-01-07T06:30Z", {}, 1, 0),
        ("2026-07-08T06:30Z", {}, 0, 0),  # summer time
        ("2026-01-10T10:00Z", {}, 1, 1),  # a Saturday
        ("2026-01-09T10:00Z", {"ego_zone": "Asia/Dubai", "ego_place": "Dubai"}, 1, 1),  # a Friday: no day of work there
        ("2026-01-11T10:00Z", {"ego_zone": "Asia/Dubai", "ego_place": "Dubai"}, 0, 0),  # a Sunday
        ("2026-01-11T14:00Z", {"ego_zone": "Asia/Dubai", "ego_place": "Dubai"}, 1, 0),  # 18 o'clock, hours of its own
        ("2026-01-07T07:30Z", {"ego_zone": None, "ego_place": None, "offset": 60}, 0, 0),
        ("2026-01-07T07:30Z", {"ego_zone": None, "ego_place": None}, None, None),
        ("2026-01-07T07:30Z", {"ego_kind": "party", "ego_zone": None, "alter_zone": "Europe/Oslo"}, 0, 0),
    ],
)
def test_off_hours_are_those_of_the_person_and_its_place(at, columns, off, weekend):
    """In its own time zone, summer time included; absent where nothing says the zone."""
    row = in_own_time(records([at], **columns)).to_pandas().iloc[0]
    found = [None if pd.isna(row[name]) else row[name] for name in ("off_hours", "weekend")]
    assert found == [off, weekend]


@pytest.mark.parametrize(
    ("day", "zone", "weekend"), [("2026-01-09", "Asia/Singapore", 0), ("2026-01-10", None, 1), ("2026-01-12", None, 0)]
)
def test_of_a_day_alone_no_hour_is_known(day, zone, weekend):
    """It is no hour off work; whether it is a day of work the day itself says, wherever its person is."""
    one = records([f"{day}T12:00Z"], day_only=True, offset=-480, ego_zone=zone, ego_place=None)
    row = in_own_time(one).to_pandas().iloc[0]
    assert np.isnan(row["off_hours"])
    assert row["weekend"] == weekend


def shifted(met: ibis.Table) -> pd.DataFrame:
    """The clocks told to be wrong by these records."""
    own = in_own_time(met)
    return clocks.shifts(clocks.hours(own).to_pandas(), clocks.days(own).to_pandas())


def written(hours: np.ndarray, ahead: dict[int, int], channel: str = "mail", a_day: int = 1) -> pd.DataFrame:
    """Clocks told of records at these hours of people by number, so many a day, some of whose clocks run ahead."""
    person, number = np.indices(hours.shape)
    shift = np.vectorize(lambda one: ahead.get(one, 0))(person)
    start = np.datetime64("2026-01-05T00:00", "m")
    minute = (hours + shift) * 60 - 60 + number // a_day * 24 * 60  # Oslo is an hour ahead of UTC
    at = (start + minute.astype("timedelta64[m]")).ravel()
    met = records([str(one) for one in at], ego_id=person.ravel().astype(str), channel=channel)
    return shifted(met)


def test_planted_wrong_clocks_are_found_and_no_other():
    """Two of forty clocks run eight and five hours off; each is told by its hours, and nobody else's."""
    rng = np.random.default_rng(1)
    hours = np.clip(rng.normal(13, 2.5, (40, 80)).round(), 7, 22).astype(int)
    found = written(hours, {3: 8, 17: -5}).set_index("person_id")
    assert found["hours"].to_dict() == {"3": 8, "17": -5}
    assert (found["records"] == 80).all()


def test_nobody_is_suspected_among_people_who_only_differ_in_habits():
    """Early birds and owls, two hours apart, have sound clocks."""
    rng = np.random.default_rng(2)
    habit = rng.choice([-1, 0, 1], 60)[:, None]
    hours = np.clip((rng.normal(13, 2.5, (60, 80)) + habit).round(), 5, 23).astype(int)
    assert written(hours, {}).empty


def test_few_days_and_meetings_prove_nothing():
    """A clock is not judged by less than `FEWEST` days, however much they hold, nor by hours that several agreed on."""
    rng = np.random.default_rng(3)
    many = np.clip(rng.normal(13, 2, (30, 8 * clocks.FEWEST)).round(), 7, 20).astype(int)
    assert written(many, {3: -5}, a_day=8)["person_id"].tolist() == ["3"]
    assert written(many[:, :-8], {3: -5}, a_day=8).empty
    assert written(many, {3: -5}, channel="meeting", a_day=8).empty


def test_days_alone_say_nothing_of_a_clock():
    """However many there are, and whatever hour they are put down at."""
    rng = np.random.default_rng(3)
    hours = np.clip(rng.normal(13, 2, (30, 80)).round(), 7, 20).astype(int)
    person, number = np.indices(hours.shape)
    minute = np.where(person == 3, 0, hours * 60 - 60) + number * 24 * 60
    at = (np.datetime64("2026-01-05T00:00", "m") + minute.astype("timedelta64[m]")).ravel()
    for day_only, told in ((person == 3, []), (person < 0, ["3"])):
        met = records([str(one) for one in at], ego_id=person.ravel().astype(str), day_only=day_only.ravel())
        assert shifted(met)["person_id"].tolist() == told


def test_mail_to_many_is_one_event():
    """A hundred records within one hour of one night say no more of a clock than one."""
    rng = np.random.default_rng(4)
    hours = np.clip(rng.normal(13, 2, (30, 200)).round(), 8, 20).astype(int)
    hours[3, 100:] = 2
    person, number = np.indices(hours.shape)
    day = np.where((person == 3) & (number >= 100), 40, number // 2)
    at = np.datetime64("2026-01-05T00:00", "m") + ((hours - 1 + 24 * day) * 60).astype("timedelta64[m]")
    met = records([str(one) for one in at.ravel()], ego_id=person.ravel().astype(str))
    assert shifted(met).empty
