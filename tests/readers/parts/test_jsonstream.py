"""Reading JSON value by value gives what reading it at once gives, wherever the parts of the file end."""

from __future__ import annotations

import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.errors import UserError
from kithwork.readers.parts import jsonstream
from kithwork.readers.parts.jsonstream import Reading, word

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=5), inside, max_size=4),
    max_leaves=20,
)


def reading(data: bytes) -> Reading:
    """A file of these bytes."""
    return Reading(io.BytesIO(data), "a.json", "Export it again.")


@pytest.fixture(autouse=True, params=[1, 7, 2**18])
def chunk(request, monkeypatch):
    """Read so many bytes at a time."""
    monkeypatch.setattr(jsonstream, "CHUNK", request.param)


@given(st.lists(values, max_size=5), st.booleans(), st.sampled_from([None, 1]))
def test_items_of_a_list_are_those_of_the_library(found, ascii_only, indent):
    """With or without white space and escapes."""
    data = json.dumps(found, ensure_ascii=ascii_only, indent=indent).encode()
    assert list(reading(data).items()) == found


@pytest.mark.parametrize("number", ["0.0", "-1.5e+10", "2E3", "1e-05", "17"])
def test_number_is_read_to_its_end(number):
    """Wherever the file is cut, a number is not taken for its first digits."""
    assert list(reading(f"[{number},{number}]".encode()).items()) == [float(number)] * 2


@given(st.lists(values, max_size=5))
def test_lines_are_values(found):
    """A value a line, and empty lines between."""
    data = "\n\n".join(json.dumps(one) for one in found).encode()
    assert list(reading(data).rest()) == found


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (b'[1,\n{"a" 1}]', 2),
        (b"[1,\n2", 2),
        (b"[1\n\n2]", 3),
        (b'["abc', 1),
        (b"[1,]", 1),
        (b"", 1),
        (b"{}", 1),
        (b"[tru", 1),
        (b"[" * 100_000, 1),
        (b'["\n"]', 1),
        (b"[" + b"9" * 5000 + b"]", 1),
    ],
)
def test_broken_text_is_named_with_its_line(text, row):
    """One error, whatever is wrong."""
    with pytest.raises(UserError) as caught:
        list(reading(text).items())
    [problem] = caught.value.problems
    assert (problem.what, problem.file, problem.row) == ("is not valid JSON", "a.json", row)


def test_other_encodings_are_refused():
    """JSON is UTF-8, with or without a byte-order mark."""
    assert list(reading(b'\xef\xbb\xbf["\xc3\xa6"]').items()) == ["æ"]
    with pytest.raises(UserError, match="is not UTF-8 text"):
        list(reading(b'["\xe6"]').items())


def test_value_without_end_is_not_read_to_its_end(monkeypatch):
    """Memory has a limit."""
    monkeypatch.setattr(jsonstream, "LONGEST", 100)
    with pytest.raises(UserError, match="without end"):
        list(reading(b'["' + b"a" * 10**6).items())


def test_prefix_is_passed_by_its_form():
    """As the name that a value is given to."""
    one = reading(b"a = [1]")
    assert (one.passed(re.compile("b")), one.passed(re.compile("a =")), list(one.items())) == (False, True, [1])


def test_word_can_be_stored():
    """Half of a surrogate pair is no text."""
    assert [word("æ\ud800"), word(None), word(12)] == ["æ?", "None", "12"]
