"""Means of units as found, and shrunk towards the whole's by how little each can say.

A unit of ten says little of how far its people lie apart, so that spread is pooled over units (as in an analysis of
variance). A mean stands for the people of its unit, of whom a share f answered: what differs between people is then known
of that share, what differs between two answers of one person is not (Cochran 1977, *Sampling Techniques*, 2.6 and 13.9).
With a scale of reliability α, and people's weights w (Kish 1965, *Survey Sampling*, 11.7), a unit's mean has the variance

    σ² · Σw² / (Σw)² · (1 − α · f)

and Student's interval. Shrunk figures and their intervals are those of `kithwork.shrinkage`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.change.respondents import ALIKE, alike
from kithwork.estimates import LEVEL
from kithwork.shrinkage import shrunk

FOUND = "Student's interval, spread pooled over units, of a unit's people those known who answered (Cochran 1977)"
SHRUNK = (
    "shrunk towards the whole organisation by empirical Bayes, variance between units by Paule & Mandel (1982), interval"
    " over all such variances the units allow"
)
SUREST = 0.99
"""Reliability at most: answers that agree to the last are few, not perfect, and a unit of them is not known for certain."""
LEAST, MOST = 0.0, 100.0
"""Ends of a score; a weighted mean of the same score may round to just beyond them."""
COLUMNS = ["unit", "people", "found", "found_low", "found_high", "shrunk", "shrunk_low", "shrunk_high"]


def by_unit(
    scores: np.ndarray,
    weights: np.ndarray,
    units: pd.Series,
    whole: float,
    staff: pd.Series | None = None,
    reliability: float = 0.0,
) -> pd.DataFrame:
    """A row per unit, by name: its people, and its mean as found and shrunk with their 95 % intervals, all 0 to 100.

    `scores`, `weights`, `units`: (people,) who answered, units absent where unknown. `whole`: the weighted mean of
    everybody. `staff`: the unit of each on the staff list; without it, those who answered are a few of many. No rows
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
    if staff is not None:
        variances *= 1 - np.clip(reliability, 0, SUREST) * np.minimum(sizes / staff.value_counts()[names].to_numpy(), 1)
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
    figures = (np.clip(one, LEAST, MOST) for one in (found, low, high, pulled, pulled_low, pulled_high))
    columns = (names, sizes, *figures)
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))
