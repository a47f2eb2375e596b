"""What the wave before left: read as it was written, or told of, with every fault at once."""

from __future__ import annotations

import pandas as pd
import pytest

from kithwork import store, wave_before
from kithwork.claims import Ledger
from kithwork.errors import UserError
from kithwork.estimates import Estimate

READINESS = "learning.as_answered"


@pytest.fixture
def previous(project):
    """The folder of the wave before, with both tables in it."""
    folder = store.raw("synthetic") / "previous"
    folder.mkdir(parents=True)
    people = [f"p{number}" for number in range(6)]
    scores = pd.DataFrame({"person_id": people, "indicator": READINESS, "top": 0.5, "bottom": 1.0})
    ledger = Ledger("values")
    ledger.add(READINESS, "Readiness", Estimate(0.5, 0.4, 0.6, 6), unit="score", method="x")
    scores.to_parquet(folder / "scores.parquet")
    ledger.frame().to_parquet(folder / "claims.parquet")
    return folder


def test_the_wave_before_is_read_as_it_was_written(previous):
    """And where there is none, nothing is."""
    scores, claims = wave_before.previous("synthetic")
    assert len(scores) == 6
    assert claims["id"].tolist() == [f"values.{READINESS}"]
    for path in previous.iterdir():
        path.unlink()
    previous.rmdir()
    assert [len(frame) for frame in wave_before.previous("synthetic")] == [0, 0]


def rewritten(path, change):
    """A table changed in place."""
    change(pd.read_parquet(path)).to_parquet(path)


@pytest.mark.parametrize(
    ("file", "spoil", "what"),
    [
        ("scores", lambda path: path.unlink(), "is missing"),
        ("claims", lambda path: path.write_bytes(b"person_id,top\n"), "cannot be read"),
        ("scores", lambda path: path.write_bytes(b""), "cannot be read"),
        ("scores", lambda path: rewritten(path, lambda frame: frame.drop(columns="top")), "lacks a column"),
        ("scores", lambda path: rewritten(path, lambda frame: pd.concat([frame, frame.head(1)])), "rows of the same"),
        ("claims", lambda path: rewritten(path, lambda frame: pd.concat([frame, frame])), "rows of the same id"),
        ("scores", lambda path: rewritten(path, lambda frame: frame.assign(bottom=-1.0)), "breaks the contract"),
        ("scores", lambda path: rewritten(path, lambda frame: frame.assign(top="much")), "breaks the contract"),
        ("scores", lambda path: rewritten(path, lambda frame: frame.assign(extra=1)), "breaks the contract"),
        ("claims", lambda path: rewritten(path, lambda frame: frame.assign(n=0.5)), "breaks the contract"),
        ("claims", lambda path: rewritten(path, lambda frame: frame.assign(stage="people")), "claims of another chapter"),
        ("scores", lambda path: rewritten(path, lambda frame: frame.assign(indicator="so_what.x")), "not in claims"),
    ],
)
def test_a_broken_wave_before_is_told_of(previous, file, spoil, what):
    """With the file, and what to do: never a traceback, and never half of it."""
    spoil(previous / f"{file}.parquet")
    with pytest.raises(UserError, match=what) as told:
        wave_before.previous("synthetic")
    [problem] = told.value.problems
    assert problem.file == f"data/raw/synthetic/previous/{file}.parquet"
    assert "data/values/" in problem.do


def test_both_files_at_fault_are_told_of_at_once(previous):
    """All problems in one pass."""
    for name in ("scores", "claims"):
        (previous / f"{name}.parquet").write_bytes(b"x")
    with pytest.raises(UserError) as told:
        wave_before.previous("synthetic")
    assert len(told.value.problems) == 2
