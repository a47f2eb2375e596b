"""Queries of Viva Insights: ties as what they are, no more; each person once."""

from __future__ import annotations

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import viva
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

PAIRS, _, PEOPLE = samples.module("viva").SAMPLES
HEADER = samples.module("viva").PAIRS


def read(source: str, content: bytes, **said: dict) -> Rows:
    """The rows of one source."""
    options = {"options": {"channel": "mail"}} if source == "interactions" else {}
    spec = Reader(reader="viva", file="query.csv", **{**options, **said})
    return whole(viva.parse(source, spec, Given("query.csv", content=content)))


def test_tie_is_one_contact_in_its_period():
    """With neither minutes nor a count, which the query has not; pairs without a tie are counted."""
    found = read("interactions", PAIRS.content)
    assert found.frame.to_numpy().tolist() == [
        ["0a1b", "2c3d", "mail", "2026-09-01", "2"],
        ["0a1b", "4e5f", "mail", "2026-09-01", "2"],
        ["0a1b", "2c3d", "mail", "2026-10-01", "2"],
    ]
    assert found.frame.index.tolist() == [2, 3, 5]
    assert found.left_out == {viva.WITHOUT: 1}


def test_ties_are_relations_told_once():
    """A pair may have both; what a later period repeats is counted."""
    found = read("nominations", PAIRS.content)
    assert found.frame.to_numpy().tolist() == [
        ["0a1b", "2c3d", "strong_tie"],
        ["0a1b", "4e5f", "strong_tie"],
        ["0a1b", "4e5f", "diverse_tie"],
    ]
    assert found.left_out == {viva.WITHOUT: 1, viva.AGAIN: 1}


def test_a_person_is_told_once():
    """With the attributes that the query has; other columns may be named."""
    found = read("staff", PEOPLE.content)
    assert found.frame.to_dict("list") == {
        "person": ["0a1b", "2c3d"],
        "unit": ["Research", "Finance"],
        "role": ["Sales", "IT"],
    }
    assert found.left_out == {viva.WEEKS: 1}
    assert read("staff", PEOPLE.content, columns={"role": "LevelDesignation"}).frame["role"].tolist() == [
        "Manager",
        "Junior IC",
    ]


@pytest.mark.parametrize(
    ("date", "order", "iso"),
    [
        ("2026-09-01", "", "2026-09-01"),
        ("2026-09-01T00:00:00Z", "", "2026-09-01T00:00:00Z"),
        ("13/04/2026", "", "2026-04-13"),
        ("04/13/2026", "", "2026-04-13"),
        ("01/01/2026", "", "2026-01-01"),
        ("01/04/2026", "day", "2026-04-01"),
        ("01/04/2026", "month", "2026-01-04"),
        ("4/1/2026 12:00:00 AM", "month", "2026-04-01"),
        ("01/04/2026", "", None),
        ("13/13/2026", "", None),
        ("spring", "", None),
    ],
)
def test_dates_are_read_one_way_only(date, order, iso):
    """A date that may be two is a fault, unless the order is said."""
    options = {"channel": "mail", **({"dates": order} if order else {})}
    found = read("interactions", HEADER + f"a,b,{date},0,0,0.1,1\n".encode(), options=options)
    assert found.frame["at"].tolist() == ([] if iso is None else [iso])
    assert [(fault.line, fault.column, fault.found) for fault in found.faults] == ([] if iso else [(2, "MetricDate", date)])


@pytest.mark.parametrize(
    ("source", "content", "said", "what"),
    [
        ("interactions", b"PersonId,MetricDate\na,2026-09-01\n", {}, "is not in the header"),
        ("nominations", HEADER.replace(b"_type", b"_kind") + b"a,b,,,,,\n", {}, "is not in the header"),
        ("staff", HEADER + b"a,b,2026-09-01,0,0,0,0\n", {}, "is not in the header"),
        ("staff", PEOPLE.content, {"columns": {"unit": "Department"}}, "is not in the header"),
        ("interactions", PAIRS.content, {"options": {}}, "needs a channel"),
        ("interactions", PAIRS.content, {"options": {"channel": "mail", "dates": "year"}}, "is not what a date begins"),
    ],
)
def test_what_is_lacking_is_named(source, content, said, what):
    """What, and where."""
    with pytest.raises(UserError, match=what):
        read(source, content, **said)


@given(
    st.sampled_from([("interactions", PAIRS.content), ("nominations", PAIRS.content), ("staff", PEOPLE.content)]),
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 9), st.sampled_from([b"", b",", b"\n", b'"', b"\xff", b"0"]))),
)
def test_any_bytes_give_rows_or_one_error(sample, changes):
    """And every row of the file is a row, a fault or counted."""
    source, content = sample
    for at, length, new in changes:
        content = content[:at] + new + content[at + length :]
    found = rows_or_one_error(lambda: read(source, content))
    if found is not None and b'"' not in content:
        lines = len(content.splitlines()) - 1
        told = found.frame.index.nunique() if source == "nominations" else len(found.frame)
        counted = found.left_out.total() - found.left_out[viva.AGAIN]
        assert told + len(found.faults) + counted <= lines
        assert source == "nominations" or told + len(found.faults) + counted == lines or content.lstrip() != content
