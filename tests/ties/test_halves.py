"""The record in two halves: where it is cut, who is there in both, and what each pair has in each."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from evidence_of import MONDAY, log, weeks
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from kithwork.log import Log
from kithwork.ties import halves


@pytest.mark.parametrize(("many", "first"), [(2, 1), (3, 2), (4, 2), (7, 4)])
def test_the_second_half_begins_on_a_monday(many, first):
    """Two weeks are cut after one, seven after four: the first half has the odd week."""
    assert halves.middle(weeks([(0, week) for week in range(many)])) == MONDAY + pd.Timedelta(weeks=first)


def test_weeks_without_contact_are_no_part_of_the_record():
    """A week before the first contact or after the last does not move the middle, and shows nobody."""
    table = weeks([(0, 0), (0, 3), (1, 0)])
    empty = weeks([(0, 9), (1, 3)]).assign(contacts=0)
    both = pd.concat([table, empty])
    moment = halves.middle(both)
    assert moment == MONDAY + pd.Timedelta(weeks=2)
    assert halves.throughout(both, moment) == {"p000"}


def test_contact_of_each_pair_by_hand():
    """Who began does not matter; a meeting of three counts half; at no known time, with oneself or a stranger, nothing."""
    moment = MONDAY + pd.Timedelta(weeks=1)
    rows = [
        (0, 1, 0, 2), (1, 0, 1, 2), (1, 0, 167.9, 3), (0, 1, 168, 3), (0, 2, 200, None), (0, 1, None, 2), (0, 0, 5, 2),
        (0, "stranger", 5, 2), ("X", 2, 300, 2),
    ]  # fmt: skip
    found = halves.around(log(rows), {"p000", "p001", "p002"}, moment)
    assert found[["a_id", "b_id"]].to_numpy().tolist() == [["p000", "p001"], ["p000", "p002"]]
    assert found[["before", "after", "records"]].to_numpy().tolist() == [[2.5, 0.5, 4], [0, 1, 1]]


def test_a_day_counts_by_its_noon():
    """The midnight of a Monday in its own zone may be Sunday in UTC: by its noon the day is Monday."""
    moment = MONDAY + pd.Timedelta(weeks=1)
    found = halves.around(log([(0, 1, 167, 2)], day_only=True), {"p000", "p001"}, moment)
    assert (found["before"].item(), found["after"].item()) == (0, 1)


def test_nobody_has_no_pairs():
    """Nobody there throughout: a table without rows."""
    assert halves.around(log([(0, 1, 1, 2)]), set(), MONDAY).empty


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6))
def test_as_pandas_sums_them(seed):
    """The engine's sums are those of a pandas group-by, and the same whatever order the records are in."""
    rng = np.random.default_rng(seed)
    rows = [
        (int(a), int(b), float(at), int(size)) for a, b, at, size in rng.integers([0, 0, 0, 2], [5, 5, 400, 6], (40, 4))
    ]
    moment, people = MONDAY + pd.Timedelta(hours=200), {f"p00{who}" for who in range(4)}
    frame = log(rows).held.to_pandas().query("ego_id != alter_id")
    frame = frame[frame["ego_id"].isin(people) & frame["alter_id"].isin(people)]
    frame = frame.assign(
        a_id=frame[["ego_id", "alter_id"]].min(axis=1), b_id=frame[["ego_id", "alter_id"]].max(axis=1),
        share=(1 / (frame["size"] - 1)).round(6),
    )  # fmt: skip
    later = frame["at"] >= moment
    halved = frame.assign(before=frame["share"].where(~later, 0), after=frame["share"].where(later, 0), records=1)
    expected = halved.groupby(["a_id", "b_id"])[["before", "after", "records"]].sum()
    found = halves.around(log(rows), people, moment).set_index(["a_id", "b_id"])
    assert found.index.tolist() == expected.index.tolist()
    assert found.to_numpy() == pytest.approx(expected.to_numpy(), abs=1e-9)
    rng.shuffle(rows)
    pd.testing.assert_frame_equal(halves.around(log(rows), people, moment).set_index(["a_id", "b_id"]), found)


def test_a_file_gives_the_same(tmp_path):
    """A parquet file that is scanned gives what the table in memory gives."""
    rows = [(0, 1, 1, 2), (1, 2, 300, 3), (0, 2, 20, 4)]
    parquet.write_table(log(rows).held, path := tmp_path / "interactions.parquet")
    scanned = Log([path])
    people, moment = {"p000", "p001", "p002"}, MONDAY + pd.Timedelta(weeks=1)
    pd.testing.assert_frame_equal(halves.around(scanned, people, moment), halves.around(log(rows), people, moment))
