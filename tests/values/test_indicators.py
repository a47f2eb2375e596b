"""The indicators of the ten values: by hand, against other libraries, and on planted truth."""

from __future__ import annotations

from functools import cache
from importlib import import_module

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression
from synthetic import settings, staff, ties

from kithwork.claims import Ledger
from kithwork.people.portfolio import portfolios
from kithwork.release import DECIMALS
from kithwork.tables import ANSWERS
from kithwork.values import (
    VALUES,
    people_power,
    person_position,
    scorecard,
    transformation,
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


def test_unexplained_on_a_textbook_anova():
    """Dobson's plant weights (R's PlantGrowth, 30 plants, 3 groups): R prints an adjusted R² of 0.2096 for them."""
    control = [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14]
    first = [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69]
    second = [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26]
    found = person_position.unexplained(np.array(control + first + second), np.repeat([0, 1, 2], 10))
    assert found == pytest.approx(1 - 0.2096, abs=5e-5)


@given(st.integers(0, 10**6), st.integers(2, 5), st.integers(8, 40))
def test_unexplained_is_one_minus_adjusted_r_squared(seed, groups, n):
    """The same number from scikit-learn: a regression on dummies, adjusted for their number, at most 1."""
    rng = np.random.default_rng(seed)
    group = np.concatenate([np.arange(groups), rng.integers(0, groups, n - groups)])
    values = rng.normal(size=n) + group * rng.uniform(0, 2)
    dummies = pd.get_dummies(group).to_numpy(dtype=float)
    r2 = LinearRegression().fit(dummies, values).score(dummies, values)
    expected = min((1 - r2) * (n - 1) / (n - groups), 1)
    assert person_position.unexplained(values, group) == pytest.approx(expected, abs=1e-8)


def test_unexplained_recovers_a_planted_share():
    """Roles one above or below the mean, variance 3 within: a quarter explained, so a mean of 0.75 over 200 draws."""
    rng = np.random.default_rng(7)
    roles = np.repeat(np.arange(12), 8)
    height = np.where(roles % 2, 1.0, -1.0)
    found = [person_position.unexplained(height + rng.normal(0, np.sqrt(3), 96), roles) for _ in range(200)]
    assert np.mean(found) == pytest.approx(0.75, abs=0.02)


def test_unexplained_cannot_be_told_without_shared_roles():
    """As many roles as people, or no differences: not a number, rather than 0 or 1."""
    assert np.isnan(person_position.unexplained(np.arange(4), np.arange(4)))
    assert np.isnan(person_position.unexplained(np.ones(6), np.array([0, 0, 0, 1, 1, 1])))


def test_beyond_role_finds_what_roles_account_for():
    """Leads hold many ties, others few: nothing is left beyond the role; roles dealt at random leave nearly all."""
    star = [(lead, other) for lead in range(4) for other in range(4, 40)]
    roles = ["lead"] * 4 + ["staff"] * 36
    planted = person_position.beyond_role(evidence(staff([None] * 40, role=roles), star))
    assert planted.estimate.estimate < 1
    net = nx.gnp_random_graph(40, 0.2, seed=3)
    dealt = np.random.default_rng(1).permutation(["a", "b"] * 20).tolist()
    random = person_position.beyond_role(evidence(staff([None] * 40, role=dealt), net.edges))
    assert random.estimate.estimate > 80
    assert random.estimate.low <= 100 <= random.estimate.high + 20


@pytest.mark.parametrize("roles", [[None] * 6, list("abcdef"), ["same"] * 6])
def test_beyond_role_needs_roles_that_people_share(roles):
    """No roles, one role for all, or one for each: the indicator says what it needs."""
    found = person_position.beyond_role(evidence(staff([None] * 6, role=roles), [(0, 1), (1, 2), (1, 3)]))
    assert found == Missing("a staff list with roles that several people share")


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


def test_key_person_risk_counts_cut_points():
    """One person of the karate club, the instructor, is a cut point, as networkx finds."""
    found = people_power.key_person_risk(karate())
    cut = list(nx.articulation_points(nx.karate_club_graph()))
    assert cut == [0]
    assert found.estimate.estimate == pytest.approx(100 * len(cut) / 34)


def test_load_recovers_planted_minutes():
    """Median minutes per person, each contact counted for both: 30, 50, 20 and 0 have the median 25."""
    frame = evidence(staff([None] * 4), [(0, 1), (1, 2)], minutes=[30.0, 20.0])
    found = transformation.load(frame)
    assert (found.estimate.estimate, found.unit) == (25, "minutes")


NO_TIES = [
    (people_power.key_person_risk, "ties between people"),
    (person_position.beyond_role, "ties between people"),
    (transformation.load, "collaboration data with the length of contacts"),
]


@pytest.mark.parametrize(("indicator", "needs"), NO_TIES)
def test_no_ties_are_missing_evidence_not_a_zero(indicator, needs):
    """Without ties an indicator says so: 0 % of people reaching across would be a claim about people nobody asked."""
    people = staff(["A", "B", "C"] * 4, role=["x", "y"] * 6)
    assert indicator(evidence(people)) == Missing(needs)


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
