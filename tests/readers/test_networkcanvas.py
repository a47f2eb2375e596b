"""The Network Canvas reader: whom each participant named, from CSV or GraphML alike, packed or not."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st
from samples import networkcanvas as made
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import networkcanvas
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole


def read(content: bytes | dict[str, bytes], source: str = "nominations", columns: dict | None = None, **options) -> Rows:
    """What an export says; several files are zipped."""
    data = content if isinstance(content, bytes) else made.packed(content)
    spec = Reader(reader="networkcanvas", file="x.zip", columns=columns or {}, options=options)
    return whole(networkcanvas.parse(source, spec, Given("x.graphml", content=data)))


def ties(found: Rows) -> list[str]:
    """Who names whom in what, without domains."""
    rows = found.frame.replace("@kith.example", "", regex=True).to_numpy()
    return [f"{ego}>{alter} {relation}" for ego, alter, relation in rows]


def test_alters_are_named_by_their_type():
    """Or in the relation stated; ties between them are counted only."""
    found = read(made.FILES)
    assert ties(found) == ["anna>bo person", "anna>cid person", "bo>=anna person"]
    assert found.left_out == {"ties between alters, as told by another": 1}
    assert ties(read(made.FILES, relation="works with"))[0] == "anna>bo works with"


def test_attributes_may_be_relations():
    """A nomination where one is true; false and unsaid are counted apart."""
    found = read(made.FILES, relations="advice,friends")
    assert ties(found) == ["anna>bo advice", "bo>=anna advice", "bo>=anna friends"]
    assert found.left_out == {
        "ties too weak to count": 2,
        "cells that say nothing": 1,
        "ties between alters, as told by another": 1,
    }


@pytest.mark.parametrize("content", [made.FILES, made.GRAPHML], ids=["csv", "graphml"])
def test_ties_between_alters_are_read_where_asked(content):
    """By their type, both ways, or once."""
    assert ties(read(content, between="yes"))[-2:] == ["bo>cid knows", "cid>bo knows"]
    assert ties(read(content, between="yes", undirected="once"))[-1] == "bo>cid knows"


def test_graphml_says_the_same():
    """A graph is a session, its data the participant's, wherever they stand."""
    assert ties(read(made.GRAPHML)) == ["anna>bo person", "anna>cid person"]
    assert ties(read(made.GRAPHML, relations="advice")) == ["anna>bo advice"]
    staff = read(made.GRAPHML, "staff", {"unit": "unit"}).frame
    assert staff.to_numpy().tolist() == [["anna@kith.example", "North"]]


def test_participants_are_staff():
    """Called by their case id, or as the options say."""
    staff = read(made.FILES, "staff", {"unit": "unit"}, ego="networkCanvasSessionID").frame
    assert staff.to_numpy().tolist() == [["s1", "North"], ["s2", "South"]]


def test_graphml_beside_csv_is_counted():
    """Both tell of the same sessions."""
    found = read({**made.FILES, "x.graphml": made.GRAPHML})
    assert found.left_out["GraphML files beside CSV files"] == 1
    assert len(found.frame) == 3


def test_broken_rows_are_refused_alone():
    """An alter of no session, a row too short, an alter without a name."""
    broken = made.ALTERS + b"1,e9,z,dan,true,true\n1,e1\n1,e1,a9,,true,true\n"
    found = read({**made.FILES, "x_attributeList_person.csv": broken})
    assert [fault.line for fault in found.faults] == [5, 6, 7]
    assert len(found.frame) == 3


@pytest.mark.parametrize(
    ("content", "options", "what"),
    [
        (b"", {}, "is empty"),
        ({"a.txt": b""}, {}, "no file of Network Canvas"),
        ({"x_attributeList_person.csv": made.ALTERS}, {}, "no list of participants"),
        (made.FILES, {"person": "nickname"}, "nickname"),
        (made.FILES, {"relations": "likes"}, "likes"),
        (made.packed(made.FILES)[:-30], {}, "is not a zip file"),
        (made.packed(made.FILES).replace(b"x_ego.csv", b"y_ego.csv", 1), {}, "cannot be unpacked"),
    ],
)
def test_what_cannot_be_read_is_refused(content, options, what):
    """With what to do."""
    with pytest.raises(UserError, match=what):
        read(content, **options)


def test_a_folder_is_read_as_a_zip_file_is():
    """By the same names."""
    with TemporaryDirectory() as folder:
        file = samples.given("x", made.FILES, Path(folder))
        found = whole(networkcanvas.parse("nominations", Reader(reader="networkcanvas", file="x"), file))
    assert ties(found) == ties(read(made.FILES))


@given(
    st.sampled_from([*made.FILES, "x.graphml", "zip"]),
    st.integers(0, 1500),
    st.integers(0, 1500),
    st.sampled_from([b"", b",", b'"', b"\n", b"\xff", b"<node/>", b"e1"]),
    st.sampled_from(["staff", "nominations"]),
)
def test_any_bytes_give_rows_or_one_error(name, start, end, put, source):
    """No other exception reaches an analyst."""

    def cut(content: bytes) -> bytes:
        return content[:start] + put + content[end:]

    if name == "zip":
        content = cut(made.packed(made.FILES))
    else:
        content = cut(made.GRAPHML) if name == "x.graphml" else {**made.FILES, name: cut(made.FILES[name])}
    found = rows_or_one_error(lambda: read(content, source, between="yes"))
    assert found is None or len(found.frame) == len(found.lines)
