"""What a regression leaves unexplained: a printed example, scikit-learn, resamples one by one, and planted shares."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression

from kithwork import replicates
from kithwork.values.regression import unexplained

NONE = np.zeros((0, 21))


def by_sklearn(values: np.ndarray, by: np.ndarray) -> tuple[float, float]:
    """1 - R², and adjusted for the columns."""
    left = 1 - LinearRegression().fit(by, values).score(by, values)
    return left, left * (len(values) - 1) / (len(values) - 1 - by.shape[1])


def test_stack_loss_as_r_prints_it():
    """Brownlee's ammonia plant (R's stackloss, 21 days, three regressors): R prints an adjusted R² of 0.8983."""
    loss = [42, 37, 37, 28, 18, 18, 19, 20, 15, 14, 14, 13, 11, 12, 8, 7, 8, 8, 9, 15, 15]
    air = [80, 80, 75, 62, 62, 62, 62, 62, 58, 58, 58, 58, 58, 58, 50, 50, 50, 50, 50, 56, 70]
    water = [27, 27, 25, 24, 22, 23, 24, 24, 23, 18, 18, 17, 18, 19, 18, 18, 19, 19, 20, 20, 20]
    acid = [89, 88, 90, 87, 87, 87, 93, 93, 87, 80, 89, 88, 82, 93, 89, 86, 72, 79, 80, 82, 91]
    found, _ = unexplained(np.array(loss, dtype=float), np.column_stack([air, water, acid]).astype(float), NONE)
    assert found == pytest.approx(1 - 0.8983, abs=5e-5)


@given(st.integers(0, 10**6), st.integers(1, 3), st.integers(8, 40))
def test_agrees_with_scikit_learn_on_the_sample_and_on_resamples(seed, columns, n):
    """Adjusted for the columns; a resample is the sample with people repeated, moved by what adjusting adds."""
    rng = np.random.default_rng(seed)
    by = rng.normal(50, 3, (n, columns))
    values = by @ rng.normal(size=columns) + rng.normal(0, 3, n)
    drawn = np.vstack([1 + rng.integers(0, 2, n) for _ in range(3)])
    plain, adjusted = by_sklearn(values, by)
    found, draws = unexplained(values, by, drawn)
    assert found == pytest.approx(min(adjusted, 1))
    again = [by_sklearn(np.repeat(values, times), np.repeat(by, times, axis=0))[1] for times in drawn]
    assert draws == pytest.approx(np.clip(np.array(again) + adjusted - plain, 0, 1))


def test_columns_that_say_the_same_count_once():
    """A column twice, or one that never differs, leaves what the first leaves."""
    rng = np.random.default_rng(3)
    by, values = rng.normal(size=(30, 1)), rng.normal(size=30)
    once = unexplained(values, by, np.zeros((0, 30)))[0]
    for more in (np.column_stack([by, 2 * by]), np.column_stack([by, np.ones(30)])):
        assert unexplained(values, more, np.zeros((0, 30)))[0] == pytest.approx(once)


def test_without_differences_or_people_enough_it_is_not_a_number():
    """All alike, or as many coefficients as people."""
    assert np.isnan(unexplained(np.ones(9), np.arange(9.0)[:, None], np.zeros((0, 9)))[0])
    assert np.isnan(unexplained(np.array([1.0, 2, 4]), np.array([[1.0, 0], [0, 1], [2, 5]]), np.zeros((0, 3)))[0])


def test_intervals_hold_a_planted_share():
    """Two columns that explain 40 % of the variance, in 200 samples of 80: 92 to 98 of 100 intervals hold 60 %; the mean
    of the figures is 60 %."""
    held, found = [], []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        by = rng.normal(size=(80, 2))
        values = by @ np.sqrt([0.3, 0.1]) + rng.normal(0, np.sqrt(0.6), 80)
        left, draws = unexplained(values, by, replicates.counts(80, 400, rng))
        low, high = np.nanpercentile(draws, [2.5, 97.5])
        held.append(low <= 0.6 <= high)
        found.append(left)
    assert np.mean(found) == pytest.approx(0.6, abs=0.02)
    assert 0.92 <= np.mean(held) <= 0.98
