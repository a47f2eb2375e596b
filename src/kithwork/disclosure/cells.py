"""Published counts and the sums that hold between them, as one set of cells over any number of tables.

A relation is a sum that every reader knows to hold, such as *the units of a division add up to the division*; it is
written as a row of signs with `relations @ values == 0` (Fischetti and Salazar 2000, "Models and algorithms for
optimizing cell suppression in tabular data with linear constraints", *Journal of the American Statistical Association*
95). Tables that share a margin share its cell, so that all tables of a report are attacked, and protected, together.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

WHOLE = "(whole)"
REST = "(in no group)"


@dataclass(frozen=True)
class Cells:
    """Cells, the relations between them, and what may be hidden.

    `names` keys, one a cell, each once. `values` (cells,) int64 ≥ 0: people behind each. `relations` (relations, cells) of
    −1, 0 and 1. `sensitive` (cells,) bool: about too few people to be shown. `weights` (cells,) > 0: what is lost where a
    cell is hidden. `fixed` (cells,) bool: known to all, so never hidden. `hidden` (cells,) bool: published nowhere to begin
    with. Raises ValueError where these do not fit together.
    """

    names: tuple[Hashable, ...]
    values: np.ndarray
    relations: sparse.csr_array
    sensitive: np.ndarray
    weights: np.ndarray
    fixed: np.ndarray
    hidden: np.ndarray

    def __post_init__(self) -> None:
        count = len(self.names)
        columns = (self.values, self.sensitive, self.weights, self.fixed, self.hidden)
        if any(column.shape != (count,) for column in columns) or self.relations.shape[1] != count:
            raise ValueError("cells, and what is said of them, differ in number")
        if len(set(self.names)) != count:
            raise ValueError("two cells have one name")
        if (self.values < 0).any() or not (self.weights > 0).all():
            raise ValueError("values below 0, or weights not above 0")
        if (self.fixed & self.hidden).any():
            raise ValueError("a cell cannot be both known to all and published nowhere")
        if (self.relations @ self.values).any():
            raise ValueError("a relation does not hold")

    def __len__(self) -> int:
        return len(self.names)

    def mask(self, names: Iterable[Hashable]) -> np.ndarray:
        """(cells,) bool: the cells of these names."""
        wanted = set(names)
        return np.array([name in wanted for name in self.names], dtype=bool)

    def part(self, chosen: np.ndarray) -> Cells:
        """The cells at these places, with the relations between them alone."""
        inside = self.relations[:, chosen]
        kept = inside[np.flatnonzero(np.diff(self.relations.indptr) == np.diff(inside.indptr))]
        return Cells(
            tuple(self.names[i] for i in chosen),
            self.values[chosen],
            kept[np.flatnonzero(np.diff(kept.indptr))],
            self.sensitive[chosen],
            self.weights[chosen],
            self.fixed[chosen],
            self.hidden[chosen],
        )


def few(values: np.ndarray, smallest: int) -> np.ndarray:
    """Which counts are about somebody, and fewer people than `smallest`."""
    return (values > 0) & (values < smallest)


def loss(values: np.ndarray) -> np.ndarray:
    """What hiding loses, where nothing else is said: the people of each cell, and 1 for a cell of nobody."""
    return np.maximum(values, 1).astype(float)


def partition(sizes: pd.Series, total: int, smallest: int, of: str = "") -> Cells:
    """A whole parted into groups: `sizes` people by group, `total` people in the whole, some of whom may be in no group.

    The whole is known to all where it is about enough people; how many are in no group is published nowhere. Names are
    pairs of `of` and the group, WHOLE or REST. Raises ValueError where the groups have more people than the whole.
    """
    counts = sizes.to_numpy("int64")
    values = np.append(counts, [total - counts.sum(), total])
    sensitive = few(values, smallest)
    place = np.arange(len(values))
    return Cells(
        names=tuple((of, name) for name in (*sizes.index, REST, WHOLE)),
        values=values,
        relations=sparse.csr_array(np.where(place == len(counts) + 1, -1, 1)[None, :]),
        sensitive=sensitive,
        weights=loss(values),
        fixed=(place == len(counts) + 1) & ~sensitive,
        hidden=place == len(counts),
    )


def joined(parts: Iterable[Cells]) -> Cells:
    """Several tables as one set of cells; cells of one name are one cell.

    It is sensitive, or known to all, where any of its tables says so; published nowhere where all do; and loses the most
    that any table says. Raises ValueError where two tables disagree about its value.
    """
    parts = list(parts)
    place = {name: i for i, name in enumerate(dict.fromkeys(name for part in parts for name in part.names))}
    values = np.full(len(place), -1, dtype="int64")
    sensitive, fixed, hidden = (np.full(len(place), start) for start in (False, False, True))
    weights = np.zeros(len(place))
    rows = []
    for part in parts:
        at = np.array([place[name] for name in part.names], dtype=int)
        if ((values[at] >= 0) & (values[at] != part.values)).any():
            raise ValueError("two tables disagree about a cell")
        values[at] = part.values
        sensitive[at] |= part.sensitive
        fixed[at] |= part.fixed
        hidden[at] &= part.hidden
        weights[at] = np.maximum(weights[at], part.weights)
        entries = part.relations.tocoo()
        rows.append(sparse.csr_array((entries.data, (entries.row, at[entries.col])), (entries.shape[0], len(place))))
    relations = sparse.csr_array(sparse.vstack(rows))
    return Cells(tuple(place), values, relations, sensitive, weights, fixed, hidden & ~fixed)
