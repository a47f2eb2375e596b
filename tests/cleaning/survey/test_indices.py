"""Indices of careless answering: published examples, values by hand, what holds for any answers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from kithwork.cleaning.survey import indices

NONE = np.nan
any_grid = arrays.arrays(
    float,
    st.tuples(st.integers(1, 12), st.integers(1, 30)),
    elements=st.one_of(st.just(NONE), st.sampled_from([1.0, 2, 3, 4, 5])),
)


def one(*answers: float) -> np.ndarray:
    """A grid of one person."""
    return np.array([answers], dtype=float)


@pytest.mark.parametrize(
    ("answers", "run", "spread"),
    [
        ((4, 4, 4, 3, 3, 3, 3, 3, 4, 4), 5, 0.527),
        ((4, 5, 4, 5, 4, 5, 4, 5, 4, 5), 1, 0.527),
        ((3,) * 10, 10, 0.0),
        ((1, 2, 3, 4, 5) * 2, 1, 1.491),
        ((1,) * 5 + (5,) * 5, 5, 2.108),
    ],
)
def test_published_examples(answers, run, spread):
    """The examples of the R package careless 1.2.2 (its introduction and its tests, the latter after Curran 2016)."""
    assert indices.longest_run(one(*answers)) == run
    assert indices.spread(one(*answers)) == pytest.approx(spread, abs=5e-4)


def test_gaps_are_passed_over():
    """An item not answered does not break a run; nobody's answer counts without one."""
    grid = np.array([[NONE, 2, 2, NONE, 2, 5], [NONE] * 6, [4] + [NONE] * 5])
    assert indices.longest_run(grid).tolist() == [3, 0, 1]
    assert np.isnan(indices.spread(grid)[1:]).all()
    assert np.isnan(indices.repeated(grid)[1:]).all()


@given(any_grid)
def test_run_and_spread_are_those_of_plain_python(grid):
    """Counted answer by answer, and by pandas."""
    for row, run in zip(grid, indices.longest_run(grid), strict=True):
        best = here = 0
        before = None
        for value in row[~np.isnan(row)]:
            here = here + 1 if value == before else 1
            best, before = max(best, here), value
        assert run == best
    assert np.allclose(indices.spread(grid), pd.DataFrame(grid).std(axis=1), equal_nan=True)


@pytest.mark.parametrize("cycle", [(3,), (1, 5), (1, 2, 3), (1, 2, 3, 4, 5), (1, 2, 3, 4, 5, 4)])
def test_any_cycle_repeats_wholly(cycle):
    """Ticking one column, zigzag, staircases: all 1."""
    assert indices.repeated(one(*(cycle * 10)[:40])) == 1


def test_repeated_by_hand():
    """1 2 1 2 1 3: two steps back are alike three times of four; one step back never."""
    assert indices.repeated(one(1, 2, 1, 2, 1, 3)) == pytest.approx(3 / 4)


@given(any_grid)
def test_shares_are_shares(grid):
    """Any answers give a share from 0 to 1, or none."""
    found = indices.repeated(grid)
    assert ((found >= 0) & (found <= 1) | np.isnan(found)).all()


def plain_even_odd(scales: list[np.ndarray], person: int) -> float:
    """The same by numpy's correlation over one person's complete scales."""
    halves = np.array([(scale[person, 1::2].mean(), scale[person, ::2].mean()) for scale in scales])
    r = np.corrcoef(halves.T)[0, 1]
    return max(2 * r / (1 + r), -1)


def test_even_odd_is_the_stepped_up_correlation_of_halves():
    """Ten scales of five items of 30 people, as the R package careless computes it."""
    rng = np.random.default_rng(1)
    scales = [rng.integers(1, 6, (30, 1)) + rng.integers(0, 2, (30, 5)).astype(float) for _ in range(10)]
    found = indices.even_odd(scales)
    assert found == pytest.approx([plain_even_odd(scales, person) for person in range(30)])


def test_even_odd_needs_scales_and_answers_that_differ():
    """Seven scales are too few; who gives one answer throughout has no consistency; eight agreeing ones give 1."""
    alike = [np.array([[value, value]]) for value in (1.0, 2, 3, 4, 5, 1, 2, 3)]
    assert np.isnan(indices.even_odd(alike[:7]))
    assert np.isnan(indices.even_odd([np.full((1, 2), 3.0)] * 8))
    assert indices.even_odd(alike) == pytest.approx(1)


def test_even_odd_takes_the_items_answered():
    """Of three items any two that were answered are the two halves."""
    whole = [np.array([[value, value, value]]) for value in (1.0, 2, 3, 4, 5, 1, 2, 3)]
    left = [np.where(np.arange(3) == number % 3, NONE, scale) for number, scale in enumerate(whole)]
    assert indices.even_odd(left) == pytest.approx(1)


@given(any_grid)
def test_even_odd_stays_in_range(grid):
    """Any answers give −1 to 1, or none."""
    found = indices.even_odd([grid[:, i : i + 2] for i in range(0, grid.shape[1], 2)])
    assert ((found >= -1) & (found <= 1 + 1e-9) | np.isnan(found)).all()


def test_twins_are_those_with_the_same_answers_and_the_same_gaps():
    """Three of a kind have two twins each; a gap elsewhere makes another; few answers make none."""
    same = [1, 2, 3, 4, NONE]
    grid = np.array([same, same, [1, 2, 3, NONE, 4], same, [1, NONE, NONE, NONE, NONE], [1, NONE, NONE, NONE, NONE]])
    np.testing.assert_array_equal(indices.twins(grid, 4), [2, 2, 0, 2, np.nan, np.nan])
