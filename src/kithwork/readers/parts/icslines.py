"""The events and time zones of an iCalendar file (RFC 5545), found line by line: a file may be of any size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kithwork.errors import Problem, UserError
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.lines import lines

LARGEST = 2**20
"""Characters of one event, as far as it is read, above which it is at fault."""

DEEPEST = 20
"""Components within components; RFC 5545 knows three."""

AGAIN = "Export the calendar again, as an .ics file with its events."


class Part(NamedTuple):
    """An event or time zone: its line and kind, its calendar's METHOD, its lines unfolded, and whether some are missing."""

    line: int
    kind: str
    method: str
    lines: list[str]
    too_large: bool


class _Open:
    """A part that is being read."""

    def __init__(self, line: int, kind: str) -> None:
        self.line, self.kind, self.kept, self.size = line, kind, [], 0

    def keep(self, line: str) -> None:
        """Its next line, until it is too large."""
        self.size += len(line) + 1
        if self.size <= LARGEST:
            self.kept.append(line)

    def part(self, method: str) -> Part:
        """The whole of it."""
        unfolded = re.sub("\n[ \t]", "", "\n".join(self.kept))
        return Part(self.line, self.kind, method, unfolded.split("\n") if unfolded else [], self.size > LARGEST)


def parts(given: Given, encoding: str, wanted: re.Pattern[str]) -> Iterator[Part]:
    """Time zones with all their lines, events with those that `wanted` matches. Raises `UserError` for no calendar."""
    inside: list[str] = []
    method, nothing, keeping = "", True, False
    part = _Open(0, "")
    for number, line in enumerate(lines(given, encoding), start=1):
        if line[:1] in (" ", "\t"):
            if keeping:
                part.keep(line)
            continue
        keeping = inside[-1:] == ["VEVENT"] and wanted.match(line) is not None
        begins, ends = line[:6].upper() == "BEGIN:", line[:4].upper() == "END:"
        what = line.strip().upper().partition(":")[2] if begins or ends else ""
        if begins:
            inside.append(what)
            if len(inside) > DEEPEST:
                raise UserError(Problem("is nested too deep", given.name, AGAIN, line.strip()[:40], number))
            if what in ("VEVENT", "VTIMEZONE") and not part.kind:
                part = _Open(number, what)
        elif inside == ["VCALENDAR"] and line[:7].upper() == "METHOD:":
            method = line[7:].strip().upper()
        if keeping or "VTIMEZONE" in inside:
            keeping = True
            part.keep(line)
        if ends:
            keeping = False
            if not inside or inside.pop() != what:
                do = "Export the calendar again: a part of it is missing."
                raise UserError(Problem("ends what has not begun", given.name, do, line.strip()[:40], number))
            if what == part.kind and "VTIMEZONE" not in inside:
                nothing = nothing and what != "VEVENT"
                yield part.part(method)
                part = _Open(0, "")
            method = method if inside else ""
    if inside or nothing:
        what = "breaks off in the middle" if inside else "has no events"
        raise UserError(Problem(what, given.name, AGAIN, inside[-1][:40] if inside else "", part.line or None))
