"""A pattern of hidden cells made valid, and then as small as dropping cells can make it.

To protect a cell, the cheapest moves that reach through it are a linear program: least Σ weight × movement, with the cell
moving by k between the two; what must move is hidden (Kelly, Golden and Assad 1992, "Cell suppression: disclosure
protection for sensitive tabular data", *Networks* 22). Whatever turns out to be hidden in vain is shown again, the
dearest first.
"""

from __future__ import annotations

import numpy as np
import scipy
from scipy import sparse

from kithwork.disclosure.attack import EXACT
from kithwork.disclosure.cuts import Model
from kithwork.disclosure.protection import Witnesses, witnesses


def repaired(model: Model, chosen: np.ndarray, asked: np.ndarray, dear: np.ndarray | None = None) -> np.ndarray:
    """(cells,) bool: `chosen` (cells,) bool with what else must be hidden to protect the cells `asked` (places).

    `dear` (cells,): what moving a cell costs, its weight unless given. All free cells are hidden where nothing less is
    found.
    """
    hidden = chosen | model.always
    dear = model.cells.weights if dear is None else dear
    open_ = list(witnesses(model.cells, hidden, asked, model.protection).narrow)
    while open_:
        cell = open_[0]
        more = _moving(model, hidden, cell, dear) & ~hidden
        if not more.any():
            more = _next(model, hidden)
        hidden = hidden | more
        open_ = list(witnesses(model.cells, hidden, open_, model.protection).narrow)
    return hidden & ~model.always


def _next(model: Model, hidden: np.ndarray) -> np.ndarray:
    """The cheapest cell that may yet be hidden: for what linear programs cannot see, that counts are whole."""
    left = np.flatnonzero(model.free & ~hidden)
    if not len(left):
        raise RuntimeError("cells that can be protected were not")
    return np.arange(len(hidden)) == left[np.argmin(model.cells.weights[left])]


def _moving(model: Model, hidden: np.ndarray, cell: int, dear: np.ndarray) -> np.ndarray:
    """(cells,) bool: the cells that move in the cheapest two moves which set `cell` apart by the protection."""
    cells, count = model.cells, len(hidden)
    movable = model.free | model.always
    price = np.where(hidden, 0.0, dear / np.clip(cells.values, 1, model.protection)) + EXACT
    up, down = np.where(movable, np.inf, 0), np.where(movable, cells.values, 0)
    apart = np.eye(1, count, cell)
    sums = sparse.csr_array(cells.relations)
    moves = sparse.block_array(
        [[sums, -sums, None, None], [None, None, sums, -sums], [*(sparse.csr_array(s * apart) for s in (1, -1, -1, 1))]]
    )
    right = np.zeros(moves.shape[0])
    right[-1] = model.protection
    found = scipy.optimize.milp(
        np.tile(price, 4),
        bounds=scipy.optimize.Bounds(0, np.concatenate([up, down, up, down])),
        constraints=scipy.optimize.LinearConstraint(moves, right, right),
    )
    if found.x is None:
        return np.zeros(count, dtype=bool)
    return (found.x.reshape(4, count) > EXACT).any(axis=0) & model.free


def pruned(model: Model, chosen: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """(cells,) bool: `chosen` without the cells that protect nothing, the dearest dropped first, of equals the first."""
    hidden = chosen | model.always
    seen = witnesses(model.cells, hidden, asked, model.protection)
    spans = dict(seen.spans)
    for cell in sorted(np.flatnonzero(chosen), key=lambda one: (-model.cells.weights[one], one)):
        resting = [one for one, pair in spans.items() if (pair[:, cell] != model.cells.values[cell]).any()]
        hidden[cell] = False
        again: Witnesses = witnesses(model.cells, hidden, resting, model.protection, first=True)
        if again.narrow:
            hidden[cell] = True
        else:
            spans |= again.spans
    return hidden & ~model.always
