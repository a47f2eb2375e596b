"""When an event of a calendar repeats (RFC 5545, 3.8.5): its rule, the dates it adds and those it leaves out.

Rules are followed by `dateutil`. A rule may be true every second, or never until the year 9999: so that no file takes
hours, only the parts that calendars write are followed, in days at the least, and a number of repetitions is the most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import icalendar

MOST = 3_660
"""Meetings of one series above which it is at fault: ten years of days."""

FOLLOWED = re.compile(
    r"FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY)"
    r"(;(INTERVAL=0*[1-9]\d{0,3}|COUNT=\d{1,7}|UNTIL=[0-9TZ]+|WKST=[A-Z]{2}"
    r"|BY(HOUR|MINUTE|SECOND)=\d{1,2}|(BYDAY|BYMONTHDAY|BYMONTH|BYSETPOS)=[-+0-9A-Z,]{1,200}))*;?"
)
"""The rules that are followed; those of time zones among them."""

ENDS = re.compile(r";?UNTIL=([0-9TZ]+)")
COUNT = re.compile(r"COUNT=(\d+)")
FAR = 9_800
"""The calendar repeats every 400 years, weekdays and all: a rule is followed as near as may be below this year, so that one
that is never true is done with soon."""

AGAIN = "Mend that event, or export the calendar again."

Moment = date | datetime


class NoRuleError(ValueError):
    """A rule that is not followed; `barren` where it is never true."""

    def __init__(self, what: str, do: str, barren: bool = False) -> None:
        super().__init__(what)
        self.what, self.do, self.barren = what, do, barren


def instant(moment: Moment) -> Moment:
    """A time in UTC, to be compared; a day, or a time without a zone, as it is."""
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else moment


def _too_many() -> NoRuleError:
    return NoRuleError(f"repeats more than {MOST:,} times", "Set `options: {to: …}` to the last day that counts.")


def _barren() -> NoRuleError:
    return NoRuleError("repeats by a rule that is never true", AGAIN, barren=True)


def ordered(rule: str) -> str:
    """The rule with its frequency first and in capitals. Raises `NoRuleError` for one that is not followed."""
    named = sorted(rule.strip().upper().split(";"), key=lambda part: not part.startswith("FREQ="))
    if not FOLLOWED.fullmatch(";".join(named)):
        raise NoRuleError("repeats by a rule that is not followed here", "Write it in days, weeks, months or years.")
    return ";".join(named)


def true_once(rule: str) -> None:
    """Raises `NoRuleError` for a rule that is not followed or never true: a time zone by such a one would take hours."""
    if next(_times(ENDS.sub("", ordered(rule)), datetime(FAR, 1, 1)), None) is None:
        raise _barren()


def starts(start: datetime, rule: str, event: icalendar.Event, endless: date, to: date) -> list[datetime]:
    """When a series begins each time, in order of time: up to the day `to`, or where it has no end to `endless`.

    Raises `NoRuleError`.
    """
    found = {instant(start): start}
    if rule:
        found |= {instant(one): one for one in _of_rule(start, ordered(rule), endless, to)}
    for one in listed(event, "RDATE"):
        if isinstance(one, datetime) and (one.tzinfo is None) == (start.tzinfo is None):
            found.setdefault(instant(one), one)
    if len(found) > MOST:
        raise _too_many()
    out = {instant(one) for one in listed(event, "EXDATE")}
    return [found[one] for one in sorted(found) if one not in out and found[one].date() not in out]


def listed(event: icalendar.Event, name: str) -> Iterator[Moment]:
    """The dates of RDATE, EXDATE or the like; of a period its start."""
    held = event.get(name, [])
    for content in held if isinstance(held, list) else [held]:
        for one in getattr(content, "dts", [content]):
            moment = getattr(one, "dt", None)
            moment = moment[0] if isinstance(moment, tuple) else moment
            if isinstance(moment, date):
                yield moment


def _of_rule(start: datetime, rule: str, endless: date, to: date) -> Iterator[datetime]:
    """The times by a rule, in the wall time of its start."""
    ends, count = ENDS.search(rule), COUNT.search(rule)
    until = _until(ends[1]) if ends else None
    last = to if ends or count else endless
    shift = (FAR - start.year) // 400 * 400
    far = start.replace(year=start.year + shift, tzinfo=None)
    number = 0
    for number, time in enumerate(_times(ENDS.sub("", rule), far), start=1):
        one = time.replace(year=time.year - shift, tzinfo=start.tzinfo)
        if one.date() > last or (until and _after(one, until)):
            return
        if number > MOST:
            raise _too_many()
        yield one
    if not number:
        raise _barren()


def _times(rule: str, start: datetime) -> Iterator[datetime]:
    from dateutil.rrule import rrulestr

    try:
        times = rrulestr(rule, dtstart=start)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise NoRuleError("repeats by a rule that is none", AGAIN) from None
    with suppress(ValueError, OverflowError):  # raised at the end of the year 9999
        yield from times


def _until(text: str) -> Moment:
    import icalendar

    try:
        return icalendar.vDDDTypes.from_ical(text)
    except ValueError:
        raise NoRuleError("repeats until no date", "Write it as UNTIL=20261231T000000Z.") from None


def _after(one: datetime, until: Moment) -> bool:
    if not isinstance(until, datetime):
        return one.date() > until
    if one.tzinfo and until.tzinfo:
        return one > until
    return one.replace(tzinfo=None) > until.replace(tzinfo=None)
