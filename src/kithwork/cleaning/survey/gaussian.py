"""A multivariate normal distribution of answers of which some are absent: its fit, and how far a person lies from it.

The fit is maximum likelihood by EM over the answers there are (Dempster, Laird & Rubin 1977, J. R. Stat. Soc. B 39:1;
Little & Rubin 2019, Statistical Analysis with Missing Data, 11.2), so absent answers need only be absent at random. With V
the current covariance and V_o its block of the items a person answered, the expected covariance of what is absent is
V − V·K·V, where K is the inverse of V_o with zeros elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

ACCURACY, MOST_ROUNDS = 1e-7, 2000
"""Largest change of a mean or covariance, in standard deviations, at which EM stops; and rounds at the very most."""
RIDGE = 1e-9
"""Share of the variance added before inverting, so that items answered alike by all do no harm."""
CHUNK = 500


def fitted(grid: np.ndarray, accuracy: float = ACCURACY) -> tuple[np.ndarray, np.ndarray]:
    """Mean and covariance (divisor n) of the rows, by maximum likelihood. Every row holds a value, every column varies."""
    scale = np.nanstd(grid, axis=0)
    middle = np.nanmean(grid, axis=0)
    values = (grid - middle) / scale
    known = ~np.isnan(values)
    values = np.where(known, values, 0.0)
    mean, spread = np.zeros(grid.shape[1]), np.eye(grid.shape[1])
    for _ in range(MOST_ROUNDS):
        filled, inverses = np.empty_like(values), np.zeros_like(spread)
        for part, inverse in _inverses(spread, known):
            off = np.where(known[part], values[part] - mean, 0.0)
            filled[part] = mean + np.einsum("nij,nj->ni", inverse, off) @ spread
            inverses += inverse.sum(axis=0)
        new_mean = filled.mean(axis=0)
        off = filled - new_mean
        new_spread = (off.T @ off - spread @ inverses @ spread) / len(values) + spread
        change = max(np.abs(new_mean - mean).max(), np.abs(new_spread - spread).max())
        mean, spread = new_mean, (new_spread + new_spread.T) / 2
        if change < accuracy:
            break
    return middle + mean * scale, spread * np.outer(scale, scale)


def distances(grid: np.ndarray, mean: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Squared Mahalanobis distance of each row over the columns it has: (x − μ)ᵀ V⁻¹ (x − μ), 0 for a row that has none."""
    known = ~np.isnan(grid)
    off = np.where(known, grid - mean, 0.0)
    found = np.empty(len(grid))
    for part, inverse in _inverses(spread, known):
        found[part] = np.einsum("ni,nij,nj->n", off[part], inverse, off[part])
    return found


def _inverses(spread: np.ndarray, known: np.ndarray) -> Iterator[tuple[slice, np.ndarray]]:
    """For slices of the rows, the inverse of the covariance of each row's known columns, zero elsewhere."""
    steady = spread + RIDGE * np.diag(np.diag(spread))
    for start in range(0, len(known), CHUNK):
        part = slice(start, start + CHUNK)
        both = known[part, :, None] & known[part, None, :]
        apart = np.where(both, steady, 0.0) + np.eye(known.shape[1]) * ~known[part, None, :]
        yield part, np.where(both, np.linalg.inv(apart), 0.0)
