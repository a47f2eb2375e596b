"""One field of records that are judged where they lie: which cells are plain, and what those are worth.

A cell is plain where its engine understands it beyond doubt, as a moment or a number within its range. All others, and all
that are words, are odd: their distinct texts come here and are judged by the rules of every source (`rules.py`), so that
both ways give the same. A text is plain only in forms whose every instance is a day or an hour there is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kithwork.tables import INTERACTIONS

if TYPE_CHECKING:
    import ibis

    Text, Flag = ibis.expr.types.StringValue, ibis.expr.types.BooleanValue

DAY = r"(19|20)[0-9]{2}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
"""A day of every year: 29 February is judged here."""

CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?"
ZONE = r"([+-](0[0-9]|1[0-4]):[0-5][0-9])"
NUMBER = r"^[0-9]{1,9}([.][0-9]{1,6})?$"

MOST = 1e300
"""What every number that is one is below."""

EARLIEST, LATEST = "1900-01-01", "2100-01-01"
"""Days between which a moment is plain."""


@dataclass(frozen=True)
class Cells:
    """One field: the `text` of its cells as the engine writes it, which are `plain`, and what plain ones are worth."""

    field: str
    text: Text
    plain: Flag
    values: dict[str, ibis.Value]


def of(field: str, column: ibis.Column, to_utc: Callable, number: Callable) -> Cells:
    """The cells of a column. `to_utc` gives the moment of a wall clock of the file's zone, `number` that of a text."""
    text = column.cast("string").fill_null("")
    if field == "at":
        return Cells(field, text, *_times(column, text, to_utc))
    if field in ("minutes", "size"):
        return Cells(field, text, *_numbers(field, column, text))
    if field == "message":
        return Cells(field, text, *_codes(text, number))
    return Cells(field, text, column.isnull() if field == "nature" else _never(), {})


def years(column: ibis.Column) -> ibis.Value:
    """The year of each time that may be plain, absent for others."""
    kind = column.type()
    if kind.is_timestamp() or kind.is_date():
        return _within(column, "date" if kind.is_date() else "timestamp").ifelse(column.year(), None).cast("int64")
    year = column.cast("string").left(4)
    return year.re_search("^(19|20)[0-9]{2}$").ifelse(year, None).try_cast("int64")


def _never() -> Flag:
    import ibis

    return ibis.literal(False)


def _numbers(field: str, column: ibis.Column, text: Text) -> tuple[Flag, dict]:
    """Numbers within the range of their column."""
    import ibis

    about = INTERACTIONS.columns[field]
    kind = column.type()
    written = kind.is_string()
    if not (kind.is_integer() or kind.is_float64() or written):
        return column.isnull(), {field: ibis.null("float64")}
    value = text.re_search(NUMBER).ifelse(text, None).try_cast("float64") if written else column.cast("float64")
    sound = (value >= about.low) & (value <= (MOST if about.high is None else about.high))
    if kind.is_float64():
        sound &= ~value.isnan()  # what parquet says of its least and greatest number passes over such
    return (text == "") | sound.fill_null(False), {field: value}


def _codes(text: Text, number: Callable) -> tuple[Flag, dict]:
    """Ids of messages that no space stands around."""
    ends = [end.ascii_str().between(33, 126) for end in (text.left(1), text.right(1))]
    empty = text == ""
    return empty | (ends[0] & ends[1]), {"message": empty.ifelse(None, number(text))}


def _times(column: ibis.Column, text: Text, to_utc: Callable) -> tuple[Flag, dict]:
    """Moments, wall clocks of the file's zone, and days alone."""
    import ibis

    kind = column.type()
    nowhere = {"at": ibis.null("timestamp('UTC')"), "offset": ibis.null("int16"), "day_only": ibis.literal(False)}
    if kind.is_timestamp() and kind.timezone:
        return _within(column, "timestamp('UTC')"), nowhere | {
            "at": column.cast("timestamp('UTC')"),
            "offset": column.isnull().ifelse(None, 0).cast("int16"),
        }
    if kind.is_timestamp():
        at, _ = to_utc(column.cast("timestamp"))
        return _within(column, "timestamp"), nowhere | {"at": at}
    if kind.is_date():
        return _within(column, "date"), _of_day(column, to_utc)
    if kind.is_string():
        return _written(text, to_utc, nowhere)
    return column.isnull(), nowhere


def _within(column: ibis.Column, kind: str) -> Flag:
    import ibis

    first, last = (ibis.literal(day).cast("date" if kind == "date" else kind) for day in (EARLIEST, LATEST))
    return column.isnull() | ((column >= first) & (column < last))


def _of_day(day: ibis.expr.types.DateValue, to_utc: Callable) -> dict:
    """A day alone: its noon as if in UTC, and how far its file's zone was ahead at midnight."""
    midnight = day.cast("timestamp")
    _, offset = to_utc(midnight)
    return {
        "at": midnight.cast("timestamp('UTC')") + _hours(12),
        "offset": offset.cast("int16"),
        "day_only": day.notnull(),
    }


def _hours(count: int) -> ibis.Value:
    import ibis

    return ibis.interval(hours=count)


def _written(text: Text, to_utc: Callable, nowhere: dict) -> tuple[Flag, dict]:
    """Times as text."""
    import ibis

    wall = text.re_search(f"^{DAY}[T ]{CLOCK}$")
    universal = text.re_search(f"^{DAY}[T ]{CLOCK}Z$")
    zoned = text.re_search(f"^{DAY}[T ]{CLOCK}{ZONE}$")
    alone = text.re_search(f"^{DAY}$")
    length = text.length()
    end = ibis.cases((wall, length), (universal, length - 1), (zoned, length - 6), else_=0)
    clock = (end > 0).ifelse(text.substr(0, end).replace("T", " "), None).try_cast("timestamp")
    here, _ = to_utc(wall.ifelse(clock, None))
    sign = (text.substr(length - 6, 1) == "-").ifelse(-1, 1)
    parts = [zoned.ifelse(text.substr(length - start, 2), None).try_cast("int64") for start in (5, 2)]
    ahead = sign * (parts[0] * 60 + parts[1])
    there = clock.cast("timestamp('UTC')") - ahead.fill_null(0).as_interval("m")
    day = _of_day(alone.ifelse(text.substr(0, 10), None).try_cast("date"), to_utc)
    return (text == "") | wall | universal | zoned | alone, {
        "at": ibis.cases((alone, day["at"]), (wall, here), else_=there),
        "offset": ibis.cases((alone, day["offset"]), (zoned, ahead.cast("int16")), else_=nowhere["offset"]),
        "day_only": alone,
    }
