"""The rows of a survey's export as text, many at a time: separated by , or ; or tab, or a sheet of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from kithwork.errors import Problem, UserError
from kithwork.readers.parts import archive, delimited, workbook
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Fault

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

Line = tuple[int, list[str]]
"""A row's line in its file (its number in a sheet), and its cells."""

SOME = 2000
"""Rows that are handed on at a time."""
AGAIN = "Export it again, with its header and rows."


class Block(NamedTuple):
    """Rows as wide as the header: the line of each, and a column of text for each of its cells. Others are faults."""

    lines: np.ndarray
    cells: pa.Table
    faults: list[Fault]

    def column(self, at: int) -> list[str]:
        """The cells of one column."""
        return self.cells.column(at).to_numpy().tolist()

    def parts(self, size: int) -> Iterator[Block]:
        """So many rows at a time, the faults with the first of them."""
        yield Block(self.lines[:size], self.cells.slice(0, size), self.faults)
        for start in range(size, len(self.lines), size):
            yield Block(self.lines[start : start + size], self.cells.slice(start, size), [])

    def told(self) -> Iterator[Line | Fault]:
        """The rows one by one, and the faults."""
        yield from self.faults
        columns = [self.column(at) for at in range(self.cells.num_columns)]
        yield from zip(self.lines.tolist(), map(list, zip(*columns, strict=True)), strict=True)


def read(given: Given, encoding: str, heads: int, sheet: str = "") -> tuple[list[Line], Iterator[Block]]:
    """The first rows that hold anything, as many as said or as there are, and those below. Raises `UserError`.

    Rows are as wide as the first one: of others, empty cells at the end are dropped, and what is left is a fault. What
    cannot be read further down is told of when it is reached.
    """
    with given.open() as file:
        zipped = file.read(len(archive.BEGINNING)) == archive.BEGINNING
    if zipped:
        found = _of_sheet(given, sheet)
        tops = list(islice(found, heads))
        below = _together(found, len(tops[0][1]) if tops else 0)
    else:
        tops, below = _of_text(given, encoding, heads)
    if not tops:
        raise UserError(Problem("is empty", given.name, AGAIN))
    return tops, below


def block(rows: Iterable[Line], width: int) -> Block:
    """Rows as a block, each without the empty cells that follow those of the header."""
    import numpy as np
    import pyarrow as pa

    fit, faults = [], []
    for line, cells in rows:
        if len(cells) < width or any(map(str.strip, cells[width:])):
            found, do = f"{len(cells)} cells, header has {width}", "Quote cells that contain a comma."
            faults.append(Fault(line, "", "has another number of cells than the header", do, found))
        else:
            fit.append((line, cells[:width]))
    columns = zip(*(cells for _, cells in fit), strict=True) if fit else [()] * width
    arrays = [pa.array(column, pa.large_string()) for column in columns]
    return Block(np.array([line for line, _ in fit], dtype="int64"), pa.table(arrays, list(map(str, range(width)))), faults)


def sheets(given: Given) -> list[str]:
    """The names of a workbook's sheets. Raises `UserError`."""
    with workbook.opened(given) as book:
        return [sheet.title for sheet in book.worksheets]


def _of_sheet(given: Given, sheet: str) -> Iterator[Line]:
    with workbook.opened(given) as book:
        for number, cells in workbook.rows(workbook.sheet(book, sheet, given.name), given.name):
            row = list(map(workbook.text, cells))
            if any(map(str.strip, row)):
                yield number, row


def _together(rows: Iterator[Line], width: int) -> Iterator[Block]:
    """Rows of a sheet in blocks: a sheet ends each row with its last cell, so that others are filled up."""
    while some := list(islice(rows, SOME)):
        yield block(((number, cells + [""] * (width - len(cells))) for number, cells in some), width)


def _of_text(given: Given, encoding: str, heads: int) -> tuple[list[Line], Iterator[Block]]:
    parts = delimited.blocks(given, encoding)
    first = next(parts)
    sign = _delimiter(re.split(r"[\r\n]", first.decode().lstrip(), maxsplit=1)[0])
    pieces = delimited.pieces(chain([first], parts), sign, given.name)
    tops: list[Line] = []
    for piece in pieces:
        for number, line in enumerate(piece.lines):
            cells = piece.cells(number, sign)
            if any(map(str.strip, cells)):
                tops.append((int(line), cells))
            if len(tops) == heads:
                return tops, _parsed(chain([piece.after(number)], pieces), len(tops[0][1]), sign)
    return tops, iter(())


def _parsed(pieces: Iterable[delimited.Piece], width: int, sign: str) -> Iterator[Block]:
    """Rows of text in blocks, those of another width last."""
    for piece in chain.from_iterable(piece.parts(SOME) for piece in pieces):
        odd: list[Line] = []

        def ragged(number: int, cells: list[str], odd: list[Line] = odd, piece: delimited.Piece = piece) -> None:
            if cells:
                odd.append((int(piece.lines[number]), cells))

        cells, lines = delimited.parsed(piece, width, list(range(width)), sign, ragged)
        if len(lines):
            yield Block(lines, cells, [])
        if odd:
            yield block(odd, width)


def _delimiter(first: str) -> str:
    """What separates the cells of the header: whichever sign stands there most often outside quotes."""
    bare = re.sub(r'"[^"]*"', "", first)
    return max(",;\t", key=bare.count)
