"""The order of signals, how sure each place is, and what to do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from kithwork.market.ranking import decided, kept, ranked
from kithwork.market.worth import pooled

ONE = np.ones((500, 1))


def rng() -> np.random.Generator:
    """A generator of its own for each call."""
    return np.random.default_rng(9)


def test_what_is_certain_is_in_order():
    """Real, repeating, worth 1, 3 and 2: third, first and second, without doubt; what is nothing shares the last places."""
    found = ranked(ONE * [1, 1, 1], ONE * [1, 1, 1], ONE * [1, 3, 2], 1, rng())
    assert found.rank.tolist() == found.low.tolist() == found.high.tolist() == [3, 1, 2]
    assert found.top.tolist() == [0, 1, 0]
    assert ranked(ONE * [0, 0, 1], ONE * [1, 1, 1], ONE * [9, 9, 1], 1, rng()).rank.tolist() == [2.5, 2.5, 1]


def test_the_chance_of_the_first_place_by_hand():
    """Worth twice as much and real one time in four: first then, and second or level where it is not."""
    draws = np.ones((40_000, 1))
    found = ranked(draws * [0.25, 1.0], draws * [1, 1], draws * [2, 1], 1, rng())
    assert found.rank == pytest.approx([1.75, 1.25], abs=0.02)
    assert found.top == pytest.approx([0.25, 0.75], abs=0.01)


def test_thin_evidence_is_in_the_middle_and_not_at_the_ends():
    """Of signals alike but for how much is known, the largest value found of one entry ranks below a lower one of fifty."""
    own, noise = np.array([3.0, 2.0, *np.linspace(-1, 1, 8)]), np.array([4.0, 0.02, *np.full(8, 0.1)])
    value = np.exp(pooled(own, noise, 0.0, 4000, rng()))
    found = ranked(np.full(value.shape, 0.9), np.full(value.shape, 0.5), value, 3, rng())
    assert found.rank.argmin() == 1
    assert found.high[0] - found.low[0] > found.high[1] - found.low[1] - 1


def test_intervals_hold_planted_ranks():
    """93 to 97 % of them, over 200 sets of fifteen signals drawn as they are believed to be."""
    made, held = np.random.default_rng(10), []
    for _ in range(200):
        p, true, repeating = made.beta(2, 2, 15), made.normal(0, 0.8, 15), made.beta(2, 2, 15)
        value = np.exp(pooled(true + made.normal(0, 0.5, 15), np.full(15, 0.25), 0.0, 1000, made))
        found = ranked(np.broadcast_to(p, value.shape), made.beta(2, 2, value.shape), value, 5, made)
        planted = rankdata(-((made.random(15) < p) * repeating * np.exp(true)))
        held.append((found.low <= planted) & (planted <= found.high))
    assert 0.93 <= np.mean(held) <= 0.975


def test_decisions():
    """Act on what is surely of the best and told by two; test the doubtful; watch what may come to be of the best."""
    p_real = np.array([0.95, 0.95, 0.6, 0.3, 0.3, 0.95, 0.95])
    effective, p_top = np.array([2.0, 1.2, 1.0, 1, 1, 3, 3]), np.array([0.9, 0.9, 0.1, 0.5, 0.1, 0.5, 0.1])
    assert decided(p_real, effective, p_top, 2).tolist() == ["act", "watch", "test", "watch", "park", "watch", "park"]


@given(st.lists(st.floats(0, 10), min_size=1, max_size=12, unique=True), st.integers(1, 6))
def test_nothing_changes_where_assumptions_do_not(worth, top):
    """The same worth keeps all of the best; the other way round keeps those that are in both halves."""
    values = np.array(worth)
    assert kept(values, [values, 2 * values], top) == (1, 1, 1)
    few = min(top, len(values))
    assert kept(values, [-values], top)[0] == pytest.approx(max(2 * few - len(values), 0) / few)
