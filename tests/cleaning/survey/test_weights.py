"""Raking: a published example, agreement with a direct optimum, truth recovered, pooling, trimming, the design effect."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize
from synthetic import settings, staff

from kithwork.cleaning.survey import weights
from kithwork.cleaning.survey.response import invited

SETTING = settings().clean.survey


def test_published_example():
    """The table of Wikipedia's "Iterative proportional fitting", after the three rounds it shows."""
    table = np.array([[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]], dtype=float)
    rows, columns = np.array([150, 300, 400, 150]) / 1000, np.array([200, 300, 400, 100]) / 1000
    row, column = (side.ravel() for side in np.indices(table.shape))
    fitted = weights.rake([row, column], [rows, columns], table.ravel(), rounds=3).weights.reshape(4, 4) * 1000 / 16
    expected = [
        [64.61, 46.28, 35.42, 3.83],
        [49.95, 68.15, 156.49, 25.37],
        [56.70, 144.40, 145.06, 53.76],
        [28.74, 41.18, 63.03, 17.03],
    ]
    assert fitted == pytest.approx(np.array(expected), abs=0.006)


margins = st.tuples(st.integers(2, 4), st.integers(2, 3), st.integers(0, 10_000))


def sample(rows: int, columns: int, seed: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Respondents of two margins with somebody in every cell, and other shares to reach."""
    rng = np.random.default_rng(seed)
    cells = np.repeat(np.arange(rows * columns), rng.integers(1, 9, rows * columns))
    return [cells // columns, cells % columns], [rng.dirichlet(np.full(size, 5.0)) for size in (rows, columns)]


@given(margins)
def test_margins_are_met(case):
    """Where every cell has somebody, weighted shares are the list's, and the mean weight is 1."""
    groups, shares = sample(*case)
    found = weights.rake(groups, shares)
    assert found.miss < 1e-8
    assert found.rounds < weights.MOST_ROUNDS
    assert found.weights.mean() == pytest.approx(1)
    for group, share in zip(groups, shares, strict=True):
        assert np.bincount(group, found.weights) / len(group) == pytest.approx(share, abs=1e-7)


def test_raked_weights_are_the_nearest_that_meet_the_margins():
    """They minimise Σ w log w among weights with these margins (Deming & Stephan's problem by scipy's optimiser)."""
    groups, shares = sample(3, 2, 5)
    size = len(groups[0])
    held = np.vstack([np.eye(len(share))[group].T for group, share in zip(groups, shares, strict=True)])
    aim = np.concatenate(shares) * size

    def dual(level: np.ndarray) -> float:
        return np.exp(held.T @ level).sum() - aim @ level

    level = optimize.minimize(dual, np.zeros(len(aim)), method="BFGS", options={"gtol": 1e-9}).x
    assert weights.rake(groups, shares).weights == pytest.approx(np.exp(held.T @ level), abs=1e-5)


def test_weighted_mean_recovers_the_truth_that_response_hides():
    """One unit answers less and scores lower: the plain mean misses by over 3 points, the weighted one by under 0.6."""
    rng = np.random.default_rng(6)
    people = staff(["A"] * 2000 + ["B"] * 2000, site=["N", "S"] * 2000)
    score = np.where(people["unit"] == "A", 40, 60) + rng.normal(0, 10, 4000)
    took_part = people["person_id"][rng.random(4000) < np.where(people["unit"] == "A", 0.3, 0.7)]
    found = weights.weighted(invited(people, pd.Index(took_part), 0), SETTING)[0]
    answered = pd.Series(score, people["person_id"]).loc[found["person_id"]].to_numpy()
    assert answered.mean() - score.mean() > 3
    assert abs(np.average(answered, weights=found["weight"]) - score.mean()) < 0.6


def test_weights_stay_in_their_range_and_the_miss_is_shown():
    """A group of one in twenty that ought to be half cannot be lifted to it within 3 times the mean."""
    people = staff(["A"] * 100 + ["B"] * 100)
    took_part = pd.Index(people["person_id"][5:105])
    table, sides = weights.weighted(invited(people, took_part, 0), SETTING)
    assert table["weight"].between(0.3, 3).all()
    assert table["weight"].max() == 3
    sides = sides.set_index("group")
    assert sides.loc["B", ["share_invited", "share_responded"]].tolist() == [0.5, 0.05]
    assert 0.13 < sides.loc["B", "share_weighted"] < 0.17


def test_small_groups_are_pooled_smallest_first():
    """Two groups below five respondents make a pool; where it is still small, the next smallest joins."""
    groups = pd.Series(["A"] * 20 + ["B"] * 9 + ["C"] * 3 + ["D"] * 2 + ["E"])
    responded = pd.Series([True] * 34 + [False])
    assert set(weights.pooled(groups, responded, 5)) == {"A", "B", weights.POOLED}
    assert set(weights.pooled(groups, responded, 6)) == {"A", weights.POOLED}
    assert set(weights.pooled(groups, responded, 1)) == {"A", "B", "C", weights.POOLED}


def test_no_margin_to_balance_gives_weights_of_one():
    """Nobody's unit is known: everybody weighs 1; and nobody answered: no weights."""
    people = staff([None] * 10)
    table, sides = weights.weighted(invited(people, pd.Index(["p000", "p003"]), 0), SETTING)
    assert table["weight"].tolist() == [1, 1]
    assert sides.empty
    assert weights.weighted(invited(people, pd.Index([]), 0), SETTING)[0].empty


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=50))
def test_design_effect_is_one_and_the_squared_variation(values):
    """Kish 1965: 1 + cv²; never below 1, and n over it is the effective n."""
    given_ = np.array(values)
    effect = weights.design_effect(given_)
    assert effect == pytest.approx(1 + (given_.std() / given_.mean()) ** 2)
    assert weights.effective_n(given_) == pytest.approx(len(values) / effect)


def test_design_effect_predicts_the_variance_of_a_weighted_mean():
    """Where weights and scores are unrelated, the mean varies 1 + cv² times as much (within 10 %, 4,000 samples)."""
    rng = np.random.default_rng(7)
    loads = rng.uniform(0.3, 3, 60)
    means = (rng.normal(size=(4000, 60)) * loads).sum(axis=1) / loads.sum()
    assert means.var() * 60 == pytest.approx(weights.design_effect(loads), rel=0.1)
