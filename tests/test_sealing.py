"""A sealed parquet file is read as before, and no byte of it can be changed or cut off without being told."""

from __future__ import annotations

from pathlib import Path

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kithwork import sealing


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A small table with a seal."""
    path = tmp_path / "table.parquet"
    pq.write_table(pa.table({"person": ["a", "b", "b"], "value": [1.5, 2.0, 3.0]}), path, store_schema=False)
    sealing.seal(path)
    return path


def gives(path: Path) -> dict | None:
    """What a reader makes of the file; nothing where it refuses it."""
    try:
        return pq.ParquetFile(path).read().to_pydict()
    except Exception:  # readers raise of many kinds
        return None


def test_every_reader_passes_over_the_seal(sealed):
    """Arrow and DuckDB read what was written."""
    assert gives(sealed) == {"person": ["a", "b", "b"], "value": [1.5, 2.0, 3.0]}
    assert ibis.duckdb.connect().read_parquet(sealed).value.sum().execute() == 6.5
    assert not sealing.is_broken(sealed)


def test_any_changed_byte_is_told_or_does_no_harm(sealed):
    """Of every byte one bit turned: the file is broken, or no reader takes it, or it says what it said."""
    content, whole = sealed.read_bytes(), gives(sealed)
    harmless = 0
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        sealed.write_bytes(changed)
        if not sealing.is_broken(sealed):
            assert gives(sealed) in (whole, None), place
            harmless += 1
    assert harmless <= len(sealing.MARK) + sealing.ENDING


def test_file_that_is_cut_short_is_told(sealed):
    """Wherever it ends."""
    content = sealed.read_bytes()
    for end in range(len(content)):
        sealed.write_bytes(content[:end])
        assert sealing.is_broken(sealed) or gives(sealed) is None, end


def test_seal_is_put_once_and_is_the_same_bytes(sealed):
    """Sealing again changes nothing."""
    before = sealed.read_bytes()
    sealing.seal(sealed)
    assert sealed.read_bytes() == before


def test_file_of_another_program_is_not_held_against_it(tmp_path):
    """It bears no seal; what is no parquet file is for its reader to refuse."""
    path = tmp_path / "other.parquet"
    pd.DataFrame({"a": [1]}).to_parquet(path)
    assert not sealing.is_broken(path)
    for text in (b"", b"PAR1", b"PAR1 and then nothing"):
        path.write_bytes(text)
        assert not sealing.is_broken(path)


def test_large_file_is_sealed_piece_by_piece(tmp_path, monkeypatch):
    """A file larger than what is held at a time is told from a changed one all the same."""
    monkeypatch.setattr(sealing, "PIECE", 64)
    path = tmp_path / "large.parquet"
    pd.DataFrame({"a": range(1000)}).to_parquet(path)
    sealing.seal(path)
    assert not sealing.is_broken(path)
    content = bytearray(path.read_bytes())
    content[500] ^= 1
    path.write_bytes(content)
    assert sealing.is_broken(path)
