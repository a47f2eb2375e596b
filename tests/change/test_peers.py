"""Whether adoption travels along ties."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
import synthetic
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from scipy import sparse
from scipy.special import expit

from kithwork.change.adoption import Adoptions
from kithwork.change.diffusion import NEVER
from kithwork.change.exposure import without_loops
from kithwork.change.hazard import at_risk, log_odds
from kithwork.change.peers import FOUND, NOT_FOUND, STEP, TOO_FEW, VERDICTS, above, peer_effect, verdict
from kithwork.claims import Ledger
from kithwork.estimates import Estimate

SETTINGS = synthetic.settings(change={"permutations": 199})


def organisation(effect: float, seed: int, people: int = 240, weeks: int = 20) -> tuple:
    """Ties, adoption and groups: eight groups that differ in readiness, `effect` the log odds of exposure from 0 to 1."""
    rng = np.random.default_rng([seed, 5])
    groups = rng.integers(0, 8, people)
    ties = np.triu(rng.random((people, people)) < np.where(groups[:, None] == groups, 40 / people, 2 / people), 1)
    net = (ties | ties.T).astype(float)
    base, week = -3.5 + rng.normal(0, 1, 8)[groups], np.full(people, NEVER, dtype=np.int16)
    for now in range(weeks):
        exposed = net @ (week < now) / np.maximum(net.sum(axis=1), 1)
        week[(week == NEVER) & (rng.random(people) < expit(base + effect * exposed))] = now
    return sparse.csr_array(net), Adoptions(week, weeks), groups


def test_a_planted_effect_is_found():
    """In at least nine studies of ten, and likeness lies above what groups give."""
    found = [peer_effect(*organisation(3.0, seed), SETTINGS, np.random.default_rng(seed)) for seed in range(20)]
    assert sum(one.verdict == FOUND for one in found) >= 18
    assert np.mean([one.likeness.estimate - one.expected for one in found]) > 0.05


def test_groups_that_differ_are_no_effect():
    """Nobody follows anybody, groups differ: likeness is well above 0, and at most one of 20 studies calls it an effect."""
    found = [peer_effect(*organisation(0.0, seed), SETTINGS, np.random.default_rng(seed)) for seed in range(20)]
    assert sum(one.verdict == FOUND for one in found) <= 1
    assert np.mean([one.likeness.estimate for one in found]) > 0.1
    assert np.mean([one.likeness.estimate - one.expected for one in found]) == pytest.approx(0, abs=0.02)


def test_likeness_is_the_assortativity_of_weeks():
    """By networkx, who had not adopted in the week after the last."""
    net, adopted, groups = organisation(1.0, 3)
    found = peer_effect(net, adopted, groups, SETTINGS, np.random.default_rng(1))
    other = nx.from_scipy_sparse_array(net)
    weeks = np.where(adopted.week == NEVER, adopted.weeks, adopted.week)
    nx.set_node_attributes(other, dict(enumerate(weeks.tolist())), "week")
    assert found.likeness.estimate == pytest.approx(nx.numeric_assortativity_coefficient(other, "week"))
    assert found.adopted.estimate == pytest.approx(adopted.adopted.mean())


def test_odds_are_for_a_tenth_more_of_those_heeded():
    """The log odds of hazard.py, a tenth of them, as times."""
    net, adopted, groups = organisation(1.0, 3)
    found = peer_effect(net, adopted, groups, SETTINGS, np.random.default_rng(1)).hazard
    odds = log_odds(at_risk(net, adopted), groups)
    assert np.log([found.estimate, found.low, found.high]) == pytest.approx(
        STEP * np.array([odds.estimate, odds.low, odds.high])
    )


def test_ties_to_oneself_do_not_count():
    """Everybody is as early as oneself: loops would make a likeness of their own."""
    net, adopted, groups = organisation(0.0, 1)
    looped = sparse.csr_array(net + 3 * sparse.eye_array(net.shape[0]))
    one, other = (peer_effect(of, adopted, groups, SETTINGS, np.random.default_rng(1)) for of in (net, looped))
    assert one == other
    assert (without_loops(looped) != net).nnz == 0


def test_the_same_generator_gives_the_same_figures():
    """Nothing is drawn from elsewhere."""
    one, other = (peer_effect(*organisation(1.0, 2), SETTINGS, np.random.default_rng(9)) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("shown", "spread", "within", "adopters", "expected"),
    [
        (True, 0.05, 1.0, 200, FOUND),
        (False, 0.05, 1.0, 200, NOT_FOUND),
        (False, 0.12, 1.0, 200, TOO_FEW),
        (False, 0.05, 0.4, 200, TOO_FEW),
        (True, 0.05, 1.0, 9, TOO_FEW),
        (True, 0.12, 1.0, 10, FOUND),
    ],
)
def test_the_rule_of_the_verdict(shown, spread, within, adopters, expected):
    """Absence is only said where a medium effect would have been seen; below ten adopters nothing is."""
    assert verdict(shown, spread, within, adopters) == expected


def test_odds_alone_tell_at_99_percent():
    """A standard error of 1: 2.5 is not far enough above 0, 2.6 is, and no side of the interval but the lower counts."""
    assert not above(Estimate(2.5, 2.5 - 1.96, 9.0, 100))
    assert above(Estimate(2.6, 2.6 - 1.96, 2.7, 100))


def test_groups_of_two_in_which_few_differ_tell_too_little():
    """Pairs who all but once adopt together: dealing weeks within pairs hardly moves likeness, and that is no absence."""
    rng = np.random.default_rng(4)
    groups = np.repeat(np.arange(40), 2)
    week = np.repeat(rng.integers(0, 8, 40), 2).astype(np.int16)
    week[0] = (week[1] + 3) % 8
    net = sparse.csr_array((rng.random((80, 80)) < 0.1).astype(float))
    assert peer_effect(net, Adoptions(week, 8), groups, SETTINGS, rng).verdict == TOO_FEW


def test_nothing_where_people_cannot_differ():
    """No ties, ties to oneself only, nobody adopted, all in one week, or groups of one: none, or too few to tell."""
    net, adopted, groups = organisation(1.0, 1)
    rng = np.random.default_rng(1)
    nobody = Adoptions(np.full(len(groups), NEVER, dtype=np.int16), 20)
    at_once = Adoptions(np.zeros(len(groups), dtype=np.int16), 20)
    for ties, of in [(0 * net, adopted), (sparse.eye_array(len(groups)).tocsr(), adopted), (net, nobody), (net, at_once)]:
        assert peer_effect(sparse.csr_array(ties), of, groups, SETTINGS, rng) is None
    assert peer_effect(net, adopted, np.arange(len(groups)), SETTINGS, rng).verdict == TOO_FEW


@given(st.integers(0, 14), st.integers(1, 5), st.floats(0, 1), st.floats(0, 1), st.integers(0, 10**6))
@examples(max_examples=80, deadline=None)
def test_any_study_has_a_verdict_or_none(people, weeks, ties, share, seed):
    """However few people, ties and adopters, whatever groups: no crash, and figures that hold together."""
    rng = np.random.default_rng(seed)
    net = sparse.csr_array((rng.random((people, people)) < ties) * rng.random((people, people)))
    week = np.where(rng.random(people) < share, rng.integers(0, weeks, people), NEVER).astype(np.int16)
    found = peer_effect(net, Adoptions(week, weeks), rng.integers(-1, 3, people), SETTINGS, rng)
    if found is not None:
        assert found.verdict in VERDICTS
        assert -1 <= found.likeness.low <= found.likeness.high <= 1
        assert 0 < found.p <= 1
        assert found.verdict == TOO_FEW or (week != NEVER).sum() >= 10


def test_claims():
    """Three figures with interval, n and what they are set against; no odds where they have no end."""
    net, adopted, groups = organisation(3.0, 1)
    found, ledger = peer_effect(net, adopted, groups, SETTINGS, np.random.default_rng(1)), Ledger("change")
    found.claims(ledger)
    frame = ledger.frame().set_index("id")
    assert frame["unit"].to_dict() == {
        "change.adopted_by": "%",
        "change.peer_hazard": "times",
        "change.peer_likeness": "index",
    }
    likeness = frame.loc["change.peer_likeness"]
    assert likeness["reference"] == found.expected
    assert found.verdict in likeness["label"]
    assert frame.loc["change.adopted_by", "estimate"] == pytest.approx(100 * adopted.adopted.mean())
    assert frame.loc["change.adopted_by", "people"] == len(groups)
    alone, ledger = peer_effect(net, adopted, np.arange(len(groups)), SETTINGS, np.random.default_rng(1)), Ledger("change")
    alone.claims(ledger)
    assert alone.hazard is None
    assert "change.peer_hazard" not in set(ledger.frame()["id"])
