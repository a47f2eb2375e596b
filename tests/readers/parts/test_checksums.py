"""A part of a client's log whose bytes changed since it was written is named, never read."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import warehouse
from kithwork.readers.parts import checksums
from kithwork.readers.parts.given import Given

NAME = "data/raw/acme/mails"
ROWS = {"ego": ["anna", "bo"] * 200, "alter": ["bo", "cleo"] * 200, "channel": ["mail"] * 400}


@pytest.fixture
def parts(tmp_path):
    """Two parts of a log with checksums, the words as they are."""
    paths = [tmp_path / name for name in ("a.parquet", "b.parquet")]
    for path in paths:
        plain = {"use_dictionary": False, "compression": "none", "write_statistics": False}
        pq.write_table(pa.table(ROWS), path, write_page_checksum=True, **plain)
    return paths


def spoilt(path):
    """One bit of a word turned: a name that nobody bears, and a page that is as well formed as before."""
    content = path.read_bytes()
    path.write_bytes(content.replace(b"cleo", b"clen", 1))


def test_whole_parts_pass(parts):
    """Whether all columns are looked at, or some, or one that they lack."""
    checksums.expect_right(parts, NAME)
    checksums.expect_right(parts, NAME, ["ego", "minutes"])


def test_changed_part_is_named(parts):
    """The file at fault, and what to do."""
    spoilt(parts[1])
    assert "clen" in pq.read_table(parts[1])["alter"].to_pylist()
    with pytest.raises(UserError, match=rf"{NAME}, b\.parquet: cannot be read: it is broken .* Export it again"):
        checksums.expect_right(parts, NAME)


def test_part_cut_short_is_named(parts):
    """As an export that broke off."""
    parts[0].write_bytes(parts[0].read_bytes()[:-40])
    with pytest.raises(UserError, match=r"a\.parquet: cannot be read"):
        checksums.expect_right(parts, NAME)


def test_column_that_is_not_used_does_no_harm(parts):
    """Only what is read must be right."""
    spoilt(parts[0])
    checksums.expect_right(parts, NAME, ["channel"])


def test_part_without_checksums_is_read(tmp_path):
    """As some programs write it: nothing can be told of it."""
    path = tmp_path / "a.parquet"
    pd.DataFrame(ROWS).to_parquet(path)
    checksums.expect_right([path], NAME)


def test_warehouse_reader_reads_no_changed_part(parts):
    """One message in place of a name that nobody bears."""
    spoilt(parts[0])
    spec = Reader(reader="warehouse", file="mails", columns={name: name for name in ROWS})
    with pytest.raises(UserError, match=r"a\.parquet: cannot be read: it is broken"):
        list(warehouse.parse("interactions", spec, Given(NAME, parts[0].parent)))
