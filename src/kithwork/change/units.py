"""Means of units as found, and shrunk towards the whole's by how little each can say.

A unit of ten says little of how far its people lie apart, so that spread is pooled over units (as in an analysis of
variance), and the mean of a unit has the variance σ² Σw² / (Σw)² with people's weights w (Kish 1965, *Survey Sampling*,
11.7); its interval is Student's. Shrunk figures and their intervals are those of `kithwork.shrinkage`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.change.respondents import ALIKE, alike
from kithwork.estimates import LEVEL
from kithwork.shrinkage import shrunk

FOUND = "Student's interval, spread pooled over units"
SHRUNK = (
    "shrunk towards the whole organisation by empirical Bayes, variance between units by Paule & Mandel (1982), interval"
    " over all such variances the units allow"
)
LEAST, MOST = 0.0, 100.0
"""Ends of a score."""
COLUMNS = ["unit", "people", "found", "found_low", "found_high", "shrunk", "shrunk_low", "shrunk_high"]


def by_unit(scores: np.ndarray, weights: np.ndarray, units: pd.Series, whole: float) -> pd.DataFrame:
    """A row per unit, by name: its people, and its mean as found and shrunk with their 95 % intervals, all 0 to 100.

    `scores`, `weights`, `units`: (people,), units absent where unknown. `whole`: the weighted mean of everybody. No rows
    where units are fewer than two, or where no unit has two people and nothing is known of how far apart they lie. Where
    people of a unit never differ there is nothing to shrink by: figures stay as found.
    """
    known = units.notna().to_numpy()
    names, codes = np.unique(units[known].astype(str), return_inverse=True)
    y, w, sizes = scores[known], weights[known], np.bincount(codes)
    free = len(y) - len(names)
    if len(names) < 2 or free < 1:
        return pd.DataFrame(columns=COLUMNS)
    bottom = np.bincount(codes, w)
    found = np.bincount(codes, w * y) / bottom
    plain = np.bincount(codes, y) / sizes
    spread = float(((y - plain[codes]) ** 2).sum() / free)
    variances = spread * np.bincount(codes, w**2) / bottom**2
    if spread <= ALIKE:
        ends = np.array([(one.low, one.high) for one in (alike(found[at], w[codes == at]) for at in range(len(names)))])
        low, high = ends.T
        pulled, pulled_low, pulled_high = found, low, high
    else:
        from scipy.special import stdtrit

        half = stdtrit(free, (1 + LEVEL) / 2) * np.sqrt(variances)
        low, high = found - half, found + half
        of = shrunk(found, variances, whole, bottom / weights.sum())
        pulled, pulled_low, pulled_high = of.figures, of.low, of.high
    ends = (np.clip(end, LEAST, MOST) for end in (low, high, pulled_low, pulled_high))
    low, high, pulled_low, pulled_high = ends
    columns = (names, sizes, found, low, high, pulled, pulled_low, pulled_high)
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))
