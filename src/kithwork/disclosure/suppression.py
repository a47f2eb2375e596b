"""The cheapest cells to hide so that nothing sensitive can be worked out: one optimisation over all tables together.

    least Σ weight_i x_i  so that every sensitive cell is protected,  x_i in {0, 1}

(Fischetti and Salazar 2000, "Models and algorithms for optimizing cell suppression in tabular data with linear
constraints", *Journal of the American Statistical Association* 95.) Its conditions are cuts (`cuts.py`), found as they
are broken: first by the linear relaxation, then by integer patterns, until the cheapest pattern that keeps all cuts is
one that protects all, and so is the optimum. Counts are whole, which linear programs do not see: where none gives a cut,
the cut is that some cell must be hidden outside the largest pattern that holds this one and leaves the cell unprotected.

The number of rounds, and of nodes in each, is limited, never the time, so that an answer is the same on any machine.
Beyond it the best pattern made valid (`repair.py`) is the answer, with the bound reached.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from scipy import sparse

from kithwork.disclosure.cells import Cells
from kithwork.disclosure.cuts import Model, bridges, capacity, of_relations
from kithwork.disclosure.protection import witnesses
from kithwork.disclosure.repair import pruned, repaired

RELAXED_ROUNDS, ROUNDS, NODES = 30, 60, 3000
CUTS = 30
"""Cells for which cuts are sought in one round."""
OFFERS = 5
"""Rounds after which the pattern at hand is made valid: it may be better than the best so far."""
NEAR = 1e-6


@dataclass(frozen=True)
class Suppressed:
    """What to hide: `hidden` (cells,) bool, with what was published nowhere; `lost`, the weight of the others hidden.

    No pattern that protects as much loses less than `bound`; `exact`: this one loses no more than that. `open` (cells,)
    bool: sensitive cells that stay recoverable though all is hidden that may be, as they follow from what is known to
    all.
    """

    hidden: np.ndarray
    lost: float
    bound: float
    exact: bool
    open: np.ndarray


def suppress(cells: Cells, smallest: int, rounds: int = ROUNDS, nodes: int = NODES) -> Suppressed:
    """Which cells to hide so that every sensitive one spans at least `smallest`, at the least loss of weight.

    Cells that no relation joins, other than through what is known to all, are solved one set after another.
    """
    hidden, open_ = cells.hidden.copy(), np.zeros(len(cells), dtype=bool)
    lost = bound = 0.0
    every = True
    for places in _apart(cells):
        if not cells.sensitive[places].any():
            continue
        found = _solved(cells.part(places), smallest, rounds, nodes)
        hidden[places], open_[places] = found.hidden, found.open
        lost, bound, every = lost + found.lost, bound + found.bound, every and found.exact
    return Suppressed(hidden, lost, bound, every, open_)


def _apart(cells: Cells) -> list[np.ndarray]:
    """The places of each set of cells that hang together, with the cells known to all that their relations name."""
    touched = abs(cells.relations)
    moving = sparse.csr_array(touched * ~cells.fixed)
    moving.eliminate_zeros()
    _, part = sparse.csgraph.connected_components(moving.T @ moving, directed=False)
    sets = []
    for one in np.unique(part[~cells.fixed]):
        inside = (part == one) & ~cells.fixed
        rows = (moving @ inside) > 0
        sets.append(np.flatnonzero(inside | (cells.fixed & (touched.T @ rows > 0))))
    lone = np.flatnonzero(cells.fixed & cells.sensitive)
    return [*sets, *([lone] if len(lone) else [])]


def _solved(cells: Cells, smallest: int, rounds: int, nodes: int) -> Suppressed:
    """The same for cells that hang together."""
    always = (cells.sensitive | cells.hidden) & ~cells.fixed
    model = Model(cells, smallest, ~cells.fixed & ~always, always)
    sought = np.flatnonzero(cells.sensitive & always)
    open_ = cells.sensitive & cells.fixed
    open_[list(witnesses(cells, ~cells.fixed, sought, smallest).narrow)] = True
    search = _Search(model, np.flatnonzero(cells.sensitive & ~open_), nodes)
    search.run(rounds)
    sure = float(cells.weights[cells.sensitive & always & ~cells.hidden].sum())
    lost, bound = search.lost(search.best), min(search.bound, search.lost(search.best))
    return Suppressed(search.best | always, sure + lost, sure + bound, lost <= bound + NEAR * max(lost, 1), open_)


class _Search:
    """The search for the best pattern of one model: its cuts so far, the `best` valid pattern, the `bound` on any."""

    def __init__(self, model: Model, asked: np.ndarray, nodes: int) -> None:
        self.model, self.asked, self.nodes = model, asked, nodes
        wanted = np.zeros(len(model.free), dtype=bool)
        wanted[asked] = True
        self.cuts, self.bridges = of_relations(model, wanted), bridges(model)
        self.best, self.bound = model.free, 0.0

    def lost(self, chosen: np.ndarray) -> float:
        """The weight of the free cells of a pattern."""
        return float(self.model.cells.weights[chosen].sum())

    def run(self, rounds: int) -> None:
        """Search until the best pattern is known to be the optimum, or the rounds are used up."""
        if not len(self.asked):
            self.best = np.zeros_like(self.model.free)
            return
        self._relax()
        for turn in range(1, rounds + 1):
            if self.lost(self.best) <= self.bound + NEAR:
                return
            chosen, bound = self._master(whole=True)
            self.bound = max(self.bound, bound)
            narrow = self._narrow(chosen)
            if not narrow:
                self.best = min(self.best, chosen, key=self.lost)
                return
            found = [cut for cut in (capacity(self.model, chosen, cell) for cell in narrow) if cut is not None]
            self._add(found or [self._outside(chosen, narrow[0])])
            if turn % OFFERS == 0 or turn == rounds:
                self._offer(repaired(self.model, chosen, self.asked))

    def _relax(self) -> None:
        """Cuts of the linear relaxation, and the first valid pattern from where it ends."""
        for _ in range(RELAXED_ROUNDS):
            chosen, self.bound = self._master(whole=False)
            narrow = self._narrow(chosen > 1 - NEAR)
            found = [cut for cut in (capacity(self.model, chosen, cell) for cell in narrow) if cut is not None]
            if not found:
                break
            self._add(found)
        dear = self.model.cells.weights * (1 - chosen) + NEAR
        self._offer(repaired(self.model, chosen > 1 - NEAR, self.asked, dear))

    def _narrow(self, chosen: np.ndarray) -> list[int]:
        """The cells that a pattern does not protect, in order: `CUTS` of them at most, spread over all."""
        found = sorted(witnesses(self.model.cells, chosen | self.model.always, self.asked, self.model.protection).narrow)
        return found[:: -(-len(found) // CUTS)] if found else []

    def _outside(self, chosen: np.ndarray, cell: int) -> np.ndarray:
        """The cut that some cell must be hidden outside a pattern, grown as far as it leaves `cell` unprotected."""
        model, grown = self.model, chosen | self.model.always
        for one in np.flatnonzero(model.free & ~grown):
            grown[one] = True
            grown[one] = bool(witnesses(model.cells, grown, [cell], model.protection).narrow)
        return (model.free & ~grown).astype(float)

    def _offer(self, valid: np.ndarray) -> None:
        least = pruned(self.model, valid, self.asked)
        if self.lost(least) < self.lost(self.best) - NEAR:
            self.best = least

    def _add(self, found: list[np.ndarray]) -> None:
        rows = np.unique(np.round(found, 9), axis=0)
        self.cuts = sparse.csr_array(sparse.vstack([self.cuts, sparse.csr_array(rows)]))

    def _master(self, whole: bool) -> tuple[np.ndarray, float]:
        """The cheapest pattern, (cells,) bool, that keeps the cuts so far, or its relaxation; and the bound it gives."""
        kept = ((self.cuts, 1.0 - NEAR / 10), (self.bridges, 0.0))
        found = scipy.optimize.milp(
            self.model.cells.weights,
            integrality=np.full(len(self.model.free), int(whole)),
            bounds=scipy.optimize.Bounds(0, self.model.free.astype(float)),
            constraints=[scipy.optimize.LinearConstraint(rows, least, np.inf) for rows, least in kept if rows.shape[0]],
            options={"node_limit": self.nodes, "mip_rel_gap": 0.0} if whole else {},
        )
        if not whole:
            return np.clip(found.x, 0, 1), float(found.fun)
        chosen = self.best if found.x is None else found.x > 0.5
        return chosen, self.bound if found.mip_dual_bound is None else float(found.mip_dual_bound)
