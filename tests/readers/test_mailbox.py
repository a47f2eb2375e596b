"""The mailbox reader: a row per receiver, from heads alone; bodies only where they are asked for."""

from __future__ import annotations

import tracemalloc

import pytest
import samples
from hypothesis import example, given
from hypothesis import strategies as st
from samples import mailbox as sample
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import mailbox
from kithwork.readers.parts import mailfiles
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

SPEC = Reader(reader="mailbox", file="in.mbox")
BODIES = Reader(reader="mailbox", file="in.mbox", options={"content": "comments"})
HEAD = b"From: a@x.example\nTo: b@x.example, B <B@x.example>, c@x.example\nDate: Mon, 7 Sep 2026 14:30:00 +0200\n"
STAMP = b"From a@x.example Mon Sep  7 14:30:00 2026\n"


def read(content: bytes, source: str = "interactions", spec: Reader = SPEC) -> Rows:
    """All rows of one file."""
    return whole(mailbox.parse(source, spec, Given("in.mbox", content=content)))


def of(frame, *names: str) -> list[tuple]:
    """Some columns of each row."""
    return list(frame[list(names)].itertuples(index=False, name=None))


def test_mail_is_a_row_per_receiver():
    """Each once, and not the sender; the size counts all of them; the line is that of the message."""
    found = read(STAMP + HEAD + b"Cc: a@x.example\nMessage-ID: <1@x.example>\n\nBody\n\n" + STAMP + HEAD + b"\n")
    mail = ("mail", "2026-09-07T14:30:00+02:00", "3")
    assert list(found.frame.itertuples(index=False, name=None)) == [
        ("a@x.example", "b@x.example", *mail, "<1@x.example>", ""),
        ("a@x.example", "c@x.example", *mail, "<1@x.example>", ""),
        ("a@x.example", "b@x.example", *mail, "", ""),
        ("a@x.example", "c@x.example", *mail, "", ""),
    ]
    assert found.lines == [1, 1, 10, 10]


@pytest.mark.parametrize(
    ("between", "messages"),
    [
        (b"\nBody\n\n" + STAMP, 2),
        (b"\r\nBody\r\n\r\n" + STAMP, 2),
        (b"\n\nFrom a@x.example\n", 2),
        (b"\nBody\n" + STAMP, 2),
        (b"\n" + STAMP, 2),
        (STAMP, 2),
        (b"\n\n>" + STAMP, 1),
        (b"\n\n>>" + STAMP, 1),
        (b"\n\nFrom here on\nwe meet\n", 1),
        (b"\n\nFrom 14:30 on in 2026\nwe meet\n", 1),
        (b"\n\nFrom here on:\nwe meet\n", 1),
        (b"\nAt 14:30 or so\nFrom 14:30 on in 2026\nwe meet\n", 1),
        (b"Content-Length: 9999\n\nBody\n\n" + STAMP, 2),
        (b"\n" + b"x" * 70_000 + STAMP, 1),
        (b"\n" + b"x" * 70_000 + b"\n\n" + STAMP, 2),
    ],
)
def test_where_a_message_of_an_mbox_begins(between, messages):
    """At a line `From …` that is meant so, whatever comes before it; not at one that a body quotes or merely holds."""
    found = read(STAMP + HEAD + between + HEAD)
    assert len(found.frame) == 2 * messages
    assert len(set(found.lines)) == messages


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"To: b@x.example\n", "messages without a sender"),
        (b"From: a@x.example\n", "messages without a receiver"),
        (b"From: a@x.example\nTo: undisclosed-recipients:;\n", "messages without a receiver"),
        (b"From: A <a@x.example>\nTo: A@x.example\n", "messages to oneself alone"),
        (HEAD + b"X-Unsent: 1\n", "drafts"),
    ],
)
def test_what_says_nothing_of_two_people_is_counted(head, what):
    """Left out, and said so."""
    found = read(head + b"\nBody\n")
    assert found.frame.empty
    assert found.left_out == {what: 1}


def test_date_that_is_none_is_handed_on_as_written():
    """Cleaning refuses it by name; where there is none, none is made up."""
    assert read(HEAD.replace(b"Mon, 7", b"One")).frame["at"].tolist() == ["One Sep 2026 14:30:00 +0200"] * 2
    assert read(HEAD.replace(b"Date", b"Dated")).frame["at"].tolist() == ["", ""]


def test_files_of_a_folder_are_told_apart(tmp_path):
    """A row stands in its file, by number and not by name; drafts, undelivered mail, links, other files are counted."""
    for one in sample.SAMPLES:
        if one.name == "Maildir":
            found = samples.read("mailbox", one, tmp_path)
    assert dict.fromkeys(found.cells) == {"file 2": None, "file 4": None}
    assert found.left_out == {"drafts": 1, "messages not yet delivered": 1, "files that are no mail": 1}
    assert found.header == {}


def test_links_are_not_followed(tmp_path):
    """What lies outside the folder is not read."""
    (tmp_path / "outside.eml").write_bytes(HEAD)
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "in.eml").write_bytes(HEAD)
    (folder / "link.eml").symlink_to(tmp_path / "outside.eml")
    found = whole(mailbox.parse("interactions", SPEC, Given("mail", folder)))
    assert found.left_out == {"links": 1}
    assert set(found.cells) == {"file 1"}


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"", "is empty"), (b"\n\n", "is empty"), (b"ego,alter\na,b\n", "is no mail"), (b"Note: hello\n", "is no mail")],
)
def test_what_is_no_mailbox_is_refused(content, what):
    """With what to give instead."""
    with pytest.raises(UserError) as caught:
        read(content)
    [problem] = caught.value.problems
    assert what in problem.what
    assert problem.file == "in.mbox"
    assert problem.do


def test_folder_without_mail_is_refused(tmp_path):
    """Whether it is empty or holds other things."""
    (tmp_path / "data.csv").write_text("a,b\n")
    with pytest.raises(UserError, match="holds no mail"):
        list(mailbox.parse("interactions", SPEC, Given("mail", tmp_path)))


def test_head_that_does_not_end_is_refused_alone(monkeypatch):
    """The message is named; the next is read."""
    monkeypatch.setattr(mailfiles, "LARGEST_HEAD", 200)
    found = read(STAMP + HEAD + b"X-Long: " + b"x" * 300 + b"\n\n" + STAMP + HEAD)
    [fault] = found.faults
    assert (fault.line, fault.column) == (1, "head")
    assert len(found.frame) == 2


def test_bodies_are_comments_only_where_params_say_so():
    """Otherwise the source is refused, with how to say it."""
    with pytest.raises(UserError) as caught:
        read(STAMP + HEAD, "comments")
    assert "content: comments" in caught.value.problems[0].do
    with pytest.raises(UserError):
        read(STAMP + HEAD, "comments", Reader(reader="mailbox", file="in.mbox", options={"content": "all"}))


PLAIN = b"\n\nHello there\n"


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (HEAD + PLAIN, ["\nHello there\n"]),
        (STAMP + HEAD + b"\n>From you\n>>From me\n\n" + STAMP + HEAD + b"\nYes\n", ["From you\n>From me\n\n", "Yes\n"]),
        (HEAD + b"Content-Type: text/plain; charset=none\n" + PLAIN, ["\nHello there\n"]),
        (HEAD + b"Content-Type: text/html\n\n<p>Hello</p>", "messages without plain text"),
        (HEAD + b"Auto-Submitted: auto-replied\n" + PLAIN, "messages that no person wrote"),
        (HEAD + b"\n\n", "messages without plain text"),
    ],
)
def test_comments_are_the_plain_text_of_bodies(content, texts):
    """What machines wrote, and what has no plain text, is counted."""
    found = read(content, "comments", BODIES)
    if isinstance(texts, str):
        assert found.left_out == {texts: 1}
    else:
        told = ("a@x.example", "mail", "2026-09-07T14:30:00+02:00")
        assert of(found.frame, "person", "prompt", "at", "text") == [(*told, text) for text in texts]


def test_body_that_cannot_be_read_is_a_fault_of_its_message():
    """A charset that is no charset of text is the least of it: nothing else than a fault comes of it."""
    found = read(HEAD + b"Content-Type: text/plain; charset=base64\n\nSGVqCg==\n", "comments", BODIES)
    assert len(found.frame) + len(found.faults) == 1


def test_memory_is_flat():
    """A body of many megabytes on one line is passed over in pieces."""
    body = STAMP + HEAD + b"\n" + b"x" * 30_000_000 + b"\n"
    given = Given("in.mbox", content=body)
    read(STAMP + HEAD)
    tracemalloc.start()
    [rows] = mailbox.parse("interactions", SPEC, given)
    assert tracemalloc.get_traced_memory()[1] < 3_000_000
    tracemalloc.stop()
    assert len(rows.frame) == 2


sound = sample.mbox(sample.FIRST, sample.SECOND, sample.HTML)


@given(
    st.binary(max_size=200)
    | st.lists(st.sampled_from([*sound.splitlines(keepends=True), b"\0", b"From ", b"\r\n", b"\xff:"]), max_size=40).map(
        b"".join
    )
    | st.tuples(st.integers(0, 900), st.integers(0, 900), st.binary(max_size=3)).map(
        lambda cut: sound[: cut[0]] + cut[2] + sound[cut[1] :]
    ),
    st.booleans(),
)
@example(b"From \n", True)
def test_any_bytes_give_rows_or_one_error(content, bodies):
    """Each message is rows of its own, or counted, or a fault; no other exception reaches an analyst."""
    source, spec = ("comments", BODIES) if bodies else ("interactions", SPEC)
    found = rows_or_one_error(lambda: read(content, source, spec))
    if found is not None:
        messages = len(list(mailfiles.messages(Given("in.mbox", content=content), bodies)))
        assert len(set(found.lines)) + len(found.faults) + found.left_out.total() == messages
