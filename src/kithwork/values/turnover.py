"""How a figure differs between two waves whose people are partly the same.

A ratio of sums over people, R = Σ top / Σ bottom, moves by what each person adds to it,

    u = (top − R bottom) / Σ bottom

(linearisation, as in Särndal, Swensson & Wretman 1992, Model Assisted Survey Sampling, 5.5). Who took part both times adds
u now less u before, others their u alone; the variance of the difference is the sum over these three sorts of people, n
times the variance within each, and its interval is by Student's t with the freedom of Satterthwaite (1946, Biom. Bull.
2:110). Whoever took part both times and answered alike is thus set against the own earlier answer, and newcomers against
nobody.

Where no sums over people are at hand, or nobody differs in them, two intervals make that of the difference, as if the two
waves were independent (Zou & Donner 2008, Stat. Med. 27:1693; of shares Newcombe 1998, Stat. Med. 17:873). That errs
towards wide where people who took part both times are alike in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt
from statistics import NormalDist

import numpy as np
import pandas as pd

from kithwork.estimates import LEVEL, Estimate

FEWEST = 2
"""People below which a variance between them is not known."""
EQUAL = 1e-7
"""Difference up to which two parts are equal: they are kept to the tenth decimal, and may then be multiplied."""
TINY = 1e-15
"""Variance at or below which there is none."""


@dataclass(frozen=True)
class Turnover:
    """A change with its interval, and P of so large a one where there is none."""

    change: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class Sums:
    """People's parts of a figure in two waves, in one order: (people,) `top` and `bottom` of each, 0 for who is no part."""

    before: np.ndarray
    now: np.ndarray

    @property
    def both(self) -> np.ndarray:
        """(people,) who is part of both figures."""
        return (self.before[:, 1] > 0) & (self.now[:, 1] > 0)

    @property
    def only_before(self) -> np.ndarray:
        """(people,) who is part of the figure before alone."""
        return (self.before[:, 1] > 0) & (self.now[:, 1] <= 0)

    @property
    def only_now(self) -> np.ndarray:
        """(people,) who is part of the figure now alone."""
        return (self.before[:, 1] <= 0) & (self.now[:, 1] > 0)

    @property
    def moved(self) -> np.ndarray:
        """(people,) whose part is another than before: who came, who went, and who gives another figure."""
        return ~np.isclose(self.before, self.now, rtol=0, atol=EQUAL).all(axis=1)

    def among(self, who: np.ndarray) -> Sums:
        """The parts of some people alone."""
        return Sums(self.before[who], self.now[who])


def aligned(before: pd.DataFrame, now: pd.DataFrame) -> Sums:
    """Two frames of person_id, top and bottom as sums over all their people, in order of id."""
    one, other = (frame.set_index("person_id")[["top", "bottom"]] for frame in (before, now))
    everybody = one.index.union(other.index)
    return Sums(*(frame.reindex(everybody, fill_value=0.0).to_numpy(dtype=float) for frame in (one, other)))


def ratio(parts: np.ndarray) -> float:
    """Σ top / Σ bottom of parts (people, 2); not a number where nobody is part of it."""
    return float(parts[:, 0].sum() / parts[:, 1].sum()) if parts[:, 1].sum() > 0 else float("nan")


def of_people(sums: Sums, change: float) -> Turnover | None:
    """The change with the interval that people's parts give it; None where in either wave nobody differs from another, or
    all moved alike: then they cannot say how sure it is."""
    from scipy.special import stdtr, stdtrit

    then, this = _influence(sums.before), _influence(sums.now)
    if min((one**2).sum() for one in (then, this)) <= TINY:
        return None
    moves = this - then
    variances, freedoms = [], []
    for who in (sums.both, sums.only_before, sums.only_now):
        own = moves[who]
        if len(own) >= FEWEST:
            variances.append(len(own) * own.var(ddof=1))
            freedoms.append(len(own) - 1)
        elif len(own):  # of one alone: against the mean of all, which is 0
            variances.append(float(own[0] ** 2))
            freedoms.append(1)
    variance = sum(variances)
    if variance <= TINY:
        return None
    freedom = variance**2 / sum(one**2 / many for one, many in zip(variances, freedoms, strict=True))
    half = float(stdtrit(freedom, (1 + LEVEL) / 2)) * sqrt(variance)
    return Turnover(change, change - half, change + half, 2 * float(stdtr(freedom, -abs(change) / sqrt(variance))))


def of_figures(before: Estimate, now: Estimate) -> Turnover:
    """The change between two figures taken as independent, each side of its interval by the sides of theirs."""
    change = now.estimate - before.estimate
    below = sqrt((now.estimate - now.low) ** 2 + (before.high - before.estimate) ** 2)
    above = sqrt((now.high - now.estimate) ** 2 + (before.estimate - before.low) ** 2)
    towards = below if change > 0 else above
    far = abs(change) / towards if towards else (inf if change else 0.0)
    normal = NormalDist()
    p = 2 * normal.cdf(-far * normal.inv_cdf((1 + LEVEL) / 2))
    return Turnover(change, change - below, change + above, p)


def _influence(parts: np.ndarray) -> np.ndarray:
    """(people,) what each adds to Σ top / Σ bottom, to first order; 0 for who is no part of it."""
    return (parts[:, 0] - ratio(parts) * parts[:, 1]) / parts[:, 1].sum()
