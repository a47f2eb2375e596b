"""The rows of a survey's export as text, one by one: comma-separated (or ; or tab), or a sheet of a workbook.

A workbook is parsed by python-calamine, which makes room for every cell between the first and the last: a file of a few
kilobytes can name cells so far apart that memory would not do, so places are looked through first.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import chain
from typing import BinaryIO

from kithwork.errors import Problem, UserError, nearest
from kithwork.readers.given import Given
from kithwork.readers.rows import Fault

Line = tuple[int, list[str]]
"""A row's line in its file (its number in a sheet), and its cells."""

LONGEST = 2**22
"""Characters of a line, from where on what follows is a line of its own: a file without lines fits in memory as well."""
LARGEST = 2**30
"""Bytes that a workbook may unpack to."""
MOST_CELLS = 20_000_000
"""Cells from the first to the last of a sheet."""
PIECE = 2**20
PLACE = re.compile(rb"""[\s"']r\s*=\s*["']([^"']{0,24})""")
CELL = re.compile(rb"([A-Z]{0,3})([0-9]{1,7})")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What reading a zip file raises that is damaged, encrypted or packed in an unknown way."""
AGAIN = "Export it again, as CSV or as an Excel workbook (.xlsx)."


def rows(given: Given, encoding: str, sheet: str = "") -> Iterator[Line]:
    """The rows that hold anything. Raises `UserError`, at the latest with the row that cannot be read."""
    try:
        packed, file = zipped(given), given.open()
    except BROKEN as error:
        raise UserError(Problem("cannot be unpacked", given.name, AGAIN, str(error)[:60])) from None
    with file:
        found = _of_sheet(file, given.name, sheet) if packed else _of_text(file, encoding, given.name)
        first = next(found, None)
        if first is None:
            raise UserError(Problem("is empty", given.name, "Export it again, with its header and rows."))
        yield first
        yield from found


def zipped(given: Given) -> bool:
    """Whether the file is zipped, as workbooks are."""
    with given.open() as file:
        return file.read(4) == b"PK\x03\x04"


def sheets(given: Given) -> list[str]:
    """The names of a workbook's sheets; none where it is text. Raises `UserError`."""
    with given.open() as file:
        return _workbook(file, given.name).sheet_names if file.read(4) == b"PK\x03\x04" else []


def body(lines: Iterable[Line], width: int) -> Iterator[Line | Fault]:
    """The rows below a header; one with another number of cells is refused, but for empty cells at its end."""
    for number, row in lines:
        if len(row) == width:
            yield number, row
        elif len(row) < width or any(map(str.strip, row[width:])):
            found = f"{len(row)} cells, header has {width}"
            yield Fault(
                number, "", "has another number of cells than the header", "Quote cells that contain a comma.", found
            )
        else:
            yield number, row


def _of_text(file: BinaryIO, encoding: str, name: str) -> Iterator[Line]:
    bom = encoding.lower().replace("_", "-") in ("utf-8", "utf8")
    try:
        text = io.TextIOWrapper(file, "utf-8-sig" if bom else encoding, newline="")
    except LookupError:
        do = "Use for example utf-8, cp1252 or latin-1."
        raise UserError(Problem("is not an encoding", "params.yaml", do, encoding)) from None
    number, start = 0, 1
    try:
        first = text.readline(LONGEST)
        again = iter(partial(text.readline, LONGEST), "")
        reader = csv.reader(chain([first], again), delimiter=delimiter(first), strict=True)
        for row in reader:
            number, start = start, reader.line_num + 1
            if any(map(str.strip, row)):
                yield number, row
    except UnicodeError as error:
        do = "Save it as UTF-8, or state its encoding (often cp1252 or latin-1) beside `file:` in params.yaml."
        raise UserError(Problem(f"is not {encoding} text", name, do, str(error)[:60], start)) from None
    except BROKEN as error:
        raise UserError(Problem("cannot be read", name, AGAIN, str(error)[:60], start)) from None
    except csv.Error as error:
        do = "Mend the quoting from that row on."
        raise UserError(Problem("cannot be read as CSV", name, do, str(error), start)) from None


def delimiter(first: str) -> str:
    """What separates the cells of the header: whichever sign stands there most often outside quotes."""
    bare = re.sub(r'"[^"]*"', "", first)
    return max(",;\t", key=bare.count)


def _of_sheet(file: BinaryIO, name: str, sheet: str) -> Iterator[Line]:
    book = _workbook(file, name)
    if sheet and sheet not in book.sheet_names:
        raise UserError(Problem("has no such sheet", name, nearest(sheet, book.sheet_names), sheet))
    try:
        found = book.get_sheet_by_name(sheet or book.sheet_names[0])
        for number, cells in enumerate(found.iter_rows(), start=1):
            row = list(map(_text, cells))
            if any(row):
                yield number, row
    except Exception as error:
        raise UserError(Problem("cannot be read as a workbook", name, AGAIN, str(error)[:60])) from None


def _workbook(file: BinaryIO, name: str):
    """The workbook, once it is known to be one that fits. Raises `UserError`, also for what calamine has no error for."""
    import python_calamine

    file.seek(0)
    _fits(file, name)
    file.seek(0)
    try:
        book = python_calamine.load_workbook(file)
    except Exception as error:
        raise UserError(Problem("cannot be read as a workbook", name, AGAIN, str(error)[:60])) from None
    if not book.sheet_names:
        raise UserError(Problem("has no sheets", name, AGAIN))
    return book


def _fits(file: BinaryIO, name: str) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" not in names or {"xl/workbook.bin", "content.xml"} & {*names}:
                raise UserError(Problem("is a zip file, but no Excel workbook (.xlsx)", name, AGAIN, ", ".join(names)[:60]))
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise UserError(Problem("is too large unpacked", name, "Export fewer responses at a time.", "over 1 GiB"))
            for part in names:
                with archive.open(part) as content:
                    _near(content, name)
    except BROKEN as error:
        raise UserError(Problem("cannot be unpacked", name, AGAIN, str(error)[:60])) from None


def _near(content: BinaryIO, name: str) -> None:
    """That the cells of a part lie near enough to one another."""
    width = height = 1
    rest = b""
    while piece := content.read(PIECE):
        for place in set(PLACE.findall(rest + piece)):
            cell = CELL.fullmatch(place)
            width = max(width, _number(cell[1])) if cell else MOST_CELLS
            height = max(height, int(cell[2])) if cell else MOST_CELLS
        if width * height > MOST_CELLS:
            do = "Delete what stands far to the right of the answers, or far below them."
            raise UserError(Problem("has cells too far apart", name, do, f"{width:,} columns, {height:,} rows"))
        rest = piece[-40:]


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, Z 26, AA 27."""
    found = 0
    for letter in letters:
        found = found * 26 + letter - 64
    return found


def _text(cell: object) -> str:
    """A cell's value as it would be typed: whole numbers without decimals, times in ISO 8601."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return f"{cell.total_seconds():g}" if isinstance(cell, timedelta) else str(cell)
