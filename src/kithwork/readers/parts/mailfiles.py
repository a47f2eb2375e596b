"""Where messages lie: one after the other in an mbox file, or each in a file of its own, in folders of any depth.

An mbox (RFC 4155, and the forms that "mbox" of qmail's manual describes) has a line `From sender date` before each message.
Lines of a body that begin so should be quoted and often are not: a line counts as such only where a blank line comes before
it and a date stands in it or a usual field below it. Content-Length is not believed. Files of a Maildir ("Using maildir
format", D. J. Bernstein) and .eml files hold one message. Which of the two a file is, its first line tells.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kithwork.errors import Problem, UserError
from kithwork.readers.parts import mailheads
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Fault, Left

LINE = 2**16
"""Bytes read of a line at a time."""

LARGEST_HEAD = 2**20
"""Bytes of a head above which a message is at fault."""

LARGEST_BODY = 2**22
"""Bytes of a body that are kept where bodies are asked for."""

STARTS = b"From "
BLANK = (b"\n", b"\r\n")
END = ord("\n")
DATED = re.compile(rb"From .*(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b.*\d:\d\d.*\d{4}")
USUAL = (
    rb"(from|to|cc|date|subject|received|return-path|delivered-to|message-id|mime-version|content-[a-z]+|status|x-[^\s:]+)"
)
NAMED = re.compile(USUAL + rb"[ \t]*:", re.IGNORECASE)
FLAGS = re.compile(r"[:;!]2,([A-Za-z]*)$")
"""Flags at the end of a Maildir file's name; `;` and `!` stand for the colon where a file system allows none."""

AGAIN = "Export the mail again."


class Message(NamedTuple):
    """The line it begins at, its file where it lies in a folder (by number, since its name may be a person's), its head,
    and its body where bodies are asked for."""

    line: int
    file: str | None
    head: bytes
    body: bytes


Found = Iterator[Message | Fault | Left]


def messages(given: Given, bodies: bool) -> Found:
    """All messages of a file or folder. Raises `UserError` where it holds none."""
    if given.path is not None and given.path.is_dir():
        return _of_folder(given.path, given.name, bodies)
    return _of_file(given, bodies)


def _of_file(given: Given, bodies: bool) -> Found:
    try:
        with given.open() as file:
            nothing = True
            for found in _of(file, None, bodies):
                nothing = False
                if isinstance(found, Left):
                    do = "Give an mbox file, an .eml file, or a folder of these."
                    raise UserError(Problem("is no mail", given.name, do))
                yield found
    except OSError as error:
        raise UserError(Problem("cannot be read", given.name, AGAIN, error.strerror or "")) from None
    if nothing:
        raise UserError(Problem("is empty", given.name, AGAIN, "0 bytes"))


def _of_folder(folder: Path, name: str, bodies: bool) -> Found:
    nothing = True
    for number, path in enumerate(_files(folder), start=1):
        place = f"file {number}"
        if left := _left(path):
            yield Left(left)
            continue
        try:
            with path.open("rb") as file:
                for found in _of(file, place, bodies):
                    nothing &= isinstance(found, Left)
                    yield found
        except OSError as error:
            nothing = False
            yield Fault(1, place, "cannot be read", "See that you may read it.", error.strerror or "")
    if nothing:
        do = "Give a Maildir, or a folder of .eml or mbox files."
        raise UserError(Problem("holds no mail", name, do))


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder, in order of their paths, folder by folder."""
    for here, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(here, name) for name in sorted(names))


def _left(path: Path) -> str:
    """Why a file is not looked into, or nothing where it is."""
    flags = FLAGS.search(path.name)
    if flags and "D" in flags[1]:
        return "drafts"
    if path.parent.name == "tmp" and (path.parent.parent / "cur").is_dir():
        return "messages not yet delivered"
    return "" if path.is_file() and not path.is_symlink() else "links"


def _of(file: BinaryIO, place: str | None, bodies: bool) -> Found:
    """The messages of one file, whichever its kind; `Left` where it is no mail."""
    number, line = 1, file.readline(LINE).removeprefix(b"\xef\xbb\xbf")
    while line and not line.strip(b"\r\n\0"):
        number, line = number + 1, file.readline(LINE)
    if line.startswith(STARTS):
        yield from _of_mbox(file, number, place, bodies)
    elif line:
        head = _Gathered(number, place, bodies)
        head.take(line)
        while (line := file.readline(LINE)) and (head.open or bodies):
            head.take(line)
        known = not mailheads.MAIL.isdisjoint(mailheads.fields(bytes(head.head)))
        yield head.message() if known else Left("files that are no mail")


def _of_mbox(file: BinaryIO, number: int, place: str | None, bodies: bool) -> Found:
    """The messages that follow the first `From ` line of a file."""
    found = _Gathered(number, place, bodies)
    blank, fresh, line, read = False, True, file.readline(LINE), file.readline
    while line:
        number += fresh
        if fresh and line[:5] == STARTS:
            below = read(LINE)
            if _begins(line, below, blank):
                yield found.message()
                found = _Gathered(number, place, bodies)
            else:
                found.take(line)
            blank, fresh, line = False, line.endswith(b"\n"), below
            continue
        if found.open or bodies:
            found.take(line)
        blank = fresh and len(line) < 3 and line in BLANK
        fresh, line = line[-1] == END, read(LINE)
    yield found.message()


def _begins(line: bytes, below: bytes, blank: bool) -> bool:
    """Whether a line that starts so begins a message; without a blank line before it, date and field must both be there."""
    dated, named = bool(DATED.match(line)), bool(NAMED.match(below))
    return (dated or named) if blank else (dated and named)


class _Gathered:
    """A message as it is read, line by line."""

    def __init__(self, line: int, place: str | None, bodies: bool) -> None:
        self.line, self.place, self.bodies = line, place, bodies
        self.head, self.body = bytearray(), bytearray()
        self.open = True  # whether the head goes on

    def take(self, line: bytes) -> None:
        """The next line of the message, or a part of one that is long."""
        if self.open and line.strip(b"\r\n\0"):
            self.head += line
            self.open = len(self.head) <= LARGEST_HEAD
        elif self.open:
            self.open = False
        elif self.bodies and len(self.body) < LARGEST_BODY:
            self.body += line

    def message(self) -> Message | Fault:
        """The message, or its fault."""
        if len(self.head) > LARGEST_HEAD:
            do = "See whether the file is damaged there."
            found = f"more than {LARGEST_HEAD:,} bytes"
            return Fault(self.line, self.place or "head", "has a head that does not end", do, found)
        return Message(self.line, self.place, bytes(self.head), bytes(self.body))
