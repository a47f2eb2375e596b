"""McDonald's omega: the share of a scale's variance that one common factor accounts for, where items load unequally.

    x_j = λ_j · factor + error_j;   omega = (Σ λ_j)² / ((Σ λ_j)² + Σ ψ_j),   ψ_j = Var(error_j)

(McDonald 1999, Test Theory, 89), the loadings by maximum likelihood (Jöreskog 1967, Psychometrika 32:443): given ψ, λ is
the first eigenvector of Ψ^(−½) R Ψ^(−½) by the root of its eigenvalue less one; ψ goes by scoring steps on its logarithm,
for all resamples at once. No ψ_j falls below a small share of its item's variance, as in R's factanal. Two items leave the
loadings undetermined: there is no omega of two.
"""

from __future__ import annotations

import numpy as np

from kithwork.change.consistency import correlations

FEWEST = 3
"""Items that it takes to tell their loadings."""
LEAST = 0.005
"""Share of its variance that an item keeps to itself at the least."""
ACCURACY, MOST_ROUNDS, LONGEST = 1e-7, 200, 1.0
"""Largest change of a log variance at which the search ends, rounds at the very most, and longest step of one."""
RIDGE = 1e-9
"""Added where two own variances can hardly be told apart, so that a step has an end."""
DIGITS = 6
"""Places to which omega is told: where a search ends differs in the eighth from processor to processor."""


def omega(spread: np.ndarray) -> np.ndarray:
    """(samples,) omega of (samples, items, items) covariances of three items or more; NaN where an item does not vary."""
    variance = np.diagonal(spread, axis1=-2, axis2=-1)
    usable = np.isfinite(spread).all(axis=(-2, -1)) & (variance > 0).all(axis=-1)
    found = np.full(len(spread), np.nan)
    loading, own = fitted(correlations(spread[usable]))
    common = (loading * np.sqrt(variance[usable])).sum(axis=-1) ** 2
    found[usable] = (common / (common + (own * variance[usable]).sum(axis=-1))).round(DIGITS)
    return found


def fitted(correlation: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Loadings and own variances, (samples, items) each, of (samples, items, items) correlations. Signs are arbitrary."""
    log_own = np.full(correlation.shape[:2], np.log(0.5))
    moving = np.arange(len(correlation))
    for _ in range(MOST_ROUNDS):
        if not len(moving):
            break
        new = _stepped(correlation[moving], log_own[moving])
        change = np.abs(new - log_own[moving]).max(axis=1)
        log_own[moving] = new
        moving = moving[change >= ACCURACY]
    own = np.exp(log_own)
    return _loadings(correlation, own)[0], own


def _stepped(correlation: np.ndarray, log_own: np.ndarray) -> np.ndarray:
    """Log own variances after one scoring step; those at their bound that would pass it stay there."""
    own, items = np.exp(log_own), log_own.shape[1]
    loading, direction = _loadings(correlation, own)
    slope = (loading**2 + own - 1) / own
    bound = (log_own <= np.log(LEAST)) & (slope > 0)
    left = (np.eye(items) - direction[:, :, None] * direction[:, None, :]) ** 2
    curve = np.where(bound[:, :, None] | bound[:, None, :], np.eye(items), left + RIDGE * np.eye(items))
    step = np.linalg.solve(curve, np.where(bound, 0.0, slope)[..., None])[..., 0]
    return np.clip(log_own - np.clip(step, -LONGEST, LONGEST), np.log(LEAST), 0.0)


def _loadings(correlation: np.ndarray, own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Loadings that fit best given own variances, and the unit eigenvector they lie along."""
    root = np.sqrt(own)
    values, vectors = np.linalg.eigh(correlation / (root[:, :, None] * root[:, None, :]))
    direction = vectors[..., -1]
    return root * direction * np.sqrt(np.maximum(values[..., -1:] - 1, 0)), direction
