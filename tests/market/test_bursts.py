"""Bursts: Kleinberg's automaton for batches against its definition, every path, and planted bursts."""

from __future__ import annotations

from itertools import product
from math import comb, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.market.bursts import bursts, chance, gains, heaviest, states


def cost(r, d, p) -> float:
    """σ as published: −ln of the binomial probability."""
    return -log(comb(int(d), int(r)) * p**r * (1 - p) ** (d - r))


def path_cost(path, texts, of) -> float:
    """Of a sequence of states from rest on: its weeks, and ln n for each time it goes up."""
    rest = texts.sum() / of.sum()
    n = np.count_nonzero(of)
    climbs = sum(now > before for before, now in zip((0, *path), path, strict=False))
    return climbs * log(n) + sum(
        cost(r, d, 2 * rest if state else rest) for r, d, state in zip(texts, of, path, strict=True)
    )


def test_gain_by_hand():
    """Three of ten in one week, one of thirty in the others: at rest 4/40, in a burst 8/40."""
    texts, of = np.array([[3.0, 1.0, 0.0]]), np.array([10.0, 20.0, 10.0])
    found = gains(texts, of)[0]
    assert found[0] == pytest.approx(cost(3, 10, 0.1) - cost(3, 10, 0.2))
    assert found[0] == pytest.approx(3 * log(2) + 7 * log(0.8 / 0.9))
    assert found[1] == pytest.approx(cost(1, 20, 0.1) - cost(1, 20, 0.2))


@given(st.integers(0, 10**6))
def test_path_is_the_cheapest_of_all(seed):
    """Of the 2⁸ sequences of states over eight weeks none costs less than the one found."""
    rng = np.random.default_rng(seed)
    of = rng.integers(0, 12, 8).astype(float)
    texts = rng.binomial(of.astype(int), rng.choice([0.05, 0.7], 8, p=[0.75, 0.25])).astype(float)
    if not 0 < 2 * texts.sum() < of.sum():
        return
    found = bursts(texts[None], of)[0][0]
    least = min(path_cost(path, texts, of) for path in product((0, 1), repeat=8))
    assert path_cost(found.astype(int).tolist(), texts, of) == pytest.approx(least)


def test_topics_do_not_touch_each_other():
    """Many topics at once are each as if alone."""
    rng = np.random.default_rng(1)
    of = rng.poisson(30, 60).astype(float)
    texts = rng.binomial(of.astype(int), rng.choice([0.02, 0.2], (20, 60), p=[0.9, 0.1])).astype(float)
    together = bursts(texts, of)[0]
    assert together.any()
    for alone, row in zip(texts, together, strict=True):
        assert (bursts(alone[None], of)[0][0] == row).all()


def test_heaviest_burst_by_hand():
    """Of two bursts the one that weighs more, with its first and last week; none where nothing bursts."""
    bursting, gain = np.array([1, 1, 0, 1, 1, 1], dtype=bool), np.array([2.0, 1.0, -1.0, 1.0, 0.5, 3.0])
    assert heaviest(bursting, gain) == (3, 5, 4.5)
    assert heaviest(np.zeros(6, dtype=bool), gain) is None


def test_a_topic_with_half_of_all_texts_cannot_burst():
    """Its share cannot double."""
    texts, of = np.array([[10.0, 0.0, 10.0]]), np.array([10.0, 20.0, 10.0])
    assert not bursts(texts, of)[0].any()


def many(share: np.ndarray, rng) -> tuple[np.ndarray, np.ndarray]:
    """Counts of a hundred topics with these shares by week, of about forty texts each."""
    of = rng.poisson(40, len(share)).astype(float)
    return rng.binomial(of.astype(int), np.tile(share, (100, 1))).astype(float), of


def test_planted_bursts_are_found_to_the_week():
    """Six weeks at five times the share: 95 of a hundred topics at least, and 80 to within a week at both ends."""
    texts, of = many(np.where((np.arange(80) >= 30) & (np.arange(80) < 36), 0.2, 0.04), np.random.default_rng(2))
    found = [heaviest(*one) for one in zip(*bursts(texts, of), strict=True)]
    assert sum(one is not None and one[0] < 36 and one[1] >= 30 for one in found) >= 95
    assert sum(one is not None and abs(one[0] - 30) <= 1 and abs(one[1] - 35) <= 1 for one in found) >= 80
    assert all(
        chance(row, of, one[2], 199, np.random.default_rng(1)) <= 0.05 for row, one in zip(texts, found, strict=True)
    )


def test_bursts_of_level_topics_are_seen_to_be_chance():
    """Some of a hundred have one, at most one in four; at most one in ten is heavier than chance makes them."""
    rng = np.random.default_rng(3)
    texts, of = many(np.full(80, 0.04), rng)
    found = [heaviest(*one) for one in zip(*bursts(texts, of), strict=True)]
    heavy = [chance(row, of, one[2], 199, rng) <= 0.05 for row, one in zip(texts, found, strict=True) if one]
    assert 1 <= len(heavy) <= 25
    assert sum(heavy) <= 10


def test_chance_by_hand():
    """Eight texts in one of two weeks alike: that all eight are in one has probability 2 / 2⁸, and seven weigh less; a
    weight of nothing is always reached."""
    texts, of = np.array([0.0, 8.0]), np.array([40.0, 40.0])
    bursting, gain = bursts(texts[None], of)
    assert bursting.tolist() == [[False, True]]
    assert chance(texts, of, gain[0, 1], 9999, np.random.default_rng(1)) == pytest.approx(2 / 2**8, abs=0.003)
    assert chance(texts, of, 0.0, 99, np.random.default_rng(1)) == 1


def test_going_up_costs_as_published():
    """A single week that gains just more than ln n bursts, one that gains just less does not."""
    climb = log(5)
    gain = np.array([[-9.0, climb + 0.01, -9.0], [-9.0, climb - 0.01, -9.0]])
    assert states(gain, 5).tolist() == [[False, True, False], [False, False, False]]
