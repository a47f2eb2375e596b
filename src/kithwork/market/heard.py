"""The chance that what is said in a part of the market is heard here, its interval, and what one person's leaving costs.

    C = 1 − Π over ties outside (1 − h) = 1 − exp(−L),   L = Σ −log(1 − h),   h = P(strategic) · freshness · access

News comes by ties to those who are unlike oneself, and each more tie to the same place brings less of it (Granovetter 1973,
Am. J. Sociol. 78:1360; Burt 2004, Am. J. Sociol. 110:349; Reagans & McEvily 2003, Adm. Sci. Q. 48:240; Aral & Van Alstyne
2011, Am. J. Sociol. 117:90). L is a sum over egos, so its interval is theirs: the infinitesimal jackknife (Jaeckel 1972,
Bell Labs memo MM 72-1215-11; Efron 1982, *The Jackknife, the Bootstrap and Other Resampling Plans*, 6) on the scale of
log L, on which it stays between 0 and 1 and one ego alone still has a width. Where nobody has a tie the upper end is that
of 0 ties under Poisson's law (Garwood 1936, Biometrika 28:437), 3.69 average ones. What the ranges of P(strategic) leave
open (`left_open`) is added to it.

Over several parts the mean C is taken, from the mean of their low ends to the mean of their high ends: as though parts were
all off one way together, so that it errs towards wide, the more so the more parts there are.

Whoever did not answer names nobody. Had all answered, L would be that of the respondents over the share who did (Horvitz &
Thompson 1952, J. Am. Stat. Assoc. 47:663), if the others know as many outside; it is never below what is known already.

It fails where ties hear the same thing from one source, for they are taken to hear apart from each other; and what is
assumed of access stays as stated, so that the interval says nothing of it.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from kithwork import replicates
from kithwork.estimates import LEVEL, Estimate, from_draws, rate

MOST = 50.0
"""The largest L that one ego is given: beyond it a chance not to hear of 2e-22 is none."""


def weights(heard: np.ndarray) -> np.ndarray:
    """What each tie adds to L, 0 and more: (ties,). `heard`: h, below 1."""
    return -np.log1p(-heard)


def ends(own: np.ndarray, average: float, open_: np.ndarray | None = None) -> np.ndarray:
    """C of each part, and the low and high end of its interval, 0 to 1: (3, parts).

    `own`: (egos, parts) of what each ego adds to L, two egos at least; `average`: what a tie adds on average; `open_`: what
    is assumed leaves open, (2, parts) as `left_open` has it.
    """
    egos, total = len(own), own.sum(axis=0)
    error = np.sqrt(egos / (egos - 1) * ((own - own.mean(axis=0)) ** 2).sum(axis=0))
    relative = np.divide(error, total, out=np.zeros(len(total)), where=total > 0)
    away = NormalDist().inv_cdf((1 + LEVEL) / 2) * relative
    down, up = np.hypot(away, np.zeros((2, 1)) if open_ is None else open_)
    high = np.where(total > 0, total * np.exp(up), rate(0, 1, egos).high * average)
    return -np.expm1(-np.stack([total, total * np.exp(-down), high]))


def coverage(own: np.ndarray, average: float, open_: np.ndarray | None = None) -> Estimate:
    """The mean C over parts, 0 to 1, its n the egos; the rest as in `ends`."""
    return Estimate(*ends(own, average, open_).mean(axis=1).tolist(), len(own))


def had_all_answered(own: np.ndarray, answered: np.ndarray, average: float, open_: np.ndarray | None = None) -> Estimate:
    """The same had all egos answered; its n those who did, two at least. `answered`: booleans (egos,); else as `ends`."""
    people = int(answered.sum())
    each = len(own) / people
    found, low, high = ends(own[answered] * each, average * each, open_)
    known = -np.expm1(-own.sum(axis=0))
    return Estimate(*(end.mean() for end in (np.maximum(found, known), low, np.maximum(high, known))), people)


def lost(own: np.ndarray) -> np.ndarray:
    """How far the mean C over parts falls when each ego leaves, 0 to 1: (egos,). `own` as in `coverage`."""
    own = own.clip(max=MOST)
    return np.expm1(own) @ np.exp(-own.sum(axis=0)) / own.shape[1]


def fragility(own: np.ndarray, counts: np.ndarray) -> Estimate:
    """The most of these, with the percentile bootstrap over egos (Efron 1979, Ann. Stat. 7:1).

    `counts`: (resamples, egos) how often each is drawn. Who is drawn twice stands for two people, of whom one leaves: so
    resamples err towards less than is lost, and the interval reaches lower than it should.
    """
    carries = np.flatnonzero(own.any(axis=1))
    own, most = own[carries].clip(max=MOST), float(lost(own).max(initial=0))
    often = counts[:, carries]
    without = np.exp(-replicates.sums(often, own)) @ np.expm1(own).T / own.shape[1]
    return from_draws(most, np.where(often > 0, without, 0).max(axis=1, initial=0), counts.shape[1])
