"""Stability: indices by hand and as scikit-learn has them, groups that repeat, and what one group gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import skew, spearmanr
from sklearn.metrics import adjusted_rand_score

from kithwork.people import mixture, stability


def test_jaccard_by_hand():
    """{0, 1, 2} against {0, 1} and {2, 3, 4}: 2 of 3 and 1 of 5; {3, 4} against them: 0 of 4 and 2 of 3."""
    table = stability.crossed(np.array([[0, 0, 0, 1, 1]]), np.array([[0, 0, 1, 1, 1]]), 2)
    assert stability.most_alike(table)[0] == pytest.approx([2 / 3, 2 / 3])


def test_jaccard_is_among_the_people_drawn():
    """Without persons 1 and 2, {0} is found whole."""
    drawn = np.array([[True, False, False, True, True]])
    table = stability.crossed(np.array([[0, 0, 0, 1, 1]]), np.array([[0, 0, 1, 1, 1]]), 2, drawn)
    assert stability.most_alike(table)[0] == pytest.approx([1, 1])


def test_adjusted_rand_by_hand():
    """Hubert & Arabie's index of the table [[1, 1, 0], [1, 2, 1], [0, 0, 4]] is .313 (Yeung & Ruzzo 2001)."""
    table = np.array([[[1, 1, 0], [1, 2, 1], [0, 0, 4]]])
    assert stability.adjusted_rand(table)[0] == pytest.approx(0.313, abs=1e-3)


labels = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=40)


@given(labels)
def test_adjusted_rand_is_scikit_learns(pairs):
    """On any two partitions."""
    a, b = np.array(pairs).T
    found = stability.adjusted_rand(stability.crossed(a[None], b[None], 4))[0]
    assert found == pytest.approx(adjusted_rand_score(a, b), abs=1e-9)


def groups(rng: np.random.Generator, apart: float) -> tuple[np.ndarray, np.ndarray]:
    """Two planted groups and who is in which."""
    truth = np.repeat([0, 1], [60, 40])
    return np.array([[0, 0], [apart, apart]])[truth] + rng.normal(size=(100, 2)), truth


@pytest.mark.parametrize(("apart", "low", "high"), [(6, 0.95, 1), (0, -0.1, 0.6)])
def test_groups_apart_repeat_and_halves_of_one_do_not(apart, low, high):
    """Overall and for each: near 1 where groups lie six spreads apart; far from it where one group is halved."""
    rng = np.random.default_rng(1)
    x, _ = groups(rng, apart)
    split = mixture.fit(x, 2, rng, starts=3).labels(x)[0]
    again = stability.repeated(x, split, 2, 40, rng)
    assert low <= again.agreement.mean() <= high
    assert (again.jaccard.mean(axis=0).min() > 0.95) == (apart > 0)
    assert again.jaccard.shape == (40, 2)


def test_preferred_number_is_the_planted_one():
    """In subsamples of two groups apart, ICL prefers two, always."""
    x, _ = groups(np.random.default_rng(2), 6)
    found = stability.preferred((x - x.mean(axis=0)) / x.std(axis=0), 3, np.random.default_rng(3))
    assert found.shape == (2, stability.SUBSAMPLES)
    assert (found[0] == 2).all()


def test_null_of_one_group_is_below_planted_groups():
    """What one group reaches is less than what two groups apart do, and each draw is a mean of indices."""
    x, truth = groups(np.random.default_rng(4), 4)
    for one in (stability.one_group, stability.one_gaussian):
        null = stability.null(x, 2, 199, np.random.default_rng(5), one)
        assert null.shape == (199,)
        assert stability.bar(null) < stability.repeated(x, truth, 2, 19, np.random.default_rng(6)).agreement.mean()


def test_parts_of_a_stack_add_up(monkeypatch):
    """Where people are many, resamples are fitted in parts: as many as were asked for."""
    monkeypatch.setattr(stability, "AT_ONCE", 250)
    x, truth = groups(np.random.default_rng(7), 4)
    assert stability.repeated(x, truth, 2, 7, np.random.default_rng(8)).agreement.shape == (7,)


@pytest.mark.parametrize(("draws", "beaten"), [(8, 8), (19, 19), (20, 20), (99, 95), (100, 96)])
def test_bar_is_beaten_by_chance_in_five_of_a_hundred_cases(draws, beaten):
    """By hand: what exceeds this many of so many draws has p (1 + draws - beaten) / (draws + 1), at most .05."""
    null = np.random.default_rng(3).permutation(np.arange(1.0, draws + 1))
    assert stability.bar(null) == beaten
    assert draws < 19 or (1 + draws - beaten) / (draws + 1) <= 0.05 + 1e-12


def test_one_group_keeps_skew_and_correlation():
    """A skewed coordinate with one mode is drawn as it is: quartiles, mean and spread (± a tenth of the spread), and the
    rank correlation (± .1)."""
    rng = np.random.default_rng(8)
    x = np.exp(rng.multivariate_normal([0, 0], [[0.5, 0.3], [0.3, 0.5]], 2000))
    drawn = stability.one_group(x)(rng)
    for of in (
        lambda one: np.percentile(one, [25, 50, 75], axis=0),
        lambda one: one.mean(axis=0),
        lambda one: one.std(axis=0),
    ):
        assert of(drawn) == pytest.approx(of(x), abs=0.1)
    assert skew(drawn) == pytest.approx(skew(x), rel=0.3)
    assert spearmanr(drawn).statistic == pytest.approx(spearmanr(x).statistic, abs=0.1)


def test_one_group_has_one_mode_where_the_people_have_two():
    """Two groups six spreads apart would be two groups again if each coordinate were drawn as found: here they are one."""
    rng = np.random.default_rng(10)
    x, truth = groups(rng, 6)
    x = x[:, :1]
    drawn = stability.one_group(x)(rng)
    assert np.diff(np.histogram(x, 9)[0]).tolist() != sorted(np.diff(np.histogram(x, 9)[0]).tolist(), reverse=True)
    assert ((drawn > 2) & (drawn < 4)).mean() > 0.15 > 0.05 > ((x > 2) & (x < 4)).mean()
    assert stability.repeated(x, truth, 2, 19, rng).agreement.mean() > stability.bar(
        stability.null(x, 2, 19, rng, stability.one_group)
    )


def test_width_by_hand():
    """Halves of the people at −1 and 1: two equal Gaussians have one mode from a bandwidth of 1 on, half their distance;
    values of one Gaussian need far less, equal values none."""
    assert stability.width(np.repeat([-1.0, 1.0], 50)) == pytest.approx(1, abs=0.02)
    assert stability.width(np.random.default_rng(11).normal(size=1000)) < 0.5
    assert stability.width(np.ones(9)) == 0


def test_one_gaussian_keeps_mean_and_covariance():
    """And nothing else: a skewed coordinate is no longer skewed."""
    rng = np.random.default_rng(9)
    x = np.exp(rng.multivariate_normal([0, 0], [[0.2, 0.1], [0.1, 0.2]], 4000))
    drawn = stability.one_gaussian(x)(rng)
    assert drawn.mean(axis=0) == pytest.approx(x.mean(axis=0), abs=0.05)
    assert np.cov(drawn.T) == pytest.approx(np.cov(x.T), rel=0.15)
    assert np.abs(skew(drawn)).max() < 0.2 < skew(x).min()
