"""Where other organisations stand: figures of the few real ones whose data may be had, as dots beside the study's own.

They are no sample of anything, and what counts as a tie differs between them: no mean of theirs is taken, and no place
among them is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def others(indicator: str, study: str, organisations: pd.DataFrame) -> pd.DataFrame:
    """The bundled figures (`store.organisations`) of `value.indicator`, lowest first, the study itself left out."""
    rows = organisations[(organisations["indicator"] == indicator) & (organisations["organisation"] != study)]
    return rows.sort_values(["estimate", "organisation"]).reset_index(drop=True)
