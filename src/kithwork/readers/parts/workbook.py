"""Opens an Excel workbook (ECMA-376, Office Open XML) for the readers of sheets: streamed, and only once it fits in memory.

A sheet is read row by row as it lies; a cell far below or to the right of the others so takes no room. What a workbook
holds in memory, its distinct texts above all, is limited by what the zip file says it unpacks to.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from kithwork.errors import Problem, UserError, nearest
from kithwork.readers.parts import archive
from kithwork.readers.parts.given import Given

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

ROWS = 1_048_576
"""Rows that a sheet may have."""

HELD = 2**28
"""Bytes that a part which is held in memory may unpack to."""

AGAIN = "Save it again from Excel as .xlsx, without a password."


@contextmanager
def opened(given: Given) -> Iterator[Workbook]:
    """The workbook. Raises `UserError` where it is none, or one that is not to be unpacked."""
    from openpyxl import load_workbook

    with given.open() as file:
        if not file.read(1):
            raise UserError(Problem("is empty", given.name, AGAIN, "0 bytes"))
        guarded(given.name, lambda: zipfile.ZipFile(file).close())
    with archive.opened(given, AGAIN) as members:
        held = sum(size for member, size in members.sizes.items() if not member.startswith("xl/worksheets/"))
    if held > HELD:
        do = f"Beside its cells, a workbook may hold {HELD / 2**20:g} MiB; save the sheet that is wanted as CSV."
        raise UserError(Problem("is too large unpacked", given.name, do, f"{held / 2**20:,.0f} MiB"))
    with given.open() as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of charts, macros and styles, which nobody reads here
        yield guarded(given.name, lambda: load_workbook(file, read_only=True, data_only=True, keep_links=False))


def guarded(name: str, call: Callable[[], Any]) -> Any:
    """What the call returns. Raises `UserError` whatever it raises, with its type and words as what was found: openpyxl has
    no error of its own for a broken file."""
    try:
        return call()
    except Exception as error:
        raise _unreadable(error, name) from None


def _unreadable(error: Exception, name: str) -> UserError:
    found = f"{type(error).__name__}: {error}"[:60]
    return UserError(Problem("cannot be read as an Excel workbook", name, AGAIN, found))


def sheet(book: Workbook, asked: str, name: str) -> ReadOnlyWorksheet:
    """The sheet of this name, or the first that is not hidden. Raises `UserError`."""
    sheets = {one.title: one for one in book.worksheets}
    visible = [title for title, one in sheets.items() if one.sheet_state == "visible"]
    asked = asked or next(iter(visible), next(iter(sheets), ""))
    if asked not in sheets:
        do = nearest(asked, sheets) if sheets else AGAIN
        raise UserError(Problem("has no such sheet", name, do, asked, column="options.sheet"))
    guarded(name, sheets[asked].reset_dimensions)
    return sheets[asked]


def rows(
    found: ReadOnlyWorksheet, name: str, first: int = 1, last: int = ROWS, width: int | None = None
) -> Iterator[tuple[int, tuple]]:
    """Rows by number, each as wide as said, or as it is. Raises `UserError` as `guarded` does, whatever openpyxl raises."""
    try:
        cells = found.iter_rows(min_row=first, max_row=last, max_col=width, values_only=True)
        yield from enumerate(cells, start=first)
    except Exception as error:
        raise _unreadable(error, name) from None


def text(cell: object) -> str:
    """A cell's value as CSV would hold it: whole numbers without a point, times in ISO 8601, lengths of time in minutes."""
    if isinstance(cell, str):
        return cell
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
