"""rwg(j): closed forms, the formula group by group as the package multilevel for R has it, and answers at random."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithwork.change.consensus import EVEN, SKEWED, rwg


def by_hand(grid: np.ndarray, chance: float) -> float:
    """One group of whole answers, as `rwg.j` of multilevel goes about it: variances averaged, then cut off."""
    spread = min(grid.var(axis=0, ddof=1).mean(), chance)
    items = grid.shape[1]
    return items * (1 - spread / chance) / (items * (1 - spread / chance) + spread / chance)


def test_even_answers_on_five_points():
    """Their variance is 2 (James, Demaree & Wolf 1984); leaning ones' 1.34 (LeBreton & Senter 2008)."""
    assert EVEN == np.var([1, 2, 3, 4, 5]) == 2.0
    points, shares = np.arange(1, 6), [0.05, 0.15, 0.2, 0.35, 0.25]
    assert np.average((points - np.average(points, weights=shares)) ** 2, weights=shares) == pytest.approx(SKEWED)


def test_closed_forms():
    """All alike: 1. Half the variance of chance: J / (J + 1). As much as chance or more: 0."""
    for items in (1, 3, 10):
        alike, half, apart = (
            np.full((4, items), 4.0),
            np.array([[2.0], [4], [3], [3], [2], [4], [3]]) + np.zeros(items),
            np.array([[1.0], [5]]) + np.zeros(items),
        )
        half = 3 + (half - 3) * np.sqrt(1 / half[:, 0].var(ddof=1))
        codes = np.repeat([0, 1, 2], [4, 7, 2])
        assert rwg(np.vstack([alike, half, apart]), codes) == pytest.approx([1.0, items / (items + 1), 0.0])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 7), st.sampled_from([EVEN, SKEWED]))
def test_group_by_group(seed, items, chance):
    """Groups of 2 to 9 people: each has what the formula gives of its own answers, which lies between 0 and 1."""
    rng = np.random.default_rng(seed)
    codes = rng.permutation(np.repeat(np.arange(4), rng.integers(2, 10, 4)))
    grid = rng.integers(1, 6, (len(codes), items)).astype(float)
    found = rwg(grid, codes, chance)
    assert found == pytest.approx([by_hand(grid[codes == code], chance) for code in range(4)])
    assert ((found >= 0) & (found <= 1)).all()


def test_more_items_agree_more():
    """rwg(j) is Spearman-Brown of the agreement on one item: r → J·r / (1 + (J − 1)·r)."""
    one = rwg(np.array([[3.0], [4], [4], [2]]), np.zeros(4, dtype=int))[0]
    six = rwg(np.array([[3.0], [4], [4], [2]]) + np.zeros(6), np.zeros(4, dtype=int))[0]
    assert six == pytest.approx(6 * one / (1 + 5 * one))


def test_missing_answers_and_groups_of_one():
    """An item that one person of the group answered is left out of its mean; a group of one has no agreement."""
    nan = np.nan
    grid = np.array([[3, 4, nan], [4, 4, 2], [5, nan, nan], [1, 1, 1]])
    found = rwg(grid, np.array([0, 0, 0, 1]))
    spread = np.mean([np.var([3, 4, 5], ddof=1), 0.0]) / EVEN
    assert found[0] == pytest.approx(3 * (1 - spread) / (3 * (1 - spread) + spread))
    assert np.isnan(found[1])


def test_random_answers_do_not_agree():
    """200 groups of 40 people who answer one item at random: about half lie at 0, and none agrees."""
    rng = np.random.default_rng(2)
    found = rwg(rng.integers(1, 6, (8000, 1)).astype(float), np.repeat(np.arange(200), 40))
    assert 0.35 < (found == 0).mean() < 0.65
    assert found.max() < 0.6
