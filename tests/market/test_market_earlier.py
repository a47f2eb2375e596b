"""market/earlier.py: whether people with more ties of a kind are first, over pairs of people."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.market import earlier as module
from kithwork.market.earlier import earlier

NEVER = np.inf


def hearing(people: int, topics: int, helps: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """First texts and ties where each standard deviation more of ties makes a person exp(helps) times as quick."""
    ties = rng.normal(size=people)
    waits = rng.exponential(np.exp(-helps * ties)[:, None], (people, topics))
    return np.where(waits > 0.7, NEVER, waits), ties


def brute(first: np.ndarray, ties: np.ndarray, strata: np.ndarray) -> float:
    """The formula, pair by pair."""
    right = pairs = 0.0
    for topic in range(first.shape[1]):
        for i in range(len(first)):
            for j in range(len(first)):
                if strata[i] == strata[j] and first[i, topic] < first[j, topic]:
                    pairs += 1
                    right += 1.0 if ties[i] > ties[j] else 0.5 if ties[i] == ties[j] else 0.0
    return right / pairs


def test_a_concordance_by_hand(monkeypatch):
    """Of the pairs of four people, one topic: the one with 3 ties is first, then the one with 1, and two never write."""
    monkeypatch.setattr(module, "FEWEST", 4)
    first, ties = np.array([[1.0], [2.0], [NEVER], [NEVER]]), np.array([3, 1, 2, 1])
    # pairs: 1-2 right, 1-3 right, 1-4 right, 2-3 wrong, 2-4 as many: (3 + 0 + 1/2) / 5
    assert earlier(first, ties, np.zeros(4)).estimate == pytest.approx(0.7)


@given(st.integers(0, 2**32 - 1), st.integers(1, 3))
def test_it_is_the_sum_over_pairs(seed, strata):
    """The sums of matrices are those of the loop, ties in time and in number among them."""
    rng = np.random.default_rng(seed)
    first = np.where(rng.random((20, 3)) < 0.5, rng.integers(0, 6, (20, 3)), NEVER)
    ties, stratum = rng.integers(0, 4, 20), rng.integers(0, strata, 20)
    found = earlier(first, ties, stratum)
    if found is not None:
        assert found.estimate == pytest.approx(brute(first, ties, stratum))
        assert found.low <= found.estimate <= found.high


def test_pairs_held_at_a_time_change_nothing(monkeypatch):
    """In pieces or at once, the sums are the same."""
    first, ties = hearing(40, 4, 0.5, np.random.default_rng(1))
    whole = earlier(first, ties, np.zeros(40))
    monkeypatch.setattr(module, "AT_ONCE", 100)
    assert earlier(first, ties, np.zeros(40)) == whole


def test_planted_quickness_is_found_and_none_is_not():
    """With none planted, intervals of 60 worlds hold 50 in nearly all; planted, they lie above it in nearly all."""
    found = {0.0: 0, 0.5: 0}
    for helps in found:
        for seed in range(60):
            one = earlier(*hearing(60, 6, helps, np.random.default_rng(seed)), np.zeros(60))
            found[helps] += one.low > 0.5
    assert found[0.0] <= 6
    assert found[0.5] >= 57


def test_too_few_people_or_no_difference_tell_nothing():
    """Nineteen people, everybody with as many ties, or nobody who writes: no figure."""
    first, ties = hearing(20, 3, 0.0, np.random.default_rng(1))
    assert earlier(first[:19], ties[:19], np.zeros(19)) is None
    assert earlier(first, np.ones(20), np.zeros(20)) is None
    assert earlier(np.full_like(first, NEVER), ties, np.zeros(20)) is None
