"""Figures that are sums over people: a share, a mean, a ratio of totals, with the bootstrap over people."""

from __future__ import annotations

import numpy as np

from kithwork import replicates
from kithwork.estimates import Estimate, expanded, from_draws, proportion, rate
from kithwork.values.evidence import Evidence, Measured, Missing, PerPerson

FEWEST = 2
"""People below which nothing is said."""
BOOTSTRAP = "bootstrap over people (Efron 1979)"
WILSON = "Wilson interval (Wilson 1927)"
ALIKE = 1e-9
"""How far apart, beside their size, people's figures may be and still be the same, as sums of floats are."""


def over_people(
    evidence: Evidence,
    top: np.ndarray,
    bottom: np.ndarray,
    *,
    unit: str,
    method: str,
    needs: str,
    factor: float = 1.0,
    ends: tuple[float, float] | None = (0, 1),
    reference: float | None = None,
    reference_label: str | None = None,
) -> Measured | Missing:
    """`factor` · Σ top / Σ bottom, both (people,) in the order of `evidence.people`, 0 for who is no part of it.

    n: people with a `bottom` above 0. `ends`: the least and the most that a person's top / bottom can be; None where top
    counts events, which have no most. A share of people, each in it or not, has Wilson's interval, which holds better than
    resampling where few are in it, or few are not. Where nobody differs resampling cannot say how sure the figure is: see
    `all_alike`. `reference` is in the figure's unit. `Missing(needs)` for fewer than two people.
    """
    top, bottom = np.asarray(top, dtype=float), np.asarray(bottom, dtype=float)
    who = bottom > 0
    n = int(who.sum())
    if n < FEWEST:
        return Missing(needs)
    of = replicates.sums(evidence.drawn, np.column_stack([top, bottom]))
    draws = factor * np.divide(of[:, 0], of[:, 1], out=np.full(len(of), np.nan), where=of[:, 1] > 0)
    own = factor * top[who] / bottom[who]
    estimate, interval = from_draws(factor * top.sum() / bottom.sum(), draws, n, expanded(n)), BOOTSTRAP
    if np.ptp(own) <= ALIKE * max(factor, np.abs(own).max()):
        estimate, interval = all_alike(top[who].sum(), bottom[who].sum(), n, ends)
        estimate = estimate.times(factor)
    elif ends == (0, 1) and np.isin(top[who], (0, 1)).all() and (bottom[who] == 1).all():
        estimate, interval = proportion(int(top[who].sum()), n).times(factor), WILSON
    return Measured(
        estimate,
        unit,
        f"{method}; {interval}",
        reference,
        reference_label,
        draws,
        PerPerson(top, bottom),
        float(own.std(ddof=1)),
    )


def all_alike(top: float, bottom: float, n: int, ends: tuple[float, float] | None) -> tuple[Estimate, str]:
    """Σ top / Σ bottom where all n people have the same, and what its interval is.

    Between two ends it is Wilson's, as if each person were at one end or the other: no figures between them vary more.
    Without ends it is that of as many events by chance.
    """
    if ends is None:
        return rate(top, bottom, n), "nobody differs: Poisson interval (Garwood 1936)"
    low, high = ends
    place = min(max((top / bottom - low) / (high - low), 0.0), 1.0)
    share = proportion(place * n, n)
    found = Estimate(*(low + (high - low) * at for at in (share.estimate, share.low, share.high)), n)
    return found, f"nobody differs: {WILSON}"
