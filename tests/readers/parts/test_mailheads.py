"""What the head of a message says, in all the forms that mail programs write it, and in broken ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.readers.parts import mailheads


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("anna@x.example", ["anna@x.example"]),
        ("Anna <anna@x.example>,bo@x.example", ["Anna <anna@x.example>", "bo@x.example"]),
        ('"Holm, Anna" <anna@x.example>', ["Holm, Anna <anna@x.example>"]),
        ("Holm, Anna <anna@x.example>, bo@x.example", ["Holm, Anna <anna@x.example>", "bo@x.example"]),
        ("=?utf-8?q?H=C3=B8j,_Anna?= <anna@x.example>", ["Høj, Anna <anna@x.example>"]),
        ("=?utf-8?b?SMO4ag==?= =?utf-8?q?_Anna?= <anna@x.example>", ["Høj Anna <anna@x.example>"]),
        ("=?none?q?Anna?= <anna@x.example>", ["=?none?q?Anna?= <anna@x.example>"]),
        ("anna@x.example (Anna (Holm))", ["Anna Holm <anna@x.example>"]),
        (
            "Us: Anna <anna@x.example>, bo@x.example;, cid@x.example",
            ["Anna <anna@x.example>", "bo@x.example", "cid@x.example"],
        ),
        ("undisclosed-recipients:;", []),
        ("anna@x.example; Bo <bo@x.example>", ["anna@x.example", "Bo <bo@x.example>"]),
        ("<@relay.example,@other.example:anna@x.example>", ["anna@x.example"]),
        ('"Anna <anna@x.example>, bo@x.example', ["Anna <anna@x.example>", "bo@x.example"]),
        ("'anna@x.example' <anna@x.example>", ["anna@x.example"]),
        ("Anna [mailto:anna@x.example]", ["anna@x.example"]),
        ("=?utf-8?q?anna=40x.example=2C_bo=40x.example?=", ["anna@x.example", "bo@x.example"]),
        (
            "=?utf-8?q?H=C3=B8j=2C_Anna_=3Canna=40x?= =?utf-8?q?=2Eexample=3E=2C_bo=40x.example?=",
            ["Høj, Anna <anna@x.example>", "bo@x.example"],
        ),
        ("=?utf-8?q?Holm=2C_Anna?=", ["Holm, Anna"]),
        ("Anna Holm; Bo Lund", ["Anna Holm", "Bo Lund"]),
        (",, ,", []),
        ("", []),
    ],
)
def test_address_lists_are_opened(value, people):
    """Names in quotes, encoded words and comments, with commas in them or not; groups; what Outlook writes."""
    assert mailheads.people(value) == people


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ("Mon, 7 Sep 2026 14:30:00 +0200", "2026-09-07T14:30:00+02:00"),
        ("7 Sep 2026 14:30 -0930 (a place)", "2026-09-07T14:30:00-09:30"),
        ("Mon, 07 Sep 26 14:30:00 GMT", "2026-09-07T14:30:00+00:00"),
        ("Mon, 07 Sep 99 14:30:00 EST", "1999-09-07T14:30:00-05:00"),
        ("Mon, 7 Sep 2026 14:30:00 -0000", "2026-09-07T14:30:00+00:00"),
        ("Mon, 7 Sep 2026 14:30:00 CEST", "2026-09-07T14:30:00"),
        ("Mon, 7 Sep 2026 14:30:00", "2026-09-07T14:30:00"),
        ("Mon Sep  7 14:30:00 2026", "2026-09-07T14:30:00"),
        ("Mon, 7 Sep 2026 14:30:00 +9900", "Mon, 7 Sep 2026 14:30:00 +9900"),
        ("Mon, 77 Sep 2026 14:30:00 +0200", "Mon, 77 Sep 2026 14:30:00 +0200"),
        ("yesterday", "yesterday"),
        ("", ""),
    ],
)
def test_dates_keep_the_offset_of_the_sender(value, at):
    """Obsolete zones are known; a zone that nobody can know is none; what is no date stands as written."""
    assert mailheads.moment(value) == at


@pytest.mark.parametrize(
    ("block", "nature"),
    [
        (b"From: a@x.example", ""),
        (b"Auto-Submitted: no", ""),
        (b"Precedence: first-class", ""),
        (b"List-Id: Us <us.x.example>", "list"),
        (b"LIST-UNSUBSCRIBE: <mailto:off@x.example>", "list"),
        (b"Precedence: Bulk", "list"),
        (b"Auto-Submitted: auto-replied (vacation)\nList-Id: us", "auto_reply"),
        (b"X-Autoreply: yes\nPrecedence: bulk", "auto_reply"),
        (b"Precedence: auto_reply", "auto_reply"),
        (b"Auto-Submitted: auto-generated; by=x\nList-Id: us", "automated"),
        (b"Return-Path: <>", "automated"),
        (b"Content-Type: multipart/report; report-type=delivery-status", "automated"),
        (b"X-GitHub-Reason: author\nList-Id: x/y", "automated"),
    ],
)
def test_who_else_than_a_person_wrote(block, nature):
    """An answer sent by itself before a machine's message, and that before a list's."""
    assert mailheads.nature(mailheads.fields(block)) == nature


def test_fields_are_found_between_what_is_none():
    """Folded, broken and obsolete lines; the first Date counts and all receivers; NUL bytes are nothing."""
    first = b">From x\nFrom : a@x.example\nTO: b@x.example,\r\n\tc@x.ex\0ample\r\nno field\nTo: d@x.example\n"
    last = b"Date: one\nDate: two\nSubject: Secret\nCc: \xc3\xb8@x.example\nBcc: \xf8@x.example\n: nothing"
    assert mailheads.fields(first + last) == {
        "from": "a@x.example",
        "to": "b@x.example, c@x.example, d@x.example",
        "date": "one",
        "subject": "",
        "cc": "ø@x.example",
        "bcc": "ø@x.example",
    }


signs = st.lists(
    st.sampled_from(['"', "(", ")", "<", ">", ",", ";", ":", "@", "=?utf-8?q?", "?=", "\\", " ", "Anna", "x.example"])
)


@given(st.text(max_size=60) | signs.map("".join))
def test_no_value_is_too_odd(value):
    """Whoever is named has a name, and a list of one name twice names one."""
    people = mailheads.people(value)
    assert all(people)
    assert len(set(people)) == len(people)
    assert isinstance(mailheads.moment(value), str)


@pytest.mark.parametrize("sign", ["(", '"', "\\(", '\\"', "<", "@", "a", ",", "=?", ":", " a", "<a@", '"@'])
def test_time_grows_no_faster_than_the_value(sign):
    """A value of one sign over and over is done with at once."""
    mailheads.people(sign * 50_000)
    mailheads.moment(sign * 50_000)
    mailheads.fields(b"To: " + sign.encode() * 50_000)
