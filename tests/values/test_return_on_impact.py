"""What relationships deliver: by hand, as pandas counts it, with planted shares held, and nothing made of absent data."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from evidence_of import evidence, muddled, person, ratings, reports
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import staff

from kithwork.values import return_on_impact
from kithwork.values.evidence import Missing
from kithwork.values.indicator import PARTS
from kithwork.values.return_on_impact import as_answered, help_balance, results, results_per_hour

CLIENTS = [
    {"party_id": "X", "kind": "customer"},
    {"party_id": "Y", "kind": "customer"},
    {"party_id": "Z", "kind": "supplier"},
]
SAMPLES = 200


def some(seed: int):
    """Nine people who rate colleagues and clients at random, with minutes of some pairs."""
    rng = np.random.default_rng(seed)
    pairs = [(a, b) for a in range(9) for b in range(a + 1, 9) if rng.random() < 0.6]
    said = [(a, b, "T9", int(rng.integers(4))) for a in range(9) for b in range(9) if a != b and rng.random() < 0.4]
    said += [(a, b, "T8", int(rng.integers(1, 5))) for a in range(9) for b in ("X", "Y", "Z") if rng.random() < 0.7]
    minutes = np.where(rng.random(len(pairs)) < 0.8, rng.integers(1, 300, len(pairs)), np.nan)
    return evidence(staff([None] * 9), pairs, said=said, parties=CLIENTS, minutes=minutes)


def test_results_by_hand():
    """Ties rated 0 to 3 by one, 0 and 3 by another: three of six."""
    said = [(0, 1, "T9", 0), (0, 2, "T9", 1), (0, 3, "T9", 2), (0, "X", "T9", 3), (1, 0, "T9", 0), (1, 2, "T9", 3)]
    found = results(evidence(staff([None] * 4), said=said))
    assert (found.estimate.estimate, found.estimate.n, found.unit) == (50, 2, "%")
    assert found.estimate.low < 50 < found.estimate.high


def test_help_balance_by_hand():
    """Of two clients one helped one and was both ways with the other, the other helped one: given 3, got 1."""
    said = [(0, "X", "T8", 2), (0, "Y", "T8", 3), (1, "X", "T8", 2), (1, "Y", "T8", 4), (1, "Z", "T8", 1), (0, 1, "T8", 1)]
    found = help_balance(evidence(staff([None] * 3), said=said, parties=CLIENTS))
    assert (found.estimate.estimate, found.estimate.n, found.reference) == (0.5, 2, 0)


def test_results_per_hour_by_hand():
    """One result in 30 hours and one in 10: five per 100 hours; who has no recorded minutes is left out, as are clients."""
    said = [(0, 1, "T9", 2), (0, 2, "T9", 1), (1, 0, "T9", 3), (3, 0, "T9", 3), (1, "X", "T9", 3)]
    given_ = evidence(staff([None] * 4), [(0, 1), (0, 2)], said=said, parties=CLIENTS, minutes=[600, 1200])
    found = results_per_hour(given_)
    assert (found.estimate.estimate, found.estimate.n) == (pytest.approx(5), 2)
    assert found.unit == "per 100 hours"


def test_score_by_hand():
    """Answers 5 and 4 of one, 3 of another: 87.5 and 50, in the mean 68.75."""
    found = as_answered(evidence(staff([None] * 3), answers=[(0, "V2a", 5), (0, "V2b", 4), (1, "V2c", 3)]))
    assert found.estimate.estimate == 68.75


@pytest.mark.parametrize(
    ("indicator", "needs"),
    [
        (results, "T9"),
        (results_per_hour, "T9"),
        (help_balance, "T8 (who helped whom) about outsiders"),
        (as_answered, "V2a"),
    ],
)
def test_nothing_said_is_missing(indicator, needs):
    """Each names the question that would give it."""
    assert needs in indicator(evidence(staff([None] * 3), [(0, 1)], minutes=60)).needs


def test_ratings_without_what_they_are_set_against_are_missing():
    """Help among colleagues says nothing of clients, and results without recorded minutes nothing of hours."""
    said = [(a, b, question, 2) for a in range(3) for b in range(3) if a != b for question in ("T8", "T9")]
    given_ = evidence(staff([None] * 3), [(0, 1), (1, 2)], said=said, parties=CLIENTS)
    assert isinstance(help_balance(given_), Missing)
    assert "length of contacts" in results_per_hour(given_).needs


def test_nothing_come_of_anything_is_not_sure():
    """None of many results is no interval without width: Wilson's by people, Poisson's by hours."""
    said = [(a, (a + 1) % 8, "T9", 0) for a in range(8)]
    given_ = evidence(staff([None] * 8), [(a, (a + 1) % 8) for a in range(8)], said=said, minutes=600)
    share, rate = results(given_).estimate, results_per_hour(given_).estimate
    assert (share.estimate, share.low, share.high) == (0, 0, pytest.approx(32.4, abs=0.1))
    assert (rate.estimate, rate.low, rate.high) == (0, 0, pytest.approx(3.689 / 0.8, abs=0.01))


def test_help_all_given_is_not_sure():
    """Four people who only give: the interval of 1 reaches down as far as Wilson's of four in four does."""
    found = help_balance(evidence(staff([None] * 4), said=[(a, "X", "T8", 2) for a in range(4)], parties=CLIENTS))
    assert (found.estimate.estimate, found.estimate.high) == (1, 1)
    assert found.estimate.low == pytest.approx(2 * 0.5101 - 1, abs=1e-3)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_as_pandas_counts_them(seed):
    """Plain joins and sums give the same figures, within the range that each states, in whatever order rows come."""
    given_ = some(seed)
    said, ties = given_.interpreters, given_.ties
    t9 = said[said["question"] == "T9"]
    found = results(given_)
    assert found.estimate.estimate == pytest.approx(100 * (t9["value"] >= 2).mean())
    assert 0 <= found.estimate.low <= found.estimate.high <= 100
    t8 = said[(said["question"] == "T8") & said["alter_id"].isin(["X", "Y"])]
    gave, got = t8["value"].isin([2, 3]).sum(), t8["value"].isin([1, 3]).sum()
    balance = help_balance(given_)
    if not isinstance(balance, Missing):
        assert balance.estimate.estimate == pytest.approx((gave - got) / (gave + got))
        assert -1 <= balance.estimate.low <= balance.estimate.high <= 1
    both = pd.concat([ties, ties.rename(columns={"a_id": "b_id", "b_id": "a_id"})])[["a_id", "b_id", "minutes"]]
    joined = t9.merge(both, "left", left_on=["ego_id", "alter_id"], right_on=["a_id", "b_id"]).fillna({"minutes": 0})
    joined["seen"] = joined["value"] >= 2
    by_ego = joined.groupby("ego_id")[["seen", "minutes"]].sum().query("minutes > 0")
    hourly = results_per_hour(given_)
    assert hourly.estimate.estimate == pytest.approx(100 * by_ego["seen"].sum() / (by_ego["minutes"].sum() / 60))
    other = muddled(given_, np.random.default_rng(seed))
    for indicator in (results, help_balance, results_per_hour):
        one, two = indicator(given_), indicator(other)
        assert isinstance(one, Missing) or one.estimate == two.estimate


def test_planted_shares_are_held():
    """Of 200 organisations of 80 people the interval holds the planted share and the planted balance in 92 to 98 %."""
    bare = evidence(staff([None] * 80), resamples=2000, parties=CLIENTS)
    rng = np.random.default_rng(3)
    held = {"share": 0, "balance": 0}
    for _ in range(SAMPLES):
        ego, alter, yes = ratings(rng, 80, 0.4)
        share = results(replace(bare, interpreters=reports(ego, alter, "T9", np.where(yes, 2, 1)))).estimate
        held["share"] += share.low <= 40 <= share.high
        clients = np.where(alter % 2, "X", "Y")
        balance = help_balance(replace(bare, interpreters=reports(ego, clients, "T8", np.where(yes, 2, 1)))).estimate
        held["balance"] += balance.low <= -0.2 <= balance.high
    assert all(0.92 <= times / SAMPLES <= 0.98 for times in held.values()), held


def test_a_planted_rate_is_held():
    """Ties of 5 hours in the mean, 0.4 results each: 8 per 100 hours, held by 92 to 98 % of 200 intervals."""
    bare = evidence(staff([None] * 80), resamples=2000)
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(SAMPLES):
        ego, alter, yes = ratings(rng, 80, 0.4)
        pairs = np.unique(np.sort(np.column_stack([ego, alter]), axis=1), axis=0)
        minutes = rng.exponential(300, len(pairs))
        ties = pd.DataFrame({"a_id": map(person, pairs[:, 0]), "b_id": map(person, pairs[:, 1]), "minutes": minutes})
        found = results_per_hour(replace(bare, ties=ties, interpreters=reports(ego, alter, "T9", np.where(yes, 3, 0))))
        held += found.estimate.low <= 8 <= found.estimate.high
    assert 0.92 <= held / SAMPLES <= 0.98


def test_all_are_defined_in_full():
    """Four indicators, each with its five paragraphs, what it needs and what follows."""
    assert [one.name for one in return_on_impact.INDICATORS] == [
        "results",
        "help_balance",
        "results_per_hour",
        "as_answered",
    ]
    for one in return_on_impact.INDICATORS:
        assert tuple(one.parts) == PARTS
        assert one.needs
        assert one.action.days in (30, 60, 90)
