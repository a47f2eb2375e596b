"""The stage that holds a unit back: what is planted is named, and nothing where nothing is."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from kithwork.change.bottleneck import SURE, Model, fitted, support

CUTS = (-1.5, -0.6, 0.3, 1.3)
FREE = 5


def organisation(rng, held, drop=0.9, level=0.25, own=0.0, people=(4, 16)):
    """Answers of 1 to 5 at five stages and units' codes; from stage `held` on, by unit, a drop; FREE is held by none."""
    held = np.asarray(held)
    codes = np.repeat(np.arange(len(held)), rng.integers(*people, len(held)))
    latent = 0.6 * rng.normal(size=(len(codes), 1)) + 0.5 * rng.normal(size=(len(codes), 5)) - 0.35 * np.arange(5)
    apart = level * rng.normal(size=(len(held), 1)) + own * rng.normal(size=(len(held), 5))
    latent += (apart - drop * (np.arange(5) >= held[:, None]))[codes]
    return 1.0 + np.searchsorted(CUTS, latent), codes


def named(sure: np.ndarray) -> np.ndarray:
    """The stage named in each unit, −1 where none is."""
    return np.where(sure.max(axis=1) >= SURE, sure.argmax(axis=1), -1)


def test_planted_stages_are_named_rightly():
    """In six organisations of twenty units, each held at a stage drawn: most are named, nine in ten of them rightly."""
    rng = np.random.default_rng(1)
    found, true = [], []
    for _ in range(6):
        held = rng.integers(0, 5, 20)
        found.append(named(support(*organisation(rng, held))))
        true.append(held)
    found, true = np.concatenate(found), np.concatenate(true)
    told = found >= 0
    assert told.mean() > 0.6
    assert (found[told] == true[told]).mean() >= 0.9
    assert set(found[told]) == set(range(5))


@pytest.mark.parametrize("apart", [{"level": 0.6}, {"own": 0.4}, {"level": 0.0}])
def test_nothing_is_named_where_nothing_is_planted(apart):
    """Units that differ in level, or at each stage on its own account, or not at all, are held back by none."""
    rng = np.random.default_rng(2)
    found = [named(support(*organisation(rng, [FREE] * 20, **apart))) for _ in range(3)]
    assert (np.concatenate(found) >= 0).mean() <= 0.05


def test_units_that_nothing_holds_stay_unnamed():
    """Where a third of the units are held, the rest are not named in their stead."""
    rng = np.random.default_rng(3)
    held = np.array([0, 1, 2, 3, 4, 2, 1] + [FREE] * 13)
    found = np.array([named(support(*organisation(rng, held, people=(12, 20)))) for _ in range(4)])
    assert (found[:, held == FREE] >= 0).mean() <= 0.05
    assert (found[:, held != FREE] == held[held != FREE]).mean() > 0.5


def test_order_of_people_and_units_does_not_matter():
    """People in another order, and people of no unit among them, leave every unit's support as it is."""
    rng = np.random.default_rng(4)
    answers, codes = organisation(rng, rng.integers(0, 5, 12))
    dealt = rng.permutation(len(codes) + 20)
    more = np.vstack([answers, rng.integers(1, 6, (20, 5))])[dealt]
    assert support(more, np.append(codes, [-1] * 20)[dealt]) == pytest.approx(support(answers, codes), abs=1e-6)


def test_too_few_to_tell():
    """Few units, or hardly anybody beside another in a unit, or a stage that all answer alike: no support for anything."""
    rng = np.random.default_rng(5)
    answers, codes = organisation(rng, [0, 1, 2, 3, 4])
    assert not support(answers, codes).any()
    assert not support(answers[:30], np.arange(30)).any()
    answers, codes = organisation(rng, rng.integers(0, 5, 12))
    answers[:, 2] = 3
    assert not support(answers, codes).any()
    assert support(np.empty((0, 5)), np.empty(0, dtype=int)).shape == (0, 5)


@pytest.mark.parametrize("step", [0.0, 0.8])
def test_likelihood_is_that_of_scipy(step):
    """The log likelihood of a fitted model is the sum of scipy's normal densities over the classes, weighed by chances."""
    rng = np.random.default_rng(6)
    sizes = rng.integers(4, 16, 10)
    within = np.full((5, 5), 0.4) + 0.3 * np.eye(5)
    errors = within / sizes[:, None, None]
    means = 3 + rng.normal(size=(10, 5)) * 0.5
    steps = np.vstack([np.triu(np.ones((5, 5))), np.zeros(5)]) if step else np.zeros((1, 5))
    model, total, chances = fitted(means, errors, steps, Model(means.mean(axis=0), step, 0.5 if step else 1, 0.1, 0.1))
    between = model.own * np.eye(5) + model.level
    prior = np.append(np.full(5, (1 - model.free) / 5), model.free) if step else np.ones(1)
    expected = model.profile - model.step * steps
    dense = prior * np.array(
        [
            [multivariate_normal.pdf(mean, one, error + between) for one in expected]
            for mean, error in zip(means, errors, strict=True)
        ]
    )
    assert np.log(dense.sum(axis=1)).sum() == pytest.approx(total, abs=1e-3)
    assert dense / dense.sum(axis=1, keepdims=True) == pytest.approx(chances, abs=0.02)
