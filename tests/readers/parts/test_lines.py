"""Lines of a text: each once, without its end, whatever the encoding; and one error for what is no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.errors import UserError
from kithwork.readers.parts import lines
from kithwork.readers.parts.given import Given


def read(content: bytes, encoding: str = "utf-8") -> list[str]:
    """All lines."""
    return list(lines.lines(Given("log.txt", content=content), encoding))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"a\n\n\xc3\xb8", "utf-8"),
        (b"\xef\xbb\xbfa\r\n\r\n\xc3\xb8\r\n", "UTF8"),
        (b"a\r\r\xf8\r", "latin-1"),
        ("a\n\nø".encode("utf-16"), "utf-16"),
    ],
)
def test_lines_have_neither_end_nor_mark(content, encoding):
    """LF, CRLF and CR; with a byte-order mark and without; the last line may lack its end."""
    assert read(content, encoding) == ["a", "", "ø"]


def test_long_line_is_cut(monkeypatch):
    """And the next one is a line of its own."""
    monkeypatch.setattr(lines, "LONGEST", 4)
    assert read(b"abcd\nabcdefghijk\nx\n") == ["abcd", "abcd", "x"]


@pytest.mark.parametrize(
    ("content", "encoding", "row", "found"),
    [
        (b"a\nb\n\xff\n", "utf-8", 3, "byte 0xff near '\xff', byte 5 of the file"),
        (b"x" * 100_000 + b"\n" * 9 + b"a\xff", "utf-8", 10, "byte 0xff near 'a\xff', byte 100,011 of the file"),
        (b"a", "none", None, "none"),
        (b"a", "base64", None, "base64"),
    ],
)
def test_what_is_no_text_is_told(content, encoding, row, found):
    """The line and the byte, or the encoding that is none."""
    with pytest.raises(UserError) as caught:
        read(content, encoding)
    [problem] = caught.value.problems
    assert (problem.row, problem.found) == (row, found)


def test_folder_is_told(tmp_path):
    """It is no text either."""
    with pytest.raises(UserError, match="is a folder where one file was to be"):
        list(lines.lines(Given("log.txt", tmp_path), "utf-8"))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\ufeff"), min_size=1, max_size=20)))
def test_lines_are_those_that_were_written(written):
    """Only line ends part lines, and none is lost."""
    assert read("".join(f"{line}\n" for line in written).encode()) == written
