"""Runs every indicator of the ten values. A value's file lists its indicators; one added there appears here.

There is no total over the ten: the indicators have different scales and must not be averaged as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from statistics import NormalDist

import pandas as pd

from kithwork.claims import Ledger
from kithwork.estimates import LEVEL, Estimate
from kithwork.tables import INDICATORS, SCORES
from kithwork.values import VALUES
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Indicator


def declared() -> dict[str, tuple[Indicator, ...]]:
    """The indicators of each value, in the framework's order."""
    return {value: import_module(f"kithwork.values.{value}").INDICATORS for value in VALUES}


@dataclass(frozen=True)
class Scorecard:
    """What every indicator gave, by `value.indicator`, in the framework's order."""

    found: dict[str, Measured | Missing]

    @property
    def measured(self) -> dict[str, Measured]:
        """Those with a figure."""
        return {name: one for name, one in self.found.items() if isinstance(one, Measured)}

    def indicators(self) -> pd.DataFrame:
        """The `indicators` table."""
        rows, by_chance = [], self.by_chance()
        for number, (value, indicators) in enumerate(declared().items(), start=1):
            for one in indicators:
                result = self.found[f"{value}.{one.name}"]
                rows.append(
                    {
                        "value": value,
                        "number": number,
                        "indicator": one.name,
                        "definition": one.definition,
                        "better": one.better,
                        "claim": f"values.{value}.{one.name}" if isinstance(result, Measured) else None,
                        "missing": result.needs if isinstance(result, Missing) else None,
                        "q": by_chance.get(f"{value}.{one.name}"),
                    }
                )
        return INDICATORS.checked(pd.DataFrame(rows))

    def by_chance(self) -> dict[str, float]:
        """P of so large a distance from the reference by chance, of each that has one, adjusted for how many have.

        Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57:289.
        """
        from scipy import stats

        apart = {
            name: far_by_chance(one.estimate, one.reference)
            for name, one in self.measured.items()
            if one.reference is not None
        }
        return dict(zip(apart, stats.false_discovery_control(list(apart.values())), strict=True)) if apart else {}

    def scores(self, evidence: Evidence) -> pd.DataFrame:
        """The `scores` table: what each person adds to the indicators that are sums over people."""
        frames = [SCORES.empty()]
        for name, one in self.measured.items():
            if one.per_person is not None:
                who = one.per_person.bottom > 0
                frames.append(
                    pd.DataFrame(
                        {
                            "indicator": name,
                            "person_id": evidence.people["person_id"][who],
                            "top": one.per_person.top[who],
                            "bottom": one.per_person.bottom[who],
                        }
                    )
                )
        return SCORES.checked(pd.concat(frames, ignore_index=True))

    def claims(self, ledger: Ledger) -> None:
        """Add the figure of each to the ledger."""
        for value, indicators in declared().items():
            for one in indicators:
                result = self.found[f"{value}.{one.name}"]
                if isinstance(result, Measured):
                    ledger.add(
                        f"{value}.{one.name}",
                        one.definition.rstrip("."),
                        result.estimate,
                        unit=result.unit,
                        method=result.method,
                        reference=result.reference,
                        reference_label=result.reference_label,
                        people=result.people,
                    )


def far_by_chance(estimate: Estimate, reference: float) -> float:
    """Two-sided P of a figure so far from its reference: below 0.05 where its interval leaves the reference out.

    The side of the interval that faces the reference is taken for that of a normal distribution.
    """
    facing = estimate.estimate - estimate.low if reference < estimate.estimate else estimate.high - estimate.estimate
    away = abs(estimate.estimate - reference)
    if not away or not facing:
        return float(not away)
    normal = NormalDist()
    return 2 * normal.cdf(-normal.inv_cdf((1 + LEVEL) / 2) * away / facing)


def score(evidence: Evidence) -> Scorecard:
    """Every indicator of the ten values, each with random numbers of its own."""
    return Scorecard(
        {
            f"{value}.{one.name}": one.compute(evidence.drawing(f"{value}.{one.name}"))
            for value, indicators in declared().items()
            for one in indicators
        }
    )
