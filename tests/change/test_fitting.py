"""The top of the likelihood and how sure it is: against a known regression, a random walk, and a free distribution."""

from __future__ import annotations

import numpy as np
import pytest
from adoptions import network, played
from scipy import sparse
from scipy.special import betainc, expit

from kithwork.change import fitting
from kithwork.change.adoption import Adoptions
from kithwork.change.diffusion import NEVER
from kithwork.change.histories import histories
from kithwork.change.likelihood import Likelihood, penalty, shape, shares_of


def study(seed: int, people: int = 300, **planted) -> Likelihood:
    """The likelihood of dates drawn on a random network."""
    rng = np.random.default_rng(seed)
    net, z = network(people, 9, rng), rng.normal(size=people)
    seen = histories(net, played(net, z, rng.beta(2, 4, people), rng, **planted))
    return Likelihood(seen, z[seen.people])


def complementary_log_log(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients and standard errors of P(y = 1) = 1 − exp(−exp(x b)), by iteratively reweighted least squares
    (McCullagh & Nelder 1989, Generalized Linear Models, 43)."""
    b = np.array([np.log(-np.log(1 - y.mean())), 0.0])
    for _ in range(30):
        at = x @ b
        chance = -np.expm1(-np.exp(at))
        slope = np.exp(at - np.exp(at))
        weight = slope**2 / (chance * (1 - chance))
        bend = (x.T * weight) @ x
        b = np.linalg.solve(bend, (x.T * weight) @ (at + (y - chance) / slope))
    return b, np.sqrt(np.diag(np.linalg.inv(bend)))


def test_nobody_following_is_a_regression():
    """Alone and readiness, and how sure they are, are those of the binomial regression with the complementary log-log link
    over person-weeks, in which the chance at z = 0 is 1 − exp(−exp(intercept))."""
    likelihood = study(1, follow=0.0)
    seen = likelihood.seen
    person, _ = np.nonzero(~np.isnan(seen.exposure))
    last = np.append(person[1:] != person[:-1], True)
    z = likelihood.z[person]
    b, sure = complementary_log_log(np.column_stack([np.ones(len(z)), z]), (last & seen.adopts[person]).astype(float))
    found = fitting.alone_only(likelihood)
    assert shares_of(found)[0] == pytest.approx(1 - np.exp(-np.exp(b[0])), rel=1e-3)
    assert found[1] == pytest.approx(b[1], abs=1e-3)
    assert np.sqrt(np.diag(fitting.spread_at(likelihood, found)))[:2] == pytest.approx(sure, rel=0.05)


def test_draws_are_those_of_the_penalised_likelihood():
    """Means and standard deviations are those of a random walk (Metropolis et al. 1953) over the same surface."""
    likelihood = study(2)
    alone = fitting.alone_only(likelihood)
    top = fitting.highest(likelihood, alone)
    drawn = fitting.draws(likelihood, top, alone, 4000, np.random.default_rng(1))
    rng = np.random.default_rng(2)
    root = np.linalg.cholesky(fitting.spread_at(likelihood, top))
    at, walk = top, []
    height = likelihood(at) + penalty(at)[0]
    low, high = np.transpose(fitting.ENDS)
    for _ in range(8000):
        to = at + root @ rng.normal(size=5)
        there = likelihood(to) + penalty(to)[0] if ((to >= low) & (to <= high)).all() else -np.inf
        if np.log(rng.random()) < there - height:
            at, height = to, there
        walk.append(at)
    sd = np.std(walk, axis=0)
    assert drawn.mean(axis=0) == pytest.approx(np.mean(walk, axis=0), abs=0.25 * sd.max())
    assert drawn.std(axis=0) == pytest.approx(sd, rel=0.2)


def test_no_start_finds_higher():
    """From twelve other points the climb ends no higher."""
    likelihood = study(3)
    top = fitting.highest(likelihood, fitting.alone_only(likelihood))
    best = likelihood(top) + penalty(top)[0]
    rng = np.random.default_rng(4)
    for _ in range(12):
        start = top + rng.uniform(-1, 1, 5)
        other = fitting._climbed(likelihood, start, 1.0, list(fitting.ENDS))
        assert likelihood(other) + penalty(other)[0] <= best + 1e-3


def turnbull(low: np.ndarray, high: np.ndarray, rounds: int = 800) -> tuple[np.ndarray, np.ndarray]:
    """Ends and masses of the distribution most likely given that each value lies in (low, high] (Turnbull 1976, JRSS B
    38:290), by expectation and maximisation over the cells between all ends."""
    ends = np.unique(np.r_[low, high])
    inside = (ends[:-1] >= low[:, None]) & (ends[1:] <= high[:, None])
    mass = np.full(len(ends) - 1, 1 / (len(ends) - 1))
    for _ in range(rounds):
        shares = inside * mass
        mass = (shares / shares.sum(axis=1, keepdims=True)).mean(axis=0)
    return ends[1:], mass


def test_thresholds_without_a_shape():
    """Where nobody adopts alone and all follow at once, each date says between which shares a threshold lies; the Beta has
    as many below each share as the distribution of any shape that is most likely."""
    rng = np.random.default_rng(6)
    people = 1500
    net = network(people, 12, rng)
    dates = played(net, np.zeros(people), rng.beta(2, 4, people), rng, alone=1e-9, follow=1.0, weeks=8, began=250)
    seen = histories(net, dates)
    likelihood = Likelihood(seen, np.zeros(len(seen.people)))
    top = fitting.highest(likelihood, fitting.alone_only(likelihood))
    saw = seen.shares[seen.end]
    earlier = np.zeros(len(saw))
    np.maximum.at(earlier, seen.who, seen.shares[seen.before])
    ends, mass = turnbull(np.where(seen.adopts, earlier, saw), np.where(seen.adopts, saw, 1.0))
    at = np.array([0.15, 0.25, 0.35, 0.45])
    free = np.array([mass[ends <= share].sum() for share in at])
    fitted = betainc(*shape(expit(top[3]), expit(top[4])), at)
    planted = betainc(2, 4, at)
    assert fitted == pytest.approx(planted, abs=0.05)
    assert fitted == pytest.approx(free, abs=0.08)


def test_dates_that_say_nothing_of_following_leave_it_open():
    """Without a tie all that is drawn of follow, enough and spread is the penalty: half below the middle, some far out."""
    rng = np.random.default_rng(7)
    week = np.where(rng.random(200) < 0.4, rng.integers(1, 10, 200), NEVER).astype(np.int16)
    likelihood = Likelihood(histories(sparse.csr_array((200, 200)), Adoptions(week, 10)), np.zeros(200))
    alone = fitting.alone_only(likelihood)
    drawn = fitting.draws(likelihood, fitting.highest(likelihood, alone), alone, 4000, rng)
    assert (drawn[:, 2:] < 0).mean(axis=0) == pytest.approx(0.5, abs=0.06)
    assert (np.abs(drawn[:, 2]) > 3).mean() == pytest.approx(0.28, abs=0.06)
