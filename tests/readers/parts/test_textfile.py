"""Files that are no text: the byte that is at fault, wherever blocks end and whatever the encoding."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.readers.parts import textfile
from kithwork.readers.parts.given import Given


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_byte_is_counted_from_the_start_of_the_file(size, monkeypatch):
    """With its mark and what blocks cut through; row and column as an editor has them."""
    monkeypatch.setattr(textfile, "BLOCK", size)
    content = codecs.BOM_UTF8 + "id;ort\n1;Köln\n2;".encode() + b"K\xf6ln\n"
    problem = textfile.not_text(Given("staff.csv", content=content), "utf-8", ";")
    assert (problem.row, problem.column) == (3, "2")
    assert problem.found.endswith(f"byte {content.index(0xF6) + 1} of the file")
    assert (
        problem.do
        == "Save it as UTF-8, or state its encoding beside `file:` in params.yaml: `encoding: cp1252`, or latin-1."
    )


def test_file_that_ends_within_a_sign_is_told():
    """As where a copy was broken off."""
    problem = textfile.not_text(Given("staff.csv", content=b"a\nK\xc3"), "utf-8")
    assert (problem.row, problem.found) == (2, "its last sign is cut off, after byte 4")


@given(st.binary(max_size=60), st.sampled_from(["utf-8", "utf-7", "utf-16", "utf-32", "idna", "punycode", "cp1252"]))
def test_any_bytes_are_a_problem_with_a_remedy(content, encoding):
    """None is too odd to be told of."""
    assert textfile.not_text(Given("staff.csv", content=content), encoding, ",").do
