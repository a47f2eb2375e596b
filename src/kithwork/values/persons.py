"""Figures that are sums over people: a share, a mean, a ratio of totals, with the bootstrap over people."""

from __future__ import annotations

import numpy as np

from kithwork.estimates import from_draws, proportion
from kithwork.values import replicates
from kithwork.values.evidence import Evidence, Measured, Missing, PerPerson

FEWEST = 2
"""People below which nothing is said."""
BOOTSTRAP = "bootstrap over people (Efron 1979)"


def over_people(
    evidence: Evidence,
    top: np.ndarray,
    bottom: np.ndarray,
    *,
    unit: str,
    method: str,
    needs: str,
    factor: float = 1.0,
    reference: float | None = None,
    reference_label: str | None = None,
) -> Measured | Missing:
    """`factor` · Σ top / Σ bottom, both (people,) in the order of `evidence.people`, 0 for who is no part of it.

    n: people with a `bottom` above 0. Where resampling cannot move a share off 0 or 1, its interval is Wilson's (1927).
    `reference` is in the figure's unit. `Missing(needs)` for fewer than two people.
    """
    top, bottom = np.asarray(top, dtype=float), np.asarray(bottom, dtype=float)
    who = bottom > 0
    n = int(who.sum())
    if n < FEWEST:
        return Missing(needs)
    of = replicates.sums(evidence.drawn, np.column_stack([top, bottom]))
    draws = factor * np.divide(of[:, 0], of[:, 1], out=np.full(len(of), np.nan), where=of[:, 1] > 0)
    own = factor * top[who] / bottom[who]
    estimate = from_draws(factor * top.sum() / bottom.sum(), draws, n)
    if unit == "%" and estimate.estimate in (0, 100):
        estimate = proportion(n * round(estimate.estimate / 100), n).times(100)
    return Measured(
        estimate,
        unit,
        f"{method}; {BOOTSTRAP}",
        reference,
        reference_label,
        draws,
        PerPerson(factor * top, bottom),
        float(own.std(ddof=1)),
    )
