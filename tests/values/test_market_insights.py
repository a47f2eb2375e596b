"""Market insights count a tie outside once, hold no list against itself, and say nothing where nobody was asked."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from evidence_of import evidence, person
from hypothesis import given
from hypothesis import strategies as st
from synthetic import settings, staff

from kithwork.estimates import proportion
from kithwork.tables import PARTIES
from kithwork.values import market_insights
from kithwork.values.evidence import Evidence, Missing

SHARES = np.array([0.3, 0.2, *[0.05] * 10])
"""Of a planted market: twelve parties and how likely each is to be known, beside how many a person knows."""
MARKET = PARTIES.checked(
    pd.DataFrame({"party_id": [f"party{p:02d}" for p in range(len(SHARES))], "kind": "customer", "segment": None})
)


def named(who: int, *alters: str | int) -> list[dict]:
    """Rows of nominations by one person."""
    return [{"ego_id": person(who), "alter_id": person(alter), "relation": "learn"} for alter in alters]


def market(people: int, nominations: list[dict], answers=(), parties: str = "PQR") -> Evidence:
    """Evidence with parties named by letter, all customers but U, which nobody has mapped."""
    kinds = [{"party_id": one, "kind": "unmapped" if one == "U" else "customer"} for one in parties]
    return evidence(staff([None] * people), answers=answers, nominations=nominations, parties=kinds)


def planted(rng: np.random.Generator, people: int, each: float) -> pd.DataFrame:
    """Nominations: a person holds each party of `MARKET` with its share times `each`."""
    who, party = np.nonzero(rng.random((people, len(SHARES))) < each * SHARES)
    alters = MARKET["party_id"].to_numpy()[party]
    return pd.DataFrame({"ego_id": [person(i) for i in who], "alter_id": alters, "relation": "learn"})


def coverage_of(indicator, truth: float, people: int, each: float, runs: int = 200) -> float:
    """Share of planted markets whose interval holds the truth."""
    blank, rng, held = market(people, []), np.random.default_rng(3), 0
    everybody = pd.DataFrame({"person_id": blank.people["person_id"], "item": "V3a", "value": 3.0})
    for _ in range(runs):
        names = planted(rng, people, each)
        found = indicator(replace(blank, nominations=names, parties=MARKET, answers=everybody)).estimate
        held += found.low <= truth <= found.high
    return held / runs


def test_listening_by_hand():
    """Two of the five asked name a party; the sixth, who neither named nor answered, was not asked."""
    rows = [*named(0, "P", "Q"), *named(1, "P"), *named(2, 3), *named(3, 2)]
    found = market_insights.listening(market(6, rows, answers=[(4, "V3a", 3)]))
    assert found.estimate.estimate == pytest.approx(40)
    assert (found.estimate.n, found.unit) == (5, "%")


def test_without_direction_both_ends_were_asked():
    """0 names P; 1 stands second in a tie with it, and was asked as well where no direction was recorded: one of two."""
    of = market(3, [*named(0, "P", 1)])
    assert isinstance(market_insights.listening(of), Missing)
    either = market_insights.listening(replace(of, settings=settings(engagement={"directed": False})))
    assert (either.estimate.estimate, either.estimate.n) == (pytest.approx(50), 2)


def test_diversity_by_hand():
    """T = 4, T² − Σd² = 10; only P is named by two people: two of ten ordered pairs."""
    found = market_insights.diversity(market(4, [*named(0, "P", "Q"), *named(1, "P"), *named(2, "R")]))
    assert found.estimate.estimate == pytest.approx(80)
    assert found.estimate.n == 3


def test_single_thread_by_hand():
    """P is named by two, Q and R by one: two of three; all the staff stand behind the count."""
    rows = [*named(0, "P"), *named(1, "P"), *named(2, "Q"), *named(3, "R")]
    found = market_insights.single_thread(market(4, rows, parties="PQRST"))
    assert found.estimate.estimate == pytest.approx(200 / 3)
    assert (found.estimate.n, found.people) == (3, 4)


def test_as_answered_by_hand():
    """Means 3 and 5 are 50 and 100."""
    answers = [(0, "V3a", 2), (0, "V3b", 3), (0, "V3c", 4), (1, "V3a", 5)]
    assert market_insights.as_answered(market(3, [], answers)).estimate.estimate == 75


@pytest.mark.parametrize("indicator", [market_insights.listening, market_insights.diversity, market_insights.single_thread])
def test_nobody_outside_is_missing_evidence(indicator):
    """Colleagues, strangers on no list and parties nobody has mapped are no ties outside; nor is a staff not asked."""
    for rows in ([], [*named(0, 1, "stranger", "U"), *named(1, "U")]):
        found = indicator(market(4, rows, answers=[(2, "V3a", 3)], parties="PQU"))
        assert isinstance(found, Missing)
        assert "organisations outside" in found.needs


def test_one_person_is_no_echo():
    """A single list says nothing about whether two people hear of different parties."""
    assert "two people" in market_insights.diversity(market(3, named(0, "P", "Q", "R"))).needs


@pytest.mark.parametrize(
    ("rows", "share"), [([*named(0, "P"), *named(1, "P")], 0), ([*named(0, "P"), *named(1, "Q")], 100)]
)
def test_diversity_at_its_ends_is_not_sure(rows, share):
    """All alike, or all different: leaving people out moves nothing, and the interval is not empty."""
    found = market_insights.diversity(market(2, rows)).estimate
    assert found.estimate == share
    assert found.high - found.low > 50


@given(st.integers(0, 10**6), st.integers(3, 9))
def test_diversity_agrees_with_counting_pairs(seed, people):
    """The same by going through every two ties of every two people, and its jackknife by leaving each person out."""
    rng = np.random.default_rng(seed)
    rows = [row for i in range(people) for row in named(i, *rng.choice(list("PQRST"), rng.integers(1, 4), replace=False))]

    def counted(kept: list[dict]) -> float:
        pairs = [(a, b) for a, b in permutations(kept, 2) if a["ego_id"] != b["ego_id"]]
        return np.mean([a["alter_id"] == b["alter_id"] for a, b in pairs])

    found = market_insights.diversity(market(people, rows, parties="PQRST")).estimate
    same = counted(rows)
    assert found.estimate == pytest.approx(100 * (1 - same))
    if 0 < same < 1:
        left = np.array([counted([row for row in rows if row["ego_id"] != person(i)]) for i in range(people)])
        error = np.sqrt((people - 1) / people * ((left - left.mean()) ** 2).sum())
        quantile = {3: 4.3027, 4: 3.1824, 5: 2.7764, 6: 2.5706, 7: 2.4469, 8: 2.3646, 9: 2.3060}[people]
        assert found.high == pytest.approx(100 * (1 - same * np.exp(-quantile * error / same)), abs=1e-2)


@given(st.integers(0, 10**6))
def test_shares_agree_with_pandas(seed):
    """Listening and single threads by grouping the nominations."""
    names = planted(np.random.default_rng(seed), 30, 1.2)
    given_ = replace(market(30, []), nominations=names, parties=MARKET)
    by = names.groupby("alter_id")["ego_id"].nunique()
    assert market_insights.single_thread(given_).estimate == proportion(int((by == 1).sum()), len(by)).times(100)
    assert market_insights.listening(given_).estimate.estimate == 100
    assert market_insights.listening(given_).estimate.n == names["ego_id"].nunique()


def test_listening_covers_a_planted_share():
    """A person of sixty knows nobody with Π (1 − share): the interval holds the rest."""
    truth = 100 * (1 - np.prod(1 - SHARES))
    assert 0.92 <= coverage_of(market_insights.listening, truth, 60, 1.0) <= 0.98


def test_diversity_covers_a_planted_market():
    """Two people's ties lead to one party with Σ share² over (Σ share)²: the interval holds the rest."""
    truth = 100 * (1 - (SHARES**2).sum() / SHARES.sum() ** 2)
    assert 0.92 <= coverage_of(market_insights.diversity, truth, 60, 1.0) <= 0.98


def test_single_thread_covers_a_planted_share():
    """Each of sixty parties is known to one person with 0.3, else to two: Wilson's interval holds 30 %."""
    blank, rng, held = market(8, []), np.random.default_rng(5), 0
    parties = PARTIES.checked(
        pd.DataFrame({"party_id": [f"party{p}" for p in range(60)], "kind": "partner", "segment": None})
    )
    for _ in range(200):
        second = np.flatnonzero(rng.random(60) >= 0.3)
        alters = [f"party{p}" for p in (*range(60), *second)]
        rows = pd.DataFrame({"ego_id": ["p000"] * 60 + ["p001"] * len(second), "alter_id": alters, "relation": "work"})
        given_ = replace(blank, nominations=rows, parties=parties)
        found = market_insights.single_thread(given_).estimate
        held += found.low <= 30 <= found.high
    assert 0.92 <= held / 200 <= 0.98
