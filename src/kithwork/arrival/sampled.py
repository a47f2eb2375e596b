"""The first rows of a table, be it text, a workbook or parquet: its heading, and how a reader must be told to read it."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path

from kithwork.arrival.facts import Column
from kithwork.readers.parts import delimited

ROWS = 2_000
"""Rows that are looked at."""
BYTES = 2**20
"""Bytes of a text that are looked at."""
HEADS = 15
"""Rows among which the heading is sought: a title may stand above it."""


@dataclass(frozen=True)
class Table:
    """`header` and the `rows` below it, each as wide; `settings` are what a reader needs to be told beside its name.

    `above`: rows above the heading; `raw`: the first rows as they came, for readers that know their own.
    """

    reader: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    settings: dict[str, object] = field(default_factory=dict)
    raw: tuple[tuple[str, ...], ...] = ()
    above: int = 0

    @cached_property
    def columns(self) -> list[Column]:
        """Its columns with their cells."""
        cells = zip(*self.rows, strict=True) if self.rows else [()] * len(self.header)
        return [Column(name, tuple(column)) for name, column in zip(self.header, cells, strict=True)]


def text(path: Path) -> Table | None:
    """The table that a text file holds, or None where it holds none."""
    with path.open("rb") as file:
        head = file.read(BYTES)
    encoding = _encoding(head, len(head) < BYTES)
    if encoding is None:
        return None
    words = head.decode(encoding, errors="ignore")
    if len(head) == BYTES:
        words = words.rpartition("\n")[0]
    sign = _sign(words)
    rows = list(islice(_rows(words, sign), ROWS + HEADS))
    settings: dict[str, object] = {} if encoding == "utf-8-sig" else {"encoding": encoding}
    options = {} if sign == "," else {"delimiter": next(word for word, one in delimited.DELIMITERS.items() if one == sign)}
    return made("csvfile", rows, settings, options)


def _encoding(head: bytes, whole: bool) -> str | None:
    """The encoding of a text: UTF-8, UTF-16 with its mark, or else Windows-1252; None where it is no text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _sign(words: str) -> str:
    """What parts the cells: of the signs there may be, the one that most of the first lines have equally often."""
    lines = [line for line in words.splitlines()[:50] if line.strip()]

    def steady(sign: str) -> tuple[int, int]:
        times = Counter(sum(map(len, row)) and len(row) for row in _rows("\n".join(lines), sign))
        width, often = max(times.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0))
        return (often if width > 1 else 0, width)

    return max(delimited.DELIMITERS.values(), key=steady)


def _rows(words: str, sign: str) -> Iterator[tuple[str, ...]]:
    """The rows of a text that hold anything, as far as it can be read as such."""
    try:
        for row in csv.reader(io.StringIO(words, newline=""), delimiter=sign):
            yield tuple(cell.strip() for cell in row)
    except csv.Error:
        return


def workbook(path: Path) -> Iterator[tuple[str, Table | None]]:
    """The sheets of a workbook that are not hidden, by name, each with its table, or None where it holds none."""
    from openpyxl import load_workbook

    from kithwork.readers.parts.workbook import text as cell_text

    with path.open("rb") as file:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheets = [one for one in book.worksheets if one.sheet_state == "visible"]
        for sheet in sheets:
            sheet.reset_dimensions()
            found = islice(sheet.iter_rows(max_row=ROWS + HEADS, max_col=512, values_only=True), ROWS + HEADS)
            rows = [_trimmed(tuple(cell_text(cell).strip() for cell in row)) for row in found]
            yield sheet.title, made("xlsx", rows, {}, {} if sheet is sheets[0] else {"sheet": sheet.title})


def _trimmed(row: tuple[str, ...]) -> tuple[str, ...]:
    """A row without the empty cells at its end."""
    return row[: max((at for at, cell in enumerate(row, start=1) if cell), default=0)]


def parquet(path: Path) -> Table | None:
    """The table of a parquet file, its cells as text."""
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    part = next(file.iter_batches(batch_size=ROWS), None)
    names = tuple(file.schema_arrow.names)
    columns = [] if part is None else [[_written(cell) for cell in part.column(name).to_pylist()] for name in names]
    rows = [tuple(row) for row in zip(*columns, strict=True)]
    return Table("warehouse", names, tuple(rows)) if names else None


def _written(cell: object) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if hasattr(cell, "isoformat") else f"{cell:g}" if isinstance(cell, float) else str(cell).strip()


def made(reader: str, rows: list[tuple[str, ...]], settings: dict[str, object], options: dict[str, str]) -> Table | None:
    """The table of these rows, its heading found; None where there is no heading of two cells and a row below it."""
    widths = Counter(len(row) for row in rows if any(row) and len(row) > 1)
    if not widths:
        return None
    usual = max(widths, key=lambda width: (widths[width], width))
    place = next((at for at, row in enumerate(rows[:HEADS]) if _heads(row, usual)), None)
    if place is None:
        return None
    header = rows[place]
    filled_above = any(any(row) for row in rows[:place])
    if filled_above:
        options = {**options, "header_row": str(place + 1)}
    below = tuple(_as_wide(row, len(header)) for row in rows[place + 1 :] if any(row))
    told = {**settings, **({"options": options} if options else {})}
    return Table(reader, header, below, told, tuple(rows[:3]), place if filled_above else 0)


def _heads(row: tuple[str, ...], usual: int) -> bool:
    """Whether a row names columns: as many as rows have cells, or nearly, and none of them a number."""
    filled = [cell for cell in row if cell]
    return len(filled) >= max(2, usual * 0.6) and not any(cell.replace(".", "").isdigit() for cell in filled[:2])


def _as_wide(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*row[:width], *[""] * (width - len(row)))
