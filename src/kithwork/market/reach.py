"""How far topics reach: which texts fit one, and how well.

A text belongs to the topic whose middle is nearest if it lies no farther from it, in 1 − cosine, than the upper fence of
the topic's texts: their upper quartile and `FENCE` times the spread between the quartiles (Tukey 1977, *Exploratory Data
Analysis*). What is left with fewer texts than make a topic is none.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.market.clusters import middles
from kithwork.market.points import unit

FENCE = 1.5


def reached(points: np.ndarray, of: np.ndarray, smallest: int) -> np.ndarray:
    """The topic of each text, by falling size from 0 on, −1 where it fits none. `of`: the group of each, from 0 on."""
    middle = unit(middles(points, of))
    far = 1 - (points * middle[of]).sum(axis=1)
    low, high = (pd.Series(far).groupby(of).quantile(at).reindex(of).to_numpy() for at in (0.25, 0.75))
    within = np.where(far <= high + FENCE * (high - low) + 1e-6, of, -1)
    size = np.bincount(within[within >= 0], minlength=len(middle))
    order = np.argsort(-size, kind="stable")
    number = np.full(len(middle) + 1, -1)
    number[order] = np.where(size[order] >= smallest, np.arange(len(middle)), -1)
    return number[within]


def fit(points: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Cosine of each text to its topic's middle less that to the next topic's (or 0, where there is one topic alone), −2 to
    2; NaN for a text of no topic (−1)."""
    if not (of >= 0).any():
        return np.full(len(points), np.nan)
    cosine = points @ unit(middles(points, of)).T
    own = np.maximum(of, 0)[:, None]
    mine = np.take_along_axis(cosine, own, axis=1)[:, 0]
    np.put_along_axis(cosine, own, -np.inf, axis=1)
    other = cosine.max(axis=1) if cosine.shape[1] > 1 else 0.0
    return np.where(of >= 0, np.clip(mine - other, -2, 2), np.nan)
