"""Intervals of what is measured of a whole network: leave people out, and see how far the figure moves.

The delete-d jackknife (Shao & Wu 1989, Ann. Stat. 17:1176): a tenth of the people are left out at random with all their
ties, and the standard error is that of the figures of the rest, times √((n − d)/d). Averages over pairs and triples of
people are U-statistics, for which it is consistent (Arvesen 1969, Ann. Math. Stat. 40:2076). Unlike the vertex bootstrap
it makes no pairs of a person with itself, so measures of paths and components can be taken. It errs towards wide: what two
people leave to chance counts twice where each pair is a case of its own. Figures that grow with the number of people (ties
per person) are not for it.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from kithwork.estimates import LEVEL, Estimate

if TYPE_CHECKING:
    from scipy import sparse

FEW = 50
"""Draws below which the spread of the figures is itself in doubt: the interval is by t, not the normal distribution."""

LEFT_OUT = 0.1
"""Share of people left out of each draw."""


def leaving_out(
    net: sparse.csr_array,
    measures: Callable[[sparse.csr_array, np.ndarray], dict[str, float]],
    draws: int,
    rng: np.random.Generator,
    signed: tuple[str, ...] = (),
) -> dict[str, Estimate]:
    """Each measure of the whole with its interval, cut at 0 and 1: for measures between the two; `signed` ones at −1 and 1.

    `measures` takes a network and the row numbers its people have in `net`; NaN says that it could not be computed. A
    measure that is NaN for the whole, or was computed in fewer than two draws, is left out.
    """
    n = net.shape[0]
    gone = max(round(LEFT_OUT * n), 1)
    whole = measures(net, np.arange(n))
    drawn: dict[str, list[float]] = {name: [] for name in whole}
    for _ in range(draws):
        kept = np.sort(rng.choice(n, n - gone, replace=False))
        for name, value in measures(net[kept][:, kept], kept).items():
            drawn[name].append(value)
    far = _far(draws)
    found = {}
    for name, value in whole.items():
        values = np.array(drawn[name])
        values = values[~np.isnan(values)]
        if np.isnan(value) or len(values) < 2:
            continue
        half = far * np.sqrt((n - gone) / gone * values.var())
        found[name] = Estimate(
            float(value), max(float(value - half), -1.0 if name in signed else 0.0), min(float(value + half), 1.0), n
        )
    return found


def _far(draws: int) -> float:
    """Standard errors to the ends of an interval."""
    from scipy.special import stdtrit

    normal = NormalDist().inv_cdf((1 + LEVEL) / 2)
    return float(stdtrit(draws - 1, (1 + LEVEL) / 2)) if 1 < draws < FEW else normal
