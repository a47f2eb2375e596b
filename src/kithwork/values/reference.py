"""Where other organisations stand: figures of the few real ones whose data may be had, as dots beside the study's own.

They are no sample of anything, and what counts as a tie differs between them: no mean of theirs is taken, and a place among
them is told only from eight on.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

FEWEST = 8
"""Other organisations below which no percentile is told."""


@dataclass(frozen=True)
class Others:
    """`dots`: a row for each other organisation with the indicator, lowest first (columns of `tables.ORGANISATIONS`)."""

    dots: pd.DataFrame

    @property
    def told(self) -> str:
        """How few they are, for readers."""
        if self.dots.empty:
            return "No other organisation's data allow this figure."
        many = "one other organisation" if len(self.dots) == 1 else f"{len(self.dots)} other organisations"
        return f"Beside {many}, each with its own kind of data: {'; '.join(self.dots['name'])}."

    def percentile(self, figure: float) -> float | None:
        """Share of the others at or below this figure, in percent; None where they are fewer than eight."""
        return None if len(self.dots) < FEWEST else float((self.dots["estimate"] <= figure).mean() * 100)


def others(indicator: str, study: str, organisations: pd.DataFrame) -> Others:
    """The bundled figures (`store.organisations`) of `value.indicator`, the study itself left out."""
    rows = organisations[(organisations["indicator"] == indicator) & (organisations["organisation"] != study)]
    return Others(rows.sort_values(["estimate", "organisation"]).reset_index(drop=True))
