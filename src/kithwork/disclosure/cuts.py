"""What a pattern of hidden cells must satisfy: cuts of the integer program, found by the attacker's linear programs.

Let x be 1 where a cell is hidden. A cell p is protected where there are moves f and g that the relations send to 0, each
cell moving down by at most its value and only where x is 1, with f_p − g_p ≥ k. By linear duality, for any weights λ of
the relations, f_p ≤ Σ c_i x_i with c_i = value_i or room_i times what λ leaves of cell i's price; so c @ x ≥ k of both
directions together is a *capacity cut*, which every pattern that protects p satisfies. As x is 0 or 1, a coefficient
above the right side may be lowered to it (Fischetti and Salazar 2000, *JASA* 95, sections 4 and 5).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from scipy import sparse

from kithwork.disclosure.attack import EXACT
from kithwork.disclosure.cells import Cells
from kithwork.disclosure.protection import REACH

FAINT = 1e-4
"""How far a cell that is shown may move while cuts are sought: of cuts as good, one that few cells are in is found."""
PLACES = 6
"""Digits of the weights of relations; a cut holds for any weights, so rounding them leaves it valid."""


@dataclass(frozen=True)
class Model:
    """The integer program's data: `free` (cells,) may be hidden or shown, `always` (cells,) are hidden in any case."""

    cells: Cells
    protection: int
    free: np.ndarray
    always: np.ndarray

    @property
    def room(self) -> int:
        """How far a cell may move up."""
        return REACH * self.protection


def capacity(model: Model, chosen: np.ndarray, cell: int) -> np.ndarray | None:
    """(cells,) coefficients a of a cut a @ x ≥ 1 over the free cells that `chosen` breaks, or None.

    `chosen` (cells,) in 0 to 1: how far each cell is hidden. `cell`: the sensitive cell to protect.
    """
    values = model.cells.values.astype(float)
    fraction = np.where(model.always, 1.0, np.where(model.free, chosen, 0.0))
    whole = np.isin(fraction, (0, 1)).all()
    movable = model.free | model.always
    up = np.where(movable, np.maximum(fraction * (model.room if whole else model.protection), FAINT), 0.0)
    down = np.where(movable, np.maximum(fraction * values, np.minimum(FAINT, values)), 0.0)
    up[cell] = np.inf
    coefficients = np.zeros(len(values))
    for sign in (1, -1):
        found = scipy.optimize.linprog(
            -sign * np.eye(1, len(values), cell)[0],
            A_eq=model.cells.relations,
            b_eq=np.zeros(model.cells.relations.shape[0]),
            bounds=np.column_stack([-down, up]),
            method="highs",
        )
        if found.x is None:
            return None
        left = sign * np.eye(1, len(values), cell)[0] + model.cells.relations.T @ np.round(found.eqlin.marginals, PLACES)
        left[abs(left) < EXACT] = 0
        if left[cell] > 0:
            return None
        coefficients += np.where(left > 0, left * model.room, -left * values)
    return _cut(model, coefficients, chosen)


def _cut(model: Model, coefficients: np.ndarray, chosen: np.ndarray) -> np.ndarray | None:
    """The cut with what is hidden in any case taken to the right side, and lowered to it; None where `chosen` keeps it."""
    needed = model.protection - coefficients[model.always].sum()
    if needed < EXACT:
        return None
    lowered = np.where(model.free, np.minimum(coefficients, needed) / needed, 0.0)
    return lowered if lowered @ chosen < 1 - 1e-5 else None


def of_relations(model: Model, sensitive: np.ndarray) -> sparse.csr_array:
    """(cuts, cells) of cuts a @ x ≥ 1 that each relation asks for each sensitive cell in it: what is hidden must cover it.

    With v_p people in cell p, others of its sign can give it up to their own people, and must give it k − v_p.
    """
    values, relations, rows = model.cells.values, model.cells.relations, {}
    nothing = np.zeros(len(values))
    for start, end in zip(relations.indptr, relations.indptr[1:], strict=False):
        inside, signs = relations.indices[start:end], relations.data[start:end]
        for sign in np.unique(signs[sensitive[inside]]):
            coefficients = nothing.copy()
            coefficients[inside] = np.where(signs == sign, values[inside], model.protection)
            cut = _cut(model, coefficients, nothing)
            if cut is not None:
                at = np.flatnonzero(cut)
                rows[at.tobytes(), cut[at].tobytes()] = at, cut[at]
    return _stacked(list(rows.values()), len(values))


def bridges(model: Model) -> sparse.csr_array:
    """(cuts, cells) of cuts a @ x ≥ 0: no cell is hidden alone in a relation, as it would follow (*bridgeless* patterns).

    A pattern that loses least hides nothing in vain, so it keeps these too.
    """
    relations, rows = model.cells.relations, []
    for start, end in zip(relations.indptr, relations.indptr[1:], strict=False):
        inside = relations.indices[start:end]
        free = inside[model.free[inside]]
        if not model.always[inside].any():
            rows += [(free, np.where(free == cell, -1.0, 1.0)) for cell in free]
    return _stacked(rows, relations.shape[1])


def _stacked(rows: list[tuple[np.ndarray, np.ndarray]], width: int) -> sparse.csr_array:
    """Rows given by their places and values."""
    starts = np.cumsum([0, *(len(at) for at, _ in rows)])
    places = np.concatenate([np.zeros(0, dtype=int), *(at for at, _ in rows)])
    return sparse.csr_array((np.concatenate([np.zeros(0), *(of for _, of in rows)]), places, starts), (len(rows), width))
