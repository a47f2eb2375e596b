"""Reach: key players as published, and breadth-first search on random graphs."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import staff, ties

from kithwork.network.graph import adjacency, ends, graph
from kithwork.network.reach import best_starters, fragmentation, touched, within_two, worst_loss

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
