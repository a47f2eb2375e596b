"""Parallel analysis: how many planted factors are found, where none was, and the same by plain loops."""

from __future__ import annotations

import numpy as np
import pytest

from kithwork.change.dimensions import _shuffled, dimensions


def answers(rng: np.random.Generator, factors: int, people: int = 200, items: int = 6, gaps: bool = False) -> np.ndarray:
    """Answers of 1 to 5 to items that measure so many things in turn, each by 0.8; with gaps one in three is missing."""
    thing = rng.normal(size=(people, max(factors, 1)))[:, np.arange(items) % max(factors, 1)]
    latent = (0.8 if factors else 0.0) * thing + 0.6 * rng.normal(size=(people, items))
    grid = np.clip(np.round(3 + 1.2 * latent), 1, 5)
    return np.where(rng.integers(0, 3, people)[:, None] == np.arange(items) % 3, np.nan, grid) if gaps else grid


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("factors", [1, 2])
def test_planted_factors_are_found(factors, gaps):
    """In 30 sets of answers, each the number planted; with a third of the answers left out on purpose, in 28 or more."""
    found = [
        dimensions(answers(np.random.default_rng(seed), factors, gaps=gaps), np.random.default_rng(1)) for seed in range(30)
    ]
    assert sum(one == factors for one in found) >= (28 if gaps else 30)


def test_of_nothing_little_is_found():
    """Answers without anything in common: of 100 sets a factor is found in few, as the percentile says."""
    found = [dimensions(answers(np.random.default_rng(seed), 0), np.random.default_rng(1)) for seed in range(100)]
    assert sum(one > 0 for one in found) <= 11
    assert max(found) <= 2


@pytest.mark.parametrize("gaps", [False, True])
def test_chance_keeps_answers_and_gaps(gaps):
    """A shuffle changes neither an item's variance nor who answered: covariances are about 0 as often above as below."""
    grid = answers(np.random.default_rng(4), 1, gaps=gaps)
    found = _shuffled(grid, np.random.default_rng(5))
    assert np.diagonal(found, axis1=1, axis2=2) == pytest.approx(np.tile(np.nanvar(grid, axis=0, ddof=1), (len(found), 1)))
    off = found[:, *np.triu_indices(6, 1)]
    assert np.abs(off.mean(axis=0)).max() < 5 * off.std() / np.sqrt(len(found))


def test_chance_is_that_of_plain_loops():
    """Eigenvalues of whole answers shuffled item by item have the same 95th percentile, by numpy's own correlations."""
    grid, rng = answers(np.random.default_rng(6), 1), np.random.default_rng(7)
    plain = [
        np.linalg.eigvalsh(np.corrcoef(np.column_stack([rng.permutation(item) for item in grid.T]).T))[-1]
        for _ in range(800)
    ]
    spread = _shuffled(grid, np.random.default_rng(8))
    deviation = grid.std(axis=0, ddof=1)
    ours = np.linalg.eigvalsh(spread / np.outer(deviation, deviation))[:, -1]
    assert np.percentile(ours, 95) == pytest.approx(np.percentile(plain, 95), abs=0.02)


def test_items_never_answered_together_cannot_be_told():
    """Half the people answered one item, half the other: there is no correlation to look at."""
    grid = np.where(np.arange(20)[:, None] % 2 == np.arange(2), 3.0 + np.arange(20)[:, None] % 3, np.nan)
    assert dimensions(grid, np.random.default_rng(1)) is None


def test_what_chance_gives_as_often_is_not_passed():
    """Two items of six people that chance puts together as closely in one deal out of six: nothing is measured."""
    for seed in range(40):
        rng = np.random.default_rng(seed)
        one = (np.arange(6) == rng.integers(6)) * rng.uniform(1, 4)
        assert dimensions(np.column_stack([one, one * rng.uniform(1, 4)]), rng) == 0
