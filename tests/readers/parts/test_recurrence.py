"""Recurrence: what `dateutil` makes of a rule, made soon whatever the rule is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import takewhile

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from kithwork.readers.parts import recurrence

NOTHING = icalendar.Event()
LAST = date(2033, 12, 31)

extras = st.sampled_from(
    ["", ";BYDAY=MO,WE", ";BYMONTHDAY=29,-1", ";BYMONTH=2,9", ";BYDAY=MO,TU,WE;BYSETPOS=-1", ";WKST=SU"]
)


@given(
    st.datetimes(datetime(1999, 1, 1), datetime(2030, 12, 31)).map(lambda time: time.replace(microsecond=0)),
    st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]),
    st.integers(2, 40),
    extras,
    st.booleans(),
)
def test_rule_is_followed_as_dateutil_does(start, frequency, interval, extra, zoned):
    """Far in the future the calendar is the same, leap years and weekdays and all; the start is always one of the times."""
    rule = f"FREQ={frequency};INTERVAL={interval}{extra}"
    plain = takewhile(lambda time: time.date() <= LAST, rrulestr(rule, dtstart=start))
    zone = UTC if zoned else None
    expected = sorted({time.replace(tzinfo=zone) for time in [start, *plain]})
    assert recurrence.starts(start.replace(tzinfo=zone), rule, NOTHING, LAST, date.max) == expected


@pytest.mark.parametrize(
    ("until", "times"),
    [("20260909", 3), ("20260908", 2), ("20260909T120000Z", 3), ("20260909T115959Z", 2), ("20260909T120000", 3)],
)
@pytest.mark.parametrize("zone", [UTC, None])
def test_end_is_the_last_time(until, times, zone):
    """A day is so to its end; without a zone the clock is compared."""
    start = datetime(2026, 9, 7, 12, tzinfo=zone)
    assert len(recurrence.starts(start, f"FREQ=DAILY;UNTIL={until}", NOTHING, date.min, date.max)) == times


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY",
        "FREQ=MINUTELY;COUNT=2",
        "DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYHOUR=1,2",
        "FREQ=DAILY;BYEASTER=1",
    ],
)
def test_rules_that_no_calendar_writes_are_not_followed(rule):
    """Nor is what `dateutil` alone knows."""
    with pytest.raises(recurrence.NoRuleError, match="not followed"):
        recurrence.ordered(rule)


def test_many_dates_of_their_own_are_refused():
    """As many repetitions by a rule are."""
    days = ",".join(f"2026{i // 28 % 12 + 1:02d}{i % 28 + 1:02d}T{i // 336:02d}0000Z" for i in range(5_000))
    event = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\nRDATE:{days}\r\nEND:VEVENT")
    with pytest.raises(recurrence.NoRuleError, match="more than"):
        recurrence.starts(datetime(2026, 9, 7, tzinfo=UTC), "", event, LAST, date.max)
