"""Arcs along which a change may be passed on, and which of them do, without asking each.

An arc that passes on with chance p is a stretch of length −log(1 − p) on a line, and passes on where at least one point of
a Poisson process of rate 1 falls on it: that has chance 1 − e^(log(1 − p)) = p, for each arc apart from all others. Points
are few where chances are small, so that work goes by what happens and not by what could (Batagelj & Brandes 2005, Phys.
Rev. E 71:036113, skip in steps as this does on a line). Arcs of a person have the length of the likeliest one; the points
on less likely ones are thinned.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

CERTAIN = -np.log1p(-(1 - 2.0**-53))
"""Length of an arc that passes on for certain: it is missed once in 2^53."""

BELOW = 1 - 2.0**-50
"""What keeps the last point within the line when it is rounded."""


@dataclass(frozen=True)
class Arcs:
    """Arcs by the person they leave: those of i are `start[i]` to `start[i + 1]` of `to` and `weight`.

    `most`: the largest weight of each person's; `alike`: whether all arcs have one weight.
    """

    start: np.ndarray
    to: np.ndarray
    weight: np.ndarray
    most: np.ndarray
    alike: bool

    @classmethod
    def of(cls, net: sparse.csr_array) -> Arcs:
        """From each row's number to the columns of its entries above 0."""
        net = sparse.csr_array(net)
        if (net.data <= 0).any():
            net = net.copy()
            net.data = np.maximum(net.data, 0)
            net.eliminate_zeros()
        weight = net.data.astype(float)
        full = np.flatnonzero(np.diff(net.indptr))
        most = np.zeros(net.shape[0])
        if len(full):
            most[full] = np.maximum.reduceat(weight, net.indptr[full])
        return cls(
            net.indptr.astype(np.int64), net.indices.astype(np.int32), weight, most, bool((weight == weight[:1]).all())
        )

    @cached_property
    def degree(self) -> np.ndarray:
        """(people,) arcs that leave each person."""
        return np.diff(self.start)

    @cached_property
    def by(self) -> np.ndarray:
        """The person whom each arc leaves."""
        return np.repeat(np.arange(len(self.most), dtype=np.int32), self.degree)

    @cached_property
    def growth(self) -> float:
        """How many people each who was reached passes it on to, on average, per unit of a small chance."""
        out = np.bincount(self.by, self.weight, len(self.most))
        into = np.bincount(self.to, self.weight, len(self.most))
        return float(out @ into / max(into.sum(), np.finfo(float).tiny))


def length(chance: np.ndarray) -> np.ndarray:
    """Length of an arc that passes on with this chance."""
    with np.errstate(divide="ignore"):
        return np.minimum(-np.log1p(-np.minimum(chance, 1)), CERTAIN)


def ascending(places: np.ndarray) -> np.ndarray:
    """Each place once: for whole numbers of which few are twice, less work than numpy's `unique`."""
    places = np.sort(places)
    return places[np.r_[True, places[1:] != places[:-1]][: len(places)]]


def scattered(mean: float, end: float, rng: np.random.Generator) -> np.ndarray:
    """Points of a Poisson process, ascending from 0 to below `end`, `mean` of them on average."""
    points = np.cumsum(rng.standard_exponential(rng.poisson(mean) + 1))
    points *= end * BELOW / points[-1]
    return points[:-1]
