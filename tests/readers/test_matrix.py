"""The matrix reader: a nomination per cell that is a tie, every other cell counted, one error for what is none."""

from __future__ import annotations

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import matrix
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

SOUND = samples.module("matrix").ADVICE


def read(content: bytes, encoding: str = "utf-8", **options: str) -> Rows:
    """The nominations in a matrix."""
    spec = Reader(reader="matrix", file="m.csv", encoding=encoding, options={"relation": "advice", **options})
    return whole(matrix.parse("nominations", spec, Given("m.csv", content=content)))


def ties(found: Rows) -> list[str]:
    """Who names whom."""
    return [f"{ego}>{alter}" for ego, alter in found.frame[["ego", "alter"]].to_numpy()]


def test_each_tie_is_a_record_in_its_line_and_column():
    """Rows name columns, which are told by number; what is no tie and what says nothing are counted apart."""
    found = read(SOUND)
    assert ties(found) == [
        "anna@kith.example>bo@kith.example",
        "bo@kith.example>anna@kith.example",
        "bo@kith.example>cid@kith.example",
    ]
    assert set(found.frame["relation"]) == {"advice"}
    assert (found.lines, found.cells[0]) == ([2, 3, 3], "3")
    assert found.left_out == {"cells without a tie": 5, "cells that say nothing": 1}


def test_a_tie_is_as_strong_as_asked():
    """Any above 0 unless a least strength is stated."""
    assert ties(read(SOUND, at_least="2")) == ["bo@kith.example>cid@kith.example"]
    assert ties(read(b",a,b\na,-1,0.5\n", at_least="-1")) == ["a>a", "a>b"]


def test_symmetric_matrix_is_read_once_where_asked():
    """One half, and the diagonal; what the other half repeats is counted."""
    found = read(b",a,b,c\na,1,1,0\nb,1,0,1\nc,0,1,0\n", undirected="once")
    assert ties(found) == ["a>a", "a>b", "b>c"]
    assert found.left_out == {"cells without a tie": 4, "cells of the other half": 2}


def test_cell_that_is_no_number_is_refused_alone():
    """With its line and column."""
    found = read(b",a,b\na,0,yes\nb,1,0\n")
    [fault] = found.faults
    assert (fault.line, fault.column, fault.found) == (2, "3", "yes")
    assert ties(found) == ["b>a"]


FAULTS = {
    "ragged": (b",a,b\na,0\nb,0,1\n", "another number of cells", 2),
    "row twice": (b",a,b\na,0,1\na,0,1\n", "stands at the head of row 2 too", 3),
    "column twice": (b",a,a\na,0,1\n", "stands twice", 1),
    "column unlabelled": (b",a,\na,0,1\n", "has no label", 1),
    "semicolons": (b";a;b\na;0;1\n", "not separated by commas", 1),
    "no rows": (b",a,b\n", "no rows", None),
    "empty": (b"", "no matrix with labels", 1),
    "quote": (b',a\n"a"x,1\n', "cannot be read as CSV", 2),
    "not text": (b",a\na,\xff\n", "is not utf-8 text", 2),
}


@pytest.mark.parametrize(("content", "what", "row"), FAULTS.values(), ids=FAULTS)
def test_fault_of_a_matrix_is_named_with_its_line(content, what, row):
    """What, where, and what to do."""
    with pytest.raises(UserError) as caught:
        read(content)
    [problem] = caught.value.problems
    assert what in problem.what
    assert (problem.row, bool(problem.do)) == (row, True)


@pytest.mark.parametrize("options", [{"relation": ""}, {"at_least": "much"}, {"undirected": "twice"}])
def test_options_must_be_understood(options):
    """A relation there must be; the rest must mean something."""
    with pytest.raises(UserError, match="options"):
        read(SOUND, **options)


def test_any_encoding_is_read_or_refused():
    """As params.yaml states it; one that does not exist is the settings' fault."""
    assert len(read(SOUND.decode().encode("utf-16"), "utf-16").frame) == 3
    with pytest.raises(UserError, match=r"params\.yaml"):
        read(SOUND, "utf-nine")


@given(
    st.lists(st.lists(st.sampled_from(["0", "1", "2.5", "", "NA", "x"]), min_size=3, max_size=3), min_size=1, max_size=5)
)
def test_every_cell_is_a_record_a_fault_or_counted(cells):
    """Nothing is lost."""
    lines = [",a,b,c", *(f"p{number},{','.join(row)}" for number, row in enumerate(cells))]
    found = read("\n".join(lines).encode())
    assert len(found.frame) + len(found.faults) + found.left_out.total() == 3 * len(cells)


@given(
    st.binary(max_size=80)
    | st.tuples(st.integers(0, 120), st.integers(0, 120), st.sampled_from([b"", b",", b'"', b"\n", b"\0", b"9"])).map(
        lambda cut: SOUND[: cut[0]] + cut[2] + SOUND[cut[1] :]
    )
)
def test_any_bytes_give_rows_or_one_error(content):
    """No other exception reaches an analyst."""
    found = rows_or_one_error(lambda: read(content))
    assert found is None or len(found.frame) == len(found.lines)
