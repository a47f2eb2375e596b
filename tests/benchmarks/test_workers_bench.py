"""The query that workers are given says the same as our own reader, and two workers are set beside one, run by run."""

from __future__ import annotations

import pytest

from benchmarks import contact_log, workers
from benchmarks.figures import beside
from benchmarks.workers import Took


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """A short log."""
    path = tmp_path_factory.mktemp("log") / "log.parquet"
    contact_log.write(path, 2_000)
    return path


def test_sums_of_the_query_are_those_of_our_reader(log):
    """Pairs, and every feature: the same columns, but for the order in which floats are added."""
    took = workers.by_duckdb(log)
    expected = workers.by_reader(log)
    assert workers.difference(took.sums, expected) < workers.TOLERANCE
    assert took.sums["pairs"] > 100
    assert len(took.sums) > 15
    assert took.seconds > 0


def test_difference_is_in_parts_of_the_sum():
    """Infinite where a column is missing."""
    assert workers.difference({"a": 1.0, "b": 9.0}, {"a": 1.0, "b": 10.0}) == pytest.approx(0.1)
    assert workers.difference({"a": 1.0}, {"a": 1.0, "b": 1.0}) == float("inf")


def test_two_workers_stand_beside_one():
    """The ratio is of runs of the same turn; each cluster stands beside DuckDB."""

    def took(*seconds: float) -> list[Took]:
        return [Took(one, 2 * one, {"pairs": 3.0}) for one in seconds]

    found = dict(zip(workers.SHAPES, (took(10, 20), took(12, 20)), strict=True))
    figures = workers.figures(5_000, found, took(2, 2), {"pairs": 3.0})
    named = {one.name: one for one in figures}
    assert named["two workers over one, time"].runs == (1.2, 1.0)
    assert beside(figures, named["5,000 events, 1 worker, 2 cores: time"])["floor"].value == 7.5
    assert named["largest difference of a sum from ours"].measured == 0
