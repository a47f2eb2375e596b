"""The lines of a text file one by one, so that it may be larger than memory."""

from __future__ import annotations

import io
from collections.abc import Iterator

from kithwork.errors import Problem, UserError
from kithwork.readers.parts.given import Given

LONGEST = 2**20
"""Characters of a line that are kept; what follows on it is passed over."""


def lines(given: Given, encoding: str) -> Iterator[str]:
    """Each line without its end, which is LF, CRLF or CR; a byte-order mark is dropped. Raises `UserError`."""
    number = 0
    try:
        with given.open() as file, io.TextIOWrapper(file, encoding=_marked(encoding)) as text:
            while line := text.readline(LONGEST):
                number += 1
                yield line.removesuffix("\n")
                while not line.endswith("\n") and (line := text.readline(LONGEST)):
                    pass
    except LookupError:
        do = "Use for example utf-8, cp1252 or latin-1."
        raise UserError(Problem("is not an encoding", "params.yaml", do, encoding)) from None
    except UnicodeError as error:
        row, found = _place(error, number + 1)
        do = "Save it as UTF-8, or state its encoding (often cp1252 or latin-1) beside `file:` in params.yaml."
        raise UserError(Problem(f"is not {encoding} text", given.name, do, found, row)) from None
    except OSError as error:
        do = "See that it is a file, and that you may read it."
        raise UserError(Problem("cannot be read", given.name, do, error.strerror or "")) from None


def _marked(encoding: str) -> str:
    """The encoding, with a byte-order mark where UTF-8 may begin with one."""
    return "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding


def _place(error: UnicodeError, line: int) -> tuple[int, str]:
    """The line of the byte that is no text, and that byte, where the codec tells them."""
    if not isinstance(error, UnicodeDecodeError):
        return line, str(error)[:40]
    before = error.object[: error.start]
    return line + before.count(b"\n"), f"byte 0x{error.object[error.start]:02x}"
