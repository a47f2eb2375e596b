"""Estimates and their intervals: published values, coverage of planted truth, agreement with scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kithwork.estimates import Estimate, bootstrap, expanded, from_draws, mean, p_value, proportion, rate


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_interval_as_published(successes, n, low, high):
    """The four worked cases of Newcombe 1998 (Stat. Med. 17:857), table I, method 3."""
    found = proportion(successes, n)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
    assert found.estimate == pytest.approx(successes / n)


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_interval_solves_its_equation(case):
    """Each end p of the interval satisfies (p̂ − p)² = z² p(1 − p)/n, the definition of the score interval."""
    successes, n = case
    found, z = proportion(successes, n), stats.norm.ppf(0.975)
    for end in (found.low, found.high):
        assert (found.estimate - end) ** 2 == pytest.approx(z**2 * end * (1 - end) / n, abs=1e-9)
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert found.high > found.low


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_interval_is_scipys(case):
    """Written out to spare an import, it stays what scipy computes."""
    found, other = proportion(*case), stats.binomtest(*case).proportion_ci(0.95, method="wilson")
    assert (found.low, found.high) == (pytest.approx(other.low, abs=1e-12), pytest.approx(other.high, abs=1e-12))


@pytest.mark.parametrize(
    ("events", "low", "high"), [(0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390)]
)
def test_rate_has_the_interval_of_garwood(events, low, high):
    """The limits of a Poisson mean as tabled (Garwood 1936; Pearson & Hartley, table 40), for four units of exposure."""
    found = rate(events, 4, 9)
    assert (found.estimate, found.n) == (events / 4, 9)
    assert (found.low * 4, found.high * 4) == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))


def test_bootstrap_mean_covers_the_truth():
    """Over 300 samples of 60 skewed values, the 95 % interval of the mean holds the true mean about as often as it says.

    Percentile intervals fall a little short at this n; 0.89 is that, less the 95 % noise of 300 trials.
    """
    rng = np.random.default_rng(1)
    samples = rng.gamma(4, 1, (300, 60))
    found = [mean(sample, 200, rng) for sample in samples]
    covered = np.mean([one.low <= 4 <= one.high for one in found])
    assert 0.89 <= covered <= 0.98


def test_wilson_interval_covers_the_truth():
    """Over 2,000 binomial samples at p = 0.1, n = 40, the interval holds p about 95 % of the time."""
    rng = np.random.default_rng(2)
    ends = {k: proportion(k, 40) for k in range(41)}
    covered = np.mean([ends[int(k)].low <= 0.1 <= ends[int(k)].high for k in rng.binomial(40, 0.1, 2000)])
    assert 0.93 <= covered <= 0.985


@pytest.mark.parametrize("statistic", [np.mean, np.median])
def test_bootstrap_agrees_with_scipy(statistic):
    """The percentile interval is scipy's, to the noise of 6,000 resamples (2 % of the values' spread)."""
    values = np.random.default_rng(3).normal(10, 2, 51)
    ours = bootstrap(values, lambda s: statistic(s, axis=-1), 6000, np.random.default_rng(4))
    theirs = stats.bootstrap(
        (values,), statistic, n_resamples=6000, method="percentile", rng=np.random.default_rng(5)
    ).confidence_interval
    assert ours.estimate == pytest.approx(statistic(values))
    assert (ours.low, ours.high) == (pytest.approx(theirs.low, abs=0.06), pytest.approx(theirs.high, abs=0.06))
    assert ours.n == 51


def test_bootstrap_repeats_with_its_generator():
    """The same seed gives the same interval; another seed another."""
    values = np.arange(20.0)
    one, same, other = (mean(values, 100, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert one == same
    assert (one.low, one.high) != (other.low, other.high)


def test_interval_is_widened_to_hold_the_estimate_never_moved():
    """An estimate outside its resamples stretches the near end and leaves the far one."""
    assert Estimate(5, 6, 8, 10) == Estimate(5, 5, 8, 10)
    assert Estimate(9, 6, 8, 10) == Estimate(9, 6, 9, 10)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_estimate_must_be_finite(value):
    """No figure that is not a number can be made, in any place of an estimate."""
    for numbers in ((value, 0, 1), (0, value, 1), (0, 0, value)):
        with pytest.raises(AssertionError, match="finite"):
            Estimate(*numbers, 10)


def test_times_changes_the_unit_of_all_three():
    """A share becomes a percentage with its interval; n stays."""
    assert Estimate(0.5, 0.25, 0.75, 40).times(100) == Estimate(50, 25, 75, 40)


def test_draws_that_could_not_be_computed_are_left_out():
    """NaN among resampled values narrows nothing and moves nothing."""
    draws = np.arange(101.0)
    assert from_draws(50, np.concatenate([draws, [np.nan] * 50]), 7) == from_draws(50, draws, 7)


def test_p_value_by_hand():
    """Null −2 … 2, centre 0: two of five lie as far as 2, none as far as 3; neither p is zero."""
    null = np.array([-2.0, -1, 0, 1, 2])
    assert p_value(2, null) == pytest.approx(3 / 6)
    assert p_value(-2, null) == pytest.approx(3 / 6)
    assert p_value(3, null) == pytest.approx(1 / 6)
    assert p_value(0, null) == 1


def test_p_value_is_uniform_where_nothing_is_going_on():
    """Observed values from the null itself give uniform p (Kolmogorov-Smirnov, 400 trials)."""
    rng = np.random.default_rng(6)
    found = [p_value(draws[0], draws[1:]) for draws in rng.normal(size=(400, 500))]
    assert stats.kstest(found, "uniform").pvalue > 0.01


def test_expanded_tails_are_wider_for_few_people():
    """Ten people: 2.262, the t of nine degrees, times √(10/9) is 2.385, whose normal tail is .855 %; of very many 2.5 %."""
    assert expanded(10) == pytest.approx((0.855, 99.145), abs=0.002)
    assert expanded(10**7) == pytest.approx((2.5, 97.5), abs=1e-4)
