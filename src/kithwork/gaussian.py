"""Draws of normal and of t variables with a given covariance, the same on every processor.

A draw is the mean and z Σ^½, z standard normal, and Σ^½ the one root of Σ that is symmetric and has no eigenvalue below 0
(Horn & Johnson 2013, *Matrix Analysis*, 7.2.6). A triangular root wants a Σ of full rank. Roots that are
eigenvectors, as NumPy's and SciPy's, do as well, but which sign one has, and which of those of equal eigenvalues it is, is
the linear algebra's choice, and differs from processor to processor: other draws, and an interval's ends with them.
"""

from __future__ import annotations

import numpy as np

NOTHING = 1e-12
"""Eigenvalues below this share of the largest are 0, and what is left of them rounding."""


def root(covariance: np.ndarray) -> np.ndarray:
    """The symmetric root of a covariance, (d, d). Eigenvalues below 0, which are rounding, count as 0."""
    values, axes = np.linalg.eigh(covariance)
    return (axes * np.sqrt(np.where(values > NOTHING * values.max(initial=0), values, 0))) @ axes.T


def drawn(mean: np.ndarray, covariance: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Normal variables, (count, d). `mean`: (d,); `covariance`: (d, d), symmetric; its rank may be less than d."""
    return mean + rng.standard_normal((count, len(covariance))) @ root(covariance)


def heavier(middle: np.ndarray, covariance: np.ndarray, freedom: float, count: int, rng: np.random.Generator) -> np.ndarray:
    """Multivariate t variables, (count, d): normal ones over √(χ² / `freedom`) (Kotz & Nadarajah 2004, *Multivariate t
    Distributions and Their Applications*, 1.1). `freedom`: its degrees, above 0; `covariance`: that of the normal ones."""
    error = drawn(np.zeros(len(covariance)), covariance, count, rng)
    return middle + error * np.sqrt(freedom / rng.chisquare(freedom, (count, 1)))
