"""Bootstrap over people for many figures at once: how often each person is drawn, times what each person adds.

A resample of people (Efron 1979, Ann. Stat. 7:1) is a row of counts; all sums of all resamples are one matrix product.
"""

from __future__ import annotations

import numpy as np

CELLS = 8_000_000
"""Counts turned into floating point at a time."""


def counts(n: int, resamples: int, rng: np.random.Generator) -> np.ndarray:
    """How often each of n people is drawn, (resamples, n): each row sums to n."""
    return counts_within(np.zeros(n, dtype=int), resamples, rng)


def counts_within(codes: np.ndarray, resamples: int, rng: np.random.Generator) -> np.ndarray:
    """The same drawn within groups, whose sizes stay. `codes`: (people,) group of each; −1, no known group, is one too."""
    found = np.zeros((resamples, len(codes)), dtype=np.uint16)
    for code in np.unique(codes):
        who = np.flatnonzero(codes == code)
        picks = rng.integers(0, len(who), (resamples, len(who)))
        picks += len(who) * np.arange(resamples)[:, None]
        found[:, who] = np.bincount(picks.ravel(), minlength=resamples * len(who)).reshape(resamples, len(who))
    return found


def sums(counts: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Σ over people of count × value: (resamples, columns), for values (people, columns)."""
    found = np.empty((len(counts), values.shape[1]))
    step = max(CELLS // max(counts.shape[1], 1), 1)
    for first in range(0, len(counts), step):
        found[first : first + step] = counts[first : first + step].astype(float) @ values
    return found
