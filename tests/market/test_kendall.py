"""Trends of shares: Mann-Kendall, corrected for serial correlation, and Theil-Sen's slope with its interval."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.stats import rankdata, theilslopes

from kithwork.market.kendall import MOST, adjusted, score_of, sen, spanned, trend

FEWEST = 8
GILBERT = np.array([10.0, 15.0, 14.0, 20.0])
"""The example of Gilbert (1987), *Statistical Methods for Environmental Pollution Monitoring*, ch. 16."""


def test_score_and_slope_as_published():
    """S is 4, and the slope 2.92 (Gilbert 1987, 209 and 218)."""
    assert score_of(GILBERT)[0] == 4
    assert sen(GILBERT, np.arange(4), 1.0)[0] == pytest.approx(2.92, abs=0.005)


def test_score_and_variance_by_brute_force():
    """S is the sum of signs over pairs; its variance counts ties, and is made up for the lag-one correlation of ranks."""
    rng = np.random.default_rng(1)
    lifted = 0
    for n in (8, 11, 13):
        values = np.round(np.cumsum(rng.normal(size=n)), 0)
        score, variance = score_of(values)
        assert score == sum(np.sign(values[j] - values[i]) for i, j in combinations(range(n), 2))
        ties = np.unique(values, return_counts=True)[1]
        plain = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
        ranks = rankdata(values - np.arange(1, n + 1) * theilslopes(values).slope)
        ranks -= ranks.mean()
        c = 1 + 2 * (n - 3) / n * (ranks[1:] @ ranks[:-1]) / (ranks @ ranks)
        assert variance == pytest.approx(plain * max(1, c))
        lifted += c > 1
    assert lifted


def test_interval_is_that_of_scipy_without_serial_correlation():
    """Slopes over uneven times, with the plain variance, are those of scipy's `theilslopes`."""
    rng = np.random.default_rng(2)
    for n in (8, 13, 30):
        times, values = np.cumsum(rng.uniform(0.5, 2, n)), rng.normal(size=n)
        there = theilslopes(values, times)
        found = sen(values, times, n * (n - 1) * (2 * n + 5) / 18)
        assert found == pytest.approx((there.slope, there.low_slope, there.high_slope))


def test_spans_hold_as_many_texts_and_keep_all():
    """Weeks of ten texts and then of a hundred: each span has as many, and the mean share is that of the whole."""
    of = np.r_[np.full(50, 10.0), np.full(15, 100.0)]
    shares, times = spanned(of / 5, of, 10)
    assert shares == pytest.approx(np.full(10, 0.2))
    assert np.diff(times).min() > 0
    assert times[:2] == pytest.approx([9.5, 29.5])


def test_too_few_texts_make_no_trend():
    """Texts in seven weeks, or fifteen on the topic, are too few; a topic with the same share always has no trend."""
    assert trend(np.full(7, 5.0), np.full(7, 20.0), FEWEST) is None
    assert trend(np.r_[np.ones(15), np.zeros(15)], np.full(30, 20.0), FEWEST) is None
    level = trend(np.full(26, 5.0), np.full(26, 20.0), FEWEST)
    assert (level.slope, level.low, level.high, level.s, level.p) == (0, 0, 0, 0, 1)


def drawn(weeks, each, share, rng):
    """Counts by week of one topic and of all texts."""
    of = rng.poisson(each, weeks).astype(float)
    return rng.binomial(of.astype(int), share).astype(float), of


def wandering(weeks, rng):
    """A level share that wanders about a tenth, this week's like the last one's by a half."""
    z = rng.normal(size=weeks)
    for week in range(1, weeks):
        z[week] = 0.5 * z[week - 1] + np.sqrt(0.75) * z[week]
    return 1 / (1 + np.exp(2.2 - 0.5 * z))


LEVEL = {
    "as many texts each week": lambda weeks, rng: drawn(weeks, 20, 0.1, rng),
    "ever more texts": lambda weeks, rng: drawn(weeks, np.geomspace(6, 50, weeks), 0.1, rng),
    "a share that wanders": lambda weeks, rng: drawn(weeks, 20, wandering(weeks, rng), rng),
}


@pytest.mark.parametrize("kind", LEVEL)
def test_level_topics_have_no_trend(kind):
    """Of 200 level series at most one in twenty has P below .05, give or take chance: 17 is its upper limit."""
    rng = np.random.default_rng(3)
    found = [trend(*LEVEL[kind](52, rng), FEWEST).p < 0.05 for _ in range(200)]
    assert sum(found) <= 17


def test_planted_slope_is_found_and_held():
    """From a share of 3 % to 20 % in a year: nine in ten are found, and of 150 intervals 135 at least hold the slope."""
    rng, slope = np.random.default_rng(4), 0.17 / 52
    found = [trend(*drawn(52, 25, 0.03 + slope * np.arange(52), rng), FEWEST) for _ in range(150)]
    assert np.mean([one.p < 0.05 and one.slope > 0 for one in found]) >= 0.9
    assert sum(one.low <= slope <= one.high for one in found) >= 135
    assert np.mean([one.slope for one in found]) == pytest.approx(slope, rel=0.1)


def test_falling_is_rising_turned_round():
    """The same counts in reverse: the slope changes its sign, P stays."""
    rng = np.random.default_rng(5)
    of = np.full(MOST * 2, 30.0)
    texts = rng.binomial(30, np.linspace(0.05, 0.2, MOST * 2)).astype(float)
    up, down = trend(texts, of, FEWEST), trend(texts[::-1], of, FEWEST)
    assert (down.slope, down.low, down.high, down.s) == pytest.approx((-up.slope, -up.high, -up.low, -up.s))
    assert down.p == pytest.approx(up.p, rel=0.5)


def test_corrected_for_the_number_of_topics_by_hand():
    """Smallest of P times the number over the rank, of those above; where there is none there is none."""
    found = adjusted(np.array([0.04, np.nan, 0.01, 0.03]))
    assert found == pytest.approx([0.04, np.nan, 0.03, 0.04], nan_ok=True)
    assert np.isnan(adjusted(np.array([np.nan]))).all()
