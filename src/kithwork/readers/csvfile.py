"""Reads a comma-separated file, strictly: what is not plainly right is named by row and column, never guessed.

UTF-8 unless `params.yaml` states another `encoding`; a byte-order mark is dropped and noted. The header must hold every
column that `columns` maps; columns nobody mapped are left out and noted. A row with another number of cells than the
header is refused alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers.parts import delimited, mapping
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rewritten import DATES
from kithwork.readers.parts.rows import FIELDS, Fault, Rows

SOURCES = tuple(FIELDS)
OPTIONS = {
    "delimiter": f"what stands between cells: {', '.join(delimited.DELIMITERS)}; comma where nothing is said",
    **mapping.HEADER_ROW,
    **DATES,
}
TAKES = ("columns", "constants", "encoding", "timezone", "options")

RAGGED = ("has another number of cells than the header", "Quote cells that contain the delimiter.")
EMPTY = "empty lines"
"""What is counted of a file beside its rows."""

DEEPEST = 50
"""Records that are looked at for a header."""


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The rows of a CSV file. Raises `UserError`."""
    name, sign = given.name, delimited.delimiter(spec.options)
    line, header, pieces = headed(given, spec.encoding, sign, first=mapping.header_row(spec) or 1)
    _separated(header, sign, name, line)
    used = mapping.positions(source, spec, header, name, line, OPTIONS)
    notes = ["byte-order mark dropped"] if delimited.marked(given) else []
    notes += mapping.left_out(header, used)
    words = {field: header[at] for field, at in used.items()}
    told = 0
    for rows in batches(source, name, pieces, header, used, sign):
        told += len(rows.frame) + len(rows.faults)
        yield replace(rows, frame=rows.frame.assign(**spec.constants), header=words, notes=notes)
    if not told:
        raise UserError(Problem("has a header but no rows", name, "Export it again, with its rows."))


def headed(
    given: Given, encoding: str, sign: str, fits: Callable[[list[str]], object] = any, first: int = 1
) -> tuple[int, list[str], Iterator[delimited.Piece]]:
    """The line and cells of the first record that fits, from a line on, and the records below it. Raises `UserError`.

    Where none of the first `DEEPEST` records fits, the cells are none.
    """
    pieces = delimited.pieces(delimited.blocks(given, encoding, sign), sign, given.name)
    seen = 0
    for piece in pieces:
        for number, line in enumerate(piece.lines):
            if line < first:
                continue
            cells = [cell.strip() for cell in piece.cells(number, sign)]
            if fits(cells):
                return int(line), cells, chain([piece.after(number)], pieces)
            seen += any(cells)
            if seen > DEEPEST:
                return 1, [], iter(())
    return 1, [], iter(())


def _separated(header: list[str], sign: str, name: str, line: int) -> None:
    """That the delimiter is the file's own, where its header is one cell. Raises `UserError`."""
    other = {other: word for word, other in delimited.DELIMITERS.items() if len(header) == 1 and other in header[0]}
    if other:
        used = next(word for word, one in delimited.DELIMITERS.items() if one == sign)
        word = next(iter(other.values()))
        do = f"This one looks {word}-separated: set `options: {{delimiter: {word}}}` beside `file:` in params.yaml."
        raise UserError(Problem(f"is not separated by {used}s", name, do, header[0][:60], line, "1"))


def batches(
    source: str, name: str, pieces: Iterator[delimited.Piece], header: list[str], used: dict[str, int], sign: str
) -> Iterator[Rows]:
    """The columns `used` of all records, one batch at least, by line."""
    for piece in pieces:
        yield _rows(source, name, piece, header, used, sign)


def _rows(source: str, name: str, piece: delimited.Piece, header: list[str], used: dict[str, int], sign: str) -> Rows:
    """The rows of one piece. A row with another number of cells is a fault; an empty one is counted."""
    faults: list[Fault] = []
    left_out: Counter[str] = Counter()
    width = len(header)

    def ragged(number: int, cells: list[str]) -> None:
        if cells:
            column = header[min(len(cells), width - 1)]
            faults.append(Fault(int(piece.lines[number]), column, *RAGGED, f"{len(cells)} cells, header has {width}"))
        else:
            left_out[EMPTY] += 1

    table, lines = delimited.parsed(piece, width, sorted({*used.values()} or {0}), sign, ragged)
    frame = table.to_pandas().set_axis(lines, axis="index").rename_axis("row")
    frame = frame[[str(at) for at in used.values()]].set_axis(list(used), axis="columns")
    return Rows(source, name, frame, {}, faults=faults, left_out=left_out)
