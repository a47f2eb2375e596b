"""Tables that may be larger than memory, of tests whose tables are not."""

from __future__ import annotations

import pandas as pd


def held(log) -> pd.DataFrame:
    """The rows of a log, an expression or a frame, times to the microsecond, for engines differ in what they count in."""
    if hasattr(log, "iloc"):
        return log
    found = (log.table() if hasattr(log, "files") else log).to_pandas()
    times = found.select_dtypes("datetimetz").columns
    numbers = [name for name in ("off_hours", "weekend", "minutes", "size") if name in found]
    return found.astype(dict.fromkeys(times, "datetime64[us, UTC]") | dict.fromkeys(numbers, "float64"))
