"""The chance that something is heard, its interval, and what hangs on one person."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork import replicates
from kithwork.market.heard import coverage, fragility, lost, weights


def test_coverage_by_hand():
    """Ties that hear with .5 and .4 miss with .5 × .6: coverage .7; without the first .4, so that .3 hang on it."""
    own = weights(np.array([0.5, 0.4, 0.0]))[:, None]
    assert coverage(own, 0.5).estimate == pytest.approx(0.7)
    assert lost(own).tolist() == pytest.approx([0.3, 0.2, 0])


def test_a_mean_is_taken_over_parts():
    """Heard with .8 in one part and not at all in the other: .4."""
    assert coverage(np.column_stack([weights(np.array([0.8, 0.0])), [0.0, 0.0]]), 0.5).estimate == pytest.approx(0.4)


def test_coverage_agrees_with_every_way_ties_may_hear():
    """Brute force: the chance that at least one of five ties hears, summed over all 32 outcomes."""
    chances = np.random.default_rng(3).uniform(0, 0.9, 5)
    every = np.array(list(product([0, 1], repeat=5)))
    p = np.prod(np.where(every, chances, 1 - chances), axis=1)
    assert coverage(weights(chances)[:, None], 1.0).estimate == pytest.approx(p[every.any(axis=1)].sum())


def test_interval_is_that_of_a_jackknife_that_leaves_one_out():
    """With many egos the infinitesimal jackknife and the one that leaves each out in turn agree (Efron 1982)."""
    own = np.random.default_rng(4).exponential(0.02, (300, 1))
    whole = coverage(own, 0.02)
    each = np.log((own.sum() - own[:, 0]) * 300 / 299)
    half = 1.96 * np.sqrt(299 / 300 * ((each - each.mean()) ** 2).sum())
    found = 1 - np.exp(-own.sum() * np.exp(half * np.array([-1, 1])))
    assert [whole.low, whole.high] == pytest.approx(found, rel=0.01)


def test_interval_of_a_mean_is_that_of_parts_that_go_together():
    """Two parts heard by the same egos are as sure as one of them; by different ones, taken to be no surer."""
    one = np.random.default_rng(5).exponential(0.02, (300, 1))
    alone, same = coverage(one, 0.02), coverage(np.hstack([one, one]), 0.02)
    assert [same.low, same.high] == pytest.approx([alone.low, alone.high])
    half = coverage(np.hstack([one, np.zeros_like(one)]), 0.0)
    assert [half.low, half.high] == pytest.approx([alone.low / 2, alone.high / 2])


def test_nobody_tied_leaves_an_upper_end():
    """No tie among any egos: 0, and at most what 3.69 average ties would hear (Garwood 1936)."""
    found = coverage(np.zeros((50, 1)), 0.1)
    assert (found.estimate, found.low) == (0, 0)
    assert found.high == pytest.approx(1 - np.exp(-0.36889), rel=1e-4)


@given(st.lists(st.lists(st.floats(0, 60), min_size=3, max_size=3), min_size=2, max_size=8))
def test_interval_holds_the_estimate_within_0_and_1(rows):
    """Whatever egos add, from nothing to far more than certainty; and nobody's leaving costs more than there is."""
    own = np.array(rows)
    found = coverage(own, 1.0)
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert lost(own).max() <= found.estimate + 1e-9


def test_fragility_is_the_most_that_one_leaver_costs():
    """One ego carries nearly all: its loss. Beside a second like it, as little as the other leaves unheard."""
    own = np.zeros((40, 1))
    own[:2, 0] = weights(np.array([0.9, 0.1]))
    counts = replicates.counts(40, 200, np.random.default_rng(1))
    found = fragility(own, counts)
    assert found.estimate == pytest.approx(0.91 - 0.1)
    assert found.low < found.estimate
    own[1, 0] = own[0, 0]
    assert fragility(own, counts).estimate == pytest.approx(0.99 - 0.9)


def test_fragility_of_resamples_agrees_with_a_loop():
    """Each resample, person by person: the most that the leaving of one drawn copy costs."""
    rng = np.random.default_rng(2)
    own, counts = rng.exponential(0.3, (6, 2)), replicates.counts(6, 50, rng)
    slow = []
    for often in counts.astype(float):
        total = often @ own
        slow.append(max(np.mean(np.exp(-(total - own[i])) - np.exp(-total)) for i in np.flatnonzero(often)))
    low, high = np.percentile(slow, [2.5, 97.5])
    found = fragility(own, counts)
    assert [found.low, found.high] == pytest.approx([min(low, found.estimate), max(high, found.estimate)])
