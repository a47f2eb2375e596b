"""Assumptions: drawn from their ranges, and worlds drawn from them with the means, spreads and hazards they state."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from synthetic import settings

from kithwork.change.assumptions import Assumptions, campaigns, stated
from kithwork.change.diffusion import NEVER

PEOPLE = 20_000


def of(**changes: float) -> Assumptions:
    """One world."""
    values = {"alone": 0.05, "readiness": 0.0, "follow": 0.2, "enough": 0.3, "spread": 0.15, "pass_on": 0.1} | changes
    return Assumptions(**{name: np.array([value]) for name, value in values.items()})


def worlds(given_: Assumptions, readiness: np.ndarray | None = None, seed: int = 1, campaign: float = 1.0):
    """Its worlds, for many people of average readiness."""
    readiness = np.zeros(PEOPLE) if readiness is None else readiness
    return campaigns(given_, readiness, np.random.default_rng(seed))(campaign)


def test_each_is_drawn_evenly_from_its_stated_range():
    """Every assumption of the project's own settings fills its range, and no more, apart from the others."""
    assumed = settings().change.assumed
    found = stated(assumed, 2_000, np.random.default_rng(3))
    values = np.array([getattr(found, name) for name in assumed.model_dump()])
    for (low, high), drawn_ in zip(assumed.model_dump().values(), values, strict=True):
        assert stats.kstest(drawn_, stats.uniform(low, high - low).cdf).pvalue > 0.001
    assert np.abs(np.corrcoef(values) - np.eye(len(values))).max() < 0.1


def test_enough_has_its_mean_and_its_spread():
    """The Beta with mean 0.3 and standard deviation 0.15 is Beta(2.5, 5.833): m(1 − m)/s² − 1 = 8.333 times each share."""
    enough = worlds(of()).enough[0]
    assert (enough.mean(), enough.std()) == pytest.approx((0.3, 0.15), abs=0.004)
    assert stats.kstest(enough, stats.beta(2.5, 35 / 6).cdf).pvalue > 0.001


@pytest.mark.parametrize(("what", "hazard"), [("alone", 0.05), ("delay", 0.2)])
def test_weeks_are_geometric(what, hazard):
    """Shares of weeks 1 to 12 as scipy's geometric law has them."""
    weeks = getattr(worlds(of()), what)[0]
    found = np.array([(weeks == week).mean() for week in range(1, 13)])
    assert found == pytest.approx(stats.geom(hazard).pmf(np.arange(1, 13)), abs=5 * np.sqrt(0.2 / PEOPLE))


def test_readiness_and_a_campaign_make_it_likelier():
    """Hazard 1 − 0.95^(2 · e^0.5) for people one standard deviation above, with a campaign of 2, by hand: 0.1556."""
    alone = worlds(of(readiness=0.5), np.ones(PEOPLE), campaign=2.0).alone[0]
    assert (alone == 1).mean() == pytest.approx(0.1556, abs=5 * np.sqrt(0.13 / PEOPLE))
    assert 1 - 0.95 ** (2 * np.exp(0.5)) == pytest.approx(0.1556, abs=1e-4)


def test_certain_and_impossible():
    """At a hazard of 1 everything happens in the first week, at 0 never; nobody waits longer than never."""
    assert (worlds(of(follow=1.0)).delay == 1).all()
    assert (worlds(of(alone=0.0)).alone == NEVER).all()
    assert (worlds(of(), campaign=0.0).alone == NEVER).all()
    assert worlds(of(follow=1e-5)).delay.max() == NEVER


@given(st.integers(0, 10**6), st.floats(-2, 2), st.floats(0.1, 5))
def test_what_worlds_always_are(seed, readiness, campaign):
    """Weeks are whole numbers from 1, shares lie within 0 to 1, and a stronger campaign makes nobody later."""
    people = np.random.default_rng(seed).normal(size=20)
    weak, strong = (worlds(of(readiness=readiness), people, seed, campaign=campaign * by) for by in (1, 1.5))
    assert weak.alone.dtype == weak.delay.dtype == np.int16
    assert min(weak.alone.min(), weak.delay.min()) >= 1
    assert ((weak.enough >= 0) & (weak.enough <= 1)).all()
    assert (strong.alone <= weak.alone).all()
    assert (strong.enough == weak.enough).all()
    assert (strong.delay == weak.delay).all()
