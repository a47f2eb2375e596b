"""Calendars of a firm that is not there."""

from __future__ import annotations

import icalendar

from kithwork.readers.parts.given import Given
from samples import Sample

OUTLOOK = """BEGIN:VCALENDAR
METHOD:PUBLISH
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:040000008200E00074C5B7101A82E008
SUMMARY:Nothing of this is read
DTSTART;TZID="Romance Standard Time":20260907T143000
DTEND;TZID="Romance Standard Time":20260907T150000
RRULE:FREQ=WEEKLY;UNTIL=20260921T123000Z;INTERVAL=1;BYDAY=MO;WKST=MO
EXDATE;TZID="Romance Standard Time":20260914T143000
ORGANIZER;CN="Høj, Anna":mailto:anna@north.example
ATTENDEE;CN=Bo;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:bo@north.example
ATTENDEE;CN="Room 1";CUTYPE=RESOURCE;ROLE=NON-PARTICIPANT:mailto:room@north.example
BEGIN:VALARM
TRIGGER:-PT15M
ACTION:DISPLAY
END:VALARM
END:VEVENT
END:VCALENDAR
"""

GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
X-WR-TIMEZONE:Europe/Copenhagen
BEGIN:VEVENT
DTSTART;TZID=Europe/Copenhagen:20260907T090000
DTEND;TZID=Europe/Copenhagen:20260907T093000
RRULE:FREQ=DAILY
ORGANIZER;CN=anna@north.example:mailto:anna@north.example
UID:1@google.com
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Bo;X-NU
 M-GUESTS=0:mailto:bo@north.example
TRANSP:OPAQUE
END:VEVENT
BEGIN:VEVENT
DTSTART:20260908T100000Z
DTEND:20260908T103000Z
UID:1@google.com
RECURRENCE-ID;TZID=Europe/Copenhagen:20260908T090000
ORGANIZER:mailto:anna@north.example
ATTENDEE;PARTSTAT=TENTATIVE:mailto:bo@north.example
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260910
UID:2@google.com
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""

SAMPLES = [
    Sample("outlook.ics", "interactions", OUTLOOK.replace("\n", "\r\n").encode()),
    Sample("google.ics", "interactions", GOOGLE.replace("\n", "\r\n").encode()),
    Sample("google.ics", "interactions", GOOGLE.encode(), {"options": {"from": "2026-09-09", "to": "2026-10-01"}}),
]


def many(n: int) -> bytes:
    """A calendar of n/3 meetings of three people each."""
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{i}@north.example\r\nDTSTAMP:20260907T120000Z\r\nSUMMARY:Nothing of this is read\r\n"
        f"DTSTART;TZID=Europe/Copenhagen:202609{1 + i % 28:02d}T{i % 24:02d}0000\r\n"
        f"DTEND;TZID=Europe/Copenhagen:202609{1 + i % 28:02d}T{i % 24:02d}3000\r\n"
        f"ORGANIZER;CN=Person {i % 500}:mailto:p{i % 500}@north.example\r\n"
        f"ATTENDEE;PARTSTAT=ACCEPTED;CN=Person {i * 7 % 501}:mailto:p{i * 7 % 501}@south.example\r\n"
        f"ATTENDEE;PARTSTAT=ACCEPTED;CN=Person {i * 11 % 499}:mailto:p{i * 11 % 499}@west.example\r\nEND:VEVENT\r\n"
        for i in range(n // 3)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode()


def plain(given: Given) -> None:
    """`icalendar` over the same file."""
    icalendar.Calendar.from_ical(given.read())
