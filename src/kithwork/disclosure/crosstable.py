"""Tables with all their margins as cells: of any number of dimensions, with levels within levels, and of two waves.

A dimension is a tree: all people, then its levels; or all people, divisions, and units within them. The cells of a table
are the choices of one node a dimension, and in each dimension every node is the sum of those below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
import pandas as pd
from scipy import sparse

from kithwork.disclosure.cells import Cells, few, loss

BEFORE, AFTER, STAYED, LEFT, CAME = "before", "after", "stayed", "left", "came"


@dataclass(frozen=True)
class _Tree:
    """One dimension: `nodes` by name, the whole as (); `holds` (nodes, lowest levels) 0/1; `sums` (relations, nodes)."""

    nodes: list[tuple[tuple[str, Hashable], ...]]
    holds: np.ndarray
    sums: np.ndarray


def of_table(frame: pd.DataFrame, dimensions: Sequence[str | tuple[str, ...]], count: str, smallest: int) -> Cells:
    """The cells of a table: `frame` has a row for each inner cell, its levels in `dimensions`, its people in `count`.

    A dimension is a column, or columns from the coarsest to the finest, each level within one of the column before (else
    ValueError). No level is missing (else ValueError). What has no row is about nobody. A cell's name is its (column,
    level) pairs in the order of the columns' names, the whole (): so tables over the same columns share their margins.
    The whole is known to all where it is about enough people.
    """
    trees = [_tree(frame, (one,) if isinstance(one, str) else tuple(one)) for one in dimensions]
    finest = [one if isinstance(one, str) else one[-1] for one in dimensions]
    counts = np.zeros([tree.holds.shape[1] for tree in trees], dtype="int64")
    places = tuple(pd.factorize(frame[column], sort=True)[0] for column in finest)
    np.add.at(counts, places, frame[count].to_numpy("int64"))
    for axis, tree in enumerate(trees):
        counts = np.moveaxis(np.tensordot(tree.holds, counts, (1, axis)), 0, axis)
    names = tuple(tuple(sorted(sum(nodes, ()))) for nodes in product(*(tree.nodes for tree in trees)))
    values, whole = counts.ravel(), np.array([name == () for name in names])
    sensitive = few(values, smallest)
    return Cells(
        names, values, _relations(trees), sensitive, loss(values), whole & ~sensitive, np.zeros(len(names), dtype=bool)
    )


def waves(before: pd.DataFrame, after: pd.DataFrame, dimensions: Sequence[str | tuple[str, ...]], smallest: int) -> Cells:
    """One table at two times, and who is behind its differences: those who stayed in a cell, left it, or came to it.

    `before` and `after` have a row a person, indexed alike by who it is, with the columns of `dimensions`, which are as for
    `of_table`. Those who stayed, left or came are published nowhere; but that nobody left a cell, or came, is known to
    colleagues, and so counts as known. Then a cell of 8 that was one of 9 tells of one person, and is not shown both times.
    No whole is known to all. Names are pairs of BEFORE, AFTER, STAYED, LEFT or CAME and the cell's name in the table.
    """
    columns = [[one] if isinstance(one, str) else list(one) for one in dimensions]
    levels = [column for several in columns for column in several]
    both = pd.concat([before[levels], after[levels]]).drop_duplicates()
    frames = [
        pd.concat([one.groupby(levels, sort=True).size().rename("people").reset_index(), both.assign(people=0)])
        for one in (before, after)
    ]
    tables = [of_table(frame, dimensions, "people", smallest) for frame in frames]
    same = _stayed(before[levels], after[levels].reindex(before.index), columns)
    stayed = np.array([same.get(name, 0) for name in tables[0].names], dtype="int64")
    moved = [tables[0].values - stayed, tables[1].values - stayed]
    values = np.concatenate([tables[0].values, tables[1].values, stayed, *moved])
    one, none = sparse.eye_array(len(stayed), dtype="int64"), None
    links = sparse.block_array([[-one, none, one, one, none], [none, -one, one, none, one]])
    sums = sparse.block_diag([table.relations for table in tables])
    wide = sparse.csr_array((sums.shape[0], values.size - sums.shape[1]), dtype="int64")
    unpublished = np.arange(values.size) >= 2 * len(stayed)
    known = (np.arange(values.size) >= 3 * len(stayed)) & (values == 0)
    return Cells(
        tuple((wave, name) for wave in (BEFORE, AFTER, STAYED, LEFT, CAME) for name in tables[0].names),
        values,
        sparse.csr_array(sparse.vstack([sparse.hstack([sums, wide]), links])),
        few(values, smallest),
        loss(values),
        known,
        unpublished & ~known,
    )


def _stayed(before: pd.DataFrame, after: pd.DataFrame, columns: list[list[str]]) -> Counter:
    """People by the cells, margins among them, that they are in both times."""
    found = Counter()
    for depths in product(*(range(len(several) + 1) for several in columns)):
        keys = sorted(several[depth - 1] for several, depth in zip(columns, depths, strict=True) if depth)
        rows = before.loc[(before[keys] == after[keys]).all(axis=1) & after.notna().all(axis=1), keys]
        found.update(tuple(zip(keys, row, strict=True)) for row in rows.itertuples(index=False, name=None))
    return found


def _tree(frame: pd.DataFrame, columns: tuple[str, ...]) -> _Tree:
    """The nodes of one dimension, coarsest first, and the sums between them."""
    if frame[list(columns)].isna().any(axis=None):
        raise ValueError(f"a level of {columns[-1]} is missing")
    paths = frame[list(columns)].drop_duplicates().sort_values(columns[-1], ignore_index=True, kind="stable")
    if paths[columns[-1]].duplicated().any() or any(
        paths[[finer, coarser]].drop_duplicates()[finer].duplicated().any() for coarser, finer in pairwise(columns)
    ):
        raise ValueError(f"levels of {columns[-1]} are in more than one level above them")
    named = [
        pd.Series([()] * len(paths)),
        *(paths[column].map(lambda level, of=column: ((of, level),)) for column in columns),
    ]
    nodes, holds, sums = [()], [np.ones(len(paths), dtype="int64")], []
    above = {(): 0}
    for upper, lower in pairwise(named):
        below = {node: len(nodes) + i for i, node in enumerate(dict.fromkeys(lower))}
        nodes += list(below)
        holds += [np.array([one == node for one in lower], dtype="int64") for node in below]
        inside = [(node, dict.fromkeys(low for low, up in zip(lower, upper, strict=True) if up == node)) for node in above]
        sums += [(above[node], [below[one] for one in parts]) for node, parts in inside]
        above = below
    signs = np.zeros((len(sums), len(nodes)), dtype="int64")
    for row, (place, parts) in enumerate(sums):
        signs[row, place] = -1
        signs[row, parts] = 1
    return _Tree(nodes, np.array(holds), signs)


def _relations(trees: list[_Tree]) -> sparse.csr_array:
    """In each dimension, at every choice of nodes of the others: each node as the sum of those below it."""
    rows = []
    for axis in range(len(trees)):
        block = sparse.csr_array(np.ones((1, 1), dtype="int64"))
        for place, tree in enumerate(trees):
            own = sparse.csr_array(tree.sums) if place == axis else sparse.eye_array(len(tree.nodes), dtype="int64")
            block = sparse.kron(block, own, format="csr")
        rows.append(block)
    return sparse.csr_array(sparse.vstack(rows))
