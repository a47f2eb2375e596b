"""Opens a file as text, to be read a part at a time, and says of one that is no such text what it is, and where."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from kithwork.errors import Problem, UserError
from kithwork.readers.parts.given import Given

BLOCK = 2**21
"""Bytes looked at together."""

LONGEST = 2**24
"""Characters of a line in which a column is counted."""

HEAD = 512
"""Bytes by which a file of another kind is known."""

BESIDE = "beside `file:` in params.yaml"
STATED = f"Save it as UTF-8, or state its encoding {BESIDE}: `encoding: cp1252`, or latin-1."
EXPORT = "export the table itself, as CSV"
OTHERS = {
    b"PK\x03\x04": f"It looks like an Excel workbook: save its sheet as CSV, or set `reader: xlsx` {BESIDE}.",
    b"\xd0\xcf\x11\xe0": "It looks like an Excel workbook of the old kind (.xls): save its sheet as CSV.",
    b"%PDF-": f"It looks like a PDF: {EXPORT}.",
    b"\x89PNG": f"It looks like a picture: {EXPORT}.",
    b"\xff\xd8\xff": f"It looks like a picture: {EXPORT}.",
    b"{\\rtf": f"It looks like a text of a word processor: {EXPORT}.",
    b"<!DOCTYPE": f"It looks like a web page, such as one that asks to log in: log in, and {EXPORT}.",
    b"<html": f"It looks like a web page, such as one that asks to log in: log in, and {EXPORT}.",
}
"""What to do by how a file of another kind begins, whatever its name ends in."""

IN_WORKBOOK = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"mimetype")
"""How the name of the first file in a workbook begins, which is a zip file."""

FIRST_NAME = 30
"""Where that name stands (APPNOTE.TXT, 4.3.7)."""

ARCHIVE = "It looks like a zip file: unpack it, and put the table that is in it here."


@contextmanager
def opened(given: Given, encoding: str, newline: str | None = None) -> Iterator[TextIO]:
    """A file as text, without its byte-order mark; `newline` as of `open`. Raises `UserError`, also while it is read."""
    decoding(encoding)
    marked = "utf-8-sig" if encoding.casefold().replace("_", "-") in ("utf-8", "utf8") else encoding
    with given.open() as file, io.TextIOWrapper(file, marked, newline=newline) as text:
        try:
            yield text
        except UnicodeError:
            raise UserError(not_text(given, encoding)) from None


def decoding(encoding: str) -> codecs.IncrementalDecoder:
    """A decoder of text in this encoding. Raises `UserError` where there is none."""
    try:
        io.TextIOWrapper(io.BytesIO(), encoding)  # tells encodings of text from those of bytes, as zlib
        return codecs.getincrementaldecoder(encoding)()
    except (LookupError, ValueError, TypeError):
        do = "Use for example utf-8, cp1252 or latin-1."
        raise UserError(Problem("is not an encoding", "params.yaml", do, encoding)) from None


def not_text(given: Given, encoding: str, sign: str = "") -> Problem:
    """That a byte of a file is no text of this encoding, and which: sought from the file's start.

    Its column is told where `sign` stands between cells.
    """
    what, do = f"is not {encoding} text", ""
    decoder, done, row, line = decoding(encoding), 0, 1, ""
    with given.open() as file:
        while block := file.read(BLOCK):
            do = do or foreign(block, encoding) or STATED
            done += len(block)
            try:
                text = decoder.decode(block)
            except UnicodeDecodeError as error:
                rest, text = error.object[error.start :], line
                with suppress(UnicodeError):  # UTF-16 without a mark is refused only once it has been read
                    text += decoder.decode(block[: max(0, len(block) - len(rest))])
                row, line = row + text.count("\n"), text.rpartition("\n")[2]
                near = f"{line[-12:]}{rest[:8].decode('latin-1')}".strip().partition("\n")[0]
                found = f"byte 0x{rest[0]:02x} near '{near}', byte {done - len(rest) + 1:,} of the file"
                return Problem(what, given.name, do, found, row, str(line.count(sign) + 1) if sign else None)
            except UnicodeError as error:
                return Problem(what, given.name, do, str(error)[:60])
            text = line + text
            row, line = row + text.count("\n"), text.rpartition("\n")[2][-LONGEST:]
    return Problem(what, given.name, do or STATED, f"its last sign is cut off, after byte {done:,}", row)


def foreign(head: bytes, encoding: str) -> str:
    """What to do with a file that begins like this, where it looks like no table of text or like UTF-16; else nothing."""
    if other := next((do for beginning, do in OTHERS.items() if head.upper().startswith(beginning.upper())), ""):
        name = head[FIRST_NAME:HEAD] if head.startswith(b"PK") else b""
        return ARCHIVE if name and not name.startswith(IN_WORKBOOK) else other
    if encoding.casefold().replace("_", "-").startswith(("utf-16", "utf-32")):
        return ""
    head = head[:HEAD]
    marked = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not marked and head.count(0) <= len(head) / 4:
        return ""
    likely = "utf-16" if marked else "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    return f"It looks like UTF-16: save it as UTF-8, or set `encoding: {likely}` {BESIDE}."
