"""A week on disk: both ways in order of time, and dealt anew in parts, no order likelier than another."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from kithwork.network import week
from kithwork.network.week import CONTACT, Week, held


def contacts(count: int) -> np.ndarray:
    """Contact number i from i to i + 1, three at each time."""
    rows = np.zeros(count, CONTACT)
    rows["a"], rows["b"], rows["at"] = np.arange(count), np.arange(count) + 1, np.arange(count) // 3
    return rows


def joined(blocks) -> np.ndarray:
    """Blocks as one array (contacts, 3)."""
    return np.concatenate([np.column_stack(block) for block in blocks])


@pytest.mark.parametrize("size", [1, 2, 5])
def test_contacts_both_ways_stand_once_each_way_in_order_of_time(size):
    """However many come in a batch."""
    table = pa.table(
        {
            "a": pa.array([0, 1, 2], pa.int32()),
            "b": pa.array([1, 2, 0], pa.int32()),
            "at": pa.array([5, 5, 9], pa.int32()),
            "both": [False, True, True],
        }
    )
    found = held(table.to_batches(max_chunksize=size))
    assert sorted(found.tolist()) == [(0, 1, 5), (0, 2, 9), (1, 2, 5), (2, 0, 9), (2, 1, 5)]
    assert found["at"].tolist() == [5, 5, 5, 9, 9]


def test_no_contacts_are_a_week_too():
    """An engine that sends nothing."""
    assert len(Week(held([]))) == 0
    assert list(Week(held([])).dealt(np.random.default_rng(1))) == []


def test_a_week_is_read_in_parts(monkeypatch):
    """All of it, as it lies."""
    monkeypatch.setattr(week, "PART", 7)
    assert joined(Week(contacts(30)).in_order()).tolist() == [list(row) for row in contacts(30).tolist()]


@pytest.mark.parametrize("most", [8, 100])
def test_dealing_keeps_contacts_and_times(most, monkeypatch):
    """Held at once or in parts, every contact is there once and the times are those of the week; a seed tells which."""
    monkeypatch.setattr(week, "HELD", most)
    monkeypatch.setattr(week, "PART", 7)
    one, again = (joined(Week(contacts(30)).dealt(np.random.default_rng(5))) for _ in range(2))
    assert one.tolist() == again.tolist()
    assert sorted(one[:, 0].tolist()) == list(range(30))
    assert (one[:, 1] == one[:, 0] + 1).all()
    assert one[:, 2].tolist() == contacts(30)["at"].tolist()


def test_every_place_is_as_likely_in_parts(monkeypatch):
    """Six contacts in three parts, 2,000 times: each in each place a sixth of them, within four standard errors."""
    monkeypatch.setattr(week, "HELD", 2)
    monkeypatch.setattr(week, "PART", 4)
    rng, few = np.random.default_rng(2), Week(contacts(6))
    seen = np.zeros((6, 6))
    for _ in range(2000):
        seen[np.arange(6), joined(few.dealt(rng))[:, 0]] += 1
    assert np.abs(seen / 2000 - 1 / 6).max() < 4 * np.sqrt(5 / 36 / 2000)
