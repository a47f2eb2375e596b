"""Draws have the mean and the covariance they are asked for, and hang on no eigenvector's sign."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import sqrtm
from scipy.stats import chi2, kstest, multivariate_t

from kithwork import gaussian


def covariance(seed: int, size: int, rank: int) -> np.ndarray:
    """Some covariance of a rank."""
    own = np.random.default_rng(seed).normal(size=(size, rank))
    return own @ own.T


@given(st.integers(0, 10**6), st.integers(1, 6), st.data())
def test_root_is_symmetric_and_its_square_the_covariance(seed, size, data):
    """Of any rank, 0 too; without an eigenvalue below 0."""
    found = covariance(seed, size, data.draw(st.integers(0, size)))
    root = gaussian.root(found)
    assert root @ root == pytest.approx(found, abs=1e-9)
    assert root == pytest.approx(root.T, abs=1e-9)
    assert np.linalg.eigvalsh(root).min() >= -1e-9


def test_root_agrees_with_scipy():
    """scipy's by Schur's decomposition (Björck & Hammarling 1983), which no eigenvector enters."""
    found = covariance(1, 5, 5)
    assert gaussian.root(found) == pytest.approx(sqrtm(found).real)


def test_root_by_hand():
    """Of variances 2 and covariance 1 the eigenvalues are 3 and 1: the root has (√3 ± 1) / 2."""
    root = gaussian.root(np.array([[2.0, 1.0], [1.0, 2.0]]))
    assert root == pytest.approx(np.array([[1.3660254, 0.3660254], [0.3660254, 1.3660254]]))


@pytest.mark.parametrize("signs", [(1, 1), (-1, 1), (1, -1), (-1, -1)])
def test_signs_of_eigenvectors_change_no_draw(signs, monkeypatch):
    """Linear algebra may give either sign, and of equal eigenvalues any two axes."""
    plain = np.linalg.eigh
    first = gaussian.drawn(np.zeros(2), np.array([[1.0, -1.0], [-1.0, 1.0]]), 5, np.random.default_rng(1))
    monkeypatch.setattr(np.linalg, "eigh", lambda matrix: (plain(matrix)[0], plain(matrix)[1] * signs))
    again = gaussian.drawn(np.zeros(2), np.array([[1.0, -1.0], [-1.0, 1.0]]), 5, np.random.default_rng(1))
    assert again == pytest.approx(first, abs=1e-12)


def test_planted_mean_and_covariance_are_drawn():
    """Of 200,000 draws both are found again, of a covariance of less than full rank too."""
    wanted, mean = covariance(2, 4, 3), np.arange(4.0)
    found = gaussian.drawn(mean, wanted, 200_000, np.random.default_rng(2))
    assert found.mean(axis=0) == pytest.approx(mean, abs=0.03)
    assert np.cov(found.T) == pytest.approx(wanted, abs=0.05)


def test_heavier_draws_are_those_of_t():
    """Squared distances over the number of dimensions follow F; beside scipy's draws they are no farther off."""
    shape, freedom = covariance(3, 3, 3), 5.0
    found = gaussian.heavier(np.ones(3), shape, freedom, 20_000, np.random.default_rng(3))
    beside = multivariate_t(np.ones(3), shape, freedom).rvs(20_000, random_state=3)
    far, theirs = (np.einsum("ni,ij,nj->n", x - 1, np.linalg.inv(shape), x - 1) / 3 for x in (found, beside))
    assert kstest(far, "f", args=(3, freedom)).pvalue > 0.01
    assert np.quantile(far, [0.25, 0.5, 0.9]) == pytest.approx(np.quantile(theirs, [0.25, 0.5, 0.9]), rel=0.05)


def test_many_degrees_of_freedom_are_normal():
    """With a million of them the squared lengths follow χ²."""
    found = gaussian.heavier(np.zeros(3), np.eye(3), 1e6, 20_000, np.random.default_rng(4))
    assert kstest((found**2).sum(axis=1), chi2(3).cdf).pvalue > 0.01
