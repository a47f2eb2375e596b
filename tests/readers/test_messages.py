"""The reader of message logs: a record for each receiver in a cell, and what is no message told by its row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples.messages import OWN, SAMPLES, SEARCH, SUMMARY, TRACE
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import messages
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

SENT = ["anna@north.example", "bo@north.example", "mail"], ["anna@north.example", "cid@x.example", "mail"]


def read(content: str | bytes, **said: object) -> Rows:
    """The messages of a log."""
    data = content if isinstance(content, bytes) else content.encode()
    spec = Reader(reader="messages", file="log.csv", **said)
    return whole(messages.parse("interactions", spec, Given("log.csv", content=data)))


def to(cell: str, cc: str = "") -> list[str]:
    """Who receives a message with these cells."""
    cells = ['"' + one.replace('"', '""') + '"' for one in (cell, cc)]
    return read(f"sender,to,cc,date\nanna,{','.join(cells)},2026-09-07\n").frame["alter"].tolist()


@pytest.mark.parametrize(
    ("text", "said", "at"),
    [
        (TRACE, {}, "2026-09-07T12:30:00.1230000Z"),
        (SUMMARY, SAMPLES[1].said, "2026-09-07T14:30:00"),
        (SEARCH, {}, "2026-09-07 14:30:00+00:00"),
    ],
)
def test_known_logs_need_no_mapping(text, said, at):
    """One message to two, whether its receivers stand in a cell, in rows of their own or in one row a step."""
    found = read(text, **said)
    assert found.frame[["ego", "alter", "channel"]].to_numpy().tolist() == list(SENT)
    assert found.frame[["at", "size", "message", "nature"]].to_numpy().tolist() == [[at, "3", "<1@n>", ""]] * 2
    assert found.lines == [2, 2]
    assert found.left_out.total() == 1


def test_columns_and_channel_can_be_told():
    """Copies are receivers; a name in quotes may hold a comma."""
    found = read(OWN, **SAMPLES[3].said)
    assert found.frame["alter"].tolist() == ["Berg, Bo <bo@north.example>", "cid@x.example", "dan@north.example"]
    assert set(found.frame["channel"] + found.frame["size"]) == {"chat4"}


@pytest.mark.parametrize(
    ("cell", "cc", "alters"),
    [
        ("bo;cid", "", ["bo", "cid"]),
        ("bo, cid", "dan", ["bo", "cid", "dan"]),
        ("Berg, Bo; Dahl, Cid", "", ["Berg, Bo", "Dahl, Cid"]),
        ("bo##Receive, Send", "", ["bo"]),
        ("bo; bo;anna; ;", "bo", ["bo"]),
    ],
)
def test_receivers_of_a_cell(cell, cc, alters):
    """Each once, and not the sender."""
    assert to(cell, cc) == alters


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("<>,bo,2026-09-07", "messages without a sender"),
        (",bo,2026-09-07", "messages without a sender"),
        ("anna,,2026-09-07", "messages without a receiver"),
        ("anna,anna,2026-09-07", "messages to oneself"),
    ],
)
def test_message_without_two_ends_is_counted(row, what):
    """Answers of machines, drafts and notes to oneself."""
    assert read(f"sender,to,date\n{row}\n").left_out == {what: 1}


def test_row_at_fault_is_refused_alone():
    """A time of no known form, and a row with too many cells."""
    found = read("sender,to,date\nanna,bo,9/7/2026\nanna,bo,cid,2026-09-07\nanna,bo,2026-09-07\n")
    assert [(fault.line, fault.column) for fault in found.faults] == [(2, "date"), (3, "1")]
    assert found.lines == [4]


FAULTS = {
    "other columns": (b"a,b\n1,2\n", {}, ["is not in the header"] * 3, "log.csv"),
    "a column not there": (b"sender,to,date\n", {"columns": {"cc": "copy"}}, ["is not in the header"], "log.csv"),
    "nothing": (b"", {}, ["is not in the header"] * 3, "log.csv"),
    "quotes": (b'sender,to,date\n"a"b,c,d\n', {}, ["cannot be read as CSV"], "log.csv"),
    "Latin-1": (b"sender,to,date\n\xe6,b,2026-09-07\n", {}, ["is not utf-8 text"], "log.csv"),
    "odd field": (b"", {"columns": {"alter": "to"}}, ["is not a field of a message"], "params.yaml"),
    "odd constant": (b"", {"constants": {"minutes": "3"}}, ["is not a constant of this reader"], "params.yaml"),
}


@pytest.mark.parametrize(("content", "said", "what", "file"), FAULTS.values(), ids=FAULTS)
def test_fault_of_a_log_is_named(content, said, what, file):
    """What, where, and what to do; all columns missing at once."""
    with pytest.raises(UserError) as caught:
        read(content, **said)
    assert [problem.what for problem in caught.value.problems] == what
    assert all(problem.file == file and problem.do for problem in caught.value.problems)


rows = st.sampled_from(["anna,bo,2026-09-07", "anna,anna,2026-09-07", "anna,,2026-09-07", "a,b,c", "a,b", ",bo,2026-09-07"])


@given(st.lists(rows, max_size=8))
def test_every_row_is_a_record_or_counted(lines):
    """Records, faults and notes together account for each."""
    found = read("\n".join(["sender,to,date", *lines]))
    assert len(found.frame) + len(found.faults) + found.left_out.total() == len(lines)


@given(
    st.binary(max_size=60)
    | st.tuples(
        st.sampled_from([TRACE, SUMMARY, SEARCH]), st.integers(0, 400), st.text(max_size=3), st.integers(0, 400)
    ).map(lambda cut: (cut[0][: cut[1]] + cut[2] + cut[0][cut[3] :]).encode("utf-8", "replace"))
    | st.text('abc,;"#\n\r\0<>@ ', max_size=40).map(lambda text: f"sender,to,date\n{text}".encode()),
    st.sampled_from(["", "%Y", "%", "%Q(", "%m/%d/%Y"]),
)
def test_any_bytes_give_rows_or_one_error(content, dates):
    """No other exception reaches an analyst."""
    found = rows_or_one_error(lambda: read(content, options={"dates": dates}))
    assert found is None or len(found.frame) == len(found.lines)
