"""Who has been exposed enough, in many worlds: kept up by what is new, pushed from who adopts to those who heed them.

Weights count in millionths, as integers: sums are the same in any order, and a share that equals a threshold as written (2
of 8 ties, 0.25) is enough. Where few are new, the ties of each are gone through; where many are, a product of matrices adds
all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

MILLION = 1_000_000
MANY = 1 / 64
"""Share of all ties, in all worlds, that lead to somebody new, from which the product takes less time."""


@dataclass(frozen=True)
class Heeding:
    """How far each heeds each other, in whole units: `net` (people, people) by who heeds, `heard` by who is heeded.

    `total`: (people,) units of all that each heeds.
    """

    net: sparse.csr_array
    heard: sparse.csr_array
    total: np.ndarray

    @classmethod
    def of(cls, net: sparse.csr_array) -> Heeding:
        """In units of a millionth, or the largest of which all weights are multiples."""
        net = sparse.csr_array(net)
        units = np.rint(net.data * MILLION).astype(np.int64)
        units //= max(int(np.gcd.reduce(units)), 1)
        net = sparse.csr_array((units, net.indices, net.indptr), shape=net.shape, copy=True)
        net.eliminate_zeros()
        total = np.asarray(net.sum(axis=1)).ravel()
        narrow = next(size for size in (np.int16, np.int32, np.int64) if total.max(initial=0) < np.iinfo(size).max)
        return cls(net.astype(narrow), sparse.csr_array(net.T.astype(narrow)), total)

    def among(self, rows: np.ndarray) -> tuple[Heeding, np.ndarray]:
        """How far these people heed one another, of the same totals; and (rows,) units of all others whom each heeds."""
        own = self.net[rows]
        others = np.isin(np.arange(len(self.total)), rows, invert=True).astype(own.dtype)
        return Heeding(own[:, rows], self.heard[rows][:, rows], self.total[rows]), own @ others


def lacking(heeding: Heeding, enough: np.ndarray) -> np.ndarray:
    """Units that each lacks as long as nobody has adopted: the fewest whose share is `enough`, (people, worlds)."""
    total = heeding.total[:, None].astype(float)
    heeds = np.maximum(total, 1)
    units = np.ceil(enough * heeds)
    units -= (units - 1) / heeds >= enough
    units += units / heeds < enough
    return np.where(total > 0, np.minimum(units, total + 1), 1).astype(heeding.net.dtype)


def push(heeding: Heeding, lack: np.ndarray, newest: np.ndarray) -> np.ndarray:
    """Take off `lack`, in place, what adoption at these places adds; the places of those who lack nothing any more.

    Places are person · worlds + world; one given back may be there several times, but only of the first call in which it
    lacks nothing: `lack` is then set beyond all that can come.
    """
    worlds = lack.shape[1]
    person = newest // worlds
    if np.diff(heeding.heard.indptr)[person].sum() > MANY * heeding.heard.nnz * worlds:
        new = np.zeros_like(lack)
        new[person, newest - person * worlds] = 1
        lack -= heeding.net @ new
        return satisfied(lack)
    places, arcs = touched(heeding, newest, worlds)
    np.subtract.at(lack.reshape(-1), places, heeding.heard.data[arcs])
    return satisfied(lack, places)


def touched(heeding: Heeding, newest: np.ndarray, worlds: int) -> tuple[np.ndarray, np.ndarray]:
    """Places, some several times, to which adoption at these places adds, and by which entry of `heard`."""
    heard = heeding.heard
    person = newest // worlds
    degree = np.diff(heard.indptr)[person]
    ends = np.cumsum(degree)
    arcs = np.repeat(heard.indptr[person] - ends + degree, degree) + np.arange(ends[-1] if len(ends) else 0)
    return heard.indices[arcs] * np.int64(worlds) + np.repeat(newest - person * worlds, degree), arcs


def satisfied(lack: np.ndarray, touched: np.ndarray | None = None) -> np.ndarray:
    """Places, among those touched or all, of those who lack nothing and have not been told of before."""
    flat = lack.reshape(-1)
    found = np.flatnonzero(flat <= 0) if touched is None else touched[flat[touched] <= 0]
    flat[found] = np.iinfo(lack.dtype).max
    return found
