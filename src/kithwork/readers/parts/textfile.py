"""Opens a file as text, to be read a part at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from kithwork.errors import Problem, UserError
from kithwork.readers.parts.given import Given


@contextmanager
def opened(given: Given, encoding: str, newline: str | None = None) -> Iterator[TextIO]:
    """A file as text, without its byte-order mark; `newline` as of `open`. Raises `UserError`, also while it is read."""
    with given.open() as file:
        try:
            text = io.TextIOWrapper(
                file, "utf-8-sig" if encoding.casefold() in ("utf-8", "utf8") else encoding, newline=newline
            )
        except (LookupError, ValueError):
            do = "Use for example utf-8, cp1252 or latin-1."
            raise UserError(Problem("is not an encoding", "params.yaml", do, encoding)) from None
        with text:
            try:
                yield text
            except UnicodeError as error:
                do = "Save it as UTF-8, or state its encoding (often cp1252 or utf-16) beside `file:` in params.yaml."
                raise UserError(Problem(f"is not {encoding} text", given.name, do, str(error)[-60:])) from None
