"""Shrunk figures: published numbers, what they may never do, and how often their intervals hold the truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.shrinkage import paule_mandel, shrunk

HITS = np.array([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7])
"""Hits of 18 baseball players in their first 45 times at bat in 1970 (Efron & Morris 1975, JASA 70:311, table 1)."""
TRIALS = np.array(
    [(4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
     (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
     (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825)]
)  # fmt: skip
"""Thirteen trials of a vaccine: ill and well among the vaccinated, and among others (Colditz et al. 1994, JAMA 271:698)."""


def test_baseball():
    """Efron and Morris print a sum of squares of 18.96, and Stein's factor 1 − 15/18.96 = 0.209, with variances of 1."""
    figures = np.sqrt(45) * np.arcsin(2 * HITS / 45 - 1)
    between = paule_mandel(figures, np.ones(18))
    squares = 17 * (1 + between)
    assert squares == pytest.approx(18.96, abs=5e-3)
    assert 1 - 15 / squares == pytest.approx(0.209, abs=5e-4)
    found = shrunk(figures, np.ones(18), float(figures.mean()), np.full(18, 1 / 18))
    assert found.figures - figures.mean() == pytest.approx((1 - 17 / 18.96) * (figures - figures.mean()), abs=1e-3)


def test_thirteen_trials():
    """Variance between their log risk ratios: 0.3181 by R's metafor (method "PM"), 0.31806845 by statsmodels 0.14."""
    ill, well, ill_without, well_without = TRIALS.T.astype(float)
    figures = np.log(ill / (ill + well)) - np.log(ill_without / (ill_without + well_without))
    variances = 1 / ill - 1 / (ill + well) + 1 / ill_without - 1 / (ill_without + well_without)
    assert paule_mandel(figures, variances) == pytest.approx(0.31806845, abs=1e-7)


@given(st.integers(0, 10**6), st.integers(2, 30), st.floats(0, 5))
def test_shrunk_lies_between_the_group_and_the_whole(seed, groups, apart):
    """No figure is pulled past the whole's, and intervals hold their figure and have a width."""
    rng = np.random.default_rng(seed)
    variances = rng.uniform(0.1, 4, groups)
    figures = rng.normal(0, apart, groups) + rng.normal(0, np.sqrt(variances))
    weights = 1 / variances / (1 / variances).sum()
    whole = float(weights @ figures)
    found = shrunk(figures, variances, whole, weights)
    assert (found.figures >= np.minimum(figures, whole) - 1e-12).all()
    assert (found.figures <= np.maximum(figures, whole) + 1e-12).all()
    assert (found.low < found.figures).all()
    assert (found.figures < found.high).all()


def test_no_difference_gives_the_whole_with_an_honest_interval():
    """Groups closer together than chance leaves them: all take the whole's figure, whose own interval is narrower."""
    variances = np.full(8, 4.0)
    found = shrunk(np.linspace(-1, 1, 8), variances, 0.0, np.full(8, 1 / 8))
    assert found.between == 0
    assert found.figures == pytest.approx(np.zeros(8))
    assert (found.high > 1.96 * np.sqrt(4 / 8)).all()


@pytest.mark.parametrize("apart", [1.0, 2.0, 4.0])
def test_intervals_hold_planted_figures(apart):
    """8 to 30 groups of 3 to 40 people, spread 3 within: in 300 sets, 93 to 97 % of the intervals hold the truth.

    Plain intervals, of variance B·V, are held beside them where groups differ least.
    """
    rng = np.random.default_rng(11)
    held, plain = [], []
    for _ in range(300):
        n = np.r_[3, 4, 5, rng.integers(3, 41, rng.integers(5, 28))]
        variances, true = 9 / n, rng.normal(0, apart, len(n))
        figures = rng.normal(true, np.sqrt(variances))
        found = shrunk(figures, variances, float(n @ figures / n.sum()), n / n.sum())
        held.append((found.low <= true) & (true <= found.high))
        half = 1.96 * np.sqrt(found.between * variances / (found.between + variances))
        plain.append(np.abs(found.figures - true) <= half)
    assert 0.93 <= np.concatenate(held).mean() <= 0.97
    assert np.concatenate([each[:3] for each in held]).mean() >= 0.92
    if apart == 1:
        assert np.concatenate(plain).mean() < 0.9


def test_intervals_are_wide_where_nothing_differs():
    """Groups of one and the same true figure: the intervals hold it more often than they say, never less."""
    rng = np.random.default_rng(12)
    held = []
    for _ in range(300):
        n = rng.integers(3, 41, rng.integers(8, 31))
        figures = rng.normal(0, 3 / np.sqrt(n))
        found = shrunk(figures, 9 / n, float(n @ figures / n.sum()), n / n.sum())
        held.append((found.low <= 0) & (found.high >= 0))
    assert np.concatenate(held).mean() >= 0.95
