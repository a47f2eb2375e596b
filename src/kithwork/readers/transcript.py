"""Reads the transcript of a chat room as text, a line a message: of Second Life, of IRC, of WhatsApp.

Lines begin with a time, in brackets or before a dash, with or without a date: `[2009/11/16 14:23]  Name Surname: words`
(Second Life), `[14:23] <nick> words` (IRC), `16/11/2009, 14:23 - Name: words` or `[16/11/2009, 14:23:05] Name: words`
(WhatsApp). None of them has a published specification: these are the forms that their programs are seen to write. Of the
words, only whether they begin with `@Name`, `Name:` or `Name,` of somebody who has written before is looked at; nothing of
them is kept.

A transcript names no receiver. The reading here is turn-taking, in the spirit of Gibson (2003, "Participation Shifts: Order
and Differentiation in Group Conversation", Social Forces 81, 1335), who follows a conversation as it moves between speaker
and target: a line goes to whom it names at its beginning, or else to whoever wrote the line before it in the same session.
A session ends where nobody writes for `gap` minutes. It errs where two talk across each other, so its ties say who took
turns with whom, not who meant whom. Size is how many write in the session or are named.

Lines that open a session or go on with one's own turn, notices (who entered, left, is online), and lines without a time,
which belong to the one before, are counted only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TextIO

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers.parts import textfile
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Fault, Left, Rows, Several, in_batches

SOURCES = ("interactions",)
TAKES = ("encoding", "timezone", "options")
OPTIONS = {
    "date": "the day of the first line, as 2009-11-16, where lines tell the time alone",
    "order": "`dmy` or `mdy`: what dates like 03/04/2009 mean",
    "gap": "minutes without a line after which a session is over; 10 unless told",
}

LONGEST = 2**16
"""Characters of a line that are read; nothing that matters stands behind them."""

MOST = 10_000
"""Lines after which a session is taken to be over, though nobody paused: memory has a limit."""

STAMP = re.compile(
    r"[\u200e\u200f]*\[?(?:(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}),?[ T]\s*)?(\d{1,2}):(\d\d)(?::(\d\d))?"
    r"(?:[ \u202f\u00a0]?([AaPp])\.?\s?[Mm]\.?)?(?:\]|\s+-(?=\s)|(?=\s+[<*-]))\s*",
    re.ASCII,
)
"""The time at the beginning of a line: date, hour, minute, second, and half of the day."""

NOTICE = re.compile(r"(?:-!-|\*|-->|<--|--)\s|\*\*")
SPEAKER = re.compile(r"<[ @+%&~]?([^<>]{1,80})>|[\u200e\u200f~ ]{0,4}([^:<>]{1,80}):(?=\s|$)")
NAMED = re.compile(r"\s*(?:@([^\s:,]+(?: [^\s:,]+)?)|([^\s:,]+(?: [^\s:,]+)?)[:,](?=\s|$))")
MACHINES = ("second life", "system")
"""Speakers that are the room itself."""

MEND = "Mend that line, or take it out."


@dataclass
class Session:
    """Lines that follow one another without a pause: the number of each, who wrote it, to whom, and when."""

    lines: list[int] = field(default_factory=list)
    turns: list[tuple[str, str, str]] = field(default_factory=list)
    present: set[str] = field(default_factory=set)
    last: datetime = datetime.min
    speaker: str = ""

    def ended(self) -> Several:
        """Its turns, once it is known who was present."""
        egos, alters, times = zip(*self.turns, strict=True) if self.turns else ((), (), ())
        rest = {"channel": ["chat"] * len(egos), "size": [str(len(self.present))] * len(egos)}
        return Several(self.lines, {"ego": egos, "alter": alters, "at": times, **rest})


class Names(dict[str, str]):
    """Those who have written so far by what they may be called; empty where that may be more than one."""

    def add(self, name: str) -> None:
        """Somebody by full name, and by first name."""
        whole, first = name.casefold(), name.casefold().split(" ")[0]
        if self.get(whole) != name:
            self[first] = "" if self.get(first, name) != name else name
            self[whole] = name

    def at_the_start_of(self, line: str, start: int) -> str:
        """Whom the words begin with that start here."""
        found = NAMED.match(line, start)
        if not found:
            return ""
        called = (found[1] or found[2]).casefold()
        return self.get(called) or (self.get(called.split(" ")[0], "") if found[1] else "")


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """Who took turns with whom in a chat room. Raises `UserError`."""
    return in_batches(source, given.name, _found(spec, given))


def _found(spec: Reader, given: Given) -> Iterator[Several | Fault | Left]:
    clock, gap = Clock(spec, given.name), _gap(spec)
    session, names, told = Session(), Names(), False
    with textfile.opened(given, spec.encoding) as text:
        for number, line in _lines(text):
            stamp = STAMP.match(line)
            if not stamp:
                if line.strip():
                    yield Left("lines without a time")
                continue
            told, start = True, stamp.end()
            speaker = None if NOTICE.match(line, start) else SPEAKER.match(line, start)
            ego = " ".join((speaker[1] or speaker[2]).split()) if speaker else ""
            try:
                at = clock.at(number, *stamp.groups())
            except (ValueError, OverflowError):
                yield Fault(number, "time", "is no time", MEND, stamp[0].strip()[:40])
                continue
            if not ego or ego.casefold() in MACHINES:
                yield Left("notices")
                continue
            if abs(at - session.last) > gap or len(session.turns) >= MOST:
                yield session.ended()
                session = Session()
            alter = names.at_the_start_of(line, speaker.end())
            alter = alter if alter and alter != ego else session.speaker
            if not alter or alter == ego:
                yield Left("lines that go on with one's own turn" if alter else "lines that open a session")
            else:
                session.lines.append(number)
                session.turns.append((ego, alter, at.isoformat()))
                session.present.add(alter)
            if ego not in session.present:
                session.present.add(ego)
                names.add(ego)
            session.last, session.speaker = at, ego
    if not told:
        do = "Lines should begin with a time, as [2009/11/16 14:23] or 16/11/2009, 14:23 -."
        raise UserError(Problem("is no transcript", given.name, do))
    yield session.ended()


class Clock:
    """What the times of a transcript mean. Raises `UserError` for options that make no sense or are missing."""

    def __init__(self, spec: Reader, name: str) -> None:
        self.name, self.order = name, spec.options.get("order", "")
        if self.order not in ("", "dmy", "mdy"):
            raise UserError(_unfit("order", self.order, "Say `dmy` or `mdy`."))
        self.day, self.last = None, time.min
        if begun := spec.options.get("date"):
            try:
                self.day = date.fromisoformat(begun)
            except ValueError:
                raise UserError(_unfit("date", begun, "Write it as 2009-11-16.")) from None

    def at(self, row: int, day: str | None, hour: str, minute: str, second: str | None, half: str | None) -> datetime:
        """A moment, in the zone of the file. Raises `ValueError` for one that there is not."""
        if half and not 1 <= int(hour) <= 12:
            raise ValueError(hour)
        hours = int(hour) % 12 + 12 * (half in ("p", "P")) if half else int(hour)
        moment = time(hours, int(minute), int(second or 0))
        if day:
            return datetime.combine(self._day(day, row), moment)
        if not self.day:
            do = "Set options.date to the day of the first line, as 2009-11-16."
            raise UserError(Problem("tells times without a date", self.name, do, row=row))
        if self.last.hour - moment.hour > 12:
            self.day += timedelta(days=1)
        self.last = moment
        return datetime.combine(self.day, moment)

    def _day(self, written: str, row: int) -> date:
        if not self.order and not written[:3].isdigit():
            do = "Set options.order to `dmy` or `mdy`."
            raise UserError(Problem("has dates that may mean two days", self.name, do, written, row))
        return _date(written, self.order)


@lru_cache(4096)
def _date(written: str, order: str) -> date:
    first, second, third = map(int, re.split(r"[./-]", written))
    if len(re.match(r"\d+", written)[0]) > 2:
        return date(first, second, third)
    year = third + 2000 if third < 100 else third
    return date(year, second, first) if order == "dmy" else date(year, first, second)


def _gap(spec: Reader) -> timedelta:
    told = spec.options.get("gap", "10")
    if not re.fullmatch(r"\d{1,4}", told, re.ASCII):
        raise UserError(_unfit("gap", told, "Give minutes, as 10."))
    return timedelta(minutes=int(told))


def _unfit(option: str, found: str, do: str) -> Problem:
    return Problem("is not fit for this option", "params.yaml", do, found, column=f"options.{option}")


def _lines(text: TextIO) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, each up to `LONGEST` characters of it."""
    number, begins = 0, True
    while line := text.readline(LONGEST):
        if begins:
            number += 1
            yield number, line
        begins = line.endswith("\n")
