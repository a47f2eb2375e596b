"""Reads a calendar in iCalendar form (RFC 5545): each meeting becomes a row per pair of people in it.

In a meeting are its organizer and the attendees who have not declined; rooms and resources are not counted among them.
Events shown as free (TRANSP) are notices and reminders rather than meetings and are left out, as are those that a METHOD
(RFC 5546) makes answers, proposals or cancellations. A series is a meeting each time it repeats (`recurrence`), save where
an event of its own (RECURRENCE-ID) takes the place of one; a series without end is followed to the last day on which any
event of the file begins, or to the option `to`. Every meeting is known by its UID, and one of a series by its time too, so
that its copies in other calendars can be told. One of more people than `clean.broadcast_above` says little about any pair
and is counted only, after Kossinets & Watts (2006, Science 311, 88), who leave out mails to more than a few.

A file is gone through twice: for its time zones and for what replaces what, which is kept, then for its events, one at a
time. Only the lines that matter are handed to `icalendar`, which knows values and time zones. Times keep their zone's
offset; one without a zone has none. Summaries, descriptions and places are never read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers.parts import recurrence
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.icslines import Part, parts
from kithwork.readers.parts.recurrence import NoRuleError
from kithwork.readers.parts.rows import Fault, Left, Record, Rows, in_batches

if TYPE_CHECKING:
    import icalendar

SOURCES = ("interactions",)
TAKES = ("encoding", "timezone", "options")
OPTIONS = {
    "from": "the first day that counts, as 2026-01-01; otherwise all do",
    "to": "the last day that counts; otherwise all do, and series without end go on to the last day an event begins",
}

MOST_BARREN = 20
"""Rules that are never true, above which a file is not read on: each takes up to a second to follow."""

MOST_ZONES = 10_000
"""Lines that may describe time zones; the same description is counted once."""

AGAIN = "Mend that event, or export the calendar again."

UNREADABLE = (ValueError, KeyError, IndexError, AttributeError, TypeError, OverflowError, OSError)
"""What `icalendar` raises at lines that are no iCalendar; OSError at too long a name of a time zone."""

REPLIES = ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH")
"""What a METHOD may be that no meeting is told by."""

DATES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
PROPERTIES = (*DATES, "STATUS", "TRANSP", "UID", "ORGANIZER", "ATTENDEE")
"""All that is read of an event."""

NAMED = re.compile(rf"({'|'.join(PROPERTIES)})[;:]", re.IGNORECASE)
FIRST = re.compile(r"(DTSTART|UID|RECURRENCE-ID)[;:]", re.IGNORECASE)
DATED = re.compile(rf"({'|'.join(DATES)})[;:]", re.IGNORECASE)
PERSON = re.compile(r"(ORGANIZER|ATTENDEE)[;:]", re.IGNORECASE)
DAY = re.compile(r"DTSTART[;:](?:.*:)?(\d{8})", re.IGNORECASE)
ZONE_RULE = re.compile(r"^RRULE[^:\n]*:(.*)", re.IGNORECASE | re.MULTILINE)
HEADER = {
    "ego": "ORGANIZER or ATTENDEE",
    "alter": "ATTENDEE",
    "channel": "BEGIN",
    "at": "DTSTART",
    "minutes": "DTEND",
    "size": "ATTENDEE",
    "message": "UID",
}


@dataclass
class File:
    """What is known of a file before its events are read.

    The days that count, the most people in a meeting that does, the last day on which an event begins, the ids of meetings
    that events of their own stand for, and how many rules that are never true were met.
    """

    first: date
    to: date
    most: int
    replaced: set[str] = field(default_factory=set)
    endless: date = date.min
    barren: int = 0


class Participant(NamedTuple):
    """One named in an event."""

    organizes: bool
    address: str
    present: bool


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The pairs who met by a calendar file. Raises `UserError`."""
    return in_batches(source, given.name, _found(source, spec, given), HEADER)


def _found(source: str, spec: Reader, given: Given) -> Iterator[Record | Fault | Left]:
    file = _foreseen(source, spec, given)
    participant = lru_cache(maxsize=2**14)(_participant)  # the same few people are in many meetings
    for part in parts(given, spec.encoding, NAMED):
        if part.kind == "VTIMEZONE":
            continue
        try:
            yield from _met(part, file, participant)
        except _AtFaultError as fault:
            yield Fault(part.line, fault.column, fault.what, fault.do, fault.found)
        except NoRuleError as error:
            file.barren += error.barren
            if file.barren > MOST_BARREN:
                raise UserError(Problem(f"{error.what}, again and again", given.name, error.do, row=part.line)) from None
            yield Fault(part.line, "RRULE", error.what, error.do, _line(part, "RRULE")[:40])
        except (OverflowError, ValueError):
            yield Fault(part.line, "DTSTART", *OUT_OF_REACH, _line(part, "DTSTART")[:40])


def _foreseen(source: str, spec: Reader, given: Given) -> File:
    """What the first way through a file tells. Raises `UserError`."""
    file = File(_day(source, spec, "from", date.min), _day(source, spec, "to", date.max), given.broadcast_above)
    zones: dict[str, None] = {}
    replacing: set[tuple[str, str]] = set()
    lines = 0
    for part in parts(given, spec.encoding, FIRST):
        if part.kind == "VTIMEZONE":
            text = "\r\n".join(part.lines)
            lines += 0 if text in zones else len(part.lines)
            if part.too_large or lines > MOST_ZONES:
                do = "Export the calendar again, with fewer time zones."
                raise UserError(Problem("describes more time zones than there are", given.name, do, row=part.line))
            zones[text] = None
            continue
        if again := _line(part, "RECURRENCE-ID"):
            replacing.add((_told(part, "UID"), again))
        if day := DAY.match(_line(part, "DTSTART")):
            file.endless = max(file.endless, _date(day[1]))
    if file.to < date.max:
        file.endless = file.to
    _learn(list(zones), given.name)
    file.replaced = {name for uid, line in replacing for name in _replaced(uid, line)} - {""}
    return file


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


def _day(source: str, spec: Reader, option: str, otherwise: date) -> date:
    """A day that an option gives. Raises `UserError`."""
    text = spec.options.get(option)
    if text is None:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError:
        where = f"sources.{source}.options.{option}"
        raise UserError(Problem("is not a day", "params.yaml", "Write it as '2026-09-07'.", text, column=where)) from None


def _line(part: Part, name: str) -> str:
    """The first line of a property, or nothing."""
    return next((line for line in part.lines if line[: len(name)].upper() == name), "")


def _told(part: Part, name: str) -> str:
    """The value of a property of plain text, or nothing."""
    return _line(part, name).partition(":")[2].strip()


class _AtFaultError(Exception):
    """An event that cannot be understood."""

    def __init__(self, what: str, do: str, found: object, column: str) -> None:
        super().__init__(what)
        self.what, self.do, self.found, self.column = what, do, str(found)[:40], column


OUT_OF_REACH = ("is a time out of all reach", "Give it a year of our days.")


def _learn(zones: list[str], name: str) -> None:
    """Make the calendar's own time zones known, and forget those of the calendar read before. Raises `UserError`."""
    import icalendar

    icalendar.use_zoneinfo()
    try:
        for rule in ZONE_RULE.findall("\n".join(zones)):
            recurrence.true_once(rule)
        if zones:
            icalendar.Calendar.from_ical("\r\n".join(["BEGIN:VCALENDAR", *zones, "END:VCALENDAR"]))
    except UNREADABLE as error:
        do = "Export the calendar again, with its time zones."
        raise UserError(Problem("describes a time zone wrongly", name, do, str(error)[:60])) from None


def _met(part: Part, file: File, participant: Callable[[str], Participant]) -> Iterator[Record | Left]:
    """A record per pair each time an event takes place; what says nothing about pairs is counted instead."""
    if part.too_large:
        raise _AtFaultError("is larger than any event", AGAIN, f"{len(part.lines)} lines", "BEGIN")
    event = _event([line for line in part.lines if DATED.match(line)])
    start = _time(event, "DTSTART")
    people = _people([participant(line) for line in part.lines if PERSON.match(line)])
    if what := _says_nothing(part, start, people, file.most):
        yield Left(what)
        return
    told = {
        "channel": "meeting",
        "minutes": f"{_length(event, start) / timedelta(minutes=1):g}",
        "size": str(len(people)),
    }
    times = [(name, at) for name, at in _times(part, event, start, file) if file.first <= at.date() <= file.to]
    if not times:
        yield Left("events on none of the days that count, or replaced by others")
    for name, at in times:
        for ego, alter in combinations(people, 2):
            yield Record(part.line, {"ego": ego, "alter": alter, "at": at.isoformat(), "message": name, **told})


def _times(part: Part, event: icalendar.Event, start: datetime, file: File) -> list[tuple[str, datetime]]:
    """When an event takes place, with the id of each time; an event alone has its UID for an id."""
    uid = _told(part, "UID")
    if "RECURRENCE-ID" in event:
        return [(_name(uid, _time(event, "RECURRENCE-ID")), start)]
    if not {"RRULE", "RDATE"} & set(event):
        return [(uid, start)]
    rule = _told(part, "RRULE")
    times = recurrence.starts(start, rule, event, file.endless, file.to)
    return [(name, at) for at in times if (name := _name(uid, at)) not in file.replaced]


def _replaced(uid: str, line: str) -> Iterator[str]:
    """The id of the meeting that a RECURRENCE-ID names; none where it is broken, which its own event tells of."""
    with suppress(_AtFaultError, OverflowError, ValueError):
        yield from (_name(uid, moment) for moment in recurrence.listed(_event([line]), "RECURRENCE-ID"))


def _name(uid: str, moment: object) -> str:
    """The id of one time of a series, whichever zone its time is told in; none where the series has none."""
    return f"{uid}/{recurrence.instant(moment).isoformat()}" if uid else ""


def _says_nothing(part: Part, start: object, people: list[str], most: int) -> str:
    """Why an event tells nothing of pairs, or nothing where it does."""
    if part.method in REPLIES:
        return "answers to invitations"
    if part.method == "CANCEL" or _told(part, "STATUS").upper() == "CANCELLED":
        return "cancelled events"
    if _told(part, "TRANSP").upper() == "TRANSPARENT":
        return "events shown as free"
    if not isinstance(start, datetime):
        return "all-day events"
    if len(people) < 2:
        return "events of one person"
    return f"events of more than {most} people (`clean.broadcast_above`)" if len(people) > most else ""


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
    address = re.sub(r"^mailto:", "", value.strip(), flags=re.IGNORECASE)
    if "@" not in address:
        address = str(parameters.get("EMAIL") or parameters.get("CN") or address).strip()
    return Participant(name.upper() == "ORGANIZER", address, not out)


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
    if (end.tzinfo is None) != (start.tzinfo is None):
        raise _AtFaultError("has a time zone where only the start or only the end has", AGAIN, end, "DTEND")
    return recurrence.instant(end) - recurrence.instant(start)


def _time(event: icalendar.Event, name: str) -> object:
    """A day or a time. Raises `_AtFaultError` for anything else, and for a time in a zone that nobody knows."""
    value = _first(event, name)
    found = _value(value)
    if found is None or isinstance(found, timedelta | tuple):
        raise _AtFaultError("is not a time", "Write it as 20260907T143000Z.", value or "nothing", name)
    zone = getattr(value, "params", {}).get("TZID")
    if zone and isinstance(found, datetime) and found.tzinfo is None:
        do = "Export the calendar with times in UTC, or with its time zones (VTIMEZONE)."
        raise _AtFaultError("has a time without a known time zone", do, zone, name)
    try:
        recurrence.instant(found)
    except (OverflowError, ValueError):
        raise _AtFaultError(*OUT_OF_REACH, found, name) from None
    return found


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
