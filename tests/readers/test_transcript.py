"""The transcript reader: who took turns with whom in a chat room, without a word of what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples.transcript import BRACKETS, PHONE, ROOM, WORLD
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import transcript
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole


def read(content: str | bytes, encoding: str = "utf-8", **options: str) -> Rows:
    """The turns of a transcript."""
    spec = Reader(reader="transcript", file="room.txt", encoding=encoding, options=options)
    data = content if isinstance(content, bytes) else content.encode()
    return whole(transcript.parse("interactions", spec, Given("room.txt", content=data)))


def said(*lines: str, **options: str) -> list[list[str]]:
    """Who wrote to whom, and how many were present, in these lines of `14:23 Name: words`."""
    found = read("\n".join(f"[2009/11/16 {line[:5]}]  {line[6:]}" for line in lines), **options)
    return found.frame[["ego", "alter", "size"]].to_numpy().tolist()


FORMS = {
    "Second Life": (
        WORLD,
        {},
        [["Bo Berg", "Anna Lind", "2009-11-16T14:23:00", "3"], ["Cid Dahl", "Anna Lind", "2009-11-16T14:24:31", "3"]],
        {"lines that open a session": 1, "notices": 2},
    ),
    "IRC over midnight": (
        ROOM,
        {"date": "2009-11-16"},
        [["bo", "anna", "2009-11-16T23:59:00", "2"], ["anna", "bo", "2009-11-17T00:02:00", "2"]],
        {"lines that open a session": 1, "notices": 2},
    ),
    "WhatsApp": (
        PHONE,
        {"order": "dmy"},
        [["Bo Berg", "Anna Lind", "2009-11-16T14:24:00", "2"]],
        {"lines that open a session": 1, "notices": 1, "lines without a time": 1},
    ),
    "WhatsApp in brackets": (
        BRACKETS,
        {"order": "mdy"},
        [["Bo Berg", "Anna Lind", "2009-11-16T14:24:11", "2"]],
        {"lines that open a session": 1},
    ),
}


@pytest.mark.parametrize(("text", "options", "rows", "left"), FORMS.values(), ids=FORMS)
def test_forms_of_transcripts(text, options, rows, left):
    """Each line is a turn to the one before, or counted."""
    found = read(text, **options)
    assert found.frame[["ego", "alter", "at", "size"]].to_numpy().tolist() == rows
    assert set(found.frame["channel"]) == {"chat"}
    assert found.left_out == left


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("14:23 <anna> a", "2009-11-16T14:23:00"),
        ("2010-01-02 14:23:05 <anna> a", "2010-01-02T14:23:05"),
        ("[2010-01-02T14:23:05] <anna> a", "2010-01-02T14:23:05"),
        ("[12:05 AM] anna: a", "2009-11-16T00:05:00"),
        ("[12:05 p.m.] anna: a", "2009-11-16T12:05:00"),
        ("03.04.10, 14:23 - anna: a", "2010-04-03T14:23:00"),
    ],
)
def test_ways_to_write_a_time(line, day):
    """With a date or the option's, with seconds or not, in twelve hours or twenty-four."""
    assert read(f"{line}\n{line.replace('anna', 'bo')}", date="2009-11-16", order="dmy").frame["at"].tolist() == [day]


def test_line_goes_to_whom_it_names_at_its_beginning():
    """By full name, by first name, with or without @, where that is one who has written before."""
    begun = ("14:00 Anna Lind: a", "14:01 Bo Berg: b")
    for words in ("@Anna c", "@anna lind c", "Anna: c", "Anna Lind, c"):
        assert said(*begun, f"14:02 Cid Dahl: {words}")[-1] == ["Cid Dahl", "Anna Lind", "3"]
    for words in ("Anna c", "well, c", "@Dan c", "Dan: c", "c @Anna"):
        assert said(*begun, f"14:02 Cid Dahl: {words}")[-1] == ["Cid Dahl", "Bo Berg", "3"]


def test_first_name_of_two_names_neither():
    """It may be either."""
    lines = ("14:00 Anna Lind: a", "14:01 Anna Berg: b", "14:02 Bo Berg: c", "14:03 Cid Dahl: Anna: d")
    assert said(*lines)[-1] == ["Cid Dahl", "Bo Berg", "4"]


def test_ones_own_turn_goes_on():
    """Line upon line is one turn, unless it names somebody."""
    assert said("14:00 Anna: a", "14:01 Bo: b", "14:02 Bo: c", "14:03 Bo: Anna, d") == [["Bo", "Anna", "2"]] * 2


def test_pause_ends_a_session():
    """Whoever writes then answers nobody; size counts those of the session."""
    lines = ("14:00 Anna: a", "14:01 Bo: b", "14:12 Anna: c", "14:22 Cid: d")
    assert said(*lines) == [["Bo", "Anna", "2"], ["Cid", "Anna", "2"]]
    assert said(*lines, gap="11") == [["Bo", "Anna", "3"], ["Anna", "Bo", "3"], ["Cid", "Anna", "3"]]


def test_endless_session_is_cut(monkeypatch):
    """It need not be held whole."""
    monkeypatch.setattr(transcript, "MOST", 2)
    assert len(said("14:00 A: a", "14:01 B: b", "14:02 A: c", "14:03 B: d", "14:04 A: e")) == 3


def test_time_that_is_none_is_refused_alone():
    """Hour 25, or the 31st of a short month."""
    found = read("[2009/11/16 25:00]  A: a\n[2009/11/31 14:00]  A: a\n[2009/11/16 14:00]  A: a\n[2009/11/16 14:01]  B: b")
    assert [fault.line for fault in found.faults] == [1, 2]
    assert len(found.frame) == 1


def test_words_are_never_taken_up():
    """No cell holds what was written."""
    assert "morning" not in read(WORLD).frame.to_csv()


def test_other_encodings_are_read_where_they_are_stated():
    """As of an older client."""
    text = "[2009/11/16 14:00]  Bjørn: a\n[2009/11/16 14:01]  Bo: b"
    assert read(text.encode("cp1252"), "cp1252").frame["alter"].tolist() == ["Bjørn"]
    assert read(text.encode("utf-16"), "utf-16").frame["alter"].tolist() == ["Bjørn"]


FAULTS = {
    "no transcript": (b"ego,alter\na,b\n", {}, "is no transcript", "room.txt"),
    "nothing": (b"", {}, "is no transcript", "room.txt"),
    "no date": (b"[14:23]  A: a\n", {}, "tells times without a date", "room.txt"),
    "no order": (b"[03/04/2009 14:23]  A: a\n", {}, "may mean two days", "room.txt"),
    "Latin-1": (b"[2009/11/16 14:23]  \xe6: a\n", {}, "is not utf-8 text", "room.txt"),
    "odd date": (b"", {"date": "today"}, "is not fit for this option", "params.yaml"),
    "odd order": (b"", {"order": "ymd"}, "is not fit for this option", "params.yaml"),
    "odd gap": (b"", {"gap": "-1"}, "is not fit for this option", "params.yaml"),
    "odd encoding": (b"", {"encoding": "base64"}, "is not an encoding", "params.yaml"),
}


@pytest.mark.parametrize(("content", "options", "what", "file"), FAULTS.values(), ids=FAULTS)
def test_fault_of_a_transcript_is_named(content, options, what, file):
    """What, where, and what to do."""
    with pytest.raises(UserError) as caught:
        read(content, **options)
    [problem] = caught.value.problems
    assert what in problem.what
    assert problem.file == file
    assert problem.do


lines = st.sampled_from(
    [
        "[14:0{}]  Anna: a",
        "[14:1{}]  Bo: @Anna b",
        "[14:2{}] <cid> c",
        "[14:3{}]  Anna left",
        "no time {}",
        "[99:0{}]  A: a",
    ]
)


@given(st.lists(st.tuples(lines, st.integers(0, 9)), min_size=1, max_size=12))
def test_every_line_is_a_row_or_counted(told):
    """Records, faults and notes together account for each."""
    text = "\n".join(["[13:00]  Anna: a", *(line.format(digit) for line, digit in told)])
    found = read(text, date="2009-11-16")
    assert len(found.frame) + len(found.faults) + found.left_out.total() == len(told) + 1


pieces = [
    "[",
    "]",
    "2009/11/16",
    "31/12/99",
    "14:23",
    ":59",
    " PM",
    " - ",
    "Anna: ",
    "<bo> ",
    "@Anna ",
    "\n",
    "\r",
    "\u200e",
    "\0",
    "0",
]


@given(
    st.binary(max_size=60) | st.lists(st.sampled_from(pieces), max_size=40).map(lambda text: "".join(text).encode()),
    st.sampled_from(["", "dmy", "mdy"]),
    st.sampled_from(["", "9999-12-31", "0001-01-01"]),
    st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-7", "idna"]),
)
def test_any_bytes_give_rows_or_one_error(content, order, day, encoding):
    """No other exception reaches an analyst."""
    options = {"date": day} if day else {}
    found = rows_or_one_error(lambda: read(content, encoding, order=order, **options))
    assert found is None or len(found.frame) == len(found.lines)
