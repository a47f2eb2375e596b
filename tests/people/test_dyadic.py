"""Shares of a group: their errors in closed form, compositions in every draw, and a planted mix that intervals hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithwork.people import dyadic


def ties_of(people: int, count: int, rng: np.random.Generator):
    """Ends of random ties, and probabilities of three kinds of which people have leanings."""
    pairs = np.unique(np.sort(rng.integers(0, people, (count, 2)), axis=1), axis=0)
    a, b = pairs[pairs[:, 0] != pairs[:, 1]].T
    lean = rng.normal(0, 1, (people, 3))
    return 1 / (1 + np.exp(-(lean[a] + lean[b] + rng.normal(0, 1, (len(a), 3))))), a, b


def by_loops(held, p, a, b):
    """The dyadic covariance as its definition reads: every pair of ties that share a person, each once."""
    totals = held @ p
    h = held[:, None] * p / totals
    h = h - h.mean(axis=1, keepdims=True)
    found = np.zeros((p.shape[1],) * 2)
    for s in range(len(a)):
        for t in range(len(a)):
            if {a[s], b[s]} & {a[t], b[t]}:
                found += np.outer(h[s], h[t])
    return found


def test_covariance_is_that_of_pairs_of_ties_that_share_a_person(monkeypatch):
    """Without the correction for few people it is the sum over all such pairs (Fafchamps & Gubert 2007)."""
    monkeypatch.setattr(dyadic, "LEVERAGE_MOST", 0.0)
    p, a, b = ties_of(30, 150, np.random.default_rng(1))
    held = np.where(np.arange(len(a)) % 3, 1.0, 2.0)
    found, _ = dyadic.scatter(held, p, a, b)
    assert found == pytest.approx(by_loops(held, p, a, b), rel=1e-6)


def test_ties_that_share_nobody_are_cases_of_their_own(monkeypatch):
    """Forty pairs of people who know each other alone, of one kind or the other: the error of a log odds of proportions,
    1/x + 1/(n − x), as of a binomial count. Those of the rarer kind carry more of the sum."""
    monkeypatch.setattr(dyadic, "LEVERAGE_MOST", 0.0)
    p = np.zeros((40, 2))
    p[:10, 0] = p[10:, 1] = 1
    covariance, freedom = dyadic.scatter(np.ones(40), p, np.arange(40), np.arange(40, 80))
    contrast = np.array([1.0, -1.0])
    assert contrast @ covariance @ contrast == pytest.approx(1 / 10 + 1 / 30)
    by_people, by_ties = (20 / 20**2 + 60 / 60**2) ** 2 / (20 / 20**4 + 60 / 60**4), 2**2 / (20 / 20**2 + 60 / 60**2)
    assert freedom == pytest.approx(2 / (1 / (by_people - 1) + 1 / (by_ties - 1)))


def test_people_whose_ties_are_alike_are_the_cases():
    """Twenty people with five ties each to people whom nobody else knows: the error is that of twenty cases, not of 100."""
    kind = np.arange(20) < 8
    p = np.repeat(np.column_stack([kind, ~kind]).astype(float), 5, axis=0)
    a, b = np.repeat(np.arange(20), 5), np.arange(20, 120)
    covariance, freedom = dyadic.scatter(np.ones(100), p, a, b)
    contrast = np.array([1.0, -1.0])
    assert contrast @ covariance @ contrast == pytest.approx(1 / 8 + 1 / 12, rel=0.06)
    assert 18 < freedom < 80


def test_freedom_is_that_of_the_few_who_carry_most():
    """One person in all ties: hardly more than one case."""
    _, freedom = dyadic.scatter(np.ones(50), np.full((50, 2), 0.5), np.zeros(50, int), np.arange(1, 51))
    assert freedom < 2


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_draws_are_compositions(seed):
    """Every draw sums to one and lies in 0–1; their middle is near the estimate; errors are a covariance."""
    rng = np.random.default_rng(seed)
    p, a, b = ties_of(15, 60, rng)
    held, totals = np.ones(len(a)), p.sum(axis=0)
    covariance, freedom = dyadic.scatter(held, p, a, b)
    assert np.linalg.eigvalsh(covariance).min() > -1e-12
    found = dyadic.drawn(np.tile(totals, (500, 1)), totals, covariance, freedom, rng)
    assert found.sum(axis=1) == pytest.approx(1)
    assert ((found >= 0) & (found <= 1)).all()
    assert np.median(found, axis=0) == pytest.approx(totals / totals.sum(), abs=0.05)


@given(st.integers(0, 10_000), st.floats(0.1, 10))
def test_what_is_counted_twice_for_all_changes_nothing(seed, factor):
    """Shares of ties each held k times are those of ties each held once."""
    p, a, b = ties_of(12, 40, np.random.default_rng(seed))
    once, freedom = dyadic.scatter(np.ones(len(a)), p, a, b)
    more, same = dyadic.scatter(np.full(len(a), factor), p, a, b)
    assert more == pytest.approx(once)
    assert same == pytest.approx(freedom)


def test_a_kind_of_which_no_tie_is_may_still_be_of_some():
    """None of 60 ties is personal: its share may be up to about 3 in 60 (the rule of three, Hanley & Lippman-Hand 1983)."""
    rng = np.random.default_rng(2)
    p = np.column_stack([np.zeros(60), np.ones(60)])
    covariance, _ = dyadic.scatter(np.ones(60), p, np.arange(60), np.arange(60, 120))
    totals = np.tile([0.0, 60.0], (4000, 1))
    high = np.percentile(dyadic.drawn(totals, totals[0], covariance, 1e6, rng)[:, 0], 97.5)
    assert 0.02 < high < 0.08


def test_intervals_hold_a_planted_mix_as_often_as_they_say():
    """400 groups of 14 people who lean one way or the other, with five ties each among themselves: the interval holds what
    was planted in 91 to 98 of 100."""
    rng, inside = np.random.default_rng(3), 0
    for _ in range(400):
        pairs = np.array([(i, j) for i in range(14) for j in range(i)])
        a, b = pairs[rng.random(len(pairs)) < 0.4].T
        lean = rng.normal(0, 0.8, 14)
        kind = rng.random(len(a)) < 1 / (1 + np.exp(-(lean[a] + lean[b])))
        p = np.column_stack([kind, ~kind]).astype(float)
        doubt = dyadic.scatter(np.full(len(a), 2.0), p, a, b)
        found = dyadic.drawn(np.tile(p.sum(axis=0), (400, 1)), p.sum(axis=0), *doubt, rng)[:, 0]
        low, high = np.percentile(found, [2.5, 97.5])
        inside += low <= 0.5 <= high
    assert 0.91 < inside / 400 < 0.98
