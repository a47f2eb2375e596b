"""Whose news each has heard: both ways of passing agree, however contacts lie in blocks, and nothing chains at one time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.network import heard

contacts = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 12)), max_size=60)


def block(rows: list[tuple[int, int, int]]) -> heard.Block:
    """Contacts in order of time."""
    a, b, at = np.array(sorted(rows, key=lambda row: row[2]), dtype=np.int32).reshape(-1, 3).T
    return a, b, at


def plainly(rows: heard.Block, people: int) -> list[set[int]]:
    """Whose news each has, set by set."""
    known = [{who} for who in range(people)]
    a, b, at = rows
    for time in np.unique(at):
        now = [(known[giver].copy(), taker) for giver, taker in zip(a[at == time], b[at == time], strict=True)]
        for news, taker in now:
            known[taker] |= news
    return known


def unpacked(bits: np.ndarray, sources: np.ndarray) -> list[set[int]]:
    """The same from bits."""
    return [
        {int(source) for place, source in enumerate(sources) if int(row[place // 64]) >> (place % 64) & 1} for row in bits
    ]


@pytest.mark.parametrize("many", [0, 100])
@given(rows=contacts, cut=st.integers(1, 60), run=st.integers(1, 9), size=st.integers(1, 9))
def test_both_ways_agree_with_sets_of_people(many, rows, cut, run, size):
    """In runs or one by one, in blocks and parts of any length: everybody's news is where a plain reading has it."""
    whole, everybody = block(rows), np.arange(10)
    blocks = [tuple(column[first : first + cut] for column in whole) for first in range(0, len(rows), cut)]
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("MANY", many), ("RUN", run), ("ROWS", size)):
            patch.setattr(heard, name, value)
        assert unpacked(heard.heard(blocks, 10, everybody), everybody) == plainly(whole, 10)


@pytest.mark.parametrize("many", [0, 1000])
def test_more_sources_than_a_word_holds(many, monkeypatch):
    """Of 150 people 70 are followed: bits stand in their order over two words."""
    rng = np.random.default_rng(3)
    rows, sources = rng.integers(0, [150, 150, 40], (400, 3)).tolist(), np.sort(rng.choice(150, 70, replace=False))
    monkeypatch.setattr(heard, "MANY", many)
    known = [news & set(sources.tolist()) for news in plainly(block(rows), 150)]
    assert unpacked(heard.heard([block(rows)], 150, sources), sources) == known


@given(rows=contacts, cut=st.integers(1, 60))
def test_no_time_lies_in_two_blocks(rows, cut):
    """And no contact is lost or moved."""
    whole = block(rows)
    blocks = [tuple(column[first : first + cut] for column in whole) for first in range(0, len(rows), cut)]
    parts = list(heard.whole_times(blocks))
    times = [set(at.tolist()) for _, _, at in parts]
    assert sum(map(len, times)) == len(set().union(*times))
    joined = [np.concatenate(column).tolist() for column in zip(*parts, strict=True)] or [[], [], []]
    assert joined == [column.tolist() for column in whole]
