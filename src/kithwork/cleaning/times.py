"""Times as clients' files write them: a moment, the wall clock of the file's own zone, or a day alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

DAY = r"\d{4}(?:\D\d\d?\D\d\d?|\d{4})"
"""A year, month and day, with a sign between them or none: a year or month alone is no date."""

CLOCK = re.compile(DAY + r"[T ]\d")
"""A day with an hour."""

ZONED = re.compile(CLOCK.pattern + r".*(?:Z|([+-])(\d\d)(?::?(\d\d))?)\Z", re.IGNORECASE)
"""A time that says how its clock stands to UTC, in hours or in hours and minutes."""


def in_utc(text: pd.Series, zones: pd.Series) -> pd.Series:
    """Times in UTC, absent where the text is none.

    One that names no zone is of the wall clock of its file's zone, the earlier where an hour is twice; a day alone is the
    midnight there.
    """
    import numpy as np

    value = _as_written(text)
    local = value.notna() & ~_fits(text, ZONED)
    for zone in sorted(set(zones) - {"UTC"}):
        here = local & (zones == zone)
        clock = value[here].dt.tz_localize(None)
        clock = clock.dt.tz_localize(zone, ambiguous=np.ones(len(clock), bool), nonexistent="shift_forward")
        value[here] = clock.dt.tz_convert("UTC")
    return value


def day_alone(text: pd.Series) -> pd.Series:
    """Whether there is a day without an hour."""
    return text.notna() & ~_fits(text, CLOCK)


def days(value: pd.Series, zones: pd.Series) -> pd.Series:
    """The day of each time in UTC on the wall clock of its file's zone."""
    found = value.dt.tz_localize(None)
    for zone in set(zones) - {"UTC"}:
        here = zones == zone
        found[here] = value[here].dt.tz_convert(zone).dt.tz_localize(None)
    return found.dt.floor("D")


def ahead(text: pd.Series, value: pd.Series) -> pd.Series:
    """Minutes that the clock which wrote a time was ahead of UTC; absent where it said UTC or nothing.

    A day alone is of the clock of its file's zone, at its midnight. `value` holds the times in UTC.
    """
    import pandas as pd

    parts = text.str.extract(ZONED)
    sign = parts[0].map({"+": 1, "-": -1})
    minutes = sign * (pd.to_numeric(parts[1]) * 60 + pd.to_numeric(parts[2]).fillna(0))
    alone = day_alone(text)
    of_zone = (_as_written(text.where(alone)) - value).dt.total_seconds() / 60
    return minutes.mask(alone, of_zone).round().astype("Int16")


def _as_written(text: pd.Series) -> pd.Series:
    """Times in UTC, those that name no zone as if they were of UTC."""
    import pandas as pd

    dated = text.where(_fits(text, re.compile(DAY)))  # pandas would take "now" for a date, and "2026" for its first day
    return pd.to_datetime(dated, errors="coerce", utc=True, format="ISO8601").astype("datetime64[us, UTC]")


def _fits(text: pd.Series, form: re.Pattern) -> pd.Series:
    return text.str.match(form).fillna(False).astype(bool)
