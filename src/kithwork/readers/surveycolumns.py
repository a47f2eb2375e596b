"""The rows of a survey's export by column, some thousand responses at a time: text is parsed by Arrow, and only the columns
that are used; of a workbook, the rows it hands on are turned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from kithwork.errors import Problem, UserError
from kithwork.readers import delimited, surveyrows
from kithwork.readers.given import Given
from kithwork.readers.rows import Fault
from kithwork.readers.surveyrows import Line

SOME = 2_000
"""Rows that are turned at a time."""


class Block(NamedTuple):
    """Some responses: the line of each, their cells by the place of the column, and what was refused among them."""

    lines: list[int]
    columns: dict[int, list[str]]
    faults: list[Fault]


@dataclass(frozen=True)
class Below:
    """What stands below the header of a table: the rows after a line, as wide as the header."""

    given: Given
    encoding: str
    after: int
    width: int

    def blocks(self, rows: Iterable[Line | Fault], used: list[int]) -> Iterator[Block]:
        """The columns used: of text by column, of a workbook from its `rows`. Raises `UserError`."""
        if surveyrows.zipped(self.given):
            return turned(rows, used)
        return self._of_text(used)

    def _of_text(self, used: list[int]) -> Iterator[Block]:
        try:
            parts = delimited.blocks(self.given, self.encoding)
            first = next(parts)
            sign = surveyrows.delimiter(re.split(r"[\r\n]", first.decode(), maxsplit=1)[0])
            for piece in delimited.pieces(chain([first], parts), sign, self.given.name):
                above = int(piece.lines.searchsorted(self.after, "right"))
                yield from self._parsed(piece.after(above - 1) if above else piece, used, sign)
        except surveyrows.BROKEN as error:
            raise UserError(Problem("cannot be read", self.given.name, surveyrows.AGAIN, str(error)[:60])) from None

    def _parsed(self, piece: delimited.Piece, used: list[int], sign: str) -> Iterator[Block]:
        """One piece; by row where one has another number of cells than the header."""
        odd: list[list[str]] = []
        table, lines = delimited.parsed(piece, self.width, used, sign, lambda _, cells: odd.append(cells))
        if any(odd):
            rows = ((int(line), piece.cells(number, sign)) for number, line in enumerate(piece.lines))
            filled = (row for row in rows if any(map(str.strip, row[1])))
            yield from turned(surveyrows.body(filled, self.width), used)
        else:
            yield Block(lines.tolist(), {at: table.column(str(at)).to_pylist() for at in used}, [])


def turned(lines: Iterable[Line | Fault], used: list[int]) -> Iterator[Block]:
    """Rows by column."""
    lines = iter(lines)
    while batch := list(islice(lines, SOME)):
        kept = [line for line in batch if not isinstance(line, Fault)]
        faults = [line for line in batch if isinstance(line, Fault)]
        yield Block([number for number, _ in kept], {at: [row[at] for _, row in kept] for at in used}, faults)
