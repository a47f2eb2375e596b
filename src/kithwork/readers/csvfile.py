"""Reads a comma-separated file, strictly: what is not plainly right is named by row and column, never guessed.

UTF-8 unless `params.yaml` states another `encoding`; a byte-order mark is dropped and noted. The header must hold every
column that `columns` maps; columns nobody mapped are left out and noted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from kithwork.errors import Problem, UserError, nearest
from kithwork.params import Reader
from kithwork.readers.given import Given
from kithwork.readers.rows import FIELDS, Rows

SOURCES = tuple(FIELDS)
TAKES = ("columns", "constants", "encoding", "timezone")
OTHER_DELIMITERS = {";": "semicolon", "\t": "tab", "|": "bar"}


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The rows of a CSV file. Raises `UserError`."""
    import pandas as pd

    name = given.name
    text, notes = decoded(given.read(), spec.encoding, name)
    lines, records = split(text, name)
    header = [cell.strip() for cell in records[0]]
    positions = _positions(source, spec, header, name)
    body = list(zip(lines[1:], records[1:], strict=True))
    kept = filled(body, len(header), name)
    unmapped = [column for i, column in enumerate(header) if i not in positions.values()]
    if unmapped:
        notes.append(f"columns left out: {', '.join(unmapped)}")
    if len(kept) < len(body):
        notes.append(f"empty lines passed over: {len(body) - len(kept)}")
    frame = pd.DataFrame(
        {field: [record[at] for _, record in kept] for field, at in positions.items()},
        index=pd.Index([line for line, _ in kept], name="row"),
        dtype="str",
    ).assign(**spec.constants)
    yield Rows(source, name, frame, {field: header[at] for field, at in positions.items()}, notes)


def decoded(content: bytes, encoding: str, name: str) -> tuple[str, list[str]]:
    """The text of these bytes, and a note where a byte-order mark was dropped. Raises `UserError`."""
    bom = content.startswith(b"\xef\xbb\xbf")
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode(encoding)
    except LookupError:
        raise UserError(
            Problem(
                "is not an encoding",
                "params.yaml",
                "Use for example utf-8, cp1252 or latin-1.",
                found=encoding,
            )
        ) from None
    except UnicodeDecodeError as error:
        start = content.rfind(b"\n", 0, error.start) + 1
        row, column = content.count(b"\n", 0, error.start) + 1, content.count(b",", start, error.start) + 1
        around = content[max(start, error.start - 12) : error.start + 8].decode("latin-1").strip()
        raise UserError(
            Problem(
                f"is not {encoding} text",
                name,
                "Save it as UTF-8, or state its encoding (often cp1252 or latin-1) beside `file:` in params.yaml.",
                found=f"byte 0x{content[error.start]:02x} near '{around}'",
                row=row,
                column=str(column),
            )
        ) from None
    if not text.strip():
        raise UserError(
            Problem("is empty", name, "Export it again, with its header and rows.", found=f"{len(content)} bytes")
        )
    return text, ["byte-order mark dropped"] if bom else []


def split(text: str, name: str) -> tuple[list[int], list[list[str]]]:
    """The records of CSV text from the first that holds anything, and the line each begins at. Raises `UserError`."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines, records, start = [], [], 1
    try:
        for record in reader:
            lines.append(start)
            records.append(record)
            start = reader.line_num + 1
    except csv.Error as error:
        raise UserError(
            Problem(
                "cannot be read as CSV",
                name,
                "Mend the quoting from that row on.",
                found=str(error),
                row=start,
            )
        ) from None
    first = next((i for i, record in enumerate(records) if any(cell.strip() for cell in record)), 0)
    return lines[first:], records[first:]


def filled(body: list[tuple[int, list[str]]], width: int, name: str) -> list[tuple[int, list[str]]]:
    """The records below the header that hold anything, with their lines. Raises `UserError` where one is ragged."""
    ragged = [
        Problem(
            "has another number of cells than the header",
            name,
            "Quote cells that contain a comma.",
            found=f"{len(record)} cells, header has {width}",
            row=line,
        )
        for line, record in body
        if record and len(record) != width
    ]
    if ragged:
        raise UserError(ragged)
    kept = [(line, record) for line, record in body if any(cell.strip() for cell in record)]
    if not kept:
        raise UserError(Problem("has a header but no rows", name, "Export it again, with its rows."))
    return kept


def _positions(source: str, spec: Reader, header: list[str], name: str) -> dict[str, int]:
    """Where each field stands in the header. Raises `UserError` with all that cannot be found."""
    fields = FIELDS[source]
    where = f"sources.{source}.columns"
    given = [*spec.columns, *spec.constants]
    problems = [
        Problem("is not a field of this source", "params.yaml", nearest(field, fields), field, column=where)
        for field in given
        if field not in fields
    ]
    wanted = {field: spec.columns.get(field, field) for field in fields if field not in spec.constants}
    twice = sorted({column for column in header if header.count(column) > 1 and column in wanted.values()})
    problems += [
        Problem("stands twice in the header", name, "Rename or drop one of the two.", row=1, column=column)
        for column in twice
    ]
    missing = [
        (field, column)
        for field, column in wanted.items()
        if column not in header and (fields[field].required or field in spec.columns)
    ]
    delimiter = next((sign for sign in OTHER_DELIMITERS if len(header) == 1 and sign in header[0]), None)
    if missing and delimiter:
        problems.append(
            Problem(
                "is not separated by commas",
                name,
                f"Save it as comma-separated; this one looks {OTHER_DELIMITERS[delimiter]}-separated.",
                found=header[0][:60],
                row=1,
                column="1",
            )
        )
    else:
        problems += [
            Problem(
                "is not in the header",
                name,
                f"{nearest(column, header)} Rename it in the file, or set {where}.{field} in params.yaml.",
                found=", ".join(header)[:80],
                row=1,
                column=column,
            )
            for field, column in missing
        ]
    if problems:
        raise UserError(problems)
    return {field: header.index(column) for field, column in wanted.items() if column in header}
