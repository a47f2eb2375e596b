"""Reads a table from a sheet of an Excel workbook (ECMA-376, Office Open XML): what its cells hold, not how they look.

The first row that holds anything is the header, unless `header_row` says which. A date is written in ISO 8601, a whole
number without a decimal point, a formula as the value it had when the file was saved. A row with an error value (`#N/A`)
is refused alone. A merged cell holds in each row that it spans, in its first column. Hidden rows are rows, as when Excel
saves a sheet as CSV, and are noted. The sheet is streamed; only the workbook's distinct texts are held in memory.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.parsers import expat

from kithwork.errors import Problem, UserError, nearest
from kithwork.params import Reader
from kithwork.readers import mapping
from kithwork.readers.csvfile import DEEPEST, EMPTY
from kithwork.readers.given import Given
from kithwork.readers.rows import FIELDS, Fault, Left, Record, Rows, in_batches

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

SOURCES = tuple(FIELDS)
OPTIONS = {
    "sheet": "the sheet's name; the first that is not hidden where nothing is said",
    "header_row": "the number of the row that names the columns",
}
TAKES = ("columns", "constants", "timezone", "options")

ROWS, COLUMNS = 1_048_576, 1024
"""Rows that a sheet may have, and columns that are looked at."""

LARGEST, PART, DENSEST = 2**30, 2**28, 200
"""Bytes that a workbook may unpack to, and each part that is held in memory; and how often its own size, above `PART`."""

AGAIN = "Save it again from Excel as .xlsx, without a password."


@dataclass
class Marks:
    """What is said of a sheet beside its cells: the last row of each vertically merged cell by the row and column of its
    first, counted from 1, and how many rows are hidden."""

    merged: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden: int = 0


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The rows of a sheet. Raises `UserError`."""
    name = given.name
    with given.open() as file:
        _sound(file, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of charts, macros and styles, which nobody reads here
            sheet, others = _sheet(file, spec, name)
            marks = _guarded(name, lambda: _marks(sheet))
            at, header = _header(sheet, spec, name)
            used = mapping.positions(source, spec, header, name, at)
            notes = [*others, *mapping.left_out(header, used)]
            notes += [f"hidden rows read like others: {marks.hidden}"] if marks.hidden else []
            words = {field: header[column] for field, column in used.items()}
            found = _found(sheet, spec, at, words, used, marks, name)
            for rows in in_batches(source, name, found, words):
                yield replace(rows, notes=notes)


def _guarded(name: str, call: Callable[[], Any]) -> Any:
    """What the call returns. Raises `UserError` whatever it raises."""
    try:
        return call()
    except Exception as error:
        raise _unreadable(error, name) from None


def _unreadable(error: Exception, name: str) -> UserError:
    """That openpyxl could not read a file: it has no error of its own for a broken one."""
    found = f"{type(error).__name__}: {error}"[:60]
    return UserError(Problem("cannot be read as an Excel workbook", name, AGAIN, found))


def _sound(file: BinaryIO, name: str) -> None:
    """That this is a zip file which unpacks to what a workbook may hold. Raises `UserError`."""
    if not file.read(1):
        raise UserError(Problem("is empty", name, AGAIN, "0 bytes"))
    with _guarded(name, lambda: zipfile.ZipFile(file)) as archive:
        infos = archive.infolist()
    packed, unpacked = sum(info.compress_size for info in infos), sum(info.file_size for info in infos)
    held = max((info.file_size for info in infos if "/worksheets/" not in info.filename), default=0)
    if unpacked > LARGEST or held > PART or unpacked > max(PART, DENSEST * packed):
        do = f"A workbook may hold {LARGEST / 2**30:g} GiB; save the sheet that is wanted as CSV."
        raise UserError(Problem("is too large unpacked", name, do, f"{unpacked / 2**20:,.0f} MiB"))


def _sheet(file: BinaryIO, spec: Reader, name: str) -> tuple[ReadOnlyWorksheet, list[str]]:
    """The sheet that is asked for, and a note of the others. Raises `UserError`."""
    from openpyxl import load_workbook

    book = _guarded(name, lambda: load_workbook(file, read_only=True, data_only=True, keep_links=False))
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    visible = [title for title, sheet in sheets.items() if sheet.sheet_state == "visible"]
    asked = spec.options.get("sheet") or next(iter(visible), next(iter(sheets), ""))
    if asked not in sheets:
        do = nearest(asked, sheets) if sheets else AGAIN
        raise UserError(Problem("has no such sheet", name, do, asked, column="options.sheet"))
    others = [title for title in sheets if title != asked]
    sheet = sheets[asked]
    _guarded(name, sheet.reset_dimensions)
    return sheet, [f"sheets left out: {', '.join(others)}"] if others else []


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
    asked = spec.options.get("header_row", "")
    if asked and not (asked.isascii() and asked.isdigit() and 0 < int(asked) <= ROWS):
        do = "Write the number that Excel shows beside the row."
        raise UserError(Problem("is not the number of a row", "params.yaml", do, asked, column="options.header_row"))
    first = int(asked or 1)
    rows = _rows(sheet, first, first if asked else DEEPEST, COLUMNS, name)
    for at, cells in rows:
        header = [_text(cell).strip() for cell in cells]
        if any(header):
            last = max(i for i, cell in enumerate(header) if cell)
            return at, header[: last + 1]
    do = "Export it again, with its header and rows, or state `options: {header_row: …}` or `sheet`."
    raise UserError(Problem("has no header", name, do, f"sheet {sheet.title}", row=first))


def _rows(sheet: ReadOnlyWorksheet, first: int, last: int, width: int, name: str) -> Iterator[tuple[int, tuple]]:
    """Rows by number, each as wide as said. Raises `UserError`."""
    try:
        rows = sheet.iter_rows(min_row=first, max_row=last, max_col=width, values_only=True)
        yield from enumerate(rows, start=first)
    except Exception as error:
        raise _unreadable(error, name) from None


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
    for number, cells in _rows(sheet, at + 1, ROWS, max(used.values(), default=0) + 1, name):
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
            values[field_name] = cell if isinstance(cell, str) else _text(cell)
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


def _text(cell: object) -> str:
    """A cell's value as text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return f"{cell.total_seconds() / 60:g}"
    return str(cell)
