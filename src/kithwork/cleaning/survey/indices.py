"""Indices of careless answering, one number a person, from a grid of answers: a row per person, items in the order asked.

Absent answers are NaN and are passed over: what was answered before and after a gap counts as consecutive. Reviews:
Meade & Craig 2012 (Psychol. Methods 17:437), Curran 2016 (J. Exp. Soc. Psychol. 66:4).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

MOST_LAG = 10
"""Longest cycle of answers that `repeated` looks for, in items."""
FEWEST_PAIRS = 8
"""Scales with two halves below which a correlation over scales says nothing."""


def packed(grid: np.ndarray) -> np.ndarray:
    """The grid with each person's answers moved to the left, in order; gaps follow as NaN."""
    order = np.argsort(np.isnan(grid), axis=1, kind="stable")
    return np.take_along_axis(grid, order, axis=1)


def longest_run(grid: np.ndarray) -> np.ndarray:
    """Answers in the longest run of one and the same answer; 0 for who gave none (longstring: Johnson 2005, J. Res. Pers.
    39:103).
    """
    told = packed(grid)
    best = run = (~np.isnan(told[:, 0])).astype(int) if told.shape[1] else np.zeros(len(told), int)
    for before, here in zip(told.T[:-1], told.T[1:], strict=True):
        run = np.where(here == before, run + 1, ~np.isnan(here))
        best = np.maximum(best, run)
    return best


def spread(grid: np.ndarray) -> np.ndarray:
    """Standard deviation (n − 1) of a person's answers, in scale points; NaN below two answers.

    Intra-individual response variability (Dunn et al. 2018, J. Bus. Psychol. 33:105): 0 where all are alike.
    """
    count = (~np.isnan(grid)).sum(axis=1)
    mean = np.nansum(grid, axis=1) / np.maximum(count, 1)
    squares = np.nansum((grid - mean[:, None]) ** 2, axis=1)
    return np.sqrt(np.where(count > 1, squares / np.maximum(count - 1, 1), np.nan))


def repeated(grid: np.ndarray) -> np.ndarray:
    """Largest share, over k = 1 … `MOST_LAG`, of answers equal to the one k answers before; 0 to 1, NaN where too few.

    1 for whoever ticks one column throughout, or 1-2-3-4-5-1-2-3-4-5: auto-correlation screening (R package
    responsePatterns) as a share, so that a constant answer has a value too. Needs 2k answers.
    """
    told = packed(grid)
    count = (~np.isnan(told)).sum(axis=1)
    found = np.full((len(told), MOST_LAG), np.nan)
    for lag in range(1, min(MOST_LAG, told.shape[1] - 1) + 1):
        alike = (told[:, lag:] == told[:, :-lag]).sum(axis=1)
        found[:, lag - 1] = np.where(count >= max(2, 2 * lag), alike / np.maximum(count - lag, 1), np.nan)
    known = ~np.isnan(found).all(axis=1)
    return np.where(known, np.nan_to_num(found, nan=-1).max(axis=1), np.nan)


def even_odd(scales: Sequence[np.ndarray]) -> np.ndarray:
    """How far a person answers items of one scale alike, −1 to 1; NaN below `FEWEST_PAIRS` scales or if a half is constant.

    `scales` are grids of the items of each scale, reversed items turned. Of the items answered of a scale the first, third
    … make one half and the others the other; r is the correlation of the halves' means over scales within the person,
    stepped up by Spearman and Brown: 2r / (1 + r), not below −1 (Johnson 2005, J. Res. Pers. 39:103).
    """
    halves = np.stack([_halves(scale) for scale in scales], axis=1)
    both = ~np.isnan(halves).any(axis=2)
    count = both.sum(axis=1)
    halves = np.where(both[:, :, None], halves, 0.0)
    centred = np.where(both[:, :, None], halves - (halves.sum(axis=1) / np.maximum(count, 1)[:, None])[:, None], 0.0)
    product = centred.prod(axis=2).sum(axis=1)
    size = np.sqrt((centred**2).sum(axis=1).prod(axis=1))
    known = (count >= FEWEST_PAIRS) & (size > 1e-9)
    r = np.where(known, product / np.where(known, size, 1), np.nan).clip(-1, 1)
    return np.where(known, np.maximum(2 * r / np.maximum(1 + r, 1e-9), -1), np.nan)


def _halves(scale: np.ndarray) -> np.ndarray:
    """Mean of the first, third … and of the second, fourth … item answered, by person; NaN where none."""
    answered = ~np.isnan(scale)
    place = answered.cumsum(axis=1)
    found = []
    for side in (1, 0):
        here = answered & (place % 2 == side)
        count = here.sum(axis=1)
        found.append(np.where(count > 0, np.where(here, scale, 0).sum(axis=1) / np.maximum(count, 1), np.nan))
    return np.stack(found, axis=1)


def twins(grid: np.ndarray, fewest: int) -> np.ndarray:
    """How many others gave the very same answers to the very same items; NaN where these are fewer than `fewest`."""
    enough = (~np.isnan(grid)).sum(axis=1) >= fewest
    _, which, count = np.unique(np.nan_to_num(grid), axis=0, return_inverse=True, return_counts=True)
    return np.where(enough, count[which.ravel()] - 1.0, np.nan)
