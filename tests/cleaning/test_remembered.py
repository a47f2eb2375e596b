"""What was made of a block is used again as long as it is whole, and made anew once a disk has spoilt it."""

from __future__ import annotations

import pandas as pd
import pytest

from kithwork.cleaning.remembered import Remembered


@pytest.fixture
def making():
    """What makes a table, and how often it did."""
    done = []

    def make(folder):
        done.append(folder)
        pd.DataFrame({"pair": ["ab", "ac"]}).to_parquet(folder / "pairs.parquet")

    return make, done


def test_whole_one_is_used_again(tmp_path, making):
    """What it rests on is the same, so it is not made twice; what rests on something else is."""
    make, done = making
    remembered = Remembered(tmp_path / "acme")
    assert remembered.made("a", make) == remembered.made("a", make) != remembered.made("b", make)
    assert len(done) == 2


def test_broken_one_is_made_anew(tmp_path, making):
    """One changed byte, and it is not used."""
    make, done = making
    remembered = Remembered(tmp_path / "acme")
    [path] = remembered.made("a", make).iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"ac", b"ad", 1))
    assert path.read_bytes() != whole
    assert next(remembered.made("a", make).iterdir()).read_bytes() == whole
    assert len(done) == 2


def test_what_was_broken_off_is_not_there(tmp_path):
    """Nothing is remembered of what failed in the making."""

    def fail(folder):
        (folder / "pairs.parquet").write_bytes(b"PAR1")
        raise OSError("No space left on device")

    remembered = Remembered(tmp_path / "acme")
    with pytest.raises(OSError, match="No space"):
        remembered.made("a", fail)
    assert list((tmp_path / "acme").iterdir()) == []


def test_what_was_not_used_is_forgotten(tmp_path, making):
    """Of an earlier run, and what a killed one left."""
    make, _ = making
    old = Remembered(tmp_path / "acme").made("a", make)
    (tmp_path / "acme" / ".half").mkdir()
    remembered = Remembered(tmp_path / "acme")
    new = remembered.made("b", make)
    remembered.forget()
    assert not old.exists()
    assert list((tmp_path / "acme").iterdir()) == [new]
