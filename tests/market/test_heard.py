"""The chance that something is heard, its interval, and what hangs on one person."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork import replicates
from kithwork.market.heard import coverage, ends, fragility, had_all_answered, lost, weights


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


def test_had_all_answered_by_hand():
    """Two of four answered and miss with .5 × .6: four like them with its square. A tie of one who did not answer, known
    from elsewhere, that hears more than that is not forgotten."""
    own, answered = weights(np.array([0.5, 0.4, 0.0, 0.0]))[:, None], np.array([True, True, False, False])
    found = had_all_answered(own, answered, 0.5)
    assert (found.estimate, found.n) == (pytest.approx(1 - 0.3**2), 2)
    own[3] = weights(np.array([0.95]))
    assert had_all_answered(own, answered, 0.5).estimate == pytest.approx(1 - 0.3 * 0.05)


def test_had_all_answered_finds_what_was_silenced():
    """Of 300 egos each is silenced with chance .25: on average L is found again, where what is left of it falls short by a
    quarter, and at least 90 % of intervals hold the chance to hear of all."""
    rng = np.random.default_rng(9)
    own = rng.exponential(0.02, (300, 1)) * (rng.random((300, 1)) < 0.3)
    true, held, logs, left = coverage(own, 0.02).estimate, [], [], []
    for _ in range(300):
        answered = rng.random(300) < 0.75
        found = had_all_answered(own * answered[:, None], answered, 0.02)
        held.append(found.low <= true <= found.high)
        logs.append(-np.log1p(-found.estimate))
        left.append(own[answered].sum())
    assert np.mean(logs) == pytest.approx(own.sum(), rel=0.02)
    assert np.mean(left) == pytest.approx(0.75 * own.sum(), rel=0.02)
    assert np.mean(held) >= 0.9


def test_what_is_left_open_is_added_side_by_side():
    """Egos who are all alike leave nothing open, and the ends are those of what is assumed; else squares add."""
    alike, open_ = np.full((50, 1), 0.01), np.array([[0.4], [0.2]])
    assert ends(alike, 0.01, open_)[1:, 0] == pytest.approx(-np.expm1(-0.5 * np.exp([-0.4, 0.2])))
    own = np.random.default_rng(10).exponential(0.02, (300, 1))
    total, bare, wide = own.sum(), ends(own, 0.02)[:, 0], ends(own, 0.02, open_)[:, 0]
    by_egos, by_both = (np.abs(np.log(-np.log1p(-one[1:]) / total)) for one in (bare, wide))
    assert by_both == pytest.approx(np.hypot(by_egos, open_[:, 0]))


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
