"""The order of signals by what acting on each would bring, with how sure each place is, and what to do with each.

A signal brings its value if it is real and repeats: real · repeats · value, drawn together many times, whether it is real
from its chance and the chance from its own range. In each draw signals are ranked, those that are nothing sharing the last
places; a signal's rank is the mean of these, its interval the middle 95 % (Laird & Louis 1989, J. Educ. Stat. 14:29;
Goldstein & Spiegelhalter 1996, J. R. Stat. Soc. A 159:385). Signals are never ordered by estimates or by sums: those of
which least is known would be found at both ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.estimates import TAILS
from kithwork.market_tables import ACT, PARK, TEST, WATCH

SURE, ENOUGH = 0.8, 2.0
"""Chance of being among the best, and effective number of sources, from which to act."""
DOUBTFUL = (0.4, 0.8)
"""Chances of being real between which a small test tells most."""


@dataclass(frozen=True)
class Ranked:
    """Expected rank with its interval, from 1 the best, and chance to be among the best few: (signals,) each."""

    rank: np.ndarray
    low: np.ndarray
    high: np.ndarray
    top: np.ndarray


def ranked(real: np.ndarray, repeats: np.ndarray, value: np.ndarray, top: int, rng: np.random.Generator) -> Ranked:
    """Ranks from chances of being real and of repeating, and values, at least 0: (draws, signals) each; `top`: how many
    are few."""
    from scipy.stats import rankdata

    worth = (rng.random(real.shape) < real) * repeats * value
    rank = rankdata(-worth, axis=1)
    low, high = np.percentile(rank, TAILS, axis=0)
    return Ranked(rank.mean(axis=0), low, high, (rank <= top).mean(axis=0))


def decided(p_real: np.ndarray, effective: np.ndarray, p_top: np.ndarray, top: int) -> np.ndarray:
    """What to do with each signal, (signals,): act where it is surely among the best and sources are enough; else test what
    may or may not be real; else watch what is likelier among the best than by lot, and leave the others."""
    by_lot = min(top / max(len(p_top), 1), 1)
    act = (p_top >= SURE) & (effective >= ENOUGH)
    test = (p_real >= DOUBTFUL[0]) & (p_real <= DOUBTFUL[1])
    return np.select([act, test, p_top >= by_lot], [ACT, TEST, WATCH], PARK).astype(object)


def kept(base: np.ndarray, others: list[np.ndarray], top: int) -> tuple[float, float, float]:
    """Share of the best few by `base`, (signals,), that stay so under each of `others`: mean, least and most."""
    best = _best(base, top)
    shares = [len(best & _best(other, top)) / len(best) for other in others]
    return float(np.mean(shares)), min(shares), max(shares)


def _best(worth: np.ndarray, top: int) -> set[int]:
    return set(pd.Series(worth).sort_values(ascending=False, kind="stable").index[:top])
