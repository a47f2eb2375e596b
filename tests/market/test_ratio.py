"""Two waves: the ratio of a topic's rates, exact."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from kithwork.market.ratio import ratio


def test_ratio_as_published():
    """11 cases in 800 against 21 in 3011: ratio 1.971, .858 to 4.277, P .0797 (R's help of `poisson.test`)."""
    found = ratio(np.array([21, 11]), np.array([3011, 800]))
    told = (found.estimate, found.low, found.high, found.p)
    assert told == pytest.approx((1.971488, 0.8584264, 4.277266, 0.07967), abs=2e-5)


def test_a_topic_new_in_the_second_wave_has_no_largest_ratio():
    """From none to four of as many texts: at least 1.66 times, and no most; the other way round its reciprocal."""
    found = ratio(np.array([0, 4]), np.array([100, 100]))
    assert np.isinf([found.estimate, found.high]).all()
    assert found.low == pytest.approx(0.025**0.25 / (1 - 0.025**0.25))
    gone = ratio(np.array([4, 0]), np.array([100, 100]))
    assert (gone.estimate, gone.low) == (0, 0)
    assert gone.high == pytest.approx(1 / found.low)
    assert found.p == gone.p == 2 * 0.5**4


@pytest.mark.parametrize("true", [0.5, 1.0, 3.0])
def test_interval_holds_the_planted_ratio(true):
    """Exactly, over all outcomes of 20 texts: in 95 of 100 at least, and in no more than all."""
    of, share = np.array([60, 40]), 40 * true / (60 + 40 * true)
    held = [found.low <= true <= found.high for found in (ratio(np.array([20 - k, k]), of) for k in range(21))]
    assert 0.95 <= binom.pmf(np.arange(21), 20, share)[held].sum() < 1
