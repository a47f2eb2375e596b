"""Text of records with a delimiter between cells, as whole records at a time, however large the file: RFC 4180, strictly.

A file is read in blocks. Where quotes open and close as they should is found for a whole block at once, and its cells are
parsed by Arrow; from the first block on where that is not plain (a quote inside an unquoted cell, lines that end in CR
alone), Python's `csv` reads record by record, and refuses what is no CSV.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from kithwork.errors import Problem, UserError, nearest
from kithwork.readers.parts import textfile
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import BATCH

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

LONGEST = 2**24
"""Bytes of one record: a file without line breaks is not to fill the memory."""

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
"""What may stand between cells, by the word for it in params.yaml."""

MARK = b"\xef\xbb\xbf"


class Piece(NamedTuple):
    """Some whole records: their text in UTF-8, the bytes at which each begins and the last one ends, their lines."""

    data: bytes
    starts: np.ndarray
    lines: np.ndarray

    def cells(self, number: int, delimiter: str) -> list[str]:
        """The cells of one record."""
        text = self.data[self.starts[number] : self.starts[number + 1]].decode()
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])

    def parts(self, size: int) -> Iterator[Piece]:
        """So many records at a time, one part at least."""
        for first in range(0, max(1, len(self.lines)), size):
            starts = self.starts[first : first + size + 1]
            yield Piece(self.data[starts[0] : starts[-1]], starts - starts[0], self.lines[first : first + size])

    def after(self, number: int) -> Piece:
        """The records below one."""
        start = self.starts[number + 1]
        return Piece(self.data[start:], self.starts[number + 1 :] - start, self.lines[number + 1 :])


def delimiter(options: dict[str, str]) -> str:
    """The sign that the option `delimiter` names, a comma where there is none. Raises `UserError`."""
    word = options.get("delimiter", "comma")
    sign = DELIMITERS.get(word, word)
    if sign not in DELIMITERS.values():
        raise UserError(
            Problem("is not a delimiter", "params.yaml", nearest(word, DELIMITERS), word, column="options.delimiter")
        )
    return sign


def marked(given: Given) -> bool:
    """Whether the file begins with a byte-order mark of UTF-8."""
    with given.open() as file:
        return file.read(len(MARK)) == MARK


def blocks(given: Given, encoding: str, sign: str = ",") -> Iterator[bytes]:
    """The text in UTF-8, without a byte-order mark, block by block. Raises `UserError`."""
    decoder = textfile.decoding(encoding)
    filled, size = False, 0
    with given.open() as file:
        more = True
        while more:
            block = file.read(textfile.BLOCK)
            more = bool(block)
            if not size and (do := textfile.foreign(block, encoding)):
                found = f"it begins with {block[:4].hex(' ')}"
                raise UserError(Problem(f"is not {encoding} text", given.name, do, found))
            block, size = block if size else block.removeprefix(MARK), size + len(block)
            try:
                text = decoder.decode(block, final=not more).encode()
            except UnicodeError:
                raise UserError(textfile.not_text(given, encoding, sign)) from None
            filled = filled or bool(text.strip())
            yield text
    if not filled:
        raise UserError(Problem("is empty", given.name, "Export it again, with its header and rows.", f"{size} bytes"))


def pieces(parts: Iterable[bytes], sign: str, name: str) -> Iterator[Piece]:
    """All records, some at a time. Raises `UserError`."""
    line, carried = 1, b""
    parts = iter(parts)
    for part in parts:
        data = carried + part
        piece = _plain(data, sign, line)
        if piece is None or len(data) - piece.starts[-1] > LONGEST:
            yield from _careful(chain([data], parts), sign, name, line)
            return
        carried = data[piece.starts[-1] :]
        if len(piece.lines):
            line += data.count(b"\n", 0, piece.starts[-1])
            yield piece
    if carried:
        yield from _careful([carried], sign, name, line)


def _plain(data: bytes, sign: str, line: int) -> Piece | None:
    """The records that end in these bytes; nothing where it takes more care to tell."""
    import numpy as np

    if data.count(b"\r") != data.count(b"\r\n") + data.endswith(b"\r"):
        return None
    signs = np.frombuffer(data, dtype="uint8")
    quotes = np.flatnonzero(signs == ord('"'))
    if len(quotes) and not _orderly(signs, quotes, sign):
        return None
    piece = _split(data, signs, quotes, line)
    return None if np.diff(piece.starts).max(initial=0) > csv.field_size_limit() else piece


def _split(data: bytes, signs: np.ndarray, quotes: np.ndarray, line: int) -> Piece:
    """Where records begin: after each line break outside quotes, which are in order."""
    import numpy as np

    breaks = np.flatnonzero(signs == ord("\n"))
    ends = breaks[np.searchsorted(quotes, breaks) % 2 == 0] if len(quotes) else breaks
    starts = np.concatenate([[0], ends + 1])
    return Piece(data, starts, line + (np.searchsorted(breaks, starts[:-1]) if len(quotes) else np.arange(len(ends))))


def _orderly(signs: np.ndarray, quotes: np.ndarray, sign: str) -> bool:
    """Whether each quote opens a cell where one begins, closes it where it ends, or is one of two inside it."""
    import numpy as np

    outside = np.zeros(256, dtype=bool)
    outside[[ord(sign), ord("\n"), ord("\r"), ord('"')]] = True
    opening, closing = quotes[::2], quotes[1::2]
    before = signs[opening[opening > 0] - 1]
    after = signs[closing[closing < len(signs) - 1] + 1]
    return bool(outside[before].all() and outside[after].all())


def _careful(parts: Iterable[bytes], sign: str, name: str, line: int) -> Iterator[Piece]:
    """Records read one by one, and written again so that quotes are in order."""
    import numpy as np

    found = records(map(bytes.decode, parts), sign, name, line)
    while some := list(islice(found, BATCH)):
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=sign, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(cells for _, cells in some)
        data = out.getvalue().encode()
        signs = np.frombuffer(data, dtype="uint8")
        piece = _split(data, signs, np.flatnonzero(signs == ord('"')), 1)
        yield piece._replace(lines=np.array([number for number, _ in some], dtype="int64"))


def records(parts: Iterable[str], sign: str, name: str, line: int = 1) -> Iterator[tuple[int, list[str]]]:
    """The line and cells of each record of this text, which begins in that line. Raises `UserError`."""
    reader = csv.reader(lines(parts, name), delimiter=sign, strict=True)
    start = line
    try:
        for cells in reader:
            yield start, cells
            start = line + reader.line_num
    except csv.Error as error:
        do = "Mend the quoting from that row on."
        raise UserError(Problem("cannot be read as CSV", name, do, str(error), start)) from None


def lines(parts: Iterable[str], name: str) -> Iterator[str]:
    """The lines of this text with their ends, be they CR, LF or both. Raises `UserError`."""
    carried = ""
    for part in parts:
        *ended, carried = io.StringIO(carried + part, newline="").readlines() or [""]
        yield from ended
        if len(carried) > LONGEST:
            do = f"A line may hold {LONGEST // 2**20} MiB; export it again, with a line per record."
            raise UserError(Problem("has a line without an end", name, do, carried[:40]))
    if carried:
        yield carried


def parsed(
    piece: Piece, width: int, used: list[int], sign: str, ragged: Callable[[int, list[str]], None]
) -> tuple[pa.Table, np.ndarray]:
    """The columns `used` of a piece's records that have `width` cells and hold anything, and their lines.

    Other records go to `ragged`, with their number in the piece and their cells: none where the record is empty.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv as arrow

    odd: list[int] = []

    def skip(row: arrow.InvalidRow) -> str:
        odd.append(row.number - 1)
        return "skip"

    names = [str(at) for at in range(width)]
    if not len(piece.lines):
        return pa.table({names[at]: pa.array([], pa.large_string()) for at in used}), piece.lines
    table = arrow.read_csv(
        pa.BufferReader(piece.data[: piece.starts[-1]]),
        arrow.ReadOptions(column_names=names, block_size=len(piece.data) + textfile.BLOCK, use_threads=False),
        arrow.ParseOptions(delimiter=sign, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=skip),
        arrow.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            include_columns=[names[at] for at in used],
            strings_can_be_null=False,
        ),
    )
    kept = np.delete(np.arange(len(piece.lines)), odd)
    blank = pc.equal(pc.utf8_trim_whitespace(table.column(0)), "").to_numpy()
    for number in odd:
        cells = piece.cells(number, sign)
        ragged(number, cells if any(cell.strip() for cell in cells) else [])
    empty = [at for at in np.flatnonzero(blank) if not any(cell.strip() for cell in piece.cells(kept[at], sign))]
    for at in empty:
        ragged(int(kept[at]), [])
    if empty:
        stay = np.delete(np.arange(len(kept)), empty)
        table, kept = table.take(stay), kept[stay]
    return table, piece.lines[kept]
