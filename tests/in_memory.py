"""Tables that may be larger than memory, of tests whose tables are not."""

from __future__ import annotations

import pandas as pd


def held(log) -> pd.DataFrame:
    """The rows of a log, an expression or a frame."""
    if hasattr(log, "iloc"):
        return log
    return (log.table() if hasattr(log, "files") else log).to_pandas()
