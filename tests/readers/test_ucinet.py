"""The UCINET reader: every format of DL gives its ties, each matrix its relation, and one error for what is none."""

from __future__ import annotations

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import ucinet
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

SOUND = samples.module("ucinet").SAMPLES


def read(content: bytes | str, **options: str) -> Rows:
    """The nominations in a DL file."""
    data = content.encode() if isinstance(content, str) else content
    spec = Reader(reader="ucinet", file="a.dl", options={"relation": "r", **options})
    return whole(ucinet.parse("nominations", spec, Given("a.dl", content=data)))


def ties(found: Rows) -> str:
    """Who names whom, in one line."""
    return " ".join(f"{ego}>{alter}" for ego, alter in found.frame[["ego", "alter"]].to_numpy())


FORMS = {
    "full.dl": "anna>bo bo>anna bo>cid",
    "exported.dl": "Anna Holm>x Bo Lund>y Bo Lund>z",
    "many.dl": "anna>bo bo>anna bo>anna",
    "embedded.dl": "anna>bo",
    "absent.dl": "1>2 2>3",
    "lower.dl": "2>1 1>2 3>2 2>3",
    "nodes.dl": "anna>bo anna>cid cid>anna",
    "edges.dl": "anna>bo cid>anna",
    "two.dl": "1>x 2>x",
}


@pytest.mark.parametrize("sample", SOUND, ids=lambda sample: sample.name)
def test_each_format_gives_its_ties(sample):
    """Numbers become labels where there are some."""
    assert ties(read(sample.content)) == FORMS[sample.name]


def test_matrices_are_relations():
    """By their labels, or numbered where they have none."""
    assert read(SOUND[2].content).frame["relation"].tolist() == ["advice", "advice", "likes"]
    two = "dl n=2 nm=2\ndata:\n0 1 0 0\n0 0 1 0"
    assert read(two).frame["relation"].tolist() == ["r 1", "r 2"]
    listed = "dl n=2 nm=2 format=edgelist1\nmatrix labels: a b\ndata:\n1 2\n!\n2 1\n"
    assert read(listed).frame.to_numpy().tolist() == [["1", "2", "a"], ["2", "1", "b"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DL N = 2\nData:\n0 1\n1 0", "1>2 2>1"),
        ("dl\nformat=edgelist1\nn=3\ndata:\n1 2 1.5\n3 1 0.5", "1>2 3>1"),
        ("dl n=2 format=upperhalf data: 0 1 0", "1>2 2>1"),
        ("dl n=2, labels:\n'Anna Holm','O''Brien'\ndata:\n0,1\n1,0", None),
        ('dl nr=1 nc=2\nrow labels embedded\ncol labels:\n"a b" c\ndata:\nx 0\n1', "x>c"),
        ("dl n=3 format=nodelist1\nrow labels embedded\ndata:\nbo anna\ncid\n", "bo>anna"),
    ],
)
def test_forms_of_writing(text, expected):
    """Sizes, formats and labels in any order, values over any lines."""
    if expected is None:
        with pytest.raises(UserError):
            read(text)
    else:
        assert ties(read(text)) == expected


def test_what_is_no_tie_is_counted():
    """Weak ties, empty cells and what is not known, apart."""
    found = read(SOUND[0].content, at_least="2")
    assert ties(found) == "bo>cid"
    assert found.left_out == {"cells without a tie": 5, "cells that say nothing": 1, "ties too weak to count": 2}


@pytest.mark.parametrize("line", ["1 9", "x 2", "1", "1 2 much"])
def test_broken_tie_is_refused_alone(line):
    """With its line."""
    found = read(f"dl n=2 format=edgelist1\ndata:\n{line}\n2 1\n")
    assert [fault.line for fault in found.faults] == [3]
    assert ties(found) == "2>1"


FAULTS = {
    "empty": ("", "does not begin with DL"),
    "other": ("ego,alter\n", "does not begin with DL"),
    "no data": ("dl n=2\n", "has no data"),
    "no size": ("dl\ndata:\n0 1", "how large"),
    "no such size": ("dl n=many\ndata:\n", "size n that is none"),
    "too large a size": ("dl n=999999999\ndata:\n", "size n that is none"),
    "unknown format": ("dl n=2 format=blockmatrix\ndata:\n", "format that is not read"),
    "unknown word": ("dl n=2 colour=red\ndata:\n", "header that is not known"),
    "too few": ("dl n=2\ndata:\n0 1 1", "breaks off"),
    "too many": ("dl n=2\ndata:\n0 1 1 0 1", "more values"),
    "too few labels": ("dl n=2\nlabels:\na\ndata:\n0 1 1 0", "fewer labels"),
    "a label twice": ("dl n=2\nlabels:\na a\ndata:\n0 1 1 0", "label twice"),
    "labels first": ("dl labels:\na b\nn=2\ndata:\n0 1 1 0", "before it says how many"),
    "labels of none": ("dl n=2 labels here\ndata:\n", "neither lists labels"),
    "too many matrices": ("dl n=2 format=edgelist1\ndata:\n1 2\n!\n2 1", "more matrices"),
}


@pytest.mark.parametrize(("text", "what"), FAULTS.values(), ids=FAULTS)
def test_fault_of_a_file_is_named(text, what):
    """What, and what to do."""
    with pytest.raises(UserError) as caught:
        read(text)
    [problem] = caught.value.problems
    assert what in problem.what
    assert problem.do


def test_relation_must_be_said():
    """By matrix labels, or by params.yaml."""
    with pytest.raises(UserError, match="relation"):
        read(SOUND[0].content, relation="")


@given(st.integers(1, 5), st.data())
def test_every_cell_is_a_record_or_counted(size, data):
    """Of a matrix in full, with its diagonal or without."""
    absent = data.draw(st.booleans())
    count = size * size - size * absent
    cells = data.draw(st.lists(st.sampled_from(["0", "1", "na", "x", "3"]), min_size=count, max_size=count))
    found = read(f"dl n={size} diagonal={'absent' if absent else 'present'}\ndata:\n{' '.join(cells)}")
    assert len(found.frame) + len(found.faults) + found.left_out.total() == count
    assert len(found.frame) == cells.count("1") + cells.count("3")


@given(
    st.sampled_from(SOUND),
    st.integers(0, 140),
    st.integers(0, 140),
    st.sampled_from([b"", b" ", b'"', b"=", b"!", b"\xff", b"data:", b"labels:", b"nm=999999 "]),
)
def test_any_bytes_give_rows_or_one_error(sample, start, end, put):
    """No other exception reaches an analyst."""
    found = rows_or_one_error(lambda: read(sample.content[:start] + put + sample.content[end:]))
    assert found is None or len(found.frame) == len(found.lines)
