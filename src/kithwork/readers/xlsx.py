"""Reads a table from a sheet of an Excel workbook (ECMA-376, Office Open XML): what its cells hold, not how they look.

The first row that holds anything is the header, unless `header_row` says which. A date is written in ISO 8601, a whole
number without a decimal point, a formula as the value it had when the file was saved. A row with an error value (`#N/A`)
is refused alone. A merged cell holds in each row that it spans, in its first column. Hidden rows are rows, as when Excel
saves a sheet as CSV, and are noted. The sheet is streamed; only the workbook's distinct texts are held in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers.csvfile import DEEPEST, EMPTY
from kithwork.readers.parts import mapping, workbook
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rewritten import DATES
from kithwork.readers.parts.rows import FIELDS, Fault, Left, Record, Rows, in_batches

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

SOURCES = tuple(FIELDS)
OPTIONS = {
    "sheet": "the sheet's name; the first that is not hidden where nothing is said",
    **mapping.HEADER_ROW,
    **DATES,
}
TAKES = ("columns", "constants", "timezone", "options")

COLUMNS = 1024
"""Columns that are looked at."""


@dataclass
class Marks:
    """What is said of a sheet beside its cells: the last row of each vertically merged cell by the row and column of its
    first, counted from 1, and how many rows are hidden."""

    merged: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden: int = 0


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The rows of a sheet. Raises `UserError`."""
    name = given.name
    with workbook.opened(given) as book:
        sheet = workbook.sheet(book, spec.options.get("sheet", ""), name)
        others = [one.title for one in book.worksheets if one.title != sheet.title]
        marks = workbook.guarded(name, lambda: _marks(sheet))
        at, header = _header(sheet, spec, name)
        used = mapping.positions(source, spec, header, name, at, OPTIONS)
        notes = [f"sheets left out: {', '.join(others)}"] if others else []
        notes += mapping.left_out(header, used)
        notes += [f"hidden rows read like others: {marks.hidden}"] if marks.hidden else []
        words = {field: header[column] for field, column in used.items()}
        found = _found(sheet, spec, at, words, used, marks, name)
        for rows in in_batches(source, name, found, words):
            yield replace(rows, notes=notes)


def _marks(sheet: ReadOnlyWorksheet) -> Marks:
    """Merged cells and hidden rows."""
    from openpyxl.utils import range_boundaries

    marks = Marks()

    def begins(tag: str, about: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "row":
            marks.hidden += about.get("hidden") in ("1", "true")
        elif kind == "mergeCell" and "ref" in about:
            left, top, _, bottom = range_boundaries(about["ref"])
            if bottom > top:
                marks.merged[top, left] = bottom

    parser = expat.ParserCreate()
    parser.StartElementHandler = begins
    with sheet._get_source() as part:
        parser.ParseFile(part)
    return marks


def _header(sheet: ReadOnlyWorksheet, spec: Reader, name: str) -> tuple[int, list[str]]:
    """The number of the header's row, and its cells. Raises `UserError`."""
    asked = mapping.header_row(spec)
    first = asked or 1
    rows = workbook.rows(sheet, name, first, first if asked else DEEPEST, COLUMNS)
    for at, cells in rows:
        header = [workbook.text(cell).strip() for cell in cells]
        if any(header):
            last = max(i for i, cell in enumerate(header) if cell)
            return at, header[: last + 1]
    do = "Export it again, with its header and rows, or state `options: {header_row: …}` or `sheet`."
    raise UserError(Problem("has no header", name, do, f"sheet {sheet.title}", row=first))


def _found(
    sheet: ReadOnlyWorksheet,
    spec: Reader,
    at: int,
    words: dict[str, str],
    used: dict[str, int],
    marks: Marks,
    name: str,
) -> Iterator[Record | Fault | Left]:
    from openpyxl.cell.cell import ERROR_CODES

    errors = set(ERROR_CODES)
    spanning: dict[int, tuple[int, Any]] = {}
    empty, any_row = 0, False
    for number, cells in workbook.rows(sheet, name, at + 1, width=max(used.values(), default=0) + 1):
        if cells.count(None) == len(cells) or not any(map(_filled, cells)):
            empty += 1
            continue
        if empty:
            yield Left(EMPTY, empty)
        empty, any_row = 0, True
        values = {}
        for field_name, column in used.items():
            cell = cells[column]
            if marks.merged:
                cell = _spanned(number, column, cell, marks, spanning)
            values[field_name] = cell if isinstance(cell, str) else workbook.text(cell)
        wrong = next((name for name, value in values.items() if value in errors), None)
        if wrong is None:
            yield Record(number, values | spec.constants)
        else:
            do = "Mend the formula, or clear the cell."
            yield Fault(number, words[wrong], "is an error value", do, values[wrong])
    if not any_row:
        raise UserError(Problem("has a header but no rows", name, "Export it again, with its rows.", row=at))


def _filled(cell: object) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def _spanned(number: int, column: int, cell: Any, marks: Marks, spanning: dict[int, tuple[int, Any]]) -> Any:
    """The cell, or the merged one that spans it; `spanning` holds those met so far by column."""
    if last := marks.merged.get((number, column + 1)):
        spanning[column] = last, cell
    last, held = spanning.get(column, (0, None))
    return held if number <= last else cell
