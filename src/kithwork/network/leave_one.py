"""Intervals of large networks: what each person's leaving would do to a figure, for all people at once.

The delete-one jackknife (Miller 1974, Biometrika 61:1) has the variance (n − 1)/n Σ (θ_(i) − θ̄)², θ_(i) the figure without
person i. For figures that are ratios of sums over pairs and triples of people, which are U-statistics, it is consistent
(Arvesen 1969, Ann. Math. Stat. 40:2076), and θ_(i) follows from counts of i's own ties: one pass over the network where
leaving a tenth out (`jackknife`) takes one for each draw. Divisions of the people, into communities or core and periphery,
are kept as found: that another one might be found without somebody is not in these intervals.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from kithwork.estimates import LEVEL, Estimate

if TYPE_CHECKING:
    from scipy import sparse


def interval(value: float, without: np.ndarray, signed: bool = False) -> Estimate:
    """The figure with its interval, cut at 0 and 1, `signed` at −1 and 1. `without`: (people,) it without each."""
    n = len(without)
    half = NormalDist().inv_cdf((1 + LEVEL) / 2) * np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    return Estimate(float(value), max(float(value - half), -1.0 if signed else 0.0), min(float(value + half), 1.0), n)


def clustering(net: sparse.csr_array, triangles: np.ndarray) -> np.ndarray:
    """Share of two-paths whose ends are tied. `triangles`: (people,) how many each is in.

    Without i: (Σ t − 3 t_i) / (Σ d(d − 1)/2 − d_i(d_i − 1)/2 − Σ over i's alters (d_j − 1)).
    """
    degree = np.diff(net.indptr).astype(float)
    paths = degree * (degree - 1) / 2
    gone = paths + net @ (degree - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (triangles.sum() - 3 * triangles) / (paths.sum() - gone)


def modularity(net: sparse.csr_array, members: np.ndarray) -> np.ndarray:
    """Q of these communities, numbered from 0; −1, those without ties, are in none.

    Without i, of d_i ties of which k_c lead into community c, m, the ties within and each community's sum of degrees are
    less by d_i, by i's ties to its own, and by k_c, and d_i for its own.
    """
    from scipy import sparse

    own = np.where(members < 0, members.max(initial=0) + 1, members)
    people, degree = len(own), np.diff(net.indptr).astype(float)
    inside = sparse.csr_array((np.ones(people), own, np.arange(people + 1)), shape=(people, int(own.max()) + 1))
    sums = degree @ inside
    into = (net @ inside).tocsr()
    to_own = into.multiply(inside).sum(axis=1)
    across = into @ sums + degree * sums[own]
    squares = into.power(2).sum(axis=1) + degree**2 + 2 * degree * to_own
    left = degree.sum() / 2 - degree
    with np.errstate(invalid="ignore", divide="ignore"):
        return (to_own.sum() / 2 - to_own) / left - ((sums**2).sum() - 2 * across + squares) / (4 * left**2)


def core_fit(net: sparse.csr_array, members: np.ndarray, fit) -> np.ndarray:
    """The fit of core and periphery; `fit(ties, people)`, of arrays (core, periphery), is what is computed of them."""
    side = members.astype(float)
    to_core = net @ side
    own = np.where(members, to_core, net @ (1 - side))
    ties = [(to_core * side).sum() / 2 - own * side, ((net @ (1 - side)) * (1 - side)).sum() / 2 - own * (1 - side)]
    return fit(np.array(ties), np.array([side.sum() - side, (1 - side).sum() - (1 - side)]))


def reciprocity(named: sparse.csr_array) -> np.ndarray:
    """Share of names that are returned, without each: less those of theirs, given and got."""
    arcs = (named != 0).astype(float)
    arcs.setdiag(0)
    arcs.eliminate_zeros()
    back = arcs.multiply(arcs.T).sum(axis=1)
    given_or_got = arcs.sum(axis=0) + arcs.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (back.sum() - 2 * back) / (arcs.nnz - given_or_got)
