"""Those who answered, standing for the staff list."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import staff

from kithwork.change.respondents import alike, mean, share, units_of, weights_of
from kithwork.estimates import proportion
from kithwork.tables import WEIGHTS

IDS = pd.Index(["p002", "p000", "p009"])


def test_weights_and_units_follow_the_people_asked_about():
    """In their order; 1 for who has no weight, absent for who is in no unit or on no list."""
    weights = WEIGHTS.checked(pd.DataFrame({"person_id": ["p000", "p002"], "weight": [0.5, 2.0]}))
    assert weights_of(IDS, weights).tolist() == [2, 0.5, 1]
    units = units_of(IDS, staff(["A", "B", None]))
    assert units.isna().tolist() == [True, False, True]
    assert units["p000"] == "A"


@given(st.integers(1, 40), st.integers(0, 10**6))
def test_shares_lie_between_nothing_and_all(people, seed):
    """With any weights the interval holds the share and stays within 0 and 1; weights alike change nothing."""
    rng = np.random.default_rng(seed)
    hits, weights = rng.random(people) < rng.random(), rng.uniform(0.3, 3, people)
    found = share(hits, weights)
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert found.n == people
    plain, of = proportion(int(hits.sum()), people), share(hits, np.full(people, 0.7))
    assert (of.estimate, of.low, of.high) == pytest.approx((plain.estimate, plain.low, plain.high))


def test_intervals_of_shares_hold_what_is_planted():
    """Where people of two groups answer unlike often and differ, 93 to 98 % of the weighted intervals hold the share."""
    rng = np.random.default_rng(1)
    held = []
    for _ in range(2000):
        group = np.repeat([0, 1], [60, 20])
        hits = rng.random(80) < np.array([0.3, 0.6])[group]
        found = share(hits, np.array([2 / 3, 2.0])[group])
        held.append(found.low <= 0.45 <= found.high)
    assert 0.93 <= np.mean(held) <= 0.98


def test_weighted_mean_is_that_of_numpy_with_an_interval_that_holds():
    """The estimate is numpy's weighted average; 93 to 97 % of intervals hold the planted mean of the staff list."""
    rng = np.random.default_rng(2)
    held = []
    for _ in range(600):
        group = (rng.random(40) < 0.25).astype(int)
        scores = np.clip(np.array([45.0, 65.0])[group] + 12 * rng.normal(size=40), 0, 100)
        weights = np.array([2 / 3, 2.0])[group]
        found = mean(scores, weights, 300, rng)
        assert found.estimate == pytest.approx(np.average(scores, weights=weights))
        held.append(found.low <= 55 <= found.high)
    assert 0.93 <= np.mean(held) <= 0.97


def test_people_who_are_all_alike_still_have_an_interval():
    """Five people at 100, or one at 50: no width by resampling, so that of people at one end or the other."""
    top = mean(np.full(5, 100.0), np.ones(5), 100, np.random.default_rng(1))
    assert (top.estimate, top.high) == (100, 100)
    assert top.low == pytest.approx(100 * proportion(5, 5).low)
    assert alike(50.0, np.ones(1)).low < 10
