"""The lines of a text file one by one, so that it may be larger than memory."""

from __future__ import annotations

from collections.abc import Iterator

from kithwork.errors import Problem, UserError
from kithwork.readers.parts import textfile
from kithwork.readers.parts.given import Given

LONGEST = 2**20
"""Characters of a line that are kept; what follows on it is passed over."""


def lines(given: Given, encoding: str) -> Iterator[str]:
    """Each line without its end, which is LF, CRLF or CR; a byte-order mark is dropped. Raises `UserError`."""
    try:
        with textfile.opened(given, encoding) as text:
            while line := text.readline(LONGEST):
                yield line.removesuffix("\n")
                while not line.endswith("\n") and (line := text.readline(LONGEST)):
                    pass
    except OSError as error:
        do = "See that it is a file, and that you may read it."
        raise UserError(Problem("cannot be read", given.name, do, error.strerror or "")) from None
