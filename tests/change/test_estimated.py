"""What a spread rests on, estimated from dates: planted values, no effect, too few dates, and what comes next."""

from __future__ import annotations

import dataclasses
from functools import lru_cache

import numpy as np
import pytest
from adoptions import network, played
from scipy import sparse
from scipy.special import expit
from synthetic import settings

from kithwork.change.adoption import Adoptions
from kithwork.change.diffusion import NEVER, thresholds
from kithwork.change.estimated import Estimated, estimated
from kithwork.change.histories import exposures
from kithwork.change.likelihood import shape
from kithwork.claims import Ledger

SET_TO = settings()
PLANTED = {"alone": 0.006, "readiness": 0.5, "follow": 0.15, "enough": 1 / 3, "spread": np.sqrt(2 * 4 / 7) / 6}


@lru_cache
def study(seed: int, people: int = 400, follow: float = 0.15, weeks: int = 22):
    """Ties, dates, readiness, and what is estimated of them."""
    rng = np.random.default_rng(seed)
    net, z = network(people, 10, rng), rng.normal(size=people)
    dates = played(net, z, rng.beta(2, 4, people), rng, follow=follow, weeks=weeks)
    return net, dates, z, estimated(net, dates, z, SET_TO, np.random.default_rng(seed))


def claims(found: Estimated):
    """The claims by measure."""
    ledger = Ledger("change")
    found.claims(ledger)
    return ledger.frame().set_index("measure")


def test_planted_values_are_recovered():
    """Of 1,500 people: each within 3.3 standard errors of what was planted, and sure to a third of it or so."""
    found = study(2, people=1500)[3]
    for name, planted in PLANTED.items():
        one = getattr(found, name)
        error = (one.high - one.low) / (2 * 1.96)
        assert one.estimate == pytest.approx(planted, abs=3.3 * error), name
        assert error < 0.2 * planted, name


@pytest.mark.slow
def test_intervals_hold_what_was_planted():
    """Of 40 studies at least 33 intervals of each hold it: 95 % would leave out more than seven once in 600 times."""
    held = dict.fromkeys(PLANTED, 0)
    for seed in range(100, 140):
        found = study(seed)[3]
        for name, planted in PLANTED.items():
            one = getattr(found, name)
            held[name] += one.low <= planted <= one.high
    assert min(held.values()) >= 33, held


def test_where_nobody_follows_no_threshold_is_claimed():
    """Alone is claimed, p is not small, and worlds to come differ widely in what would be enough."""
    found = study(3, follow=0.0)[3]
    assert not found.follows
    assert (found.follow, found.enough, found.spread) == (None, None, None)
    assert set(claims(found).index) == {"change.follow_p", "change.alone"}
    assert claims(found).loc["change.follow_p", "estimate"] > 0.05
    assert found.alone.low < PLANTED["alone"] < found.alone.high
    low, high = np.percentile(found.values(500, np.random.default_rng(1)).enough, [2.5, 97.5])
    assert high - low > 0.4


def test_claims_of_a_study_in_which_people_follow():
    """Shares in %, of everybody at risk, with intervals; p below the line."""
    net, dates, _, found = study(4)
    table = claims(found)
    assert set(table.index) == {"change.follow_p", "change.alone", "change.follow", "change.enough"}
    assert table.loc["change.enough", "estimate"] == pytest.approx(100 * found.enough.estimate)
    assert (table["low"] < table["high"]).all()
    assert (table["people"] == (dates.week > 0).sum()).all()
    assert table.loc["change.follow_p", "high"] < 0.05
    assert net.shape[0] > table["people"].iloc[0] > 300


def test_too_few_dates_say_nothing():
    """29 adoptions after week 0, all in two weeks, or nobody tied to anybody: None."""
    rng = np.random.default_rng(1)
    net, z = network(100, 6, rng), np.zeros(100)
    week = np.full(100, NEVER, np.int16)
    week[:29] = np.arange(29) % 8 + 1
    assert estimated(net, Adoptions(week, 10), z, SET_TO, rng) is None
    week[29] = 3
    assert estimated(net, Adoptions(week, 10), z, SET_TO, rng) is not None
    assert estimated(sparse.csr_array((100, 100)), Adoptions(week, 10), z, SET_TO, rng) is None
    two = np.where(week != NEVER, week % 2 + 1, NEVER).astype(np.int16)
    assert estimated(net, Adoptions(two, 10), z, SET_TO, rng) is None


def test_assumptions_are_drawn_as_sure_as_the_estimates():
    """Their 95 % range is the interval, every Beta can be, and what passes on is as stated."""
    found = study(4)[3]
    given = found.values(4000, np.random.default_rng(1))
    for name in PLANTED:
        one, drawn = getattr(found, name), getattr(given, name)
        assert drawn.shape == (4000,)
        assert np.percentile(drawn, [2.5, 97.5]) == pytest.approx([one.low, one.high], abs=0.15 * (one.high - one.low))
    assert (given.spread**2 < given.enough * (1 - given.enough)).all()
    low, high = SET_TO.change.assumed.pass_on
    assert low <= given.pass_on.min() < given.pass_on.max() <= high


def test_thresholds_to_come_are_those_of_who_has_not_followed():
    """With the values held fixed: how many thresholds lie above each share, as in thresholds drawn beforehand and weighed
    by the chance of not having followed for so long."""
    net, dates, _, found = study(5, people=300)
    point = np.array([-5, 0.5, np.log(0.15 / 0.85), np.log(0.5), -0.5])
    fixed = dataclasses.replace(found, points=point[None, :])
    drawn = fixed.worlds(1500, 10, np.random.default_rng(1))(1.0).enough
    rng, seen = np.random.default_rng(2), exposures(net, dates.week, dates.weeks)
    beforehand = rng.beta(*shape(expit(point[3]), expit(point[4])), 20_000)
    waited = [i for i in np.flatnonzero(~dates.adopted) if seen[i, -1] > 0][:12]
    for person in waited:
        met = (seen[person, 1:, None] >= beforehand).sum(axis=0)
        weight = 0.85**met
        for share in (seen[person, -1], 0.6):
            if share >= seen[person, -1]:
                expected = weight[beforehand > share].sum() / weight.sum()
                assert (drawn[:, person] > share).mean() == pytest.approx(expected, abs=0.04)


def test_worlds_to_come_play_on_from_the_last_week():
    """Those who adopted start, more follow, and the middle of the fan is near what came."""
    net, dates, z, _ = study(6, people=800)
    half = 14
    early = Adoptions(np.where(dates.week < half, dates.week, NEVER).astype(np.int16), half)
    found = estimated(net, early, z, SET_TO, np.random.default_rng(1))
    ahead = dates.weeks - half
    worlds = found.worlds(300, ahead, np.random.default_rng(2))(1.0)
    share = (thresholds(net, early.adopted, worlds, ahead) <= ahead).mean(axis=1)
    assert share.min() >= early.adopted.mean()
    assert np.percentile(share, 2.5) <= dates.adopted.mean() <= np.percentile(share, 97.5)
    assert np.ptp(np.percentile(share, [2.5, 97.5])) < 0.5


def test_who_joined_late_is_at_risk_from_then_on():
    """Half of the people join in week 11: told so, alone is what was planted; not told so, it is too small."""
    rng = np.random.default_rng(8)
    people, late = 3000, np.arange(3000) % 2 == 1
    net, z = network(people, 6, rng), np.zeros(people)
    alone = np.where(late, 11, 0) + rng.geometric(0.02, people)
    dates = Adoptions(np.where(alone < 22, alone, NEVER).astype(np.int16), 22)
    told = estimated(net, dates, z, SET_TO, rng, first=np.where(late, 12, 0))
    assert told.alone.low < 0.02 < told.alone.high
    assert estimated(net, dates, z, SET_TO, rng).likelihood.seen.lived.sum() > told.likelihood.seen.lived.sum()


def test_the_same_draws_give_the_same_figures():
    """Twice the same generator, twice the same claims."""
    net, dates, z, found = study(4)
    again = estimated(net, dates, z, SET_TO, np.random.default_rng(4))
    assert claims(again).equals(claims(found))
