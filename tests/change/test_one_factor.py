"""Omega: other programs' numbers, known loadings, the best fit by brute force, and what is out of reach."""

from __future__ import annotations

import numpy as np
import pytest
from attitude import ATTITUDE
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from sklearn.decomposition import FactorAnalysis

from kithwork.change import consistency
from kithwork.change.one_factor import LEAST, fitted, omega


def unfit(correlation: np.ndarray, loading: np.ndarray, own: np.ndarray) -> float:
    """log |Σ| + tr(R Σ⁻¹), which maximum likelihood makes least."""
    model = np.outer(loading, loading) + np.diag(own)
    return np.linalg.slogdet(model)[1] + np.trace(correlation @ np.linalg.inv(model))


def test_attitude():
    """Own variances as statsmodels 0.14 prints them (Factor, method "ml"), and omega from its loadings."""
    spread = consistency.covariances(ATTITUDE)
    loading, own = fitted(consistency.correlations(spread))
    assert np.abs(loading[0]) == pytest.approx([0.85248, 0.90224, 0.59271, 0.73070, 0.76499, 0.24609, 0.37785], abs=1e-5)
    assert own[0] == pytest.approx([0.27328, 0.18596, 0.64870, 0.46608, 0.41478, 0.93944, 0.85723], abs=1e-5)
    assert omega(spread)[0] == pytest.approx(0.85633, abs=1e-5)


def test_as_scikit_learn_fits_it():
    """Loadings of 300 people's five items are those of FactorAnalysis."""
    rng = np.random.default_rng(2)
    grid = rng.normal(size=(300, 1)) * [0.9, 0.8, 0.7, 0.5, 0.3] + rng.normal(size=(300, 5))
    grid = (grid - grid.mean(axis=0)) / grid.std(axis=0)
    other = FactorAnalysis(1, tol=1e-12, max_iter=5000).fit(grid)
    loading, own = fitted(np.corrcoef(grid.T)[None])
    assert np.abs(loading[0]) == pytest.approx(np.abs(other.components_[0]), abs=1e-5)
    assert own[0] == pytest.approx(other.noise_variance_, abs=1e-5)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(3, 6), st.sampled_from([0.0, 0.5, 2.0]))
def test_no_other_fit_is_better(seed, items, shared):
    """Of small samples too, where a variance ends at its bound: a search by other means finds no likelier loadings."""
    rng = np.random.default_rng(seed)
    grid = shared * rng.normal(size=(25, 1)) + rng.normal(size=(25, items))
    correlation = np.corrcoef(grid.T)
    (loading,), (own,) = fitted(correlation[None])
    best = min(
        minimize(
            lambda at: unfit(correlation, at[:items], at[items:]),
            np.r_[start * loading + 0.1 * rng.normal(size=items), own],
            bounds=[(None, None)] * items + [(LEAST, 1)] * items,
        ).fun
        for start in (1, 0)
    )
    assert unfit(correlation, loading, own) <= best + 1e-3


def test_known_loadings_give_their_omega():
    """Of the covariances that a one-factor model has, omega is (Σ λ)² / ((Σ λ)² + Σ ψ), in whatever units items are."""
    loading, own, unit = np.array([0.9, 0.7, 0.5, 0.4]), np.array([0.3, 0.6, 0.5, 0.9]), np.array([1.0, 3.0, 0.5, 2.0])
    spread = np.outer(unit * loading, unit * loading) + np.diag(unit**2 * own)
    common = (unit * loading).sum() ** 2
    assert omega(spread[None])[0] == pytest.approx(common / (common + (unit**2 * own).sum()), abs=1e-5)


def test_omega_is_alpha_where_items_load_alike():
    """Parallel items: one figure by both; items that load unequally: omega is the higher one."""
    alike = 0.5 + 0.5 * np.eye(4)
    assert omega(alike[None])[0] == pytest.approx(consistency.alpha(alike), abs=1e-6)
    loading = np.array([0.95, 0.9, 0.3, 0.2])
    unequal = np.outer(loading, loading) + np.diag(1 - loading**2)
    assert omega(unequal[None])[0] > consistency.alpha(unequal) + 0.02


def test_an_item_that_does_not_vary_leaves_no_omega():
    """One sample of two can be fitted: the other is NaN, and the first as if alone."""
    still = np.array(consistency.covariances(np.c_[ATTITUDE[:, :2], np.ones(30)]))
    both = np.concatenate([still, consistency.covariances(ATTITUDE[:, :3])])
    assert np.isnan(omega(both)[0])
    assert omega(both)[1] == omega(both[1:])[0]


def test_rounding_moves_no_omega():
    """Of resamples with last digits as another processor may have them, all but few are the same."""
    rng = np.random.default_rng(5)
    counts = rng.multinomial(len(ATTITUDE), np.full(len(ATTITUDE), 1 / len(ATTITUDE)), 500).astype(float)
    spread = consistency.covariances(ATTITUDE, counts)
    off = rng.normal(0, 1e-16, spread.shape)
    again = omega(spread * (1 + off + off.transpose(0, 2, 1)))
    assert (again == omega(spread)).mean() > 0.99
