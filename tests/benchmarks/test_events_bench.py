"""The log of the benchmark of events is a client's, whole at any length; what steps took is told beside its floor."""

from __future__ import annotations

import pandas as pd
import pytest

from benchmarks import contact_log, events, raw_log
from benchmarks.apart import Cost
from benchmarks.figures import beside
from kithwork import params


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study with a short log, and the rows that were written."""
    root = tmp_path_factory.mktemp("bank")
    whole, contact_log.PART = contact_log.PART, 1_000
    try:
        rows = raw_log.write(root, 2_500, people=120)
    finally:
        contact_log.PART = whole
    return root, rows


def test_log_is_in_parts_that_follow_one_another(study):
    """Three files of a thousand events at most; no message is in two; all times are in order."""
    root, rows = study
    files = sorted((root / "data" / "raw" / raw_log.STUDY / raw_log.LOG).glob("*.parquet"))
    parts = [pd.read_parquet(file) for file in files]
    assert [part["message"].nunique() for part in parts] == pytest.approx([1000, 1000, 500], rel=0.02)
    log = pd.concat(parts)
    assert len(log) == rows
    assert log["message"].nunique() == sum(part["message"].nunique() for part in parts)
    assert log["at"].is_monotonic_increasing
    assert set(log["ego"]) <= set(raw_log.addresses(120))


def test_study_can_be_read(study):
    """Its settings hold, and its one source of contact is a table where it lies."""
    root, _ = study
    told = params.read(root / "params.yaml").engagements[raw_log.STUDY]
    [source] = told.sources["interactions"]
    assert source.reader == "warehouse"


def test_steps_stand_beside_their_floor():
    """Cleaning beside reading, features beside counting; growth is of what goes beyond the smallest log."""

    def took(scale: float) -> dict[str, Cost]:
        return {name: Cost(1 + scale * times, 1, 0.5, 0.1, "") for times, name in enumerate(events.STEPS, 1)}

    found = {size * 1_000_000: took(size) for size in (1, 3, 10)}
    figures = events.told_of(10_000_000, found[10_000_000])
    named = {one.name: one for one in figures}
    ratio = beside(figures, named["10 million events, cleaning: time"])["floor"]
    assert (ratio.other, ratio.value) == ("10 million events, reading every value: time", 31 / 11)
    assert named["10 million events, features: memory"].goal == 8
    grown = events.grown(found, took(0))
    assert [one.measured for one in grown] == pytest.approx([1.0] * 4)
    assert grown[2].goal is not None
    assert events.grown({1_000_000: took(1)}, took(0)) == []
