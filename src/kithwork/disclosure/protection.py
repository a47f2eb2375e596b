"""Whether sensitive cells are protected, shown by tables that a reader cannot tell from the true one.

A sensitive cell, one about 1 to k − 1 people, is protected where what it can be spans at least k (sliding protection;
Hundepool et al. 2012, *Statistical Disclosure Control*, ch. 4; Fischetti and Salazar 2000, *JASA* 95): then it may be k
people or more, and no narrower guess is sure. A difference that no table holds, such as those in no group, or those who
left, is a cell like any other. Counts are whole numbers, so the interval is that of whole tables: where a vertex of the
linear program is no whole table, an integer program finds the end.

Where every sensitive cell is protected, no sum of cells not shown, a sensitive one among them, follows from those shown
and is about fewer than k people: it holds a cell that may be k.

Two tables in which a cell differs by k are its witnesses: whatever gave rise to them, the reader cannot rule out either. A
table found for one cell is often a witness for others, so few programs are solved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from kithwork.disclosure.attack import EXACT, Unknown, is_whole, unknowns
from kithwork.disclosure.cells import Cells

REACH = 100
"""How many times the protection a reader is taken to know that no cell exceeds its value by: it keeps programs finite."""
FEW = 3
"""Cells up to which tables are sought for one cell after another; of more, first for all at once."""


@dataclass(frozen=True)
class Witnesses:
    """For each cell asked about, in `spans`: two tables (2, cells) in which it differs by the protection or more.

    `narrow`: those that have none, with the width of what they can be.
    """

    spans: dict[int, np.ndarray]
    narrow: dict[int, float]


def recoverable(cells: Cells, hidden: np.ndarray, protection: int) -> np.ndarray:
    """(cells,) bool: sensitive cells that are shown, or that a reader can tell more nearly than within `protection`."""
    unseen = hidden | cells.hidden
    found = cells.sensitive & ~unseen
    found[list(witnesses(cells, unseen, np.flatnonzero(cells.sensitive & unseen), protection).narrow)] = True
    return found


def witnesses(cells: Cells, hidden: np.ndarray, asked: Iterable[int], protection: int, first: bool = False) -> Witnesses:
    """Tables that show these cells, none of them shown, protected; where `first`, only until one is found that is not."""
    asked, spans, narrow = set(asked), {}, {}
    if not asked:
        return Witnesses(spans, narrow)
    for unknown in unknowns(cells, hidden, cells.values + REACH * protection):
        todo = [i for i, place in enumerate(unknown.places) if place in asked]
        for i, (pair, width) in _spans(unknown, cells.values, todo, protection, first).items():
            place = int(unknown.places[i])
            if width < protection - EXACT:
                narrow[place] = width
            else:
                spans[place] = pair
        if first and narrow:
            break
    return Witnesses(spans, narrow)


def _spans(unknown: Unknown, values: np.ndarray, todo: list[int], protection: int, first: bool) -> dict:
    """By cell of `todo`: the two tables found in which it is least and greatest, and their distance there."""
    found = _Spans(unknown, values[unknown.places], todo, protection)
    if len(todo) > FEW:
        found.all_at_once()
    done = {}
    for i in todo:
        width = found.alone(i)
        pair = np.tile(values, (2, 1))
        pair[:, unknown.places] = found.tables[found.low[i]], found.tables[found.high[i]]
        done[i] = (pair, width)
        if first and width < protection - EXACT:
            break
    return done


class _Spans:
    """The tables found so far, and for each cell asked about the numbers of those in which it is least and greatest."""

    def __init__(self, unknown: Unknown, values: np.ndarray, todo: list[int], protection: int) -> None:
        self.unknown, self.todo, self.protection = unknown, todo, protection
        self.tables = [values]
        self.low, self.high = np.zeros((2, len(values)), dtype=int)

    def width(self, cells: list[int]) -> np.ndarray:
        """How far apart the tables found put each of these cells."""
        return np.array([self.tables[self.high[i]][i] - self.tables[self.low[i]][i] for i in cells])

    def all_at_once(self) -> None:
        """Tables with all cells low, then with as many high as can be together, until no more are found protected."""
        low = np.zeros(len(self.low))
        low[self.todo] = -1
        self._add(_whole_table(self.unknown, low))
        left = self.todo
        while len(left) > FEW:
            table = self.unknown.spread(left, self.protection)
            if is_whole(table):
                self._add(np.round(table).astype("int64"))
            before, left = left, [i for i, wide in zip(left, self.width(left) >= self.protection, strict=True) if not wide]
            if len(left) == len(before):
                return

    def alone(self, cell: int) -> float:
        """The width of one cell, or as much of it as is found once it is enough."""
        for sign in (1, -1):
            if self.width([cell])[0] >= self.protection:
                break
            direction = np.zeros(len(self.low))
            direction[cell] = sign
            self._add(_whole_table(self.unknown, direction))
        return float(self.width([cell])[0])

    def _add(self, table: np.ndarray) -> None:
        stacked, number = np.array(self.tables), np.arange(len(table))
        self.low[table < stacked[self.low, number]] = len(self.tables)
        self.high[table > stacked[self.high, number]] = len(self.tables)
        self.tables.append(table)


def _whole_table(unknown: Unknown, direction: np.ndarray) -> np.ndarray:
    found = unknown.extreme(direction)
    return np.round(found if is_whole(found) else unknown.extreme(direction, whole=True)).astype("int64")
