"""How many things a set of items measures: parallel analysis.

Eigenvalues of the items' correlations are held against those of answers that go together by chance alone; those before the
first that does not pass the 95th percentile of chance count (Horn 1965, Psychometrika 30:179; the percentile: Glorfeld
1995, Educ. Psychol. Meas. 55:377). Chance is each item's own answers shuffled among the people who answered it (Buja &
Eyuboglu 1992, Multivar. Behav. Res. 27:509): its distribution stays, and so does which answers are missing. Two things
that go together much are found only among many items: it is a test of plainly different ones.
"""

from __future__ import annotations

import numpy as np

from kithwork.change.consistency import centred, correlations, covariances, from_sums
from kithwork.replicates import CELLS

SHUFFLES = 499
"""Sets of shuffled answers."""
PASSED = 95
"""Percentile of chance that an eigenvalue must pass."""
SAME = 1e-9
"""Eigenvalues that differ by less are the same: of few people, chance often gives the very correlations found."""


def dimensions(grid: np.ndarray, rng: np.random.Generator) -> int | None:
    """How many (people, items) answers measure, from 0; None where hardly anybody answered two of the items."""
    found = correlations(covariances(grid))
    chance = correlations(_shuffled(grid, rng))
    chance = chance[np.isfinite(chance).all(axis=(1, 2))]
    if not np.isfinite(found).all() or not len(chance):
        return None
    beyond = _eigenvalues(found)[0] > np.percentile(_eigenvalues(chance), PASSED, axis=0) + SAME
    return int(np.cumprod(beyond).sum())


def _eigenvalues(correlation: np.ndarray) -> np.ndarray:
    """(samples, items) eigenvalues, largest first."""
    return np.linalg.eigvalsh(correlation)[:, ::-1]


def _shuffled(grid: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(SHUFFLES, items, items) covariances of answers shuffled within each item."""
    known, values = (~np.isnan(grid)).astype(float), centred(grid)
    step, found = max(CELLS // grid.size, 1), []
    for first in range(0, SHUFFLES, step):
        drawn = np.broadcast_to(values, (min(step, SHUFFLES - first), *grid.shape)).copy()
        for item in range(grid.shape[1]):
            who = known[:, item] > 0
            drawn[:, who, item] = rng.permuted(drawn[:, who, item], axis=1)
        turned = drawn.transpose(0, 2, 1)
        found.append(from_sums(known.T @ known, turned @ known, turned @ drawn))
    return np.concatenate(found)
