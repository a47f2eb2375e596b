"""Lines of a text file, or rows of a CSV file, one after another: memory stays flat however long the file is."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial

from kithwork.errors import Problem, UserError
from kithwork.readers.parts import textfile
from kithwork.readers.parts.given import Given

LONGEST = 2**24
"""Characters of a line above which a file is no list of lines: a network of a million people has no longer ones."""


def lines(given: Given, encoding: str) -> Iterator[tuple[int, str]]:
    """Each line with its number from 1, line end and byte-order mark taken off. Raises `UserError`."""
    for number, line in enumerate(_lines(given, encoding), start=1):
        yield number, line.rstrip("\n")


def cells(given: Given, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of a CSV file that hold anything, with the line each begins at. Raises `UserError`."""
    reader = csv.reader(_lines(given, encoding), strict=True)
    start = 1
    try:
        for row in reader:
            if row and (row[0] or any(map(str.strip, row))):
                yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        do = "Mend the quoting from that row on."
        raise UserError(Problem("cannot be read as CSV", given.name, do, str(error)[:60], start)) from None


def _lines(given: Given, encoding: str) -> Iterator[str]:
    """The lines with their ends, the byte-order mark taken off. Raises `UserError`."""
    with textfile.opened(given, encoding) as text:
        for number, line in enumerate(iter(partial(text.readline, LONGEST), ""), start=1):
            if len(line) == LONGEST:
                do = "Export it again, as lines of text."
                raise UserError(Problem("has a line too long to be one", given.name, do, row=number))
            yield line if number > 1 else line.removeprefix("\ufeff")
