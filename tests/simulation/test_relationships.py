"""Ties: simple pairs, and each planted pull really there at its knob and absent at 0."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork import simulation
from kithwork.simulation import organisation, relationships, words
from kithwork.simulation.knobs import NOTHING_THERE, Knobs

PEOPLE = 1500


def ties_of(seed: int = 3, people: int = PEOPLE, **knobs):
    """An organisation and its ties."""
    given_knobs = Knobs(**knobs)
    org = organisation.build(people, 12, given_knobs, np.random.default_rng(seed))
    return org, relationships.build(org, given_knobs, np.random.default_rng(seed + 1))


def share_alike(group: np.ndarray, ties: pd.DataFrame) -> tuple[float, float]:
    """Share of ties between equals, and the share among all pairs."""
    found = (group[ties["a"]] == group[ties["b"]]).mean()
    size, n = np.bincount(group), len(group)
    return found, float((size * (size - 1)).sum() / (n * (n - 1)))


@given(st.integers(20, 80), st.integers(0, 2**32), st.floats(0, 1), st.floats(0, 2), st.floats(0, 1))
def test_ties_are_simple_and_of_some_kind(people, seed, pull, homophily, closure):
    """Each pair stands once, smaller number first, nobody with oneself, and is of at least one kind; so outside."""
    _, bonds = ties_of(seed, people, unit_pull=pull, homophily=homophily, closure=closure)
    ties = bonds.ties
    assert (ties["a"] < ties["b"]).all()
    assert not ties.duplicated(["a", "b"]).any()
    assert ties[["a", "b"]].isin(range(people)).all(axis=None)
    assert ties[relationships.KIND_COLUMNS].any(axis=1).all()
    outside = bonds.outside
    assert not outside.duplicated(["person", "contact"]).any()
    assert outside[relationships.KIND_COLUMNS].any(axis=1).all()
    assert outside["contact"].isin(range(len(bonds.contacts))).all()
    assert bonds.parties["party"].is_unique
    assert bonds.parties["name"].is_unique
    assert set(bonds.parties["kind"]) == set(words.PARTY_SHARE)


@pytest.mark.parametrize("pull", [0.3, 0.6, 0.9])
def test_unit_pull_is_the_share_within_units(pull):
    """The knob is the share of functional ties inside units."""
    org, bonds = ties_of(unit_pull=pull)
    found, _ = share_alike(org.unit_of, bonds.ties[bonds.ties["functional"]])
    assert found == pytest.approx(pull, abs=0.01)


def test_without_pull_units_are_as_chance():
    """At 0 functional ties fall inside units as pairs do: within four standard errors of the share among all pairs."""
    org, bonds = ties_of(unit_pull=0)
    ties = bonds.ties[bonds.ties["functional"]]
    found, chance = share_alike(org.unit_of, ties)
    assert found == pytest.approx(chance, abs=4 * np.sqrt(chance * (1 - chance) / len(ties)))


def test_homophily_is_planted_and_absent_at_zero():
    """Personal ties between people of one place: as chance at 0 (without units' pull), more with the knob."""
    found = {}
    for homophily in (0.0, 0.8, 2.0):
        org, bonds = ties_of(unit_pull=0, homophily=homophily, closure=0)
        ties = bonds.ties[bonds.ties["personal"]]
        found[homophily], chance = share_alike(org.site, ties)
    slack = 4 * np.sqrt(chance * (1 - chance) / len(ties))
    assert found[0.0] == pytest.approx(chance, abs=slack)
    assert found[0.8] > chance + slack
    assert found[2.0] > found[0.8]


def test_homophily_is_the_log_odds_of_friendship_at_work():
    """Among functional ties, one thing more in common multiplies the odds of being personal by e^knob.

    A logistic regression beside the propensities that the model states; other ways to a personal tie between colleagues
    are few.
    """
    from sklearn.linear_model import LogisticRegression

    knobs = Knobs(homophily=0.8, segment_separation=0)
    org = organisation.build(4000, 8, knobs, np.random.default_rng(1))
    functional = relationships._functional(
        org, relationships._projects(org, np.random.default_rng(2)), knobs, np.random.default_rng(2)
    )
    a, b = functional // 4000, functional % 4000
    alike = relationships._alike(org, a, b)
    taste = 0.5 * np.log(org.propensity[a, 0] * org.propensity[b, 0])
    personal = np.isin(
        functional,
        relationships._personal(org, functional, knobs.model_copy(update={"closure": 0}), np.random.default_rng(4)),
    )
    fit = LogisticRegression(C=1e6).fit(np.column_stack([alike, taste]), personal)
    assert fit.coef_[0] == pytest.approx([0.8, 1.0], abs=0.1)


def test_closure_adds_triangles():
    """Transitivity of personal ties rises with the knob (networkx), and at 0 no tie is added."""
    found = []
    for closure in (0.0, 0.4, 1.0):
        _, bonds = ties_of(homophily=0, unit_pull=0, closure=closure)
        ties = bonds.ties[bonds.ties["personal"]]
        found.append((nx.transitivity(nx.Graph(zip(ties["a"], ties["b"], strict=True))), len(ties)))
    (none, base), (some, more), (most, _) = found
    assert none < some < most
    assert base < more <= base * 1.4
    assert relationships._closed(np.array([1, 5]), 10, 0, np.random.default_rng(1)).size == 0


@pytest.mark.parametrize(("kind", "least"), [("functional", 0.3), ("strategic", 0.6)])
def test_ties_follow_propensity(kind, least):
    """Degree-corrected: ties rise with propensity, tenth by tenth; less than in proportion where venues fill up."""
    org, bonds = ties_of(people=8000, unit_pull=0, segment_separation=1)
    ties = bonds.ties[bonds.ties[kind]]
    degree = np.bincount(np.r_[ties["a"], ties["b"]], minlength=8000)
    propensity = org.propensity[:, relationships.KIND_COLUMNS.index(kind)]
    tenths = np.array_split(np.argsort(propensity), 10)
    means = np.array([(propensity[some].mean(), degree[some].mean()) for some in tenths])
    assert (np.diff(means[:, 1]) > 0).all()
    assert least < np.polyfit(*np.log(means).T, 1)[0] < 1.15


def test_strategic_ties_cross_units_and_lead_upward():
    """Beyond functional ties, strategic ones cross units more than functional ones do, and reach the upper levels more."""
    org, bonds = ties_of()
    only = bonds.ties[bonds.ties["strategic"] & ~bonds.ties["functional"]]
    functional = bonds.ties[bonds.ties["functional"]]
    assert share_alike(org.unit_of, only)[0] < share_alike(org.unit_of, functional)[0] / 3
    assert np.minimum(org.level[only["a"]], org.level[only["b"]]).mean() < org.level.mean() - 0.5


def test_one_segment_of_the_market_is_hardly_reached():
    """The last segment is a blind spot: its contacts are known less than a third as often as the others."""
    _, bonds = ties_of()
    party = bonds.contacts["party"].to_numpy()
    blind = (bonds.parties["segment"] == words.SEGMENTS[-1]).to_numpy()[party]
    known = np.bincount(bonds.outside["contact"], minlength=len(party))
    assert known[blind].mean() < known[~blind].mean() / 3


@pytest.mark.parametrize("people", [20, 1000, 60_000])
def test_parties_are_apart_at_every_size(people):
    """However many parties there are, no two share a name or a domain."""
    parties, _ = relationships._outside_world(people, np.random.default_rng(people))
    assert parties["party"].is_unique
    assert parties["name"].is_unique


def test_nothing_there_is_nothing():
    """Where every effect is absent, units and places hold no more ties of any kind than chance gives."""
    world = simulation.simulate(PEOPLE, 8, 9, NOTHING_THERE)
    for kind in relationships.KIND_COLUMNS:
        ties = world.bonds.ties[world.bonds.ties[kind]]
        for group in (world.org.unit_of, world.org.site):
            found, chance = share_alike(group, ties)
            assert found == pytest.approx(chance, abs=4 * np.sqrt(chance * (1 - chance) / len(ties)))
