"""Lists of contacts: one nomination of the owner per entry, by its best word; what names nobody is counted."""

from __future__ import annotations

from importlib import import_module

import pytest
import samples
from hypothesis import example, given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import vcard
from kithwork.readers.parts import contacts
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

KINDS = ("linkedin", "addressbook", "vcard")
ALTERS = {
    "linkedin": [["Bo Ek <bo@north.example>", "Cid Dahl, MBA"], ["Bo Ek"]],
    "addressbook": [
        ["Bo Ek <bo@north.example>", "Cid <cid@south.example>"],
        ["Bo Ek <bo@north.example>"],
        ["Bo B Ek <bo@north.example>"],
    ],
    "vcard": [["Bo Ek <bo@north.example>"], ["Bo Løv <bo@north.example>"], ["Bo Ek <bo@north.example>", "Cid"]],
}


def read(reader: str, content: bytes, owner: str = "anna@north.example") -> Rows:
    """The nominations in these bytes."""
    spec = Reader(reader=reader, file="list", options={"owner": owner} if owner else {})
    module = import_module(f"kithwork.readers.{reader}")
    return whole(module.parse("nominations", spec, Given("list", content=content)))


@pytest.mark.parametrize("reader", KINDS)
def test_each_contact_is_a_nomination_by_its_best_word(reader):
    """An address at work, else the first that is one, with the name; else the name."""
    relation = "connection" if reader == "linkedin" else "contact"
    for sample, alters in zip(samples.module(reader).SAMPLES, ALTERS[reader], strict=True):
        frame = read(reader, sample.content).frame
        assert frame["alter"].tolist() == alters, sample.name
        assert set(zip(frame["ego"], frame["relation"], strict=True)) == {("anna@north.example", relation)}


@pytest.mark.parametrize("reader", KINDS)
def test_owner_must_be_said(reader):
    """No such file tells whose it is."""
    with pytest.raises(UserError, match="does not say whose contacts these are"):
        read(reader, samples.module(reader).SAMPLES[0].content, owner="")


@pytest.mark.parametrize(
    ("name", "mails", "best"),
    [
        ("Bo Ek", [("bo@home.example", "HOME"), ("bo@north.example", "* Work")], "Bo Ek <bo@north.example>"),
        ("Bo Ek", [("bo@home.example", ""), ("bo@north.example", "")], "Bo Ek <bo@home.example>"),
        ("Bo  Ek", [("/o=North/cn=bo", "EX")], "Bo Ek"),
        ("", [(" bo@home.example ", "")], "bo@home.example"),
        ("bo@home.example", [("bo@home.example", "")], "bo@home.example"),
        ("Bo <boss>\n", [("bo@home.example", "")], "Bo boss <bo@home.example>"),
        (" ", [("none", "work")], ""),
    ],
)
def test_best_word(name, mails, best):
    """Work before other kinds; what is no address is none; a name with brackets does not hide the address."""
    assert contacts.word(name, mails) == best


def test_entries_that_name_nobody_are_counted():
    """And so are the notes above the header."""
    found = read("linkedin", samples.module("linkedin").SAMPLES[0].content)
    assert found.left_out == {contacts.NAMELESS: 1, "lines above the header": 3}
    assert found.frame.index.tolist() == [5, 6]
    assert read("addressbook", samples.module("addressbook").SAMPLES[0].content).left_out == {contacts.NAMELESS: 1}
    empty = b"BEGIN:VCARD\nVERSION:3.0\nTEL:555\nEND:VCARD\n"
    assert read("vcard", empty).left_out == {contacts.NAMELESS: 1}


def test_torn_row_is_refused_alone():
    """A row with a cell too many is told with its line; the others are kept."""
    found = read("addressbook", b"First Name,Last Name,E-mail Address\nBo,Ek,bo@x.example,x\nCid,Li,\n")
    assert found.frame["alter"].tolist() == ["Cid Li"]
    assert [fault.line for fault in found.faults] == [2]


@pytest.mark.parametrize(
    ("reader", "content", "what"),
    [
        ("linkedin", b"Name,Mail\nBo,bo@x.example\n", "has no header that is known"),
        ("addressbook", b"Name,Mail\nBo,bo@x.example\n", "has no header that is known"),
        ("linkedin", b"a\n" * 200 + b"First Name,Last Name\nBo,Ek\n", "has no header that is known"),
        ("vcard", b"BEGIN:VCARD\nFN:Bo\n", "breaks off in the middle of a card"),
        ("vcard", b"FN:Bo\n", "has no vCards"),
    ],
)
def test_other_files_are_refused(reader, content, what):
    """One error, which says how to export it."""
    with pytest.raises(UserError) as caught:
        read(reader, content)
    [problem] = caught.value.problems
    assert problem.what == what
    assert "Export it again" in problem.do


def test_broken_card_is_refused_alone():
    """Its line, and the rest is read."""
    broken = b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=none;ENCODING=QUOTED-PRINTABLE:B=C3\nEND:VCARD\n"
    found = read("vcard", broken + samples.module("vcard").SAMPLES[2].content)
    assert [(fault.line, fault.column) for fault in found.faults] == [(1, "EMAIL")]
    assert found.frame["alter"].tolist() == ALTERS["vcard"][2]
    assert found.lines == [5, 11]


def test_card_within_a_card_is_no_contact():
    """An agent's card (version 2.1) belongs to the card around it."""
    inner = b"BEGIN:VCARD\nFN:Bo\nAGENT:\nBEGIN:VCARD\nFN:Cid\nEMAIL:cid@x.example\nEND:VCARD\nEND:VCARD\n"
    assert read("vcard", inner).frame["alter"].tolist() == ["Bo"]


def test_names_without_an_end_are_no_card():
    """What a card may hold of names and addresses is bounded."""
    long = b"BEGIN:VCARD\n" + b"EMAIL:bo@x.example\n" * (vcard.LARGEST // 10) + b"END:VCARD\n"
    assert len(read("vcard", long).faults) == 1


pieces = {reader: [sample.content for sample in samples.module(reader).SAMPLES] for reader in KINDS}


@pytest.mark.parametrize("reader", KINDS)
@given(data=st.data())
def test_any_bytes_give_rows_or_one_error(reader, data):
    """No other exception reaches an analyst, and every entry is a row, a fault or counted."""
    content = data.draw(st.sampled_from(pieces[reader]))
    for _ in range(data.draw(st.integers(1, 4))):
        at, length = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 12))
        new = data.draw(st.sampled_from([b"", b'"', b",", b"\n", b";", b":", b"=", b"\xff", b"BEGIN:VCARD\n"]))
        content = content[:at] + new + content[at + length :]
    found = rows_or_one_error(lambda: read(reader, content))
    if found is not None and reader == "vcard":
        assert len(found.frame) + len(found.faults) + found.left_out.total() <= content.upper().count(b"END:VCARD")


@given(st.binary(max_size=100), st.sampled_from(KINDS))
@example(b"BEGIN:VCARD\nEMAIL;ENCODING=BASE64:a\nEND:VCARD\n", "vcard")
@example(b"BEGIN:VCARD\nN;ENCODING=b:\xc3\xb8\nEND:VCARD\n", "vcard")
@example(b"BEGIN:VCARD\nFN;;;=:\nEND:VCARD\n", "vcard")
def test_noise_gives_rows_or_one_error(content, reader):
    """Nor does it for bytes that are no list at all."""
    rows_or_one_error(lambda: read(reader, content))
