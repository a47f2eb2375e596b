"""The tables of a spread, as R's netdiffuseR prints them (Vega Yon, Olivera & Valente): by week, and by kind of adopter.

Of each week t, q adopters by its end among n people:

    hazard = (q_t − q_{t−1}) / (n − q_{t−1})                      none in the first week, nor once all have adopted
    Moran's I = n / S0 · Σ w_ij (y_i − ȳ)(y_j − ȳ) / Σ (y_i − ȳ)²  y: who has adopted; S0 = Σ w_ij

w is 1 / the steps from i to j, six at most, rows summing to 1. Its expectation is −1 / (n − 1), its standard deviation that
under shuffling (Cliff & Ord 1981, Spatial Processes, 21), p by the normal law. It says whether adopters lie together, and
not why: of units that adopt as a whole they do.

Adopters are early where they adopt up to a standard deviation before the mean of adopters, early majority up to the mean,
late majority up to a standard deviation after it, and laggards then; and likewise by threshold (Valente 1995, Network
Models of the Diffusion of Innovations, 94; classify_adopters of netdiffuseR).
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.change.adoption import Adoptions
from kithwork.change.exposure import thresholds_found, without_loops
from kithwork.tables import ADOPTER_KINDS, BY_THRESHOLD, BY_TIME, NOT_ADOPTED, SPREAD

if TYPE_CHECKING:
    from scipy import sparse

STEPS = 6
"""The most steps between two people that count as near at all."""

MOST = 3_000
"""People up to whom steps between all of them are counted; Moran's I is left out beyond."""


@dataclass(frozen=True)
class Moran:
    """Moran's I, what shuffling gives on average, its standard deviation there, and p two-sided."""

    observed: float
    expected: float
    spread: float
    p: float


def both(net: sparse.csr_array, adoptions: Adoptions | None) -> dict[str, pd.DataFrame]:
    """SPREAD and ADOPTER_KINDS by name; without rows where nobody has a date of adoption."""
    if adoptions is None:
        return {table.name: table.empty() for table in (SPREAD, ADOPTER_KINDS)}
    return {SPREAD.name: spread_table(net, adoptions), ADOPTER_KINDS.name: adopter_table(net, adoptions)}


def spread_table(net: sparse.csr_array, adoptions: Adoptions) -> pd.DataFrame:
    """The table SPREAD: adopters, hazard, density of ties and Moran's I of each week. Loops do not count."""
    net = without_loops(net)
    n, weeks = len(adoptions.week), np.arange(adoptions.weeks)
    adopters = np.bincount(adoptions.week[adoptions.adopted], minlength=adoptions.weeks)
    cumulative = np.cumsum(adopters)
    left = n - (cumulative - adopters)
    near = nearness(net) if n <= MOST else without_loops(0 * net)
    morans = [moran((adoptions.week <= week).astype(float), near) for week in weeks]
    return SPREAD.checked(
        pd.DataFrame(
            {
                "week": weeks,
                "adopters": adopters,
                "cumulative": cumulative,
                "share": cumulative / max(n, 1),
                "hazard": np.where((weeks > 0) & (left > 0), adopters / np.maximum(left, 1), np.nan),
                "density": net.nnz / (n * (n - 1)) if n > 1 else np.nan,
                "moran": [np.nan if one is None else one.observed for one in morans],
                "moran_expected": [np.nan if one is None else one.expected for one in morans],
                "moran_sd": [np.nan if one is None else one.spread for one in morans],
                "moran_p": [np.nan if one is None else one.p for one in morans],
            }
        )
    )


def nearness(net: sparse.csr_array, steps: int = STEPS) -> sparse.csr_array:
    """1 / the least number of steps along ties from i to j, (people, people), 0 where more than `steps` or none."""
    from scipy import sparse

    ties = (without_loops(net) != 0).astype(float)
    reached = sparse.eye_array(net.shape[0], format="csr")
    newest, found = reached, sparse.csr_array(net.shape)
    for step in range(1, steps + 1):
        beyond = (newest @ ties != 0).astype(float)
        newest = beyond - beyond.multiply(reached)
        newest.eliminate_zeros()
        found = found + newest / step
        reached = reached + newest
    return sparse.csr_array(found)


def moran(values: np.ndarray, weights: sparse.csr_array) -> Moran | None:
    """Moran's I of (people,) values by weights (people, people), whose rows are made to sum to 1.

    None of fewer than four people, without weights, or where values do not differ.
    """
    from scipy import sparse

    n = len(values)
    rows = np.asarray(weights.sum(axis=1)).ravel()
    apart = values - values.mean() if n else values
    squares = float((apart**2).sum())
    if n < 4 or not rows.any() or squares < 1e-12 * n:
        return None
    share = sparse.diags_array(np.divide(1, rows, out=np.zeros(n), where=rows > 0)) @ weights
    s0, back = float(share.sum()), share.T
    s1 = float(((share + back).multiply(share + back)).sum()) / 2
    s2 = float(((np.asarray(share.sum(axis=1)) + np.asarray(share.sum(axis=0))) ** 2).sum())
    tail = n * float((apart**4).sum()) / squares**2
    observed, expected = n / s0 * float(apart @ (share @ apart)) / squares, -1 / (n - 1)
    usual = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    tailed = tail * (n * (n - 1) * s1 - 2 * n * s2 + 6 * s0**2)
    variance = (usual - tailed) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - expected**2
    if variance <= 0:
        return None
    spread = variance**0.5
    return Moran(observed, expected, spread, 2 * NormalDist().cdf(-abs(observed - expected) / spread))


def adopter_table(net: sparse.csr_array, adoptions: Adoptions) -> pd.DataFrame:
    """The table ADOPTER_KINDS: people by when they adopted and by threshold; who heeds nobody has a threshold of 0."""
    thresholds = np.nan_to_num(thresholds_found(net, adoptions))
    who = adoptions.adopted
    kinds = pd.DataFrame(
        {"time": classed(adoptions.week, who, BY_TIME), "threshold": classed(thresholds, who, BY_THRESHOLD)}
    )
    people = kinds.value_counts(sort=False).rename("people").reset_index()
    return ADOPTER_KINDS.checked(people.assign(share=people["people"] / max(len(who), 1)))


def classed(values: np.ndarray, adopted: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """The kind of each person, (people,): four `names` cut at mean − sd, mean and mean + sd of adopters, or not adopted."""
    of = values[adopted].astype(float)
    spread = of.std(ddof=1) if len(of) > 1 else 0.0
    found = np.full(len(values), NOT_ADOPTED, dtype=object)
    if len(of):
        cuts = of.mean() + spread * np.array([-1, 0, 1])
        found[adopted] = np.array(names, dtype=object)[np.searchsorted(cuts, of, side="left")]
    return found
