"""Whether people of one group answer alike: rwg(j), agreement beside answers given at random.

With s² the mean variance of the J items within the group and σ² that of answers at random (James, Demaree & Wolf 1984,
J. Appl. Psychol. 69:85):

    rwg(j) = J (1 − s²/σ²) / (J (1 − s²/σ²) + s²/σ²),   s² at most σ², so that it is never below 0

σ² of answers spread evenly over A points is (A² − 1)/12; over five that lean slightly one way it is 1.34 (LeBreton & Senter
2008, Organ. Res. Methods 11:815). As in the package `multilevel` for R the variances are averaged first, and their
divisor is one less than people answered.
"""

from __future__ import annotations

import numpy as np

from kithwork.scales import HIGH, LOW

EVEN = ((HIGH - LOW + 1) ** 2 - 1) / 12
"""Variance of answers spread evenly over the points of the scale."""
SKEWED = 1.34
"""Variance of answers on five points that lean slightly one way."""


def rwg(grid: np.ndarray, codes: np.ndarray, chance: float = EVEN) -> np.ndarray:
    """(groups,) rwg(j) of (people, items) answers, NaN where none, by (people,) group codes from 0.

    NaN for a group none of whose items two people answered; items that fewer did are left out of its mean variance.
    """
    groups, items = int(codes.max(initial=-1)) + 1, grid.shape[1]
    member = np.zeros((groups, len(codes)))
    member[codes, np.arange(len(codes))] = 1.0
    known = ~np.isnan(grid)
    n = member @ known
    values = np.where(known, grid, 0.0)
    means = member @ values / np.maximum(n, 1)
    apart = member @ np.where(known, grid - means[codes], 0.0) ** 2
    told = n >= 2
    variance = np.where(told, apart / np.maximum(n - 1, 1), 0.0).sum(axis=1)
    counted = told.sum(axis=1)
    share = np.minimum(np.divide(variance, counted, out=np.full(groups, np.nan), where=counted > 0) / chance, 1.0)
    return items * (1 - share) / (items * (1 - share) + share)
