"""The studentised bootstrap of a ratio: by hand, against a loop, at its edges, and on planted ratios."""

from __future__ import annotations

import numpy as np
import pytest

from kithwork import replicates
from kithwork.estimates import TAILS, rate
from kithwork.values import studentised


def test_is_what_a_loop_over_resamples_gives():
    """Each resample written out: its ratio less the ratio of all, over the resample's own standard error."""
    rng = np.random.default_rng(2)
    top, bottom, counts = rng.gamma(1, 1, 12), rng.gamma(2, 1, 12), replicates.counts(12, 99, rng)
    found, apart = top.sum() / bottom.sum(), []
    for often in counts:
        y, x = np.repeat(top, often), np.repeat(bottom, often)
        apart.append((y.sum() / x.sum() - found) / error(y, x))
    low, high = np.percentile(apart, TAILS)
    made = studentised.ratio(top, bottom, counts)
    assert made.estimate == pytest.approx(found)
    assert made.low == pytest.approx(max(found - high * error(top, bottom), 0))
    assert made.high == pytest.approx(found - low * error(top, bottom))


def error(top: np.ndarray, bottom: np.ndarray) -> float:
    """Standard error of a ratio of sums."""
    return np.sqrt(((top - top.sum() / bottom.sum() * bottom) ** 2).sum()) / bottom.sum()


@pytest.mark.parametrize("share", [0.0, 0.4])
def test_amounts_in_one_proportion_keep_an_interval(share):
    """Nothing realised at all, or the same share of each: the interval of as many events among 10² / 54 entries."""
    bottom, worth = np.array([1.0, 2.0, 7.0]), 100 / 54
    found = studentised.ratio(share * bottom, bottom, replicates.counts(3, 50, np.random.default_rng(1)))
    expected = rate(share * worth, worth, 3)
    assert (found.low, found.estimate, found.high) == pytest.approx((expected.low, share, expected.high))
    assert found.high > 1


def test_nothing_of_equal_amounts_is_the_rule_of_three():
    """None of 30 equal amounts: up to −log(0.025) / 30."""
    found = studentised.ratio(np.zeros(30), np.ones(30), replicates.counts(30, 50, np.random.default_rng(1)))
    assert (found.low, found.high) == pytest.approx((0, -np.log(0.025) / 30))


def test_intervals_cover_a_planted_ratio():
    """Of 400 samples of 40 amounts, each bringing 0.6 of it on average or, three in ten, nothing: 0.42 is in 93 to 97 of
    100 intervals."""
    rng, held = np.random.default_rng(4), 0
    for _ in range(400):
        bottom = rng.lognormal(3, 0.5, 40)
        top = bottom * rng.gamma(2, 0.3, 40) * (rng.random(40) < 0.7)
        found = studentised.ratio(top, bottom, replicates.counts(40, 300, rng))
        held += found.low <= 0.42 <= found.high
    assert 0.93 <= held / 400 <= 0.97
