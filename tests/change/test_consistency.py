"""How items go together: the manual's numbers, the same by plain loops, and what missing answers may and may not change."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from attitude import ATTITUDE
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import f

from kithwork import replicates
from kithwork.change import consistency
from kithwork.estimates import expanded, from_draws

grids = st.tuples(st.integers(0, 10**6), st.integers(12, 40), st.integers(2, 6), st.sampled_from([0.0, 0.25]))


def drawn(seed: int, people: int, items: int, missing: float) -> np.ndarray:
    """Answers of 1 to 5 that share something, some of them missing."""
    rng = np.random.default_rng(seed)
    latent = rng.normal(size=(people, 1)) + rng.normal(size=(people, items))
    grid = np.clip(np.round(3 + latent), 1, 5)
    return np.where(rng.random(grid.shape) < missing, np.nan, grid)


def test_attitude():
    """psych's manual prints of alpha(attitude): alpha .84, mean r .43; with the rest, and without each, as below."""
    spread = consistency.covariances(ATTITUDE)
    assert consistency.alpha(spread)[0] == pytest.approx(0.84, abs=5e-3)
    assert consistency.mean_r(spread)[0] == pytest.approx(0.43, abs=5e-3)
    assert consistency.item_rest(spread)[0] == pytest.approx([0.67, 0.74, 0.56, 0.71, 0.79, 0.27, 0.46], abs=5e-3)
    assert consistency.alpha_without(spread)[0] == pytest.approx([0.81, 0.80, 0.83, 0.80, 0.80, 0.86, 0.84], abs=5e-3)


def test_parallel_items_follow_spearman_and_brown():
    """Items of one variance and one correlation r: alpha of k of them is k·r / (1 + (k − 1)·r)."""
    for k, r in ((2, 0.3), (3, 0.571), (6, 0.2)):
        spread = 4 * (r + (1 - r) * np.eye(k))
        assert consistency.alpha(spread) == pytest.approx(k * r / (1 + (k - 1) * r))
        assert consistency.mean_r(spread) == pytest.approx(r)


@settings(max_examples=25, deadline=None)
@given(grids)
def test_as_pandas_has_them(sample):
    """Covariances over pairs of answers are those of pandas; item-rest correlations of whole answers those of numpy."""
    grid = drawn(*sample)
    spread = consistency.covariances(grid)[0]
    assert spread == pytest.approx(pd.DataFrame(grid).cov(min_periods=2).to_numpy(), nan_ok=True)
    whole = grid[~np.isnan(grid).any(axis=1)]
    if len(whole) < 3:
        return
    found = consistency.item_rest(consistency.covariances(whole))[0]
    for at in range(grid.shape[1]):
        rest = np.delete(whole, at, axis=1).sum(axis=1)
        if np.ptp(rest) and np.ptp(whole[:, at]):
            assert found[at] == pytest.approx(np.corrcoef(whole[:, at], rest)[0, 1])


@settings(max_examples=25, deadline=None)
@given(grids)
def test_a_resample_is_the_people_repeated(sample):
    """Figures of counts are those of a grid in which people stand as often as they were drawn."""
    grid = drawn(*sample)
    counts = replicates.counts(len(grid), 3, np.random.default_rng(1))
    found = consistency.covariances(grid, counts)
    for one, spread in zip(counts, found, strict=True):
        assert spread == pytest.approx(consistency.covariances(np.repeat(grid, one, axis=0))[0], nan_ok=True)


def test_interval_is_feldts_where_his_holds():
    """Normal items of one variance and correlation: the bootstrap has the ends of F (Feldt 1965, Psychometrika 30:357)."""
    rng, people, items = np.random.default_rng(3), 400, 4
    grid = rng.normal(size=(people, 1)) + rng.normal(size=(people, items))
    alpha = consistency.alpha(consistency.covariances(grid))[0]
    draws = consistency.alpha(consistency.covariances(grid, replicates.counts(people, 2000, rng)))
    found = from_draws(alpha, draws, people, expanded(people))
    ends = [1 - (1 - alpha) * f.ppf(tail, people - 1, (people - 1) * (items - 1)) for tail in (0.975, 0.025)]
    assert [found.low, found.high] == pytest.approx(ends, abs=0.012)


def test_bootstrap_and_jackknife_agree():
    """The standard error of alpha by leaving out one department each is that of resampling, within a fifth."""
    draws = consistency.alpha(consistency.covariances(ATTITUDE, replicates.counts(30, 4000, np.random.default_rng(5))))
    without = 1 - np.eye(30, dtype=np.uint16)
    left = consistency.alpha(consistency.covariances(ATTITUDE, without))
    jackknife = np.sqrt(29 / 30 * ((left - left.mean()) ** 2).sum())
    assert draws.std() == pytest.approx(jackknife, rel=0.2)


def test_planned_gaps_leave_alpha_where_it_was():
    """Each person is not asked one of three items, by lot: over 40 studies of 600, alpha is that of whole answers."""
    rng, whole, gaps = np.random.default_rng(7), [], []
    for _ in range(40):
        grid = rng.normal(size=(600, 1)) + rng.normal(size=(600, 3))
        asked = rng.integers(0, 3, 600)[:, None] != np.arange(3)
        whole.append(consistency.alpha(consistency.covariances(grid))[0])
        gaps.append(consistency.alpha(consistency.covariances(np.where(asked, grid, np.nan)))[0])
    assert np.mean(gaps) == pytest.approx(np.mean(whole), abs=0.01)
    assert np.mean(whole) == pytest.approx(0.75, abs=0.01)


def test_what_cannot_be_told_is_nan():
    """All alike, or no two items answered by the same people: there is no alpha; an item alike for all has no item-rest."""
    alike = np.full((20, 3), 4.0)
    assert np.isnan(consistency.alpha(consistency.covariances(alike)))
    apart = np.where(np.arange(20)[:, None] % 2 == np.arange(2), ATTITUDE[:20, :2], np.nan)
    assert np.isnan(consistency.alpha(consistency.covariances(apart)))
    one_alike = np.c_[ATTITUDE[:, :2], np.ones(30)]
    assert np.isnan(consistency.item_rest(consistency.covariances(one_alike))[0, 2])
    assert consistency.correlations(consistency.covariances(one_alike))[0, 2, :2] == pytest.approx([0, 0])


@pytest.mark.parametrize("gaps", [False, True])
def test_intervals_hold_the_planted_alpha(gaps):
    """Three parallel items whose alpha is .75, 150 people, 200 times: 91 to 98 % of intervals hold it, gaps or not."""
    rng, held = np.random.default_rng(13), []
    for _ in range(200):
        grid = rng.normal(size=(150, 1)) + rng.normal(size=(150, 3))
        if gaps:
            grid = np.where(rng.integers(0, 3, 150)[:, None] == np.arange(3), np.nan, grid)
        draws = consistency.alpha(consistency.covariances(grid, replicates.counts(150, 400, rng)))
        found = from_draws(consistency.alpha(consistency.covariances(grid))[0], draws, 150, expanded(150))
        held.append(found.low <= 0.75 <= found.high)
    assert 0.91 <= np.mean(held) <= 0.98


def test_what_rounding_leaves_of_a_variance_is_none():
    """Resamples in which all answer an item alike: its variance, off by rounding to below or above 0, is none, unwarned."""
    for off in (-1e-17, 1e-17):
        spread = np.array([[[off, 0.0, 0.0], [0.0, 1.0, 0.5], [0.0, 0.5, 1.0]]])
        with np.errstate(all="raise"):
            assert consistency.correlations(spread)[0, 0].tolist() == [1, 0, 0]
            assert np.isnan(consistency.item_rest(spread)[0]).tolist() == [True, False, False]
