"""Thresholds ahead of what dates show: taken to have a hump, unless the dates say otherwise.

A short watch tells how many thresholds lie below the exposures seen, not where the others are. Any two of the Beta's
values that fit the first part fit the dates, many of them with heaps of people whom the first tie, or only the last one,
moves; forecasts made of all of those stay too low (`benchmarks/thresholds.py`). The distributions Granovetter (1978, Am. J.
Sociol. 83:1420) worked with, the even and the normal one, rise towards no end. A forecast's values are therefore drawn with

    chance ∝ [a / (1 + a) · b / (1 + b)]²,     a, b the Beta's two parameters: below 1 it rises to an end,

observations added to the data as in Greenland & Mansournia (2015, Stat. Med. 34:3133): two at each end, none of which finds
a heap there. Many dates outweigh them. The estimates that are claimed do without.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from kithwork.change.likelihood import shape

OBSERVATIONS = 2
"""Those added at each end."""
LEAST = 1e-300
"""The smallest parameter told from 0."""


def hump(points: np.ndarray) -> np.ndarray:
    """(n,) chances, adding up to 1, to draw each of points (n, 5) on the likelihood's scale."""
    ends = np.maximum(shape(expit(points[:, 3]), expit(points[:, 4])), LEAST)
    weight = OBSERVATIONS * -np.log1p(1 / ends).sum(axis=0)
    chance = np.exp(weight - weight.max())
    return chance / chance.sum()
