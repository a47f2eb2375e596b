"""In which week a topic began: not its first text, which may be one that is put there by mistake, but by a model of all.

Texts on a topic come at a rate in proportion to all texts nₜ and to a course gₜ that is low before the onset τ, rises to
its height within so many weeks, and stays or fades:

    gₜ = e + (1 − e) · min(1, k / rise) · ½^max(0, (k − rise) / fade)        k = t − τ + 1 weeks, 0 before the onset

A rise ends with the last week at the latest: a topic whose rate never reached 1 / e times that before has no onset here.

Given how many texts there are, they fall into the weeks as a multinomial with probabilities nₜ gₜ / Σ nₜ gₜ, whatever the
height: so the rate at its height need not be known (Birch 1963, J. R. Stat. Soc. B 25:220). The posterior over τ takes
every week, and "before the first week", as equally likely beforehand, and sums over the courses of `RISES`, `FADES` and
`BEFORE` (Raftery & Akman 1986, Biometrika 73:85, for a step). Where counts scatter more about the best course than a
Poisson's would, its log-likelihood is divided by how much more, Pearson's χ² over its degrees of freedom (McCullagh &
Nelder 1989, ch. 9).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from kithwork.estimates import TAILS

RISES = (1, 4, 13)
"""Weeks in which a topic rises to its height."""
FADES = (np.inf, 13)
"""Weeks in which it then falls by half."""
BEFORE = (0.0, 0.05, 0.1, 0.2)
"""e: its rate before it began, mistaken texts, over that at its height."""
NEVER = 1e-9
"""What stands for a rate of 0 within logarithms."""
PARAMETERS = 4
"""What a course has that is fitted: onset, rise, fade, and e."""


@dataclass(frozen=True)
class Onsets:
    """By topic: posterior median of the onset, and the ends of its 95 % interval, as numbers of weeks; −1 stands for before
    the first week."""

    week: np.ndarray
    low: np.ndarray
    high: np.ndarray


def course(onset: np.ndarray, weeks: int, rise: float, fade: float, before: float) -> np.ndarray:
    """gₜ (onsets × weeks); an onset of −1 is long past, its rise over; one near the end has risen by then."""
    k = np.arange(weeks) - onset[:, None] + 1
    rise = np.where(onset < 0, 1, np.minimum(rise, weeks - onset))[:, None]
    up = np.clip(k / rise, 0, 1) * 0.5 ** (np.maximum(k - rise, 0) / fade)
    return np.maximum(before + (1 - before) * up, NEVER)


def onsets(texts: np.ndarray, of: np.ndarray) -> Onsets:
    """When each topic began; `texts`: (topics, weeks), each topic with one text at least; `of`: (weeks,)."""
    weeks, onset = len(of), np.arange(-1, len(of))
    courses = list(product(RISES, FADES, BEFORE))
    likely = np.empty((len(courses), len(texts), len(onset)))
    for at, shape in enumerate(courses):
        g = course(onset, weeks, *shape)
        likely[at] = texts @ np.log(g).T - texts.sum(axis=1)[:, None] * np.log(g @ of)
    best = likely.transpose(1, 0, 2).reshape(len(texts), -1).argmax(axis=1)
    scatter = [
        _scatter(row, of, course(onset[[at % len(onset)]], weeks, *courses[at // len(onset)])[0])
        for row, at in zip(texts, best, strict=True)
    ]
    tempered = (likely - likely.max(axis=(0, 2), keepdims=True)) / np.array(scatter)[:, None]
    posterior = np.exp(tempered).sum(axis=0)
    reached = posterior.cumsum(axis=1) / posterior.sum(axis=1, keepdims=True)
    median, low, high = (onset[(reached < tail / 100).sum(axis=1)] for tail in (50.0, *TAILS))
    return Onsets(median, low, high)


def _scatter(texts: np.ndarray, of: np.ndarray, g: np.ndarray) -> float:
    """Pearson's χ² of one topic's counts about a course, over its degrees of freedom; 1 at least."""
    there = of > 0
    expected = (of * g / (of @ g) * texts.sum())[there]
    free = max(int(there.sum()) - PARAMETERS, 1)
    return max(1.0, float(((texts[there] - expected) ** 2 / expected).sum()) / free)
