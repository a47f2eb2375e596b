"""Small teams to start with: disjoint, of candidates alone, held against chance, and never shown one by one."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from synthetic import released, settings, staff, ties

from kithwork.change import teams as module
from kithwork.change.teams import Teams, teams, trusted
from kithwork.claims import Ledger
from kithwork.network.graph import adjacency
from kithwork.tables import TEAMS


def set_to(starters: int = 5, size: int = 5, divergent: bool = True):
    """Settings of a start."""
    return settings(
        change={"starters": starters, "permutations": 199, "teams": {"size": size, "divergent": divergent}},
        report={"smallest_group": 5},
    )


def of(graph: nx.Graph, may: np.ndarray | None = None, units: list | None = None, seed: int = 1, **said) -> Teams:
    """The teams of a networkx graph, everybody a candidate unless said."""
    count = graph.number_of_nodes()
    people = staff([f"unit {one % 4}" for one in range(count)] if units is None else units)
    net = adjacency(ties(graph.edges), people)
    may = np.ones(count, dtype=bool) if may is None else may
    return teams(net, net, people, may, np.zeros(count), set_to(**said), np.random.default_rng(seed))


def claimed(found: Teams) -> pd.DataFrame:
    """Their claims, by id."""
    ledger = Ledger("change")
    found.claims(ledger)
    return ledger.frame().set_index("id")


@given(st.integers(0, 10**6), st.integers(3, 5), st.integers(5, 14))
def test_teams_are_disjoint_of_their_size_and_of_candidates(seed, size, starters):
    """As many as the starters fill and the candidates are enough for."""
    graph = nx.gnp_random_graph(14, 0.2, seed=seed)
    may = np.random.default_rng(seed).random(14) < 0.7
    found = of(graph, may, size=size, starters=starters, seed=seed)
    assert len(found.members) == min(starters // size, may.sum() // size)
    chosen = np.concatenate([*found.members, np.zeros(0, dtype=int)])
    assert all(len(team) == size for team in found.members)
    assert len(set(chosen)) == len(chosen)
    assert may[chosen].all()


def test_same_numbers_give_the_same_teams():
    """All chance is in the generator passed in."""
    graph = nx.gnp_random_graph(60, 0.1, seed=2)
    one, other = (of(graph, starters=10) for _ in range(2))
    assert [team.tolist() for team in one.members] == [team.tolist() for team in other.members]
    pd.testing.assert_frame_equal(claimed(one), claimed(other))


def test_table_names_members_and_what_they_add():
    """One row per member, teams numbered from 1, as the contract says."""
    found = of(nx.karate_club_graph(), starters=10)
    pd.testing.assert_frame_equal(TEAMS.checked(found.table), found.table)
    rows = found.table.groupby("team")["person_id"].apply(list)
    assert rows.index.tolist() == [1, 2]
    assert rows[1] == [f"p{row:03d}" for row in found.members[0]]
    assert (found.table["adds"] <= found.table["reach"] + 1e-6).all()


def test_share_touched_is_group_degree():
    """Members and those tied to one, as networkx counts (Everett & Borgatti 1999)."""
    graph = nx.karate_club_graph()
    found = of(graph, starters=10)
    chosen = np.concatenate(found.members).tolist()
    outside = nx.group_degree_centrality(graph, chosen) * (34 - 10)
    assert found.touched.estimate == pytest.approx((10 + outside) / 34)
    assert found.touched.n == 34


def test_random_candidates_touch_what_arithmetic_says():
    """On a ring of 40, 1 − C(37, 5) / C(40, 5) of people are touched by five; the margin is over that."""
    found = of(nx.cycle_graph(40))
    known = 1 - np.prod([(37 - one) / (40 - one) for one in range(5)])
    assert found.random.estimate == pytest.approx(known, abs=0.02)
    assert found.margin.estimate == pytest.approx(found.touched.estimate - found.random.estimate)
    assert found.margin.low < found.margin.estimate < found.margin.high


def test_claims_are_of_all_teams_together():
    """Three of them scenarios in per cent and points beside chance, and the units counted."""
    found = of(nx.karate_club_graph(), starters=10)
    frame = claimed(found)
    assert set(frame.index) == {"change.team_reach", "change.team_random", "change.team_margin", "change.team_units"}
    assert set(frame["scope"]) == {"scenario"}
    assert set(frame["people"]) == {10}
    assert frame.loc["change.team_reach", "reference"] == pytest.approx(frame.loc["change.team_random", "estimate"])
    assert frame.loc["change.team_units", "estimate"] == len({row % 4 for row in np.concatenate(found.members).tolist()})
    assert "2 teams of 5" in frame.loc["change.team_reach", "label"]


def test_gate_holds_back_a_team_too_small_to_be_shown():
    """Of four people in all, nothing leaves the gate; of five it does."""
    graph = nx.karate_club_graph()
    for size, shown in ((4, False), (5, True)):
        frame = claimed(of(graph, starters=5, size=size)).reset_index()
        other = {"id": "change.other", "measure": "change.other", "label": "Other", "people": 40}
        rows = [*frame.to_dict("records"), frame.iloc[0].to_dict() | other]
        assert (released(*rows).get("change.team_reach") is not None) == shown


def test_nothing_is_claimed_without_a_team_or_without_ties():
    """Too few candidates make no team; teams tied to nobody claim no reach; units that nobody knows are not counted."""
    none = of(nx.karate_club_graph(), np.arange(34) < 4)
    assert none.members == []
    assert none.table.empty
    assert claimed(none).empty
    assert claimed(of(nx.empty_graph(20))).empty
    assert "change.team_units" not in claimed(of(nx.karate_club_graph(), units=[None] * 34)).index


def test_of_many_candidates_those_with_ties_and_readiness_are_looked_at(monkeypatch):
    """The search then has no more to do than with the shortlist."""
    monkeypatch.setattr(module, "SHORTLIST", 8)
    degree = dict(nx.karate_club_graph().degree)
    found = of(nx.karate_club_graph())
    most = sorted(degree, key=lambda one: (-degree[one], one))[:8]
    assert set(found.members[0].tolist()) <= set(most)


def test_closed_networks_are_sought_where_the_change_breaks_with_nothing():
    """Two cliques' members against brokers between five stars: the more closed are chosen where divergent is off."""
    graph = nx.disjoint_union(nx.complete_graph(6), nx.star_graph(5))
    closed = [
        of(graph, divergent=divergent, size=3, starters=5).standing[0].parts["closure"] for divergent in (True, False)
    ]
    assert closed[0] <= closed[1]


def test_trust_is_how_likely_a_tie_is_personal():
    """And 1 where nothing tells of what kind it is."""
    told = ties([(0, 1), (1, 2)], p_personal=[0.7, np.nan], p_functional=[0.9, np.nan], p_strategic=[0.2, np.nan])
    found = trusted(told, staff(["A"] * 3))
    assert found.toarray() == pytest.approx(np.array([[0, 0.7, 0], [0.7, 0, 1], [0, 1, 0]]))
    assert isinstance(found, sparse.csr_array)
