"""Reach: key players as published, and breadth-first search on random graphs."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from synthetic import staff, ties

from kithwork.network import reach
from kithwork.network.graph import adjacency, ends, graph
from kithwork.network.reach import (
    best_starters,
    distance_fragmentation,
    fragmentation,
    touched,
    within_two,
    without,
    worst_loss,
    worst_losses,
)

graphs = st.builds(
    lambda seed, n, p: nx.gnp_random_graph(n, p, seed=seed), st.integers(0, 10**6), st.integers(3, 16), st.floats(0.05, 0.5)
)


def forms(net: nx.Graph):
    """A networkx graph as the package's sparse matrix and igraph graph."""
    people, frame = staff([None] * net.number_of_nodes()), ties(net.edges)
    return adjacency(frame, people), graph(frame, people)


def fragmented(net: nx.Graph) -> float:
    """Share of pairs without a path, counted pair by pair."""
    pairs = list(combinations(net, 2))
    return sum(not nx.has_path(net, a, b) for a, b in pairs) / len(pairs) if pairs else 0.0


def test_key_players_negative_of_the_karate_club():
    """Borgatti 2006: without 0, the instructor, 0.3163 of the remaining pairs lose one another; nobody does more."""
    worst, losses = worst_loss(forms(nx.karate_club_graph())[1])
    assert worst == pytest.approx(0.3163, abs=5e-5)
    assert losses.argmax() == 0


@pytest.mark.parametrize(("size", "who", "count"), [(1, [33], 18), (2, [0, 33], 31)])
def test_key_players_positive_of_the_karate_club(size, who, count):
    """Borgatti 2006, one step: {33} touches 18 people, {0, 33} touch 31."""
    net = forms(nx.karate_club_graph())[0]
    found = best_starters(net, size)
    assert found.tolist() == who
    assert touched(net, found).sum() == count


@given(graphs)
def test_fragmentation_counts_pairs_without_a_path(net):
    """From component sizes, or pair by pair with networkx: the same."""
    assert fragmentation(forms(net)[1]) == pytest.approx(fragmented(net))


@given(graphs)
def test_loss_of_each_person_is_what_removing_them_leaves(net):
    """Everybody's loss, cut point or not, in one piece or many, equals networkx's on the network without them."""
    worst, losses = worst_loss(forms(net)[1])
    expected = [fragmented(net.subgraph(set(net) - {who})) for who in net]
    assert losses == pytest.approx(expected)
    assert worst == pytest.approx(max(expected))


@given(graphs)
def test_two_step_reach_is_breadth_first_search(net):
    """Share of others within two steps, by networkx's search with cut-off 2."""
    n = net.number_of_nodes()
    expected = [(len(nx.single_source_shortest_path_length(net, who, cutoff=2)) - 1) / (n - 1) for who in net]
    assert within_two(forms(net)[0]) == pytest.approx(expected)


@given(graphs, st.integers(1, 4))
def test_greedy_starters_reach_what_greedy_promises(net, size):
    """At least 1 − 1/e of the best possible set, found by trying all; never fewer than any single person touches."""
    matrix = forms(net)[0]
    chosen = best_starters(matrix, size)
    reached = touched(matrix, chosen).sum()
    sets = combinations(net, min(size, len(net)))
    best = max(len(set(people).union(*(net[who] for who in people))) for people in sets)
    assert len(set(chosen.tolist())) == min(size, len(net))
    assert (1 - 1 / np.e) * best <= reached <= best
    if size == 1:
        assert reached == best


def test_planted_hubs_are_found():
    """Three stars of 8, 7 and 6 among loose pairs: their centres are the best starters."""
    edges = [(centre, centre + step) for centre, size in ((0, 8), (10, 7), (20, 6)) for step in range(1, size + 1)]
    net = nx.Graph([*edges, (30, 31), (32, 33)])
    net.add_nodes_from(range(34))
    matrix = forms(net)[0]
    assert best_starters(matrix, 3).tolist() == [0, 10, 20]
    assert touched(matrix, np.array([0, 10, 20])).sum() == 24


def test_starters_beyond_the_staff_are_everybody():
    """More starters than people are all people."""
    assert best_starters(forms(nx.path_graph(4))[0], 9).tolist() == [0, 1, 2, 3]


@given(graphs)
def test_both_forms_are_the_same_network(net):
    """Matrix and igraph hold the same ties over the same order, isolates too."""
    matrix, igraph = forms(net)
    assert (matrix != matrix.T).nnz == 0
    assert matrix.sum() == 2 * net.number_of_edges()
    assert igraph.degree() == matrix.sum(axis=1).astype(int).tolist() == [net.degree(i) for i in net]


def test_ends_are_row_numbers_of_people():
    """The ends of a tie point at rows of the staff list, whatever its order."""
    people = staff([None] * 4).iloc[::-1].reset_index(drop=True)
    a, b = ends(ties([(0, 3), (1, 2)]), people)
    assert (a.tolist(), b.tolist()) == ([3, 2], [0, 1])


@pytest.mark.parametrize(
    ("gone", "loss", "apart"),
    [([], 0.0, 0.508), ([0], 0.3163, 0.6415), ([0, 1], 0.4234, None), ([0, 32, 33], 0.5699, 0.7968)],
)
def test_what_is_left_of_the_karate_club(gone, loss, apart):
    """Borgatti 2006 on Zachary's club: fragmentation, and by distances, of those who stay; no worse set of its size."""
    net = forms(nx.karate_club_graph())[1]
    left = without(net, np.array(gone))
    assert fragmentation(left) == pytest.approx(loss, abs=5e-5)
    assert apart is None or distance_fragmentation(left) == pytest.approx(apart, abs=5e-4)
    worst, found = worst_losses(net, len(gone))
    assert (worst, found.tolist()) == (pytest.approx(loss, abs=5e-5), gone)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_swaps_find_the_key_players_of_the_karate_club(monkeypatch, size):
    """Without trying all sets, the same three sets."""
    net = forms(nx.karate_club_graph())[1]
    worst, found = worst_losses(net, size)
    monkeypatch.setattr(reach, "ALL_SETS", 0)
    assert worst_losses(net, size)[0] == worst
    assert worst_losses(net, size)[1].tolist() == found.tolist()


def test_swaps_come_close_to_the_worst_set(monkeypatch):
    """Of 20 sparse networks nine in ten sets are the worst of all, and none breaks less than 0.9 of what that breaks."""
    share = []
    for seed in range(20):
        net = forms(nx.gnm_random_graph(20, 26, seed=seed))[1]
        worst, _ = worst_losses(net, 3)
        with monkeypatch.context() as patch:
            patch.setattr(reach, "ALL_SETS", 0)
            share.append(worst_losses(net, 3)[0] / worst)
    assert min(share) > 0.9
    assert np.mean(np.array(share) == 1) >= 0.9


def test_planted_bridges_are_the_key_players():
    """Three cliques held together by two people: without these two nothing else is."""
    net = nx.disjoint_union_all([nx.complete_graph(6)] * 3)
    net.add_edges_from([(18, 0), (18, 6), (19, 7), (19, 12)])
    loss, found = worst_losses(forms(net)[1], 2)
    assert found.tolist() == [18, 19]
    assert loss == pytest.approx(1 - 3 * 6 * 5 / (18 * 17))


@given(graphs)
def test_fragmentation_by_distance_is_networkx_global_efficiency(net):
    """One less the mean of 1/d over pairs; from everybody as sources the same."""
    graph = forms(net)[1]
    expected = 1 - nx.global_efficiency(net)
    assert distance_fragmentation(graph) == pytest.approx(expected, abs=1e-9)
    assert distance_fragmentation(graph, np.arange(len(net))) == pytest.approx(expected, abs=1e-9)


@given(graphs, st.integers(0, 10**6), st.integers(1, 3))
def test_touched_in_steps_is_breadth_first_search(net, seed, steps):
    """Everybody within so many steps of any of three starters; one starter's greedy choice is the largest such number."""
    matrix = forms(net)[0]
    within = [set(nx.single_source_shortest_path_length(net, who, cutoff=steps)) for who in net]
    starters = np.random.default_rng(seed).choice(len(net), 3)
    expected = set.union(*(within[who] for who in starters))
    assert set(np.flatnonzero(touched(matrix, starters, steps)).tolist()) == expected
    assert best_starters(matrix, 1, steps).tolist() == [max(net, key=lambda who: len(within[who]))]


def test_blocks_change_nothing(monkeypatch):
    """Two-step reach a few people at a time is two-step reach."""
    net = forms(nx.gnp_random_graph(50, 0.05, seed=1))[0]
    at_once = within_two(net)
    monkeypatch.setattr(reach, "CELLS", 120)
    assert within_two(net).tolist() == at_once.tolist()


def test_directed_reach_follows_the_arcs():
    """0→1→2: the first reaches both others, the last nobody; loops reach nobody new."""
    net = sparse.csr_array(np.array([[1.0, 1, 0], [0, 0, 1], [0, 0, 0]]))
    assert within_two(net).tolist() == [1.0, 0.5, 0.0]
