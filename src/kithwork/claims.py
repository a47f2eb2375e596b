"""Claims: every number that may be published, written down with what it takes to check it.

A chapter opens a `Ledger`, adds its estimates and saves the frame; sentences, tables and figures of the report read only
from there. `kithwork explain <id>` goes the other way, from a number back to its chapter and method.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from kithwork.estimates import Estimate
from kithwork.tables import CLAIMS


@dataclass
class Ledger:
    """The claims of one stage."""

    stage: str
    rows: list[dict] = field(default_factory=list)

    def add(
        self,
        measure: str,
        label: str,
        estimate: Estimate,
        *,
        unit: str,
        method: str,
        reference: float | None = None,
        reference_label: str | None = None,
        scope: str = "organisation",
        group: str | None = None,
        people: int | None = None,
        basis: str | None = None,
    ) -> str:
        """Write one claim and return its id. `people` is what the gate counts; the estimate's n unless said otherwise.

        `basis`: what the kind of tie it is about was told by, where it is the claim that says so.
        """
        name = f"{self.stage}.{measure}"
        claim = name if group is None else f"{name}.{group}"
        self.rows.append(
            {
                "id": claim,
                "measure": name,
                "label": label,
                "scope": scope,
                "group": group,
                "estimate": estimate.estimate,
                "low": estimate.low,
                "high": estimate.high,
                "n": estimate.n,
                "people": estimate.n if people is None else people,
                "unit": unit,
                "reference": reference,
                "reference_label": reference_label,
                "method": method,
                "basis": basis,
                "stage": self.stage,
            }
        )
        return claim

    def frame(self) -> pd.DataFrame:
        """The `claims` table of this stage, checked; no rows where nothing could be computed."""
        return CLAIMS.checked(pd.DataFrame(self.rows, columns=list(CLAIMS.columns))) if self.rows else CLAIMS.empty()
