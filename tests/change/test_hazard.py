"""How much likelier people adopt, the more of those they heed had."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy import sparse
from scipy.special import expit

from kithwork.change.adoption import Adoptions
from kithwork.change.diffusion import NEVER
from kithwork.change.exposure import exposures
from kithwork.change.hazard import PersonWeeks, at_risk, log_odds

TREATED = ([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
CONTROLS = ([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], [])
"""Weeks of remission of 42 leukaemia patients, those that ended and those that had not (Freireich et al. 1963)."""


def remissions() -> PersonWeeks:
    """The patients as person-weeks, exposed who had the placebo."""
    patients = [
        (week, over, placebo)
        for placebo, (ended, going) in enumerate((TREATED, CONTROLS))
        for weeks, over in ((ended, True), (going, False))
        for week in weeks
    ]
    rows = [
        (who, week, placebo, over and week == last)
        for who, (last, over, placebo) in enumerate(patients)
        for week in range(1, last + 1)
    ]
    person, week, exposure, adopts = map(np.array, zip(*rows, strict=True))
    return PersonWeeks(person, week, exposure.astype(float), adopts)


def simulated(
    effect: float, seed: int, people: int = 150, weeks: int = 12
) -> tuple[sparse.csr_array, Adoptions, np.ndarray]:
    """Adoption in six groups that differ in readiness, with known log odds for exposure from 0 to 1."""
    rng = np.random.default_rng([seed, 3])
    groups = rng.integers(0, 6, people)
    near = groups[:, None] == groups
    ties = np.triu(rng.random((people, people)) < np.where(near, 30 / people, 2 / people), 1)
    net = (ties | ties.T).astype(float)
    base, week = -3.3 + rng.normal(0, 0.8, 6)[groups], np.full(people, NEVER, dtype=np.int16)
    for now in range(weeks):
        exposed = net @ (week < now) / np.maximum(net.sum(axis=1), 1)
        week[(week == NEVER) & (rng.random(people) < expit(base + 0.05 * now + effect * exposed))] = now
    return sparse.csr_array(net), Adoptions(week, weeks), groups


def test_remissions_agree_with_statsmodels():
    """The data of Cox (1972), times discrete: 1.62817 by ConditionalLogit of statsmodels 0.15, standard error 0.433."""
    found = log_odds(remissions(), np.zeros(42, int))
    assert found.estimate == pytest.approx(1.62817, abs=2e-4)
    assert (found.high - found.low) / 2 / 1.959964 == pytest.approx(0.433, rel=0.03)


def test_two_of_five():
    """The example of J. Hanley (McGill, How coxph in R handles ties): L = b / (b² + 6b + 3), so that b = √3."""
    exposure, adopts = np.array([1.0, 0, 1, 0, 0]), np.array([True, True, False, False, False])
    found = log_odds(PersonWeeks(np.arange(5), np.full(5, 4), exposure, adopts), np.zeros(5, int))
    assert np.exp(found.estimate) == pytest.approx(np.sqrt(3), rel=1e-5)


def test_likelihood_is_that_of_every_choice():
    """The top of the likelihood by enumeration of who might have adopted, two groups of unequal size."""
    rng = np.random.default_rng(11)
    groups = np.array([0] * 7 + [1] * 5)
    exposure, adopts = rng.random(12), np.array([1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 1], dtype=bool)
    rows = PersonWeeks(np.arange(12), np.ones(12, int), exposure, adopts)

    def likely(beta: float) -> float:
        total = 0.0
        for code in (0, 1):
            of, did = exposure[groups == code], adopts[groups == code]
            ways = [np.exp(beta * of[list(some)].sum()) for some in combinations(range(len(of)), int(did.sum()))]
            total += beta * of[did].sum() - np.log(sum(ways))
        return total

    found = log_odds(rows, groups)
    grid = np.linspace(-15, 15, 3_001)
    values = np.array([likely(beta) for beta in grid])
    assert found.estimate == pytest.approx(grid[values.argmax()], abs=0.01)
    inside = grid[2 * (values.max() - values) <= 1.959964**2]
    assert (found.low, found.high) == pytest.approx((inside[0], inside[-1]), abs=0.02)


@pytest.mark.parametrize("effect", [0.0, 2.0])
def test_interval_holds_the_planted_log_odds(effect):
    """Over 100 studies 90 to 99 % do, and the mean is right; where none are planted, hardly any lies above 0."""
    found = [log_odds(at_risk(net, adopted), groups) for net, adopted, groups in (simulated(effect, i) for i in range(100))]
    assert 0.90 <= np.mean([one.low <= effect <= one.high for one in found]) <= 0.99
    assert np.mean([one.estimate for one in found]) == pytest.approx(effect, abs=0.25)
    if effect == 0:
        assert np.mean([one.low > 0 for one in found]) <= 0.06


def test_what_reaches_a_whole_group_is_no_effect():
    """Two groups, one of which adopts at once: exposure is all between them, and nothing within a week can be told."""
    net = sparse.csr_array(np.kron(np.eye(2), np.ones((10, 10)) - np.eye(10)))
    adopted = Adoptions(np.repeat([2, NEVER], 10).astype(np.int16), 6)
    rows = at_risk(net, adopted)
    assert log_odds(rows, np.repeat([0, 1], 10)) is None
    assert log_odds(rows, np.zeros(20, int)) is None


def test_rows_are_the_weeks_until_adopting():
    """From the second week on, of who heeds somebody; exposure is that at the end of the week before."""
    net, adopted, _ = simulated(1.0, 4)
    rows = at_risk(net, adopted)
    tied = np.asarray(net.sum(axis=1)) > 0
    lasts = np.minimum(adopted.week, adopted.weeks - 1)
    assert len(rows.week) == lasts[tied].sum()
    assert rows.adopts.sum() == (adopted.adopted & tied & (adopted.week > 0)).sum()
    assert rows.exposure == pytest.approx(exposures(net, adopted)[rows.week - 1, rows.person])


def test_nothing_to_tell_is_none():
    """Nobody at risk, nobody who adopts, or only the most exposed do: no figure without an end."""
    empty = PersonWeeks(np.zeros(0, int), np.zeros(0, int), np.zeros(0), np.zeros(0, bool))
    assert log_odds(empty, np.zeros(3, int)) is None
    exposure = np.linspace(0, 1, 8)
    rows = PersonWeeks(np.arange(8), np.ones(8, int), exposure, exposure > 0.6)
    assert log_odds(rows, np.zeros(8, int)) is None
    rows = PersonWeeks(np.arange(8), np.ones(8, int), exposure, exposure > 2)
    assert log_odds(rows, np.zeros(8, int)) is None


def test_rounding_moves_nothing_that_is_kept(monkeypatch):
    """With last digits as another processor may have them, log odds and interval are the same to ten places."""
    plain, rng = np.logaddexp, np.random.default_rng(1)
    for seed in range(40):
        net, adoptions, groups = simulated(1.0, seed, people=80)
        rows = at_risk(net, adoptions)
        found = log_odds(rows, groups)
        with monkeypatch.context() as patch:
            patch.setattr(
                np, "logaddexp", lambda *of: (one := plain(*of)) * (1 + rng.choice([-2e-16, 0, 2e-16], one.shape))
            )
            again = log_odds(rows, groups)
        ends = [(one.estimate, one.low, one.high) for one in (found, again) if one]
        assert not ends or ends[0] == pytest.approx(ends[1], rel=0, abs=1e-11)
