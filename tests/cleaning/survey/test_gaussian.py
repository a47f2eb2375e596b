"""The normal distribution of incomplete answers: moments, the likelihood at its top, truth recovered, distances."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from kithwork.cleaning.survey import gaussian


def drawn(people: int, seed: int, absent: float = 0.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean, covariance and draws of four columns, some absent at random; every row has one at least."""
    rng = np.random.default_rng(seed)
    mean, root = np.array([1.0, 2, 3, 4]), rng.normal(size=(4, 4))
    spread = root @ root.T + np.eye(4)
    grid = rng.multivariate_normal(mean, spread, people)
    gap = rng.random(grid.shape) < absent
    gap[np.arange(people), rng.integers(0, 4, people)] = False
    return mean, spread, np.where(gap, np.nan, grid)


def test_complete_answers_give_their_moments():
    """Without gaps the fit is the sample's mean and covariance."""
    grid = drawn(50, 1)[2]
    mean, spread = gaussian.fitted(grid)
    assert mean == pytest.approx(grid.mean(axis=0))
    assert spread == pytest.approx(np.cov(grid.T, bias=True), abs=1e-5)


def log_likelihood(grid: np.ndarray, mean: np.ndarray, spread: np.ndarray) -> float:
    """Sum over rows of the density of what is there, by scipy."""
    told = ~np.isnan(grid)
    return sum(
        stats.multivariate_normal.logpdf(row[here], mean[here], spread[np.ix_(here, here)])
        for row, here in zip(grid, told, strict=True)
    )


def test_fit_is_at_the_top_of_the_likelihood():
    """Any small step away from it lowers what scipy computes of the answers there are."""
    grid = drawn(80, 2, 0.3)[2]
    mean, spread = gaussian.fitted(grid)
    top, rng = log_likelihood(grid, mean, spread), np.random.default_rng(3)
    for _ in range(20):
        step = rng.normal(size=(4, 4)) * 0.01
        assert log_likelihood(grid, mean + rng.normal(size=4) * 0.01, spread + step + step.T) < top


def test_truth_is_recovered_through_gaps():
    """Of 20,000 people with a third of the answers absent: within four standard errors, 0.04 of a standard deviation."""
    mean, spread, grid = drawn(20_000, 4, 0.35)
    found = gaussian.fitted(grid, 1e-4)
    size = np.sqrt(np.diag(spread))
    assert np.abs((found[0] - mean) / size).max() < 0.04
    assert np.abs((found[1] - spread) / np.outer(size, size)).max() < 0.06


def test_distance_of_what_is_there_follows_chi_square():
    """Under the truth, D² over the k answers there are is χ² with k degrees of freedom (Kolmogorov-Smirnov)."""
    mean, spread, grid = drawn(2000, 5, 0.3)
    chance = stats.chi2.sf(gaussian.distances(grid, mean, spread), (~np.isnan(grid)).sum(axis=1))
    assert stats.kstest(chance, "uniform").pvalue > 0.01


def test_distance_by_hand():
    """Two independent columns of variance 4 and 9: (2/2)² + (3/3)² = 2; with one absent, 1; with both, 0."""
    grid = np.array([[2.0, 3], [2, np.nan], [np.nan, np.nan]])
    assert gaussian.distances(grid, np.zeros(2), np.diag([4.0, 9])) == pytest.approx([2, 1, 0])


def test_column_that_copies_another_does_no_harm():
    """A covariance without inverse still gives finite distances."""
    grid = drawn(60, 6)[2]
    grid = np.column_stack([grid, grid[:, 0]])
    assert np.isfinite(gaussian.distances(grid, *gaussian.fitted(grid, 1e-3))).all()
