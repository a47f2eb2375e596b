"""Claims: every number that may be published, written down with what it takes to check it.

A chapter opens a `Ledger`, adds its estimates and saves the frame; sentences, tables and figures of the report read only
from there. `kithwork explain <id>` goes the other way, from a number back to its chapter and method.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from kithwork.estimates import Estimate
from kithwork.tables import CLAIMS


def pair_of(group: str, other: str | None) -> str:
    """What a claim is about, as written: a group's name, or those of a pair, `A × B`."""
    return group if other is None or pd.isna(other) else f"{group} × {other}"


def largest_part(parts: np.ndarray) -> float | None:
    """The largest part that one person makes up of a sum over people, 0 to 1; None of a sum of nothing.

    `parts`: (people,) what each adds, none of it below 0. What one person makes up most of tells of that person, however
    many others are counted (dominance; Hundepool et al. 2012, *Statistical Disclosure Control*, ch. 4.2.2).
    """
    total = parts.sum()
    return float(parts.max() / total) if total > 0 else None


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
        other: str | None = None,
        other_people: int | None = None,
        people: int | None = None,
        largest: float | None = None,
        basis: str | None = None,
    ) -> str:
        """Write one claim and return its id. `people` is what the gate counts; the estimate's n unless said otherwise.
        `largest`: of a sum over people, the part that one person makes up (`largest_part`).

        A claim about a pair of groups names both, in name order: `people` are those of `group`, `other_people` of `other`.
        `basis`: what the kind of tie it is about was told by, where it is the claim that says so.
        """
        name = f"{self.stage}.{measure}"
        claim = ".".join([name, *([] if group is None else [pair_of(group, other)])])
        self.rows.append(
            {
                "id": claim,
                "measure": name,
                "label": label,
                "scope": scope,
                "group": group,
                "other": other,
                "estimate": estimate.estimate,
                "low": estimate.low,
                "high": estimate.high,
                "n": estimate.n,
                "people": estimate.n if people is None else people,
                "other_people": other_people,
                "largest": largest,
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
