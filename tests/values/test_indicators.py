"""The indicators of the ten values: by hand, against other libraries, and on planted truth."""

from __future__ import annotations

from functools import cache
from importlib import import_module

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from synthetic import settings, staff, ties

from kithwork.claims import Ledger
from kithwork.people.portfolio import portfolios
from kithwork.release import DECIMALS
from kithwork.tables import ANSWERS
from kithwork.values import (
    VALUES,
    influence,
    learning,
    scorecard,
    strategic_perspective,
)
from kithwork.values.evidence import Evidence, Missing
from kithwork.values.survey import agreement

SIGNS = {"personal": {"friend": [0.5, 0.5]}, "functional": {"work": [1.0, 1.0]}}


def evidence(
    people: pd.DataFrame,
    pairs=(),
    answers: list[tuple] = (),
    minutes: object = np.nan,
) -> Evidence:
    """What indicators may look at, made of a staff list, ties by number and answers (person, item, value)."""
    set_to = settings(SIGNS)
    unit = people.set_index("person_id")["unit"]
    frame = ties(pairs, minutes=minutes, p_personal=0.5, p_functional=1.0, p_strategic=np.nan)
    own, other = frame["a_id"].map(unit), frame["b_id"].map(unit)
    frame["crosses_unit"] = (own != other).astype(float).where(own.notna() & other.notna())
    given = pd.DataFrame([(f"p{who:03d}", item, value) for who, item, value in answers], columns=list(ANSWERS.columns))
    return Evidence(
        set_to, people, frame, portfolios(frame, people, set_to), ANSWERS.checked(given), np.random.default_rng(1)
    )


@cache
def karate() -> Evidence:
    """Zachary's karate club, factions as units."""
    net = nx.karate_club_graph()
    return evidence(staff([net.nodes[i]["club"] for i in net]), net.edges)


def test_survey_score_by_hand():
    """Means of 1 and 4 among items, one person each: (0 + 75)/2; other items and their people do not count."""
    found = agreement(
        evidence(staff([None] * 3), answers=[(0, "V1a", 1), (1, "V1a", 3), (1, "V1b", 5), (2, "V9a", 5)]),
        ("V1a", "V1b", "V1c"),
    )
    assert found.estimate.estimate == 37.5
    assert found.estimate.n == 2
    assert found.unit == "score"


def test_survey_score_covers_a_planted_opinion():
    """Answers of 60 people drawn around 3.5 in 50 organisations: the interval holds 62.5 in at least 43."""
    held = 0
    for seed in range(50):
        rng = np.random.default_rng(seed)
        answers = [(who, "V2a", float(value)) for who, value in enumerate(rng.choice([2, 3, 4, 5], 60))]
        frame = pd.DataFrame([(f"p{who:03d}", item, value) for who, item, value in answers], columns=list(ANSWERS.columns))
        bare = Evidence(settings(SIGNS), staff([None] * 60), None, None, frame, rng)
        score = agreement(bare, ("V2a",)).estimate
        held += score.low <= 62.5 <= score.high
    assert 43 <= held <= 50


@pytest.mark.parametrize("value", VALUES)
def test_every_value_can_be_answered(value):
    """Each value has its three items: with answers it is measured, without them it names the items it needs."""
    module = import_module(f"kithwork.values.{value}")
    number = VALUES.index(value) + 1
    assert list(module.ITEMS) == [f"V{number}a", f"V{number}b", f"V{number}c"]
    assert all(wording.endswith(".") for wording in module.ITEMS.values())
    people = staff([None] * 4)
    asked = evidence(people, answers=[(who, item, 4) for who in range(4) for item in module.ITEMS])
    assert module.as_answered(asked).estimate.estimate == 75
    missing = module.as_answered(evidence(people))
    assert all(item in missing.needs for item in module.ITEMS)


def test_two_step_reach_agrees_with_breadth_first_search():
    """The karate club's mean two-step reach, by networkx; rewired ties reach further, since its factions are closed."""
    found = learning.two_step_reach(karate())
    net = nx.karate_club_graph()
    reach = [(len(nx.single_source_shortest_path_length(net, who, cutoff=2)) - 1) / 33 for who in net]
    assert found.estimate.estimate == pytest.approx(100 * np.mean(reach))
    assert found.estimate.low < found.estimate.estimate < found.estimate.high
    assert 0 < found.reference <= 100


def test_redundancy_is_mean_constraint():
    """Mean of networkx's constraint over those with ties, beside that of rewired ties."""
    found = strategic_perspective.redundancy(karate())
    assert found.estimate.estimate == pytest.approx(np.mean(list(nx.constraint(nx.karate_club_graph()).values())))
    assert found.estimate.n == 34
    assert found.reference > 0


def test_boundary_crossing_stands_beside_its_expectation():
    """The factions' E-I, −0.7179, beside what their sizes alone give."""
    found = strategic_perspective.boundary_crossing(karate())
    assert found.estimate.estimate == pytest.approx(-0.7179, abs=5e-5)
    assert found.reference == pytest.approx(0.0303, abs=5e-5)


def test_reach_across_counts_people_tied_into_two_other_units():
    """0 reaches B and C, 1 only B, 2 its own unit twice: one of six; somebody in no unit neither counts nor is counted."""
    people = staff(["A", "A", "A", "B", "C", "C", None])
    found = influence.reach_across(evidence(people, [(0, 3), (0, 4), (0, 5), (1, 3), (2, 0), (2, 1), (2, 6)]))
    assert found.estimate.estimate == pytest.approx(100 / 6)
    assert found.estimate.n == 6


NO_TIES = [
    (strategic_perspective.boundary_crossing, "ties between people of known units"),
    (strategic_perspective.redundancy, "ties between people"),
    (influence.reach_across, "ties between people of known units"),
    (learning.two_step_reach, "ties between people"),
]


@pytest.mark.parametrize(("indicator", "needs"), NO_TIES)
def test_no_ties_are_missing_evidence_not_a_zero(indicator, needs):
    """Without ties an indicator says so: 0 % of people reaching across would be a claim about people nobody asked."""
    people = staff(["A", "B", "C"] * 4, role=["x", "y"] * 6)
    assert indicator(evidence(people)) == Missing(needs)


def test_ties_without_known_units_are_missing_evidence():
    """Ties only among people of no unit say nothing about crossing units."""
    people = staff(["A", "B", "C", None, None])
    for indicator in (strategic_perspective.boundary_crossing, influence.reach_across):
        assert indicator(evidence(people, [(3, 4)])) == Missing("ties between people of known units")


def test_one_unit_cannot_be_crossed():
    """Boundaries need two units, reach across them three."""
    people = staff(["A"] * 4)
    assert "two units" in strategic_perspective.boundary_crossing(evidence(people, [(0, 1)])).needs
    assert "three units" in influence.reach_across(evidence(people, [(0, 1)])).needs


@pytest.fixture(scope="module")
def scored():
    """The scorecard of the karate club: indicators and ledger."""
    card, ledger = scorecard.score(karate()), Ledger("values")
    card.claims(ledger)
    return card.indicators(), ledger


def test_scorecard_runs_every_indicator_of_all_ten(scored):
    """Each indicator has a claim or says what it needs; definitions are docstrings; the ten stand in their order."""
    indicators, ledger = scored
    assert (indicators["claim"].notna() ^ indicators["missing"].notna()).all()
    order = indicators.drop_duplicates("value").set_index("value")["number"].to_dict()
    assert order == {value: number for number, value in enumerate(VALUES, start=1)}
    assert set(indicators["claim"].dropna()) == set(ledger.frame()["id"])
    for row in indicators.itertuples():
        module = import_module(f"kithwork.values.{row.value}")
        assert row.definition == getattr(module, row.indicator).__doc__.splitlines()[0]
        assert row.indicator in {indicator.name for indicator in module.INDICATORS}
        assert module.TITLE
        assert module.QUESTION.endswith("?")


def test_every_function_of_a_value_is_listed():
    """An indicator written but not listed would never appear: every public function of a value's file is in INDICATORS."""
    for value in VALUES:
        module = import_module(f"kithwork.values.{value}")
        written = {
            name
            for name, one in vars(module).items()
            if callable(one) and getattr(one, "__module__", "") == module.__name__ and one.__annotations__.get("evidence")
        }
        assert written == {indicator.name for indicator in module.INDICATORS}


def test_figures_can_be_claimed(scored):
    """Every figure of the scorecard fulfils the contract of claims, in a unit the gate knows how to round."""
    frame = scored[1].frame()
    assert len(frame) >= 4
    assert (frame["low"] <= frame["estimate"]).all()
    assert (frame["estimate"] <= frame["high"]).all()
    assert set(frame["unit"]) <= set(DECIMALS)
