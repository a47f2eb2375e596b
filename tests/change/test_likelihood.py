"""How likely dates of adoption are: by hand, against thresholds drawn by the thousand, and its slope."""

from __future__ import annotations

import numpy as np
import pytest
from adoptions import network, played
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import approx_fprime
from scipy.special import logit

from kithwork.change import likelihood as module
from kithwork.change.adoption import Adoptions
from kithwork.change.diffusion import NEVER
from kithwork.change.histories import exposures, histories
from kithwork.change.likelihood import Likelihood, penalty, shape, shares_of

UNIFORM = logit(np.sqrt(1 / 3))
"""Where the spread of a uniform threshold, √(1/12) around 1/2, lies: √(1/3) of the widest."""


def test_three_people_by_hand():
    """Alone 0.1, follow 0.4, thresholds uniform. The second lives through week 1 with half adopted and adopts in 2:
    0.9 (0.5 · 0.6 · (1 − 0.9 · 0.6) + 0.5 · 0.1) = 0.1692. The third lives through three weeks, half, half and all adopted:
    0.9³ (0.5 · 0.6³ + 0.5 · 0.6) = 0.297432."""
    net = sparse.csr_array(np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]], float))
    seen = histories(net, Adoptions(np.array([0, 2, NEVER], np.int16), 4))
    point = np.array([logit(0.1), 0, logit(0.4), 0, UNIFORM])
    assert np.exp(Likelihood(seen, np.zeros(2))(point)) == pytest.approx(0.1692 * 0.297432, rel=1e-9)


def test_as_likely_as_thresholds_drawn_by_the_thousand():
    """The mean, over thresholds drawn from the Beta, of each person's chance week by week."""
    rng = np.random.default_rng(5)
    net, z = network(12, 4, rng), rng.normal(size=12)
    dates = played(net, z, rng.beta(2, 4, 12), rng, alone=0.05, follow=0.3, weeks=8)
    seen = histories(net, dates)
    point = np.array([-3, 0.4, -1, -0.5, -0.3])
    alone, readiness, follow, enough, _ = shares_of(point)
    drawn = rng.beta(*shape(enough, 1 / (1 + np.exp(0.3))), 40_000)
    exposed, total = exposures(net, dates.week, 8), 0.0
    for person in seen.people:
        p, chance = (1 - alone) ** np.exp(readiness * z[person]), np.ones(len(drawn))
        for week in range(1, 8):
            now = 1 - p * (1 - follow * (exposed[person, week] >= drawn))
            chance *= now if week == dates.week[person] else 1 - now
            if week == dates.week[person]:
                break
        total += np.log(chance.mean())
    assert Likelihood(seen, z[seen.people])(point) == pytest.approx(total, abs=0.05)


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_slope(seed):
    """Along each of the five the slope is that of differences, of the likelihood and of the penalty."""
    rng = np.random.default_rng(seed)
    net, z = network(40, 5, rng), rng.normal(size=40)
    seen = histories(net, played(net, z, rng.beta(2, 4, 40), rng, alone=0.05, weeks=8))
    likelihood, point = Likelihood(seen, z[seen.people]), rng.uniform(-2, 2, 5)
    value, slope = likelihood.with_slope(point)
    assert value == likelihood(point)
    assert slope == pytest.approx(approx_fprime(point, likelihood, 1e-6), abs=2e-2, rel=2e-3)
    assert penalty(point)[1] == pytest.approx(approx_fprime(point, lambda at: penalty(at)[0], 1e-6), abs=1e-4)


def test_what_points_stand_for():
    """Half each; a spread half as wide as half and half allow; readiness as it is."""
    assert shares_of(np.array([0, 0.7, 0, 0, 0.0])) == pytest.approx([0.5, 0.7, 0.5, 0.5, 0.25])
    a, b = shape(np.array(1 / 3), np.array(1 / np.sqrt(7)))
    assert (a, b) == (pytest.approx(2), pytest.approx(4))


def test_from_knots_it_is_as_likely(monkeypatch):
    """Of the same people the value and its slope are those of the distribution itself, in seven digits."""
    rng = np.random.default_rng(6)
    net, z = network(80, 6, rng), rng.normal(size=80)
    seen = histories(net, played(net, z, rng.beta(2, 4, 80), rng, alone=0.05, weeks=8))
    point = np.array([-3, 0.4, -1, -0.5, -0.3])
    exactly = Likelihood(seen, z[seen.people]).with_slope(point)
    monkeypatch.setattr(module, "MANY", 0)
    value, slope = Likelihood(seen, z[seen.people]).with_slope(point)
    assert value != exactly[0]
    assert value == pytest.approx(exactly[0], rel=1e-7)
    assert slope == pytest.approx(exactly[1], rel=1e-4, abs=1e-4)
