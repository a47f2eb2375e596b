"""Opening a workbook: nothing is unpacked that memory would not hold, and what is none is said to be none."""

from __future__ import annotations

import io
import zipfile

import pytest
from samples.xlsx import book, saved

from kithwork.errors import UserError
from kithwork.readers.parts import workbook
from kithwork.readers.parts.given import Given

SAMPLE = saved(book([["person", "unit"], ["a", "North"]]))


def rows(content: bytes, asked: str = "") -> list[tuple]:
    """The rows of a sheet."""
    given = Given("a.xlsx", content=content)
    with workbook.opened(given) as made:
        return list(workbook.rows(workbook.sheet(made, asked, given.name), given.name))


def test_rows_have_numbers():
    """As Excel shows them."""
    assert rows(SAMPLE) == [(1, ("person", "unit")), (2, ("a", "North"))]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b"person,unit\n", "cannot be read as an Excel workbook"),
        (SAMPLE[:-30], "cannot be read as an Excel workbook"),
    ],
)
def test_what_is_no_workbook_is_told(content, what):
    """One error, with what to do."""
    with pytest.raises(UserError, match=what) as caught:
        rows(content)
    assert caught.value.problems[0].do


def with_part(name: str, size: int) -> bytes:
    """A workbook with another part of so many bytes, all alike."""
    out = io.BytesIO(SAMPLE)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, bytes(size))
    return out.getvalue()


def test_bomb_is_refused():
    """A few bytes that unpack to very many are not unpacked."""
    with pytest.raises(UserError, match="unpacks to far more than any export"):
        rows(with_part("xl/worksheets/big.xml", 10 * 2**20))


def test_part_that_is_held_in_memory_has_a_limit(monkeypatch):
    """Texts and styles are held; sheets are streamed."""
    monkeypatch.setattr(workbook, "HELD", 2**19)
    with pytest.raises(UserError, match="is too large unpacked"):
        rows(with_part("xl/sharedStrings.xml", 2**19))
    assert len(rows(with_part("xl/worksheets/big.xml", 2**19))) == 2
