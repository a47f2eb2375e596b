"""How far a zone's clock is ahead of UTC, and when that changes: one truth for every engine, from this machine's zones.

Engines keep tables of zones of their own, of different years. What follows from a zone is therefore worked out here, a row
per day or change, and the engine only looks it up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import ibis

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """A moment, in UTC, from which a zone's clock is `after` ahead instead of `before`."""

    at: datetime
    before: timedelta
    after: timedelta


def ahead(zone: str, at: datetime) -> timedelta:
    """How far the clock of a zone is ahead at a moment, given in UTC without saying so."""
    return ZoneInfo(zone).utcoffset(at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)))


@lru_cache(maxsize=1000)
def changes(zone: str, first: datetime, last: datetime) -> tuple[Change, ...]:
    """The changes between two moments in UTC, found to the second by halving the days in which they are."""
    found, day = [], first
    while day < last:
        low, high = day, day + DAY
        before, after = ahead(zone, low), ahead(zone, high)
        if before != after:
            while high - low > SECOND:
                middle = low + (high - low) // (2 * SECOND) * SECOND
                low, high = (middle, high) if ahead(zone, middle) == before else (low, middle)
            found.append(Change(high, before, after))
        day += DAY
    return tuple(found)


def to_utc(clock: ibis.expr.types.TimestampValue, zone: str, first: datetime, last: datetime) -> tuple:
    """The moment in UTC of a wall clock of a zone between two days, and the minutes by which it is ahead there.

    The earlier where an hour is twice; the moment of the change where a clock leaps over it.
    """
    import ibis

    found = changes(zone, first - DAY, last + DAY)
    start = ahead(zone, first - DAY)
    moments, minutes = [], []
    for one in found:
        leaps = (clock < _moment(one.at + one.before), one.before)
        moments.append((leaps[0], _less(clock, one.before)))
        minutes.append((leaps[0], _minutes(one.before)))
        if one.after > one.before:
            within = clock < _moment(one.at + one.after)
            moments.append((within, _moment(one.at)))
            minutes.append((within, _minutes(one.before)))
    rest = found[-1].after if found else start
    at = ibis.cases(*moments, else_=_less(clock, rest)) if found else _less(clock, rest)
    stated = ibis.cases(*minutes, else_=_minutes(rest)) if found else clock.notnull().ifelse(_minutes(rest), None)
    return at.cast("timestamp('UTC')"), stated.cast("int16")


def _moment(at: datetime) -> ibis.Value:
    import ibis

    return ibis.literal(at, type="timestamp")


def _less(clock: ibis.expr.types.TimestampValue, by: timedelta) -> ibis.Value:
    import ibis

    return clock - ibis.interval(seconds=int(by.total_seconds())) if by else clock


def _minutes(by: timedelta) -> int:
    return round(by.total_seconds() / 60)
