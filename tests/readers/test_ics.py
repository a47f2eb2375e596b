"""The calendar reader: a row per pair of people each time they met, and one error for what is no calendar."""

from __future__ import annotations

import re
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import ics
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

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


def read(content: bytes, **options: str) -> Rows:
    """The pairs who met."""
    spec = Reader(reader="ics", file="team.ics", options=options)
    return whole(ics.parse("interactions", spec, Given("team.ics", content=content)))


def met(*lines: str) -> list[tuple[str, ...]]:
    """Records of one event."""
    return list(read(calendar(event(*lines))).frame.drop(columns="message").itertuples(index=False, name=None))


def times(*parts: str, **options: str) -> list[tuple[str, str]]:
    """When the meetings of a calendar were, in day and time, and by what ids they are known."""
    frame = read(calendar(*parts), **options).frame
    return [(at[5:16], message) for at, message in zip(frame["at"], frame["message"], strict=True)]


def test_meeting_is_a_row_per_pair():
    """Organizer first, each pair once, with start, length and size; the line is that of the event."""
    found = read(calendar(event(START, END, BO, ANNA, CID), event(START, END, ANNA, BO)))
    told = ("meeting", "2026-09-07T12:00:00+00:00", "30")
    assert list(found.frame.drop(columns="message").itertuples(index=False, name=None)) == [
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
        ("DTSTART;TZID=Europe/Copenhagen:20260907T143000", "DURATION:PT1H30M", "2026-09-07T14:30:00+02:00", "90"),
        ("DTSTART;TZID=Romance Standard Time:20260107T143000", "DURATION:PT5M", "2026-01-07T14:30:00+01:00", "5"),
        ("DTSTART;TZID=Our time:20260907T143000", "DTEND:20260907T114500Z", "2026-09-07T14:30:00+03:00", "15"),
        (START, "DESCRIPTION:no end", "2026-09-07T12:00:00+00:00", "0"),
        ("DTSTART:20260907T143000", "DTEND:20260907T150000", "2026-09-07T14:30:00", "30"),
        (
            "DTSTART;TZID=Europe/Copenhagen:20261025T010000",
            "DTEND;TZID=Europe/Copenhagen:20261025T040000",
            "2026-10-25T01:00:00+02:00",
            "240",
        ),
    ],
)
def test_times_keep_the_offset_of_their_zone(start, end, at, minutes):
    """Zones of the Olson list, of Windows and of the calendar itself, or none; without an end a meeting has no length."""
    frame = read(calendar(ZONE, event(start, end, ANNA, BO))).frame
    assert frame[["at", "minutes"]].to_numpy().tolist() == [[at, minutes]]


def test_zone_of_one_calendar_is_not_known_to_the_next():
    """What one file calls its time means nothing in another."""
    inside = event("DTSTART;TZID=Our time:20260907T143000", ANNA, BO)
    assert len(read(calendar(ZONE, inside)).frame) == 1
    [fault] = read(calendar(inside)).faults
    assert fault.found == "Our time"


NOT_COUNTED = "events on none of the days that count, or replaced by others"
many = [f"ATTENDEE:mailto:p{i}@x.org" for i in range(25)]


@pytest.mark.parametrize(
    ("lines", "note"),
    [
        (("DTSTART;VALUE=DATE:20260907", ANNA, BO), "all-day events"),
        ((START, END, ANNA, BO, "STATUS:CANCELLED"), "cancelled events"),
        ((START, END, ANNA), "events of one person"),
        ((START, END), "events of one person"),
        ((START, END, ANNA, *many), "events of more than 25 people (`clean.broadcast_above`)"),
        ((START, END, ANNA, BO, "TRANSP:TRANSPARENT"), "events shown as free"),
        ((START, ANNA, BO, "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20260907T120000Z,20260908T120000Z"), NOT_COUNTED),
    ],
)
def test_what_says_nothing_about_pairs_is_counted(lines, note):
    """Left out, and said so."""
    found = read(calendar(event(*lines)))
    assert found.frame.empty
    assert found.left_out == {note: 1}


def test_settings_say_how_large_a_meeting_may_be():
    """As they do for mail; one of more people is counted with the setting that would let it in."""
    content = calendar(event(START, END, ANNA, *many))
    spec = Reader(reader="ics", file="team.ics")
    for most, pairs in ((26, 325), (3, 0)):
        found = whole(ics.parse("interactions", spec, Given("team.ics", content=content, broadcast_above=most)))
        assert len(found.frame) == pairs
        assert bool(found.left_out) == (pairs == 0)


def test_meeting_of_the_largest_size_is_kept():
    """25 people are 300 pairs."""
    assert len(met(START, END, *many)) == 300


@pytest.mark.parametrize(
    ("method", "left"),
    [("PUBLISH", {}), ("REQUEST", {}), ("CANCEL", {"cancelled events": 1}), ("REPLY", {"answers to invitations": 1})],
)
def test_what_a_calendar_is_sent_for(method, left):
    """Answers and cancellations are no meetings."""
    found = read(calendar(f"METHOD:{method}", event(START, ANNA, BO)))
    assert found.left_out == left
    assert len(found.frame) == 1 - len(left)


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("ORGANIZER;CN=Dan:invalid:nomail", "Dan"),
        ("ATTENDEE;CN=Dan;EMAIL=dan@x.org:urn:uuid:1", "dan@x.org"),
        ("ATTENDEE:urn:uuid:1", "urn:uuid:1"),
    ],
)
def test_who_has_no_address(line, who):
    """Is known by EMAIL, or else by name."""
    [row] = met(START, BO, line)
    assert who in row[:2]


SERIES = (START, END, ANNA, BO, "UID:s@x.org")


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["RRULE:FREQ=WEEKLY;COUNT=3"], ["09-07", "09-14", "09-21"]),
        (["RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260914T120000Z"], ["09-07", "09-09", "09-14"]),
        (["RRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20260910"], ["09-07", "09-09"]),
        (["rrule:freq=monthly;byday=1mo;count=2"], ["09-07", "10-05"]),
        (["RRULE:COUNT=2;FREQ=YEARLY;BYHOUR=12"], ["09-07", "09-07"]),
        (["RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20260908T120000Z"], ["09-07", "09-09"]),
        (["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Europe/Copenhagen:20260908T140000"], ["09-07", "09-09"]),
        (["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20260908,20260909"], ["09-07"]),
        (["RDATE:20260910T120000Z,20260907T120000Z"], ["09-07", "09-10"]),
        (["RDATE;VALUE=PERIOD:20260910T120000Z/PT1H"], ["09-07", "09-10"]),
        (["RRULE:FREQ=DAILY"], ["09-07"]),
    ],
)
def test_series_is_a_meeting_each_time(lines, days):
    """By its rule, what it adds and what it leaves out; one without end as far as the file's own events go."""
    assert [at[:5] for at, _ in times(event(*SERIES, *lines))] == days


def test_each_time_of_a_series_is_known_by_it():
    """An event that stands for one of them, wherever in the file and in whatever zone, has its id and takes its place."""
    other = event(
        "DTSTART:20260908T150000Z", "UID:s@x.org", ANNA, BO, "RECURRENCE-ID;TZID=Europe/Copenhagen:20260908T140000"
    )
    gone = event("DTSTART:20260909T120000Z", "UID:s@x.org", ANNA, BO, "RECURRENCE-ID:20260909T120000Z", "STATUS:CANCELLED")
    series = event(*SERIES, "RRULE:FREQ=DAILY;COUNT=3")
    first, second = (f"s@x.org/2026-09-0{day}T12:00:00+00:00" for day in (7, 8))
    assert times(series, other, gone) == [("09-07T12:00", first), ("09-08T15:00", second)]
    assert times(other, gone, series) == [("09-08T15:00", second), ("09-07T12:00", first)]
    assert times(event(*SERIES)) == [("09-07T12:00", "s@x.org")]
    assert times(event(*SERIES[:-1], "RRULE:FREQ=DAILY;COUNT=2")) == [("09-07T12:00", ""), ("09-08T12:00", "")]


def test_series_keeps_its_hour_when_the_clocks_change():
    """It is told in its own zone."""
    zone = "DTSTART;TZID=Europe/Copenhagen:20261023T090000"
    found = read(calendar(event(zone, ANNA, BO, "RRULE:FREQ=DAILY;UNTIL=20261026T080000Z"))).frame["at"]
    assert found.tolist() == [f"2026-10-2{day}T09:00:00+0{offset}:00" for day, offset in ((3, 2), (4, 2), (5, 1), (6, 1))]


def test_days_that_count():
    """Series without end go on to the last day on which an event begins, or to the day that is said."""
    series, later = event(*SERIES, "RRULE:FREQ=WEEKLY"), event("DTSTART:20260922T080000Z", ANNA)
    assert [at[:5] for at, _ in times(series, later)] == ["09-07", "09-14", "09-21"]
    assert [at[:5] for at, _ in times(series, to="2026-09-14")] == ["09-07", "09-14"]
    assert [at[:5] for at, _ in times(event(*SERIES, "RRULE:FREQ=WEEKLY;COUNT=9"), to="2026-09-14")] == ["09-07", "09-14"]
    options = {"from": "2026-09-08", "to": "2026-09-21"}
    assert [at[:5] for at, _ in times(series, **options)] == ["09-14", "09-21"]
    assert read(calendar(event(*SERIES)), **options).left_out == {NOT_COUNTED: 1}
    with pytest.raises(UserError):
        times(series, to="soon")


def test_alarms_and_words_are_not_read():
    """An alarm's own attendee and length are not the meeting's; a description that looks like a line is none."""
    alarm = "BEGIN:VALARM\nATTENDEE:mailto:bell@x.org\nDURATION:PT99M\nEND:VALARM"
    found = read(calendar(event(START, END, ANNA, BO, "DESCRIPTION:see\n ATTENDEE:mailto:no@x.org", alarm)))
    assert found.frame[["ego", "alter", "minutes"]].to_numpy().tolist() == [["anna@x.org", "bo@x.org", "30"]]


FAULTS = {
    "no calendar": (b"ego,alter\na,b\n", "has no events", None, None),
    "cut off": (calendar(event(START, ANNA, BO))[:-40], "breaks off in the middle", 3, None),
    "an end too many": (b"BEGIN:VCALENDAR\nEND:VEVENT\n", "ends what has not begun", 2, None),
    "too deep": (b"BEGIN:VCALENDAR\n" * 30, "nested too deep", 21, None),
    "no text": (b"BEGIN:VCALENDAR\n\xff\n", "is not utf-8 text", 2, None),
    "a zone that never changes by its rule": (
        calendar(ZONE.replace("END:ST", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=33\nEND:ST"), event(START, ANNA, BO)),
        "describes a time zone wrongly",
        None,
        None,
    ),
    "a zone that changes every second": (
        calendar(ZONE.replace("END:ST", "RRULE:FREQ=SECONDLY\nEND:ST"), event(START, ANNA, BO)),
        "describes a time zone wrongly",
        None,
        None,
    ),
}
BROKEN = {
    "half a zone": (
        calendar(event(START, "DTEND:20260907T130000", ANNA, BO)),
        "only the start or only the end",
        3,
        "DTEND",
    ),
    "every second": (calendar(event(START, ANNA, BO, "RRULE:FREQ=SECONDLY")), "not followed", 3, "RRULE"),
    "no step": (calendar(event(START, ANNA, BO, "RRULE:FREQ=DAILY;INTERVAL=0")), "not followed", 3, "RRULE"),
    "no rule": (calendar(event(START, ANNA, BO, "RRULE:FREQ=DAILY;BYDAY=XX")), "is none", 3, "RRULE"),
    "never": (calendar(event(START, ANNA, BO, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")), "never true", 3, "RRULE"),
    "until none": (calendar(event(START, ANNA, BO, "RRULE:FREQ=DAILY;UNTIL=2")), "no date", 3, "RRULE"),
    "for ever": (calendar(event(START, ANNA, BO, "RRULE:FREQ=DAILY;COUNT=9999")), "more than 3,660 times", 3, "RRULE"),
    "too large": (calendar(event(START, *["ATTENDEE:mailto:x@x.org"] * 50_000)), "larger than any event", 3, "BEGIN"),
    "unknown zone": (
        calendar(event("DTSTART;TZID=Mars/Base:20260907T120000", ANNA, BO)),
        "without a known time zone",
        3,
        "DTSTART",
    ),
    "a zone whose name is a page long": (
        calendar(event(f"DTSTART;TZID={'A' * 5000}:20260907T120000", ANNA, BO)),
        "is no event by RFC 5545",
        3,
        "BEGIN",
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
    wrong = event("DTSTART:today", ANNA, BO)
    found = read(calendar(wrong, event(START, ANNA, BO), wrong))
    assert [fault.line for fault in found.faults] == [3, 15]
    assert len(found.frame) == 1


def test_rules_that_are_never_true_are_soon_done_with(monkeypatch):
    """After a number of them the file is not read on."""
    monkeypatch.setattr(ics, "MOST_BARREN", 3)
    never = event(START, ANNA, BO, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    assert len(read(calendar(*[never] * ics.MOST_BARREN)).faults) == ics.MOST_BARREN
    with pytest.raises(UserError, match="again and again"):
        read(calendar(*[never] * (ics.MOST_BARREN + 1)))


def test_memory_is_flat():
    """Ten times the events take no more of it."""
    peaks = []
    for number in (1, 10):
        given = Given("team.ics", content=calendar(*[event(START, ANNA, BO, "DESCRIPTION:" + "x" * 50_000)] * number * 10))
        tracemalloc.start()
        list(ics.parse("interactions", Reader(reader="ics", file="team.ics"), given))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 1_000_000


every = [event(START, END, ANNA, BO, CID), event("DTSTART;VALUE=DATE:20260907", ANNA, BO), event(START, ANNA)]


@given(st.lists(st.sampled_from(every), min_size=1, max_size=6))
def test_every_event_is_rows_or_counted(events):
    """Pairs and notes together account for each event."""
    found = read(calendar(*events))
    counted = found.left_out.total()
    assert len(set(found.lines)) + counted == len(events)
    assert len(found.frame) == 3 * events.count(every[0])


sound = calendar(ZONE, event(START, END, ANNA, BO, "RRULE:FREQ=DAILY;COUNT=3", "RECURRENCE-ID:20260908T120000Z"))
pieces = [*re.split(r"(?<=[:;=\n])", sound.decode()), "DURATION:", "EXDATE:", ";", "00010101T000000", '"']


@given(
    st.binary(max_size=120)
    | st.lists(st.sampled_from(pieces), max_size=60).map(lambda words: ("BEGIN:VCALENDAR\n" + "".join(words)).encode())
    | st.tuples(st.integers(0, 500), st.integers(0, 500), st.sampled_from([b"", b"9", b":", b"\r\n", b";X="])).map(
        lambda cut: sound[: cut[0]] + cut[2] + sound[cut[1] :]
    )
)
@example(calendar(event("DTSTART;TZID=Our time:00010101T000000", ANNA, BO), ZONE))
@example(calendar(event("DTSTART:99991231T235959Z", "DURATION:P99999D", ANNA, BO)))
def test_any_bytes_give_rows_or_one_error(content):
    """No other exception reaches an analyst."""
    found = rows_or_one_error(lambda: read(content))
    assert found is None or len(found.frame) == len(found.lines)
