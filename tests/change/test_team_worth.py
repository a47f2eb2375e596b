"""What a team is worth, part by part: by hand, against networkx, and whatever the order of people."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from synthetic import staff

from kithwork.change import team_worth
from kithwork.change.team_worth import WEIGHTS, Candidates
from kithwork.network.holes import constraint

PARTS = list(WEIGHTS)


def matrix(pairs: dict[tuple[int, int], float], people: int) -> sparse.csr_array:
    """A symmetric matrix of ties with weights."""
    a, b = np.array(list(pairs), dtype=int).reshape(-1, 2).T
    half = sparse.coo_array((list(pairs.values()), (a, b)), shape=(people, people)).tocsr()
    return half + half.T


def of(net: sparse.csr_array, people: pd.DataFrame | None = None, trust=None, ready=None, rows=None) -> Candidates:
    """Candidates, everybody unless said, with no trust and no readiness unless given."""
    count = net.shape[0]
    return team_worth.candidates(
        net,
        sparse.csr_array((count, count)) if trust is None else trust,
        staff([None] * count) if people is None else people,
        np.arange(count) if rows is None else rows,
        np.zeros(count) if ready is None else ready,
    )


def parts(among: Candidates, *teams: tuple[int, ...]) -> pd.DataFrame:
    """The parts of these teams, by name."""
    return pd.DataFrame(among.parts(np.array(teams)), columns=PARTS)


def random(seed: int, people: int = 14) -> tuple[sparse.csr_array, sparse.csr_array, pd.DataFrame, np.ndarray]:
    """A small organisation with weighted ties, trust on some of them, units, roles and readiness."""
    rng = np.random.default_rng(seed)
    pairs = list(nx.gnp_random_graph(people, 0.3, seed=seed).edges) or [(0, 1)]
    net = matrix({pair: float(rng.uniform(0.1, 1)) for pair in pairs}, people)
    trust = matrix({pair: float(rng.uniform(0, 1)) for pair in pairs[::2]}, people)
    some = staff(list(rng.choice(list("ABC"), people)), role=list(rng.choice(list("xy"), people)))
    return net, trust, some, rng.normal(size=people)


def test_reach_by_hand():
    """On a path of three with weights of a half, an end reaches itself, half of the middle and a quarter of the other."""
    among = of(matrix({(0, 1): 0.5, (1, 2): 0.5}, 3))
    assert parts(among, (0,), (1,))["reach"].tolist() == pytest.approx([1.75, 2.0])
    assert parts(among, (0, 2))["reach"][0] == pytest.approx(2 + 1 - 0.5 * 0.5)


def test_two_ways_are_two_chances():
    """Around a square of weights w, the corner across is missed with (1 − w²)²."""
    among = of(matrix({(0, 1): 0.6, (1, 2): 0.6, (2, 3): 0.6, (3, 0): 0.6}, 4))
    assert parts(among, (0,))["reach"][0] == pytest.approx(1 + 2 * 0.6 + 1 - (1 - 0.36) ** 2, abs=1e-3)


@given(st.integers(0, 10**6), st.integers(1, 4))
def test_reach_counts_where_ties_are_sure(seed, size):
    """With weights of 1 it is what networkx finds within two steps of any member."""
    graph = nx.gnp_random_graph(15, 0.12, seed=seed)
    net = matrix(dict.fromkeys(graph.edges, 1.0) or {(0, 0): 0.0}, 15)
    team = np.random.default_rng(seed).choice(15, size, replace=False)
    within = set().union(*(nx.single_source_shortest_path_length(graph, one, 2) for one in team.tolist()))
    assert of(net).parts(team[None])[0, 0] == pytest.approx(len(within), abs=2e-3)


def test_reach_of_the_karate_club():
    """Borgatti 2006: the instructor and the president touch 31 of 34, so two steps from them are everybody."""
    graph = nx.karate_club_graph()
    net = matrix(dict.fromkeys(graph.edges, 1.0), 34)
    assert parts(of(net), (0, 33))["reach"][0] == pytest.approx(34, abs=2e-3)
    assert round(nx.group_degree_centrality(graph, [0, 33]) * 32) + 2 == 31


def test_variety_by_hand():
    """Two and two of four units' people are half of the most there can be, all alike none, all different all of it."""
    net = matrix({(0, 1): 1.0}, 7)
    among = of(net, staff(["A", "A", "B", "B", "C", "D", "A"]))
    found = parts(among, (0, 1, 2, 3), (0, 2, 4, 5))["variety"]
    assert found.tolist() == pytest.approx([0.5, 1.0])
    assert parts(among, (0, 1, 6))["variety"][0] == pytest.approx(0)
    halved = of(net, staff(["A", "A", "B", "B", "C", "D", "A"], role=["x"] * 6 + ["y"]))
    assert parts(halved, (0, 2, 4, 5))["variety"][0] == pytest.approx(0.5)


def test_people_of_an_unknown_unit_are_alike():
    """What is not known adds no variety."""
    among = of(matrix({(0, 1): 1.0}, 4), staff([None, None, None, "A"]))
    assert parts(among, (0, 1, 2))["variety"][0] == pytest.approx(0)


@given(st.integers(0, 10**6))
def test_trust_and_pieces_agree_with_networkx(seed):
    """Mean weight over pairs of members, and the components that their ties make, less one."""
    net, trust, people, ready = random(seed)
    team = np.random.default_rng(seed).choice(14, 5, replace=False)
    found = parts(of(net, people, trust, ready), tuple(team.tolist())).iloc[0]
    inside = nx.from_scipy_sparse_array(trust[team][:, team])
    tied = nx.from_scipy_sparse_array(net[team][:, team] + trust[team][:, team])
    assert found["trust"] == pytest.approx(inside.size(weight="weight") / 10)
    assert found["pieces"] == nx.number_connected_components(tied) - 1


def test_what_members_bring_is_their_mean():
    """Readiness, Burt's constraint, and ties beyond those of nine in ten people; isolates are as closed as the usual."""
    star = matrix({(0, other): 1.0 for other in range(1, 11)}, 12)
    ready = np.arange(12.0)
    found = parts(of(star, ready=ready), (0, 11))
    closed = constraint(star)
    assert found["readiness"][0] == 5.5
    assert found["closure"][0] == pytest.approx((closed[0] + np.nanmean(closed)) / 2)
    assert found["load"][0] == pytest.approx((10 - np.quantile([10] + [1] * 10 + [0], 0.9)) / 2)


@given(st.integers(0, 10**6))
def test_order_of_people_changes_nothing(seed):
    """The same team is worth the same, however the staff list is sorted."""
    net, trust, people, ready = random(seed)
    rng = np.random.default_rng(seed)
    order, team = rng.permutation(14), rng.choice(14, 4, replace=False)
    turned = of(net[order][:, order], people.iloc[order], trust[order][:, order], ready[order])
    moved = np.argsort(order)[team]
    assert turned.parts(moved[None])[0] == pytest.approx(of(net, people, trust, ready).parts(team[None])[0], abs=2e-3)


def test_only_some_may_be_chosen():
    """Positions are among the candidates, while reach is among all."""
    net, trust, people, ready = random(3)
    rows = np.array([2, 5, 7, 11])
    some = of(net, people, trust, ready, rows).parts(np.array([[1, 2, 3]]))[0]
    every = of(net, people, trust, ready).parts(np.array([[5, 7, 11]]))[0]
    assert some[PARTS.index("reach")] == pytest.approx(every[PARTS.index("reach")], abs=2e-3)
    assert some[PARTS.index("trust")] == pytest.approx(every[PARTS.index("trust")])


@given(st.integers(0, 10**6))
def test_later_teams_count_whom_none_before_them_reaches(seed):
    """What a second team adds is what both reach together less what the first does."""
    net, _, _, _ = random(seed)
    first, second = np.random.default_rng(seed).permutation(14)[:8].reshape(2, 4)
    among = of(net)
    both = among.parts(np.concatenate([first, second])[None])[0, 0]
    added = among.after(first).parts(second[None])[0, 0]
    assert added == pytest.approx(both - among.parts(first[None])[0, 0], abs=2e-3)


@given(st.integers(0, 10**6), st.integers(0, 3))
def test_adding_each_is_measuring_each(seed, size):
    """The fast way and the plain one give the same parts, also after another team."""
    net, trust, people, ready = random(seed)
    among = of(net, people, trust, ready).after(np.array([12, 13]))
    base, rest = np.arange(size), np.arange(size, 12)
    slow = among.parts(np.column_stack([np.tile(base, (len(rest), 1)), rest]))
    assert among.adding(base, rest) == pytest.approx(slow, abs=2e-3)


def test_divergent_change_turns_closure_round_and_nothing_else():
    """Open networks are worth more where the change breaks with how things are done."""
    kept, broken = (pd.Series(team_worth.weights(divergent), PARTS) for divergent in (False, True))
    assert kept["closure"] > 0 > broken["closure"] == -kept["closure"]
    assert kept.drop("closure").equals(broken.drop("closure"))


def test_many_teams_are_measured_in_parts(monkeypatch):
    """However few fit into memory at a time."""
    net, trust, people, ready = random(5)
    among, teams = of(net, people, trust, ready), np.array([[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]])
    whole = among.parts(teams)
    monkeypatch.setattr(team_worth, "CELLS", 50)
    assert among.parts(teams) == pytest.approx(whole)
