"""What belongs to the person and what to the seat: by hand, against other libraries, and on planted truth."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from evidence_of import evidence, muddled, person, ratings, reports
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression
from synthetic import staff

from kithwork.values import person_position
from kithwork.values.evidence import Missing
from kithwork.values.indicator import PARTS
from kithwork.values.person_position import as_answered, authority_gap, outlasting

SAMPLES = 200


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


def test_beyond_role_by_hand():
    """Leads with 4 and 3 ties, others with 1, 1, 2 and 1: 0.3125 within over 1.6 in all."""
    people = staff([None] * 6, role=["lead", "lead", "other", "other", "other", "other"])
    found = person_position.beyond_role(evidence(people, [(0, 1), (0, 2), (0, 3), (0, 4), (1, 4), (1, 5)]))
    assert found.estimate.estimate == pytest.approx(100 * 0.3125 / 1.6)


def test_beyond_role_needs_ties():
    """Without ties nobody differs from anybody."""
    assert person_position.beyond_role(evidence(staff([None] * 6, role=["x", "y"] * 3))) == Missing("ties between people")


def test_outlasting_by_hand():
    """Two ties rated 5 and 2 by one, three rated 4, 1 and 3 by another: two of five."""
    said = [(0, 1, "T2", 5), (0, "X", "T2", 2), (1, 0, "T2", 4), (1, 2, "T2", 1), (1, 3, "T2", 3)]
    found = outlasting(evidence(staff([None] * 4), said=said))
    assert (found.estimate.estimate, found.estimate.n, found.unit) == (40, 2, "%")


def test_authority_gap_by_hand():
    """Differences of −2, 0 and −1; who answered one of the two items only is no part of it."""
    pairs = [(2, 4), (4, 4), (3, 4)]
    answers = [
        (who, item, value) for who, both in enumerate(pairs) for item, value in zip(("V9b", "PE3"), both, strict=True)
    ]
    found = authority_gap(evidence(staff([None] * 5), answers=[*answers, (3, "V9b", 1), (4, "V9a", 5)]))
    assert (found.estimate.estimate, found.estimate.n, found.unit, found.reference) == (-1, 3, "scale points", 0)


def test_score_by_hand():
    """Answers 5 and 4 of one, 3 of another: 87.5 and 50, in the mean 68.75."""
    found = as_answered(evidence(staff([None] * 3), answers=[(0, "V9a", 5), (0, "V9b", 4), (1, "V9c", 3)]))
    assert found.estimate.estimate == 68.75


@pytest.mark.parametrize(("indicator", "needs"), [(outlasting, "T2"), (authority_gap, "V9b and PE3"), (as_answered, "V9a")])
def test_nothing_said_is_missing(indicator, needs):
    """Each names the question that would give it; one of two items alone does not."""
    assert needs in indicator(evidence(staff([None] * 3))).needs
    one = evidence(staff([None] * 3), answers=[(who, "PE3", 4) for who in range(3)])
    assert needs in indicator(one).needs


def test_all_alike_is_not_sure():
    """Where everybody answers alike the interval has a width, and stays on the scale."""
    answers = [(who, item, 3) for who in range(6) for item in ("V9b", "PE3")]
    gap = authority_gap(evidence(staff([None] * 6), answers=answers)).estimate
    assert -4 < gap.low < gap.estimate == 0 < gap.high < 4
    kept = outlasting(evidence(staff([None] * 6), said=[(who, (who + 1) % 6, "T2", 5) for who in range(6)])).estimate
    assert (kept.estimate, kept.high) == (100, 100)
    assert kept.low == pytest.approx(61, abs=0.1)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_as_pandas_counts_them(seed):
    """Plain pandas gives the same figures, within the range that each states, in whatever order rows come."""
    rng = np.random.default_rng(seed)
    said = [(a, b, "T2", int(rng.integers(1, 6))) for a in range(8) for b in range(8) if a != b and rng.random() < 0.4]
    answers = [(who, item, int(rng.integers(1, 6))) for who in range(8) for item in ("V9b", "PE3") if rng.random() < 0.9]
    given_ = evidence(staff([None] * 8), said=said, answers=answers)
    wide = given_.answers.set_index(["person_id", "item"])["value"].unstack().reindex(columns=["V9b", "PE3"]).dropna()
    expected = {
        outlasting: 100 * (given_.interpreters["value"] >= 4).mean(),
        authority_gap: (wide["V9b"] - wide["PE3"]).mean(),
    }
    other = muddled(given_, rng)
    for indicator, (low, high) in {outlasting: (0, 100), authority_gap: (-4, 4)}.items():
        found = indicator(given_)
        assert found.estimate.estimate == pytest.approx(expected[indicator])
        assert low <= found.estimate.low < found.estimate.high <= high
        assert indicator(other).estimate == found.estimate


def test_planted_figures_are_held():
    """Of 200 organisations of 80 people the 95 % interval holds the planted share, and the planted gap, in 92 to 98 %."""
    bare = evidence(staff([None] * 80), resamples=2000)
    rng = np.random.default_rng(11)
    ids, held = [person(who) for who in range(80)], {"share": 0, "gap": 0}
    for _ in range(SAMPLES):
        ego, alter, yes = ratings(rng, 80, 0.3)
        share = outlasting(replace(bare, interpreters=reports(ego, alter, "T2", np.where(yes, 4, 3)))).estimate
        held["share"] += share.low <= 30 <= share.high
        items = {"V9b": rng.choice([1, 2, 3, 4], 80), "PE3": rng.choice([2, 3, 4, 5], 80)}
        frames = [pd.DataFrame({"person_id": ids, "item": item, "value": value}) for item, value in items.items()]
        gap = authority_gap(replace(bare, answers=pd.concat(frames))).estimate
        held["gap"] += gap.low <= -1 <= gap.high
    assert all(0.92 <= times / SAMPLES <= 0.98 for times in held.values()), held


def test_all_are_defined_in_full():
    """Four indicators, each with its five paragraphs, what it needs and what follows."""
    names = ["beyond_role", "outlasting", "authority_gap", "as_answered"]
    assert [one.name for one in person_position.INDICATORS] == names
    for one in person_position.INDICATORS:
        assert tuple(one.parts) == PARTS
        assert one.needs
        assert one.action.days in (30, 60, 90)
