"""Random tables and sets of tables with small cells planted, and an attack and an optimum found by trying everything."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from kithwork.disclosure.cells import Cells, joined, partition
from kithwork.disclosure.crosstable import of_table, waves

K = 5


def counts(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Counts of a table, some of nobody, some small, and one at least of 1 to K − 1."""
    drawn = rng.negative_binomial(1, rng.uniform(0.03, 0.2), shape)
    drawn.flat[rng.integers(drawn.size)] = rng.integers(1, K)
    return drawn


def frame(values: np.ndarray, columns: list[str]) -> pd.DataFrame:
    """A row for each inner cell of a table: its levels, and its count `n`."""
    rows = [(*(f"{column}{i}" for column, i in zip(columns, at, strict=True)), int(n)) for at, n in np.ndenumerate(values)]
    return pd.DataFrame(rows, columns=[*columns, "n"])


def one_way(rng: np.random.Generator) -> Cells:
    """A whole parted into groups, with some in none."""
    sizes = counts(rng, (int(rng.integers(2, 8)),))
    return partition(pd.Series(sizes, index=[f"g{i}" for i in range(len(sizes))]), int(sizes.sum() + rng.integers(0, 7)), K)


def two_way(rng: np.random.Generator, most: int = 5) -> Cells:
    """A table of two dimensions."""
    return of_table(frame(counts(rng, tuple(rng.integers(2, most, 2))), ["a", "b"]), ["a", "b"], "n", K)


def three_way(rng: np.random.Generator) -> Cells:
    """A table of three dimensions."""
    return of_table(frame(counts(rng, tuple(rng.integers(2, 4, 3))), ["a", "b", "c"]), ["a", "b", "c"], "n", K)


def hierarchical(rng: np.random.Generator) -> Cells:
    """Units within divisions, crossed with levels."""
    rows = frame(counts(rng, (int(rng.integers(3, 6)), int(rng.integers(2, 4)))), ["unit", "level"])
    rows["division"] = "d" + (rows["unit"].str[-1].astype(int) % 2).astype(str)
    return of_table(rows, [("division", "unit"), "level"], "n", K)


def linked(rng: np.random.Generator) -> Cells:
    """Two tables that share a margin: the same people by a and b, and by a and c."""
    rows = frame(counts(rng, (3, int(rng.integers(2, 4)), 2)), ["a", "b", "c"])
    return joined([of_table(rows, ["a", "b"], "n", K), of_table(rows, ["a", "c"], "n", K)])


def two_waves(rng: np.random.Generator) -> Cells:
    """One table at two times, a few people having left, come or moved."""
    count, groups = int(rng.integers(20, 60)), int(rng.integers(2, 5))
    people = pd.DataFrame({"unit": rng.integers(0, groups, count), "level": rng.integers(0, 2, count)})
    later = people.copy()
    moved = rng.random(count) < 0.05
    later.loc[moved, "unit"] = rng.integers(0, groups, moved.sum())
    later = later[rng.random(count) > 0.03]
    came = pd.DataFrame({"unit": rng.integers(0, groups, 2), "level": rng.integers(0, 2, 2)}, index=[count, count + 1])
    later = pd.concat([later, came.iloc[: int(rng.integers(0, 3))]])
    return waves(people, later, ["unit", "level"] if rng.random() < 0.3 else ["unit"], K)


KINDS = {
    "one-way": one_way, "two-way": two_way, "three-way": three_way, "hierarchical": hierarchical, "linked": linked,
    "two waves": two_waves,
}  # fmt: skip


def tables_like(cells: Cells, hidden: np.ndarray, most: int) -> tuple[np.ndarray, bool] | None:
    """(tables, hidden cells): whole tables that a reader cannot tell from the true one, and whether these are all.

    By filling in one cell after another, with no linear program: a cell runs over all numbers that the sums through it
    leave room for. A cell that only differences bind runs up to 2 K above its value, and then these are not all. None
    where more than `most` must be tried.
    """
    places = np.flatnonzero(hidden)
    sums = cells.relations[:, places].toarray()
    sums = sums[(sums != 0).any(axis=1)]
    alike = abs(sums.sum(axis=1)) == abs(sums).sum(axis=1)
    sums[alike] = abs(sums[alike])
    left = (sums @ cells.values[places])[None, :]
    filled, every = np.zeros((1, 0), dtype="int64"), True
    for i, place in enumerate(places):
        bind = alike & (sums[:, i] > 0)
        last = (sums[:, i] != 0) & (abs(sums[:, i + 1 :]).sum(axis=1) == 0)
        if bind.any():
            room = left[:, bind].min(axis=1)
        else:
            room, every = np.full(len(left), cells.values[place] + 2 * K), False
        if (room + 1).sum() > most:
            return None
        rows = np.repeat(np.arange(len(filled)), room + 1)
        numbers = np.concatenate([np.arange(one + 1) for one in room])
        after = left[rows] - numbers[:, None] * sums[:, i]
        keep = (after[:, last] == 0).all(axis=1)
        filled, left = np.column_stack([filled[rows[keep]], numbers[keep]]), after[keep]
    return filled, every


def told(cells: Cells, hidden: np.ndarray, most: int = 1_000_000) -> np.ndarray | None:
    """(cells,) bool: sensitive cells that all tables like the true one put within fewer than K; None where not known.

    Two tables K apart in a cell show that it is not told, whichever other tables there are.
    """
    found = tables_like(cells, hidden, most)
    if found is None:
        return None
    width = np.zeros(len(cells), dtype="int64")
    width[hidden] = np.ptp(found[0], axis=0) if hidden.any() else 0
    narrow = cells.sensitive & (width < K)
    return None if narrow.any() and not found[1] else narrow


def least_loss(cells: Cells, sound, most: int = 12) -> float | None:
    """The least weight that any pattern hides and keeps `sound(hidden)`, trying all of them; None beyond `most` cells."""
    free = np.flatnonzero(~cells.fixed & ~cells.hidden & ~cells.sensitive)
    always = (cells.hidden | cells.sensitive) & ~cells.fixed
    if len(free) > most:
        return None
    sure = cells.weights[cells.sensitive & always & ~cells.hidden].sum()
    patterns = np.array(list(product([False, True], repeat=len(free))), dtype=bool).reshape(2 ** len(free), len(free))
    losses = patterns @ cells.weights[free]
    for i in np.argsort(losses, kind="stable"):
        hidden = always.copy()
        hidden[free[patterns[i]]] = True
        if sound(hidden):
            return float(sure + losses[i])
    return None
