"""Bootstrap over people for many figures at once: how often each person is drawn, times what each person adds.

A resample of people (Efron 1979, Ann. Stat. 7:1) is a row of counts; all sums of all resamples are one matrix product. The
counts lie in memory person by person, so that those of a group are read in one go.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

CELLS = 8_000_000
"""Counts drawn, or turned into floating point, at a time."""


def counts(n: int, resamples: int, rng: np.random.Generator) -> np.ndarray:
    """How often each of n people is drawn, (resamples, n): each row sums to n."""
    return counts_within(np.zeros(n, dtype=int), resamples, rng)


def counts_within(codes: np.ndarray, resamples: int, rng: np.random.Generator) -> np.ndarray:
    """The same drawn within groups, whose sizes stay. `codes`: (people,) group of each; −1, no known group, is one too."""
    found = np.zeros((len(codes), resamples), dtype=np.uint16)
    for code in np.unique(codes):
        who = np.flatnonzero(codes == code)
        step = max(CELLS // len(who), 1)
        for first in range(0, resamples, step):
            rows = min(step, resamples - first)
            picks = rng.integers(0, len(who), (rows, len(who)))
            picks += len(who) * np.arange(rows)[:, None]
            often = np.bincount(picks.ravel(), minlength=picks.size).astype(np.uint16)
            found[who, first : first + rows] = often.reshape(picks.shape).T
    return found.T


def sums(counts: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Σ over people of count × value: (resamples, columns), for values (people, columns)."""
    found = np.empty((len(counts), values.shape[1]))
    step = max(CELLS // max(counts.shape[1], 1), 1)
    for first in range(0, len(counts), step):
        found[first : first + step] = counts[first : first + step].astype(float) @ values
    return found


def ratios(counts: np.ndarray, codes: np.ndarray, top: np.ndarray, bottom: np.ndarray) -> Iterator[np.ndarray]:
    """Σ top / Σ bottom of (people, columns) in every group, by code from 0 on: (resamples, columns), NaN over no bottom."""
    for code in range(codes.max(initial=-1) + 1):
        who = np.flatnonzero(codes == code)
        over, under = np.hsplit(sums(counts[:, who], np.hstack([top[who], bottom[who]])), 2)
        yield np.divide(over, under, out=np.full(over.shape, np.nan), where=under > 0)
