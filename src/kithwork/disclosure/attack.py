"""What a reader can work out about cells that are not shown: the attacker's linear programs.

A reader knows every cell shown, every relation between cells, and that nobody is counted below 0. What a cell can then be
is an interval, whose ends are two linear programs over the cells not shown (Fischetti and Salazar 2000, *JASA* 95;
Hundepool et al. 2012, *Statistical Disclosure Control*, ch. 4).

`protection.py` says how wide an interval must be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import scipy
from scipy import linalg, sparse

from kithwork.disclosure.cells import Cells, few

EXACT = 1e-6
"""Counts nearer than this are the same."""


@dataclass(frozen=True)
class Unknown:
    """Cells not shown that hang together: `places` (n,) in the cells, of which a reader knows two things.

    `sums @ x` lies in `least` to `most`, and x in 0 to `upper`.
    """

    places: np.ndarray
    sums: sparse.csr_array
    least: np.ndarray
    most: np.ndarray
    upper: np.ndarray

    def extreme(self, direction: np.ndarray, whole: bool = False) -> np.ndarray | None:
        """(n,) a table that makes `direction @ x` greatest, of whole numbers where `whole`; None where it has no end."""
        found = scipy.optimize.milp(
            -direction,
            integrality=np.full(len(direction), int(whole)),
            bounds=scipy.optimize.Bounds(0, self.upper),
            constraints=scipy.optimize.LinearConstraint(self.sums, self.least, self.most),
            options={"mip_rel_gap": 0.0} if whole else {},
        )
        if found.x is None and np.isinf(self.upper).any():
            return None
        if found.x is None:
            raise RuntimeError(f"the attack on a table failed: {found.message}")
        return found.x

    def spread(self, chosen: list[int], most: int) -> np.ndarray:
        """(n,) a table that makes the sum of the `chosen` cells greatest, what one has above `most` not counted."""
        count = len(self.places)
        bounds = scipy.optimize.Bounds(0, np.concatenate([self.upper, np.full(len(chosen), float(most))]))
        sums = sparse.hstack([self.sums, self.sums[:, chosen]], format="csr")
        worth = np.concatenate([np.zeros(count), -np.ones(len(chosen))])
        found = scipy.optimize.milp(
            worth, bounds=bounds, constraints=scipy.optimize.LinearConstraint(sums, self.least, self.most)
        ).x
        table = found[:count]
        table[chosen] += found[count:]
        return table

    def ends(self, whole: bool) -> tuple[np.ndarray, np.ndarray]:
        """(n,) the least and the greatest that each cell can be."""
        if self.sums.shape[0] <= 1:
            return self._of_one_sum()
        low, high = np.zeros(len(self.places)), np.full(len(self.places), np.inf)
        for i, direction in enumerate(np.eye(len(self.places))):
            for sign, into in ((-1, low), (1, high)):
                found = self.extreme(sign * direction)
                if found is not None and whole and not is_whole(found):
                    found = self.extreme(sign * direction, whole=True)
                into[i] = (np.inf if sign > 0 else 0) if found is None else found[i]
        return low, high

    def _of_one_sum(self) -> tuple[np.ndarray, np.ndarray]:
        """The same where at most one sum binds the cells: what the others leave."""
        if not self.sums.shape[0]:
            return np.zeros(len(self.places)), self.upper.copy()
        signs = self.sums.toarray()[0]
        others = ~np.eye(len(signs), dtype=bool)
        down = np.where(others, np.where(signs < 0, -self.upper, 0), 0).sum(axis=1)
        up = np.where(others, np.where(signs > 0, self.upper, 0), 0).sum(axis=1)
        left = np.stack([signs * (self.least - up), signs * (self.most - down)])
        return np.maximum(left.min(axis=0), 0), np.minimum(left.max(axis=0), self.upper)


def unknowns(
    cells: Cells, hidden: np.ndarray, upper: np.ndarray | None = None, slack: np.ndarray | None = None
) -> Iterator[Unknown]:
    """The cells not shown, a connected part at a time. Arguments as for `bounds`."""
    places = np.flatnonzero(hidden | cells.hidden)
    if not len(places):
        return
    touching = cells.relations[:, places]
    used = np.flatnonzero(np.diff(touching.indptr))
    touching, slack = touching[used], np.zeros(len(used)) if slack is None else slack[used]
    left = touching @ cells.values[places]
    graph = sparse.csr_array(abs(touching.T) @ abs(touching))
    count, part = sparse.csgraph.connected_components(graph, directed=False)
    of_row = part[touching.indices[touching.indptr[:-1]]]
    for one in range(count):
        inside, rows = np.flatnonzero(part == one), np.flatnonzero(of_row == one)
        limit = np.full(len(inside), np.inf) if upper is None else upper[places[inside]].astype(float)
        sums = sparse.csr_array(touching[rows][:, inside])
        yield Unknown(places[inside], sums, left[rows] - slack[rows], left[rows] + slack[rows], limit)


def bounds(
    cells: Cells,
    hidden: np.ndarray,
    *,
    upper: np.ndarray | None = None,
    slack: np.ndarray | None = None,
    whole: bool = False,
) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest that each cell not shown can be, in the cells' order; infinity where nothing binds it.

    `hidden` (cells,) bool, beside those published nowhere. `upper` (cells,): what a reader knows no cell exceeds. `slack`
    (relations,): how far a sum of figures as published may be off, by their rounding. `whole`: of tables of whole numbers.
    """
    low, high = np.full(len(cells), np.nan), np.full(len(cells), np.nan)
    for unknown in unknowns(cells, hidden, upper, slack):
        low[unknown.places], high[unknown.places] = unknown.ends(whole)
    unseen = hidden | cells.hidden
    return _tidy(low[unseen]), _tidy(high[unseen])


def exact(cells: Cells, hidden: np.ndarray) -> np.ndarray:
    """(cells,) bool: cells not shown, sensitive or not, that follow from the relations alone.

    They are the coordinates at which no vector that the relations send to 0 differs from 0.
    """
    found = np.zeros(len(cells), dtype=bool)
    for unknown in unknowns(cells, hidden):
        free = linalg.null_space(unknown.sums.toarray()) if unknown.sums.shape[0] else np.eye(len(unknown.places))
        found[unknown.places] = (abs(free) < EXACT).all(axis=1)
    return found


def few_left(cells: Cells, hidden: np.ndarray, smallest: int) -> np.ndarray:
    """(relations,) bool: sums whose cells not shown are together about somebody, and fewer than `smallest` people.

    For a whole parted into groups: those in no group shown.
    """
    unseen = cells.relations[:, hidden | cells.hidden]
    people = unseen @ cells.values[hidden | cells.hidden]
    alike = abs(unseen.sum(axis=1)) == np.diff(unseen.indptr)
    return alike & few(abs(people), smallest)


def is_whole(table: np.ndarray) -> bool:
    """Whether all of these are whole numbers."""
    return bool((abs(table - np.round(table)) < EXACT).all())


def _tidy(ends: np.ndarray) -> np.ndarray:
    near = np.round(ends)
    return np.where(np.isclose(ends, near, rtol=0, atol=EXACT), near, ends) + 0.0
