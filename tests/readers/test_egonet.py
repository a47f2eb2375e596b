"""The EgoNet reader: what respondents say of alters, and of ties between them only where that is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import egonet as made
from samples.networkcanvas import packed
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import egonet
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole


def read(content: bytes, source: str = "nominations", columns: dict | None = None, **options: str) -> Rows:
    """What an export says."""
    said = {"relation": "named", **options} if source == "nominations" else options
    spec = Reader(reader="egonet", file="x.csv", columns=columns or {}, options=said)
    return whole(egonet.parse(source, spec, Given("x.csv", content=content)))


def ties(found: Rows) -> list[str]:
    """Who names whom in what, without domains."""
    rows = found.frame.replace("@kith.example", "", regex=True).to_numpy()
    return [f"{ego}>{alter} {relation}" for ego, alter, relation in rows]


def test_rows_of_alters_are_nominations():
    """In one relation, or in each that holds strongly enough."""
    assert ties(read(made.ALTERS)) == ["anna>bo named", "anna>cid named", "bo>anna named"]
    strong = read(made.ALTERS, relations="advice,closeness", at_least="2")
    assert ties(strong) == ["anna>bo closeness", "bo>anna closeness"]
    assert strong.left_out == {"ties too weak to count": 4}


def test_columns_of_other_alters_are_read_where_asked():
    """By number of the respondent's own alters."""
    found = read(made.ALTERS, between="knows_")
    assert ties(found)[2:4] == ["bo>cid knows", "cid>bo knows"]
    assert found.left_out == {"cells that say nothing": 4}


def test_pairs_are_read_where_asked():
    """Both ways; counted otherwise."""
    assert ties(read(made.PAIRS, between="knows")) == ["bo>cid knows", "cid>bo knows"]
    assert read(made.PAIRS).left_out == {"ties between alters, as told by another": 1}


def test_matrices_are_named_after_their_respondents():
    """Each alter is named; cells are ties between alters where that is asked for."""
    found = read(packed(made.MATRICES))
    assert ties(found) == ["anna>bo named", "anna>cid named", "bo>anna named"]
    assert found.left_out == {"cells without a tie": 3, "ties between alters, as told by another": 2}
    assert ties(read(packed(made.MATRICES), between="knows"))[2:4] == ["bo>cid knows", "cid>bo knows"]
    assert read(packed(made.MATRICES), "staff").frame["person"].tolist() == ["anna", "bo"]


def test_respondents_are_staff():
    """Each once."""
    found = read(made.ALTERS, "staff", {"unit": "unit"})
    assert found.frame.to_numpy().tolist() == [["anna@kith.example", "North"], ["bo@kith.example", "South"]]
    assert found.left_out == {"further rows of a respondent": 1}


def test_broken_rows_are_refused_alone():
    """One too short, one without an alter, one with a word for a number."""
    broken = made.ALTERS + b"3,dan\n3,dan,,1,,1,1,,\n3,dan,,1,eve,much,1,,\n"
    found = read(broken, relations="advice")
    assert [(fault.line, fault.column) for fault in found.faults] == [(5, "row"), (6, "alter"), (7, "weight")]


@pytest.mark.parametrize(
    ("content", "options", "what"),
    [
        (b"", {}, "EgoID"),
        (b"one\n1\n", {}, "EgoID"),
        (made.ALTERS, {"relations": "likes"}, "likes"),
        (made.ALTERS, {"between": "sees_"}, "sees_1"),
        (made.ALTERS, {"relation": ""}, "relation"),
        (packed({"a.txt": b"", "b.txt": b""}), {}, "no CSV file"),
    ],
)
def test_what_cannot_be_read_is_refused(content, options, what):
    """With what to do."""
    with pytest.raises(UserError, match=what):
        read(content, **options)


@given(
    st.sampled_from([made.ALTERS, made.PAIRS, packed(made.MATRICES)]),
    st.integers(0, 400),
    st.integers(0, 400),
    st.sampled_from([b"", b",", b'"', b"\n", b"\xff", b"EgoID,"]),
    st.sampled_from(["staff", "nominations"]),
)
def test_any_bytes_give_rows_or_one_error(content, start, end, put, source):
    """No other exception reaches an analyst."""
    found = rows_or_one_error(lambda: read(content[:start] + put + content[end:], source))
    assert found is None or len(found.frame) == len(found.lines)
