"""A composite for each value: the weighted mean of how far its indicators lie from their references.

    composite = Σ w d / Σ w,

with d in standard deviations between people (`distances.py`) and the weights w of `params.yaml`. It needs two indicators,
one of them no self-report (common method variance: Podsakoff et al. 2003, J. Appl. Psychol. 88:879). Its interval is of
joint draws of people. The ten are not added up.

How far their order hangs on the weights is tried out: each weight drawn, independently, between half and twice its own,
evenly on the logarithm.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module

import numpy as np
import pandas as pd

from kithwork.claims import Ledger
from kithwork.estimates import TAILS, Estimate, from_draws, proportion
from kithwork.tables import STANDARDISED
from kithwork.values import VALUES
from kithwork.values.distances import Distance, distances
from kithwork.values.evidence import Evidence
from kithwork.values.scorecard import Scorecard

FEWEST = 2
"""Indicators below which there is no composite, and composites below which there is no order."""
WEIGHTINGS = 2_000
"""Other weightings that the order of the values is tried under."""
STRETCH = 2.0
"""How many times its own, or what part of it, a weight may be in them."""
SAME = 1e-12
"""Composites no farther apart than this are in no order."""


@dataclass(frozen=True)
class Composites:
    """Distances by `value.indicator`, weights in their order, and other weightings (weightings, distances)."""

    found: dict[str, Distance]
    weights: np.ndarray
    others: np.ndarray

    @property
    def distances(self) -> dict[str, Estimate]:
        """Each indicator's distance with its interval."""
        return {name: from_draws(one.value, one.draws, one.people) for name, one in self.found.items()}

    @cached_property
    def missing(self) -> dict[str, str]:
        """Why a value has no composite, for those that have none."""
        told = {value: self._why_not(value) for value in VALUES}
        return {value: why for value, why in told.items() if why}

    @cached_property
    def composites(self) -> dict[str, Estimate]:
        """Those of the values that have one, with intervals; n: people behind the indicator with the fewest."""
        if not self.values:
            return {}
        return {
            value: from_draws(middle, draws, min(self.found[name].people for name in self._behind(value)))
            for value, middle, draws in zip(self.values, self._middle, self._drawn.T, strict=True)
        }

    @property
    def values(self) -> list[str]:
        """The values that have a composite, in the framework's order."""
        return [value for value in VALUES if value not in self.missing]

    def table(self) -> pd.DataFrame:
        """The `standardised` table."""
        places = self._places() if self.values else {}
        rows = []
        for value in VALUES:
            one = self.composites.get(value)
            figures = (None,) * 3 if one is None else (one.estimate, one.low, one.high)
            row = dict(zip(("composite", "low", "high"), figures, strict=True))
            row |= dict(zip(("rank", "rank_low", "rank_high"), places.get(value, (None,) * 3), strict=True))
            behind = len(self._behind(value))
            rows.append({"value": value, "indicators": behind, **row, "missing": self.missing.get(value)})
        return STANDARDISED.checked(pd.DataFrame(rows))

    def claims(self, ledger: Ledger) -> None:
        """Add each composite, the distances behind them, and how far their order holds, to the ledger."""
        for value, one in self.composites.items():
            title = import_module(f"kithwork.values.{value}").TITLE
            ledger.add(
                f"{value}.composite",
                f"{title}: mean distance of its indicators from their references, in standard deviations between people",
                one,
                unit="index",
                method="Weighted mean of distances; weights of params.yaml; joint bootstrap over people (Efron 1979)",
                reference=0.0,
                reference_label="all its indicators at their references",
            )
        for name, one in self.distances.items():
            ledger.add(
                f"{name}.distance",
                "Distance of an indicator from its reference, in standard deviations between people, better above 0",
                one,
                unit="index",
                method="Distance over the spread between people; joint bootstrap over people (Efron 1979)",
                reference=0.0,
                reference_label="its reference",
            )
        if len(self.values) >= FEWEST:
            self._order(ledger)

    def _order(self, ledger: Ledger) -> None:
        people = min(one.n for one in self.composites.values())
        tau = agreements(self._middle, self._reweighted)
        drawn = self._drawn[~np.isnan(self._drawn).any(axis=1)]
        first = int((drawn.argmax(axis=1) == self._middle.argmax()).sum())
        kept = proportion(int((tau == 1).sum()), len(tau)).times(100)
        staying = proportion(first, len(drawn)).times(100)
        weightings = f"{len(tau):,} weightings, each weight drawn between half and twice its own"
        ledger.add(
            "order_kept",
            "Share of other weightings of the indicators under which the values stand in the same order",
            Estimate(kept.estimate, kept.low, kept.high, people),
            unit="%",
            method=f"{weightings}; interval of the number of weightings alone (Wilson 1927)",
        )
        ledger.add(
            "order_tau",
            "Agreement of the order of the values under other weightings with the order shown",
            from_draws(tau.mean(), tau, people),
            unit="index",
            method=f"Kendall's tau (1938): mean and middle 95% of {weightings}",
            reference=1.0,
            reference_label="the same order",
        )
        ledger.add(
            "order_first",
            "Share of resamples of people in which the value that comes first does so again",
            Estimate(staying.estimate, staying.low, staying.high, people),
            unit="%",
            method="Joint bootstrap over people (Efron 1979); interval of the number of resamples alone (Wilson 1927)",
        )

    def _places(self) -> dict[str, tuple[float, float, float]]:
        """Each value's place, and the best and worst of the middle 95 % of its places under other weights."""
        tried = ranked(self._reweighted)
        ends = (np.percentile(tried, tail, axis=0, method="inverted_cdf") for tail in TAILS)
        return dict(zip(self.values, zip(ranked(self._middle), *ends, strict=True), strict=True))

    def _why_not(self, value: str) -> str | None:
        behind = [self.found[name] for name in self._behind(value)]
        if not behind:
            return "no indicator can be put on this scale"
        if len(behind) < FEWEST:
            return "only one indicator can be put on this scale"
        if all(one.self_report for one in behind):
            return "stands on what people say of themselves alone"
        return None

    def _behind(self, value: str) -> list[str]:
        """The indicators that a value's composite is made of: those with a weight."""
        weighted = zip(self.found, self.weights, strict=True)
        return [name for name, weight in weighted if name.startswith(f"{value}.") and weight > 0]

    @cached_property
    def _middle(self) -> np.ndarray:
        """(values,) the composites."""
        return self._mean(np.array([[one.value for one in self.found.values()]]), self.weights[None])[0]

    @cached_property
    def _drawn(self) -> np.ndarray:
        """(resamples, values) of them, over draws of people."""
        return self._mean(np.column_stack([one.draws for one in self.found.values()]), self.weights[None])

    @cached_property
    def _reweighted(self) -> np.ndarray:
        """(weightings, values) of them, under other weights."""
        return self._mean(np.array([[one.value for one in self.found.values()]]), self.others)

    def _mean(self, distances: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Σ w d / Σ w for each value with a composite: rows of distances, of weights, or of both."""
        names = list(self.found)
        at = [[names.index(name) for name in self._behind(value)] for value in self.values]
        means = [(distances[:, of] * weights[:, of]).sum(axis=1) / weights[:, of].sum(axis=1) for of in at]
        return np.column_stack(means)


def standardise(evidence: Evidence, card: Scorecard) -> Composites:
    """The distances of all indicators that have one, weighted as `params.yaml` says, and otherwise."""
    found = distances(evidence, card)
    weights = np.array([_weight(evidence, name) for name in found])
    others = np.empty((WEIGHTINGS, len(found)))
    for at, name in enumerate(found):
        others[:, at] = weights[at] * STRETCH ** evidence.drawing(f"weight of {name}").rng.uniform(-1, 1, WEIGHTINGS)
    return Composites(found, weights, others)


def _weight(evidence: Evidence, name: str) -> float:
    value, indicator = name.split(".")
    return evidence.settings.values.weights.get(value, {}).get(indicator, 1.0)


def ranked(composites: np.ndarray) -> np.ndarray:
    """Places along the last axis, 1 the highest; those in no order share the best of theirs."""
    apart = composites[..., None, :] - composites[..., :, None]
    return 1 + (apart > SAME).sum(axis=-1)


def agreements(composites: np.ndarray, others: np.ndarray) -> np.ndarray:
    """(weightings,) Kendall's tau of each order to the one shown: 1 where every pair stands as it does there.

    τ = Σ over pairs of sign · sign / number of pairs; a pair in no order in one alone counts 0, in both 1.
    """
    one, two = np.triu_indices(composites.shape[-1], 1)

    def signs(of: np.ndarray) -> np.ndarray:
        apart = of[..., one] - of[..., two]
        return np.sign(apart) * (np.abs(apart) > SAME)

    shown, tried = signs(composites), signs(others)
    return np.where((shown == 0) & (tried == 0), 1.0, shown * tried).mean(axis=-1)
