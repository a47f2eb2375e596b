"""ICC(1) and ICC(2): Shrout and Fleiss's numbers, scipy's F, planted shares, and groups of every kind."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import f, f_oneway

from kithwork.change.intraclass import anova

RATINGS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float)
"""Six targets by four judges (Shrout & Fleiss 1979, Psychol. Bull. 86:420, table 2)."""


def test_shrout_and_fleiss():
    """They print mean squares of 11.24 and 6.26, ICC(1,1) .17, ICC(1,4) .44; psych adds F 1.79, p .165, −.133 to .723."""
    found = anova(RATINGS.ravel(), np.repeat(np.arange(6), 4))
    assert (found.between, found.within) == (pytest.approx(11.24, abs=5e-3), pytest.approx(6.26, abs=5e-3))
    one, mean = found.icc1(), found.icc2()
    assert (one.estimate, mean.estimate) == (pytest.approx(0.17, abs=5e-3), pytest.approx(0.44, abs=5e-3))
    assert (found.f, found.p) == (pytest.approx(1.79, abs=1e-2), pytest.approx(0.165, abs=1e-3))
    assert (one.low, one.high) == (pytest.approx(-0.133, abs=1e-3), pytest.approx(0.723, abs=1e-3))
    assert (mean.low, mean.high, mean.n) == (0.0, pytest.approx(0.912, abs=1e-3), 24)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 8))
def test_as_scipy_has_f(seed, groups):
    """Groups of 1 to 9 people: F and p are those of scipy; ICC(2) is Spearman-Brown of ICC(1) for a mean group."""
    rng = np.random.default_rng(seed)
    codes = np.repeat(np.arange(groups), np.r_[2, rng.integers(1, 10, groups - 1)])
    scores = rng.normal(size=groups)[codes] + rng.normal(size=len(codes))
    found, other = anova(scores, codes), f_oneway(*(scores[codes == code] for code in range(groups)))
    assert (found.f, found.p) == (pytest.approx(other.statistic), pytest.approx(other.pvalue))
    size, one = len(codes) / groups, found.icc1().estimate
    assert -1 / (size - 1) - 1e-9 <= one <= 1
    if one > 0:
        assert found.icc2().estimate == pytest.approx(size * one / (1 + (size - 1) * one))


@pytest.mark.parametrize("share", [0.0, 0.15, 0.4])
def test_planted_shares_are_held(share):
    """30 groups of 1 to 15 people, 1,000 times: no bias to speak of, and 93 to 97 % of the intervals hold the share."""
    rng, figures, held = np.random.default_rng(9), [], []
    for _ in range(1000):
        codes = np.repeat(np.arange(30), rng.integers(1, 16, 30))
        scores = np.sqrt(share) * rng.normal(size=30)[codes] + np.sqrt(1 - share) * rng.normal(size=len(codes))
        one = anova(scores, codes).icc1()
        figures.append(one.estimate)
        held.append(one.low <= share <= one.high)
    assert np.mean(figures) == pytest.approx(share, abs=0.01)
    assert 0.93 <= np.mean(held) <= 0.97


def test_interval_of_groups_of_one_size_is_that_of_f():
    """Twelve groups of five: F over its quantiles in place of F, as McGraw and Wong (1996) have it."""
    rng = np.random.default_rng(3)
    codes = np.repeat(np.arange(12), 5)
    found = anova(rng.normal(size=12)[codes] + rng.normal(size=60), codes)
    ends = [found.f / f.ppf(tail, 11, 48) for tail in (0.975, 0.025)]
    assert [found.icc1().low, found.icc1().high] == pytest.approx([(end - 1) / (end + 4) for end in ends])


def test_groups_that_say_nothing():
    """One group, groups of one alone, or all alike: no analysis. All alike within groups that differ: 1, and p is 0."""
    assert anova(np.arange(5.0), np.zeros(5, dtype=int)) is None
    assert anova(np.arange(5.0), np.arange(5)) is None
    assert anova(np.full(6, 0.1), np.array([0, 0, 1, 1, 2, 2])) is None
    assert anova(np.array([]), np.array([], dtype=int)) is None
    found = anova(np.array([0.1, 0.1, 0.3, 0.3]), np.array([4, 4, 9, 9]))
    assert (found.icc1().estimate, found.icc2().estimate, found.p) == (1.0, 1.0, 0.0)


def test_means_all_alike():
    """People differ and groups do not: ICC(1) is at its least, ICC(2) is 0 and not below."""
    found = anova(np.array([1.0, 3, 1, 3, 1, 3]), np.array([0, 0, 1, 1, 2, 2]))
    assert (found.icc1().estimate, found.icc2().estimate) == (-1.0, 0.0)
    assert found.p == 1.0


def test_groups_of_one_leave_a_share_a_share():
    """Among five groups of one and one of two whose people differ most, the formula of mean sizes falls far below -1: told
    is the least that a share can be, and ICC(2) is none."""
    found = anova(np.array([0.0, 10, 5, 5.1, 4.9, 5, 5]), np.array([0, 0, 1, 2, 3, 4, 5]))
    plain = (found.f - 1) / (found.f + 7 / 6 - 1)
    assert plain < -1
    assert found.icc1().estimate == -1
    assert found.icc1().low >= -1
    assert found.icc2().estimate == 0
