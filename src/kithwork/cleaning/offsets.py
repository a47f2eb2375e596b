"""How far a zone's clock is ahead of UTC, and when that changes: one truth for every engine, from this machine's zones.

Engines keep tables of zones of their own, of different years. What follows from a zone is therefore worked out here, a row
per day or change, and the engine only looks it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


def to_utc(clock: ibis.expr.types.TimestampValue, zone: str, years: Iterable[int]) -> tuple:
    """The moment in UTC of a wall clock of a zone, in one of these years, and the minutes by which it is ahead there.

    The earlier where an hour is twice; the moment of the change where a clock leaps over it.
    """
    import ibis

    moments, minutes = [], []
    for year in sorted(years) if zone != "UTC" else ():
        first, after = datetime(year, 1, 1), datetime(year + 1, 1, 1)
        for one in changes(zone, first - DAY, after + DAY):
            earlier = clock < _moment(one.at + one.before)
            moments.append((earlier, _less(clock, one.before)))
            minutes.append((earlier, _minutes(one.before)))
            if one.after > one.before:
                within = clock < _moment(one.at + one.after)
                moments.append((within, _moment(one.at)))
                minutes.append((within, _minutes(one.before)))
        end = ahead(zone, after)
        moments.append((clock < _moment(after), _less(clock, end)))
        minutes.append((clock < _moment(after), _minutes(end)))
    at = ibis.cases(*moments, else_=clock) if moments else clock
    stated = ibis.cases(*minutes, else_=0) if minutes else ibis.literal(0)
    return at.cast("timestamp('UTC')"), clock.notnull().ifelse(stated, None).cast("int16")


def by_day(zones: Iterable[str], first: datetime, after: datetime) -> ibis.Table:
    """A row per zone and day, in UTC, of a time and two days around it: zone, day, the moment of a `change` in it, or else
    its first, and the minutes by which the clock is ahead `before` that and `after` it."""
    import ibis
    import pyarrow as pa

    first, after = (at.replace(tzinfo=None) for at in (first, after))
    days = [first + DAY * number for number in range(-2, (after - first).days + 3)] if first.year > 1 else []
    rows = [row for zone in sorted(zones) for row in _days(zone, days)]
    names = ("zone", "day", "change", "before", "after")
    types = (pa.string(), pa.date32(), pa.timestamp("us"), pa.int64(), pa.int64())
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    return ibis.memtable(pa.table([pa.array(one, kind) for one, kind in zip(columns, types, strict=True)], names))


def _days(zone: str, days: list[datetime]) -> Iterator[tuple]:
    if not days:
        return
    starts = [datetime(day.year, day.month, day.day) for day in days]
    met = {one.at.date(): one for one in changes(zone, starts[0], starts[-1] + DAY)}
    for start in starts:
        one = met.get(start.date()) or Change(start, now := ahead(zone, start), now)
        yield zone, start.date(), one.at, _minutes(one.before), _minutes(one.after)


def _moment(at: datetime) -> ibis.Value:
    import ibis

    return ibis.literal(at, type="timestamp")


def _less(clock: ibis.expr.types.TimestampValue, by: timedelta) -> ibis.Value:
    import ibis

    return clock - ibis.interval(seconds=int(by.total_seconds())) if by else clock


def _minutes(by: timedelta) -> int:
    return round(by.total_seconds() / 60)
