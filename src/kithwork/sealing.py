"""Seals parquet files: one that was cut short, or of which any byte was changed since it was written, is told.

A seal is a mark and the SHA-256 of all other bytes, put between the pages and the footer. The footer is found from the end
of a file and its pages by their distance from the start (Apache Parquet, "File Format"), so every reader passes over it.
Checksums of pages, which the format has too, leave out the footer and the heads of the pages.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

MARK = b"kithwork: sha256"
SIZE = len(MARK) + hashlib.sha256().digest_size
ENDING = 8
"""Bytes after the footer: its length, in four, and what every parquet file ends with."""

PIECE = 2**24
"""Bytes that are held at a time."""


def seal(path: Path) -> None:
    """Put a seal into a parquet file, unless it bears one."""
    with path.open("r+b") as file:
        start = _footer(file)
        if _found(file, start):
            return
        digest = _digest(file, start, start)
        file.seek(start)
        footer = file.read()
        file.seek(start)
        file.write(MARK + digest + footer)


def is_broken(path: Path) -> bool:
    """Whether a file is not what was sealed. One without a seal, as other programs write them, is not held against it."""
    with path.open("rb") as file:
        start = _footer(file)
        found = _found(file, start)
        return bool(found) and found != _digest(file, start - SIZE, start)


def _found(file: BinaryIO, start: int) -> bytes:
    """The digest that stands before the footer; nothing where none does."""
    file.seek(max(0, start - SIZE))
    found = file.read(SIZE)
    return found.removeprefix(MARK) if found.startswith(MARK) else b""


def _footer(file: BinaryIO) -> int:
    """Where the footer begins."""
    end = file.seek(0, 2)
    file.seek(max(0, end - ENDING))
    return max(0, end - ENDING - int.from_bytes(file.read(4), "little"))


def _digest(file: BinaryIO, until: int, again: int) -> bytes:
    """Of all bytes before one place, and from another on."""
    found, left = hashlib.sha256(), until
    file.seek(0)
    while left:
        piece = file.read(min(left, PIECE))
        found.update(piece)
        left -= len(piece)
    file.seek(again)
    found.update(file.read())
    return found.digest()
