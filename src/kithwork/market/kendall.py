"""Whether a topic's share of all texts rises or falls: Mann-Kendall with serial correlation, and Theil-Sen's slope.

Weekly shares of a few texts each are no series for ranks: where more is written towards the end, shares of larger weeks
have other middles, and up to one level topic in five is called rising or falling (`benchmarks.trends`). So weeks are first
put together into up to `MOST` spans with about as many texts each. Then, of their shares in order of time,

    S = Σ sign(xⱼ − xᵢ)        V = Var S, ties counted        Z = (S ∓ 1) / √(V c)

(Mann 1945, Econometrica 13:245; Kendall 1975). c makes up for serial correlation (Hamed & Rao 1998, J. Hydrol. 204:182):

    c = 1 + 2 / (n(n−1)(n−2)) · (n−1)(n−2)(n−3) r, 1 at least

with r the lag-one correlation of the ranks less the trend. It is always counted: in so few spans no lag can be told from 0,
and what is written of one week is written of the next. The slope is the median of the slopes of all pairs of spans, with
Sen's interval on the same V c (Sen 1968, JASA 63:1379), so that the interval and the test rest on one variance.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from kithwork.estimates import LEVEL

MOST = 13
"""Spans of time: with more of them, topics that wander from week to week are called rising or falling more often."""
EACH = 2
"""Texts on the topic, at least, that a span has on average."""
EVERY_LAG = 1.0
"""Level at which a correlation is held to be none: whatever it is, it is counted."""


@dataclass(frozen=True)
class Trend:
    """`slope`, `low`, `high`: change of the share a week, with its 95 % interval; `s`: Kendall's score; `p`: of no
    trend."""

    slope: float
    low: float
    high: float
    s: int
    p: float


def trend(texts: np.ndarray, of: np.ndarray, fewest: int) -> Trend | None:
    """The trend of one topic from its counts by week and those of all texts; None where that makes under `fewest` spans."""
    spans = int(min(MOST, texts.sum() // EACH, np.count_nonzero(of)))
    if spans < fewest:
        return None
    shares, times = spanned(texts, of, spans)
    if len(shares) < fewest:
        return None
    score, variance = score_of(shares)
    z = (score - np.sign(score)) / np.sqrt(variance) if variance else 0.0
    slope, low, high = sen(shares, times, variance)
    return Trend(slope, low, high, score, 2 * (1 - NormalDist().cdf(abs(z))))


def spanned(texts: np.ndarray, of: np.ndarray, spans: int) -> tuple[np.ndarray, np.ndarray]:
    """The share in each span of whole weeks with about as many texts as any other, and its mean week."""
    middle = np.cumsum(of) - of / 2
    span = np.minimum((spans * middle / of.sum()).astype(int), spans - 1)
    on, all_, time = (np.bincount(span, one, spans) for one in (texts, of, of * np.arange(len(of))))
    there = all_ > 0
    return on[there] / all_[there], time[there] / all_[there]


def score_of(values: np.ndarray) -> tuple[int, float]:
    """Kendall's score S of values in order of time, and its variance, made up for serial correlation."""
    from pymannkendall import hamed_rao_modification_test, original_test

    plain = original_test(values)
    if not plain.var_s:
        return 0, 0.0
    with np.errstate(invalid="ignore", divide="ignore"):  # r near −1 makes c negative
        corrected = hamed_rao_modification_test(values, alpha=EVERY_LAG, lag=1).var_s
    return int(plain.s), float(max(plain.var_s, corrected))


def sen(values: np.ndarray, times: np.ndarray, variance: float) -> tuple[float, float, float]:
    """Theil-Sen's slope and Sen's 95 % interval, where the score of the values has this variance."""
    early, late = np.triu_indices(len(values), 1)
    slopes = np.sort((values[late] - values[early]) / (times[late] - times[early]))
    reach = NormalDist().inv_cdf((1 + LEVEL) / 2) * np.sqrt(variance)
    last = len(slopes) - 1
    low, high = round((len(slopes) - reach) / 2) - 1, round((len(slopes) + reach) / 2)
    return float(np.median(slopes)), float(slopes[max(low, 0)]), float(slopes[min(high, last)])


def adjusted(p: np.ndarray) -> np.ndarray:
    """P-values of several topics, corrected for their number (Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57:289).

    Where there is none (NaN) there is none after.
    """
    from scipy.stats import false_discovery_control

    found, there = np.full(len(p), np.nan), ~np.isnan(p)
    if there.any():
        found[there] = false_discovery_control(p[there])
    return found
