"""The calendar reader: a row per pair of people who met, in UTC, and one error for what is no calendar."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork.errors import UserError
from kithwork.params import Reader
from kithwork.readers import ics
from kithwork.readers.given import Given
from kithwork.readers.rows import Rows, whole

SPEC = Reader(reader="ics", file="team.ics")
START, END = "DTSTART:20260907T120000Z", "DTEND:20260907T123000Z"
ANNA, BO, CID = "ORGANIZER:mailto:anna@x.org", "ATTENDEE:mailto:bo@x.org", "ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:cid@x.org"
ZONE = """BEGIN:VTIMEZONE
TZID:Our time
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0300
TZOFFSETTO:+0300
END:STANDARD
END:VTIMEZONE"""


def event(*lines: str) -> str:
    """One event of these lines."""
    return "\n".join(["BEGIN:VEVENT", "SUMMARY:Secret", *lines, "END:VEVENT"])


def calendar(*parts: str) -> bytes:
    """A calendar of these parts."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *"\n".join(parts).splitlines(), "END:VCALENDAR", ""]).encode()


def read(content: bytes) -> Rows:
    """The pairs who met."""
    return whole(ics.parse("interactions", SPEC, Given("team.ics", content=content)))


def met(*lines: str) -> list[tuple[str, ...]]:
    """Records of one event."""
    return list(read(calendar(event(*lines))).frame.itertuples(index=False, name=None))


def test_meeting_is_a_row_per_pair():
    """Organizer first, each pair once, with start, length and size; the line is that of the event."""
    found = read(calendar(event(START, END, BO, ANNA, CID), event(START, END, ANNA, BO)))
    told = ("meeting", "2026-09-07T12:00:00+00:00", "30")
    assert list(found.frame.itertuples(index=False, name=None)) == [
        ("anna@x.org", "bo@x.org", *told, "3"),
        ("anna@x.org", "cid@x.org", *told, "3"),
        ("bo@x.org", "cid@x.org", *told, "3"),
        ("anna@x.org", "bo@x.org", *told, "2"),
    ]
    assert found.lines == [3, 3, 3, 11]


@pytest.mark.parametrize(
    ("line", "size"),
    [
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:dan@x.org", 2),
        ("ATTENDEE;CUTYPE=ROOM:mailto:room@x.org", 2),
        ("ATTENDEE:mailto:BO@x.org", 2),
        ("ATTENDEE;CN=Anna:mailto:anna@x.org", 2),
        ("ATTENDEE;PARTSTAT=TENTATIVE:mailto:dan@x.org", 3),
        ('ATTENDEE;CN="Dan; of: us":mailto:d\n an@x.org', 3),
    ],
)
def test_who_is_in_a_meeting(line, size):
    """Not who declined, nor a room; nobody twice; a folded line is one line."""
    rows = met(START, END, ANNA, BO, line)
    assert {row[-1] for row in rows} == {str(size)}
    assert len(rows) == size * (size - 1) // 2
    assert size == 2 or {row[1] for row in rows} == {"bo@x.org", "dan@x.org"}


@pytest.mark.parametrize(
    ("start", "end", "at", "minutes"),
    [
        ("DTSTART;TZID=Europe/Copenhagen:20260907T143000", "DURATION:PT1H30M", "2026-09-07T12:30:00+00:00", "90"),
        ("DTSTART;TZID=Romance Standard Time:20260107T143000", "DURATION:PT5M", "2026-01-07T13:30:00+00:00", "5"),
        ("DTSTART;TZID=Our time:20260907T143000", "DTEND:20260907T114500Z", "2026-09-07T11:30:00+00:00", "15"),
        (START, "DESCRIPTION:no end", "2026-09-07T12:00:00+00:00", "0"),
    ],
)
def test_times_are_in_utc_whatever_their_zone(start, end, at, minutes):
    """Zones of the Olson list, of Windows and of the calendar itself; without an end a meeting has no length."""
    frame = read(calendar(ZONE, event(start, end, ANNA, BO))).frame
    assert frame[["at", "minutes"]].to_numpy().tolist() == [[at, minutes]]


def test_zone_of_one_calendar_is_not_known_to_the_next():
    """What one file calls its time means nothing in another."""
    inside = event("DTSTART;TZID=Our time:20260907T143000", ANNA, BO)
    assert len(read(calendar(ZONE, inside)).frame) == 1
    [fault] = read(calendar(inside)).faults
    assert fault.found == "Our time"


many = [f"ATTENDEE:mailto:p{i}@x.org" for i in range(25)]


@pytest.mark.parametrize(
    ("lines", "note"),
    [
        (("DTSTART;VALUE=DATE:20260907", ANNA, BO), "all-day events"),
        ((START, END, ANNA, BO, "STATUS:CANCELLED"), "cancelled events"),
        ((START, END, ANNA), "events of one person"),
        ((START, END), "events of one person"),
        ((START, END, ANNA, *many), "events of more than 25 people"),
    ],
)
def test_what_says_nothing_about_pairs_is_counted(lines, note):
    """Left out, and said so."""
    found = read(calendar(event(*lines)))
    assert found.frame.empty
    assert found.left_out == {note: 1}


def test_meeting_of_the_largest_size_is_kept():
    """25 people are 300 pairs."""
    assert len(met(START, END, *many)) == 300


def test_repeating_event_is_counted_once_and_said_so():
    """Its later times are not in the file."""
    found = read(calendar(event(START, END, ANNA, BO, "RRULE:FREQ=WEEKLY")))
    assert len(found.frame) == 1
    assert found.left_out == {"repetitions of events, each counted once": 1}


def test_alarms_and_words_are_not_read():
    """An alarm's own attendee and length are not the meeting's; a description that looks like a line is none."""
    alarm = "BEGIN:VALARM\nATTENDEE:mailto:bell@x.org\nDURATION:PT99M\nEND:VALARM"
    found = read(calendar(event(START, END, ANNA, BO, "DESCRIPTION:see\n ATTENDEE:mailto:no@x.org", alarm)))
    assert found.frame[["ego", "alter", "minutes"]].to_numpy().tolist() == [["anna@x.org", "bo@x.org", "30"]]


FAULTS = {
    "no calendar": (b"ego,alter\na,b\n", "has no events", None, None),
    "cut off": (calendar(event(START, ANNA, BO))[:-40], "breaks off in the middle", 3, None),
    "an end too many": (b"BEGIN:VCALENDAR\nEND:VEVENT\n", "ends what has not begun", 2, None),
}
BROKEN = {
    "no zone": (calendar(event("DTSTART:20260907T120000", ANNA, BO)), "without a known time zone", 3, "DTSTART"),
    "unknown zone": (
        calendar(event("DTSTART;TZID=Mars/Base:20260907T120000", ANNA, BO)),
        "without a known time zone",
        3,
        "DTSTART",
    ),
    "no start": (calendar(event(END, ANNA, BO)), "is not a time", 3, "DTSTART"),
    "broken start": (calendar(event("DTSTART:yesterday", ANNA, BO)), "is not a time", 3, "DTSTART"),
    "an end in days": (calendar(event(START, "DTEND;VALUE=DATE:20260908", ANNA, BO)), "is a date where", 3, "DTEND"),
    "broken length": (calendar(event(START, "DURATION:long", ANNA, BO)), "is not a length of time", 3, "DURATION"),
}


@pytest.mark.parametrize(("content", "what", "row", "column"), FAULTS.values(), ids=FAULTS)
def test_fault_of_a_calendar_is_named_with_its_line(content, what, row, column):
    """What, the line where the event begins, the property, and what to do."""
    with pytest.raises(UserError) as caught:
        read(content)
    [problem] = caught.value.problems
    assert what in problem.what
    assert (problem.file, problem.row, problem.column) == ("team.ics", row, column)
    assert problem.do


@pytest.mark.parametrize(("content", "reason", "line", "column"), BROKEN.values(), ids=BROKEN)
def test_faulty_event_is_told_with_its_line(content, reason, line, column):
    """What, the line where the event begins, the property, and what to do; the rest of the calendar is read."""
    [fault] = read(content).faults
    assert reason in fault.reason
    assert (fault.line, fault.column) == (line, column)
    assert fault.remedy


def test_faulty_events_do_not_keep_others_from_being_read():
    """Each of them is named; what lies between is kept."""
    wrong = event("DTSTART:20260907T120000", ANNA, BO)
    found = read(calendar(wrong, event(START, ANNA, BO), wrong))
    assert [fault.line for fault in found.faults] == [3, 15]
    assert len(found.frame) == 1


every = [event(START, END, ANNA, BO, CID), event("DTSTART;VALUE=DATE:20260907", ANNA, BO), event(START, ANNA)]


@given(st.lists(st.sampled_from(every), min_size=1, max_size=6))
def test_every_event_is_rows_or_counted(events):
    """Pairs and notes together account for each event."""
    found = read(calendar(*events))
    counted = found.left_out.total()
    assert len(set(found.lines)) + counted == len(events)
    assert len(found.frame) == 3 * events.count(every[0])


pieces = re.split(r"(?<=[:;=\n])", calendar(ZONE, event(START, END, ANNA, BO, CID)).decode())


@given(
    st.binary(max_size=120)
    | st.lists(st.sampled_from([*pieces, "DURATION:", "RRULE:", ";", "00010101T000000", '"']), max_size=60).map(
        lambda words: ("BEGIN:VCALENDAR\n" + "".join(words)).encode()
    )
    | st.tuples(st.integers(0, 400), st.integers(0, 400), st.sampled_from([b"", b"9", b":", b"\r\n", b";X="])).map(
        lambda cut: (sound := calendar(ZONE, event(START, END, ANNA, BO)))[: cut[0]] + cut[2] + sound[cut[1] :]
    )
)
@example(calendar(event("DTSTART;TZID=Our time:00010101T000000", ANNA, BO), ZONE))
@example(calendar(event("DTSTART:99991231T235959Z", "DURATION:P99999D", ANNA, BO)))
def test_any_bytes_give_rows_or_one_error(content):
    """No other exception reaches an analyst."""
    found = rows_or_one_error(lambda: read(content))
    assert found is None or len(found.frame) == len(found.lines)
