"""Frankness and dependence on single people: by hand, as others count them, with planted shares held."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from evidence_of import evidence, muddled, person, reports
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import staff

from kithwork.values import people_power
from kithwork.values.evidence import Missing
from kithwork.values.indicator import PARTS
from kithwork.values.people_power import as_answered, candid_beyond_manager, candour, key_person_risk

SAMPLES = 200
UNDER_C = ["p002", "p002", None]


def test_key_person_risk_by_hand():
    """In a row of three the one in the middle is a cut point."""
    found = key_person_risk(evidence(staff([None] * 3), [(0, 1), (1, 2)]))
    assert found.estimate.estimate == pytest.approx(100 / 3)


def test_key_person_risk_counts_cut_points():
    """One person of the karate club, the instructor, is a cut point, as networkx finds."""
    net = nx.karate_club_graph()
    cut = list(nx.articulation_points(net))
    assert cut == [0]
    found = key_person_risk(evidence(staff([None] * 34), net.edges))
    assert found.estimate.estimate == pytest.approx(100 * len(cut) / 34)


def test_candour_by_hand():
    """5 to PS1 and 2 to PS3, turned 4: 87.5; 3 to PS1: 50; in the mean 68.75. Other scales do not count."""
    answers = [(0, "PS1", 5), (0, "PS3", 2), (1, "PS1", 3), (1, "PE1", 5)]
    found = candour(evidence(staff([None] * 3), answers=answers))
    assert (found.estimate.estimate, found.estimate.n, found.unit) == (68.75, 2, "score")


def test_candid_beyond_manager_by_hand():
    """Of a manager and two reports only the one who is frank with the other report has a colleague to be frank with."""
    said = [(0, 1, "T6", 4), (0, 2, "T6", 2), (1, 2, "T6", 5), (1, 0, "T6", 3), (2, 0, "T6", 5)]
    found = candid_beyond_manager(evidence(staff([None] * 3, manager_id=UNDER_C), said=said))
    assert (found.estimate.estimate, found.estimate.n) == (pytest.approx(100 / 3), 3)


def test_who_was_asked_of_no_colleague_does_not_count():
    """Frankness with a client, and no answer at all, leave a person out."""
    said = [(0, 1, "T6", 5), (1, 0, "T6", 1), (2, "X", "T6", 5)]
    found = candid_beyond_manager(evidence(staff([None] * 4, manager_id=[None, None, "p000", "p000"]), said=said))
    assert (found.estimate.estimate, found.estimate.n) == (50, 2)


def test_score_by_hand():
    """Answers 5 and 4 of one, 3 of another: 87.5 and 50, in the mean 68.75."""
    found = as_answered(evidence(staff([None] * 3), answers=[(0, "V8a", 5), (0, "V8b", 4), (1, "V8c", 3)]))
    assert found.estimate.estimate == 68.75


@pytest.mark.parametrize(
    ("indicator", "needs"),
    [(key_person_risk, "ties"), (candour, "PS1, PS2, PS3, PS4"), (candid_beyond_manager, "T6"), (as_answered, "V8a")],
)
def test_nothing_brought_is_missing(indicator, needs):
    """Each names the source or question that would give it."""
    assert needs in indicator(evidence(staff([None] * 3, manager_id=UNDER_C))).needs


def test_without_managers_nobody_is_beyond_them():
    """Who is manager of whom must be known: else every colleague would count."""
    said = [(0, 1, "T6", 5), (1, 0, "T6", 5)]
    assert candid_beyond_manager(evidence(staff([None] * 3), said=said)) == Missing(
        "a staff list with each person's manager"
    )


def test_all_alike_is_not_sure():
    """Everybody, nobody, or one and the same answer from all: intervals with a width, on the scale."""
    people = staff([None] * 9, manager_id=[None] + ["p000"] * 8)
    ring = [(who, who % 8 + 1, "T6", value) for value in (5,) for who in range(1, 9)]
    found = candid_beyond_manager(evidence(people, said=ring)).estimate
    assert (found.estimate, found.high) == (100, 100)
    assert found.low == pytest.approx(67.6, abs=0.1)
    same = candour(evidence(people, answers=[(who, "PS1", 4) for who in range(9)])).estimate
    assert 0 < same.low < same.estimate == 75 < same.high < 100


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_as_pandas_counts_them(seed):
    """Plain pandas gives the same figures, within 0 and 100, in whatever order rows come."""
    rng = np.random.default_rng(seed)
    managers = [None] + [f"p00{rng.integers(0, who)}" for who in range(1, 9)]
    people = staff([None] * 9, manager_id=managers)
    said = [(a, b, "T6", int(rng.integers(1, 6))) for a in range(9) for b in range(9) if a != b and rng.random() < 0.5]
    answers = [
        (who, f"PS{item}", int(rng.integers(1, 6))) for who in range(9) for item in range(1, 5) if rng.random() < 0.9
    ]
    given_ = evidence(people, said=said, answers=answers)

    above = people.set_index("person_id")["manager_id"]
    told = given_.interpreters
    line = (told["ego_id"].map(above) == told["alter_id"]) | (told["alter_id"].map(above) == told["ego_id"])
    frank = (~line & (told["value"] >= 4)).groupby(told["ego_id"]).any().mean()
    turned = given_.answers["value"].where(given_.answers["item"] != "PS3", 6 - given_.answers["value"])
    score = ((turned.groupby(given_.answers["person_id"]).mean() - 1) / 4).mean()

    other = muddled(given_, rng)
    for indicator, expected in ((candid_beyond_manager, frank), (candour, score)):
        found = indicator(given_)
        assert found.estimate.estimate == pytest.approx(100 * expected)
        assert 0 <= found.estimate.low < found.estimate.high <= 100
        again = indicator(other).estimate
        assert (again.estimate, again.low, again.high) == pytest.approx(
            (found.estimate.estimate, found.estimate.low, found.estimate.high)
        )


def test_planted_frankness_is_held():
    """Of 200 organisations of 80 people the interval holds the planted share and the planted score in 92 to 98 %."""
    rng = np.random.default_rng(13)
    bare = evidence(staff([None] * 80, manager_id=[None] + ["p000"] * 79), resamples=2000)
    ids, held = [person(who) for who in range(80)], {"share": 0, "score": 0}
    ego = np.repeat(np.arange(1, 80), 2)
    alter = np.where(np.arange(len(ego)) % 2, ego % 79 + 1, 0)
    for _ in range(SAMPLES):
        frank = np.where(alter == 0, rng.random(len(ego)) < 0.9, rng.random(len(ego)) < 0.55)
        share = candid_beyond_manager(replace(bare, interpreters=reports(ego, alter, "T6", np.where(frank, 4, 2)))).estimate
        held["share"] += share.low <= 55 <= share.high
        items = [
            pd.DataFrame({"person_id": ids, "item": f"PS{item}", "value": rng.choice([1.0, 3, 4], 80)}) for item in (1, 2)
        ]
        score = candour(replace(bare, answers=pd.concat(items))).estimate
        held["score"] += score.low <= 100 * 5 / 12 <= score.high
    assert all(0.92 <= times / SAMPLES <= 0.98 for times in held.values()), held


def test_all_are_defined_in_full():
    """Four indicators, each with its five paragraphs, what it needs and what follows."""
    names = ["key_person_risk", "candour", "candid_beyond_manager", "as_answered"]
    assert [one.name for one in people_power.INDICATORS] == names
    for one in people_power.INDICATORS:
        assert tuple(one.parts) == PARTS
        assert one.needs
        assert one.action.days in (30, 60, 90)
