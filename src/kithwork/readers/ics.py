"""Reads a calendar in iCalendar form (RFC 5545): each meeting becomes a row per pair of people in it.

In a meeting are its organizer and the attendees who have not declined; rooms and resources are not counted among them.
Lines are found here and only those that matter are handed to `icalendar`, which knows values and time zones. Summaries,
descriptions and places are never read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from kithwork.errors import Problem, UserError
from kithwork.params import Reader
from kithwork.readers import csvfile
from kithwork.readers.given import Given
from kithwork.readers.rows import Fault, Left, Record, Rows, in_batches

if TYPE_CHECKING:
    import icalendar

SOURCES = ("interactions",)
TAKES = ("encoding",)

LARGEST = 25
"""People in a meeting above which it says little about any pair: it is left out as a broadcast, after Kossinets & Watts
(2006, Science 311, 88), who leave out mails to more than a few before they read ties from the rest."""

AGAIN = "Mend that event, or export the calendar again."

UNREADABLE = (ValueError, KeyError, IndexError, AttributeError, TypeError, OverflowError)
"""What `icalendar` raises at lines that are no iCalendar."""

PROPERTIES = ("DTSTART", "DTEND", "DURATION", "STATUS", "ORGANIZER", "ATTENDEE", "RRULE")
"""All that is read of an event."""

NAMED = re.compile(rf"({'|'.join(PROPERTIES)})[;:]", re.IGNORECASE)
PERSON = re.compile(r"(ORGANIZER|ATTENDEE)[;:]", re.IGNORECASE)
HEADER = {
    "ego": "ORGANIZER or ATTENDEE",
    "alter": "ATTENDEE",
    "channel": "BEGIN",
    "at": "DTSTART",
    "minutes": "DTEND",
    "size": "ATTENDEE",
}


class Participant(NamedTuple):
    """One named in an event."""

    organizes: bool
    address: str
    present: bool


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The pairs who met by a calendar file. Raises `UserError`."""
    return in_batches(source, given.name, _found(spec, given), HEADER)


def _found(spec: Reader, given: Given) -> Iterator[Record | Fault | Left]:
    text, _ = csvfile.decoded(given.read(), spec.encoding, given.name)
    zones, blocks = _blocks(text, given.name)
    _learn(zones, given.name)
    participant = cache(_participant)  # the same few people are in many meetings
    for line, block in blocks.items():
        try:
            yield from _met(line, block, participant)
        except _AtFaultError as fault:
            yield Fault(line, fault.column, fault.what, fault.do, fault.found)


class _AtFaultError(Exception):
    """An event that cannot be understood."""

    def __init__(self, what: str, do: str, found: object, column: str) -> None:
        super().__init__(what)
        self.what, self.do, self.found, self.column = what, do, str(found)[:40], column


def _blocks(text: str, name: str) -> tuple[list[str], dict[int, list[str]]]:
    """The lines that describe time zones; and by the line where it begins, those of each event that are read."""
    zones: list[str] = []
    events: dict[int, list[str]] = {}
    inside: list[str] = []
    begun, wanted = 0, False
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        folded = line[:1] in (" ", "\t")
        word, _, what = line.strip().upper().partition(":")
        if word == "BEGIN" and not folded:
            inside.append(what)
            if what == "VEVENT":
                begun, events[number] = number, []
        if "VTIMEZONE" in inside:
            zones.append(line)
        elif inside[-1:] == ["VEVENT"]:
            if folded and wanted:
                events[begun][-1] += line[1:]
            if not folded and (wanted := bool(NAMED.match(line))):
                events[begun].append(line)
        if word == "END" and not folded and (not inside or inside.pop() != what):
            do = "Export the calendar again: a part of it is missing."
            raise UserError(Problem("ends what has not begun", name, do, line.strip()[:40], number))
    if inside or not events:
        what = "breaks off in the middle" if inside else "has no events"
        do = "Export the calendar again, as an .ics file with its events."
        raise UserError(Problem(what, name, do, inside[-1][:40] if inside else "", begun or None))
    return zones, events


def _learn(zones: list[str], name: str) -> None:
    """Make the calendar's own time zones known, and forget those of the calendar read before. Raises `UserError`."""
    import icalendar

    icalendar.use_zoneinfo()
    try:
        if zones:
            icalendar.Calendar.from_ical("\r\n".join(["BEGIN:VCALENDAR", *zones, "END:VCALENDAR"]))
    except UNREADABLE as error:
        do = "Export the calendar again, with its time zones."
        raise UserError(Problem("describes a time zone wrongly", name, do, str(error)[:60])) from None


def _met(line: int, block: list[str], participant: Callable[[str], Participant]) -> Iterator[Record | Left]:
    """A record per pair in one event; what says nothing about pairs is counted instead."""
    event = _event([line for line in block if not PERSON.match(line)])
    start = _time(event, "DTSTART")
    people = _people([participant(line) for line in block if PERSON.match(line)])
    if what := _says_nothing(event, start, people):
        yield Left(what)
        return
    if "RRULE" in event:
        yield Left("repetitions of events, each counted once")
    told = {
        "channel": "meeting",
        "at": start.isoformat(),
        "minutes": f"{_length(event, start) / timedelta(minutes=1):g}",
        "size": str(len(people)),
    }
    for ego, alter in combinations(people, 2):
        yield Record(line, {"ego": ego, "alter": alter, **told})


def _says_nothing(event: icalendar.Event, start: object, people: list[str]) -> str:
    """Why an event tells nothing of pairs, or nothing where it does."""
    if str(_first(event, "STATUS") or "").upper() == "CANCELLED":
        return "cancelled events"
    if not isinstance(start, datetime):
        return "all-day events"
    if len(people) < 2:
        return "events of one person"
    return f"events of more than {LARGEST} people" if len(people) > LARGEST else ""


def _event(lines: list[str]) -> icalendar.Event:
    import icalendar

    try:
        return icalendar.Event.from_ical("\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"]))
    except UNREADABLE as error:
        raise _AtFaultError("is no event by RFC 5545", AGAIN, error, "BEGIN") from None


def _participant(line: str) -> Participant:
    """Whom an ORGANIZER or ATTENDEE line names, and whether that one is in the meeting."""
    import icalendar

    try:
        name, parameters, value = icalendar.parser.Contentline(line).parts()
        about = {word.upper(): str(parameters[word]).upper() for word in parameters}
    except UNREADABLE as error:
        raise _AtFaultError("is no participant by RFC 5545", AGAIN, error, line[:9].upper()) from None
    out = about.get("PARTSTAT") == "DECLINED" or about.get("CUTYPE") in ("ROOM", "RESOURCE")
    return Participant(name.upper() == "ORGANIZER", re.sub(r"^mailto:", "", value.strip(), flags=re.IGNORECASE), not out)


def _people(named: list[Participant]) -> list[str]:
    """Addresses of those in the meeting, each once, the organizer first; who declined anywhere is out."""
    out = {one.address.casefold() for one in named if not one.present}
    found: dict[str, str] = {}
    for one in sorted(named, key=lambda one: not one.organizes):
        if one.address.casefold() not in out:
            found.setdefault(one.address.casefold(), one.address)
    return list(found.values())


def _length(event: icalendar.Event, start: datetime) -> timedelta:
    """From start to end; nothing where neither end nor duration is given (RFC 5545, 3.6.1)."""
    if "DURATION" in event:
        length = _value(_first(event, "DURATION"))
        if not isinstance(length, timedelta):
            raise _AtFaultError("is not a length of time", "Write it as PT30M.", _first(event, "DURATION"), "DURATION")
        return length
    if "DTEND" not in event:
        return timedelta()
    end = _time(event, "DTEND")
    if not isinstance(end, datetime):
        raise _AtFaultError("is a date where a time was to be", "Give it a time, as the start has.", end, "DTEND")
    return end - start


def _time(event: icalendar.Event, name: str) -> object:
    """A day, or a time in UTC. Raises `_AtFaultError` for anything else."""
    value = _first(event, name)
    found = _value(value)
    if found is None or isinstance(found, timedelta | tuple):
        raise _AtFaultError("is not a time", "Write it as 20260907T143000Z.", value or "nothing", name)
    if isinstance(found, datetime) and found.tzinfo is None:
        zone = getattr(value, "params", {}).get("TZID", "no time zone")
        do = "Export the calendar with times in UTC, or with its time zones (VTIMEZONE)."
        raise _AtFaultError("has a time without a known time zone", do, zone, name)
    try:
        return found.astimezone(UTC) if isinstance(found, datetime) else found
    except (OverflowError, ValueError):
        raise _AtFaultError("is a time out of all reach", "Give it a year of our days.", found, name) from None


def _all(event: icalendar.Event, name: str) -> list:
    value = event.get(name, [])
    return value if isinstance(value, list) else [value]


def _first(event: icalendar.Event, name: str) -> object:
    return next(iter(_all(event, name)), None)


def _value(content: object) -> object:
    """The value of a property that means a time, a day or a length of time; None of any other, and of a broken one."""
    try:
        return content.dt
    except UNREADABLE:
        return None
