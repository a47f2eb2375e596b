"""Centrality: published values, a planted star, and networkx on random networks of every kind."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from random_networks import SEEDS, drawn, listed, matrix
from scipy import sparse

from kithwork.network.centrality import coreness, pagerank, reciprocated, reciprocity, strength


def test_pagerank_of_the_karate_club():
    """Zachary's club, unweighted: 33 has 0.10092, 0 has 0.0970."""
    found = pagerank(matrix(nx.karate_club_graph()))
    assert found[[33, 0]].tolist() == pytest.approx([0.10092, 0.0970], abs=5e-5)


def test_degree_in_the_kite():
    """Krackhardt 1990: node 3 has most ties, six."""
    found = strength(matrix(nx.krackhardt_kite_graph()), "out")
    assert (found.argmax(), found.max()) == (3, 6)


def test_core_of_the_karate_club():
    """Its main core is the 4-core of ten, as networkx documents of k_core."""
    assert np.flatnonzero(coreness(matrix(nx.karate_club_graph())) == 4).tolist() == [0, 1, 2, 3, 7, 8, 13, 30, 32, 33]


def test_who_is_sought_has_the_rank():
    """Ten people name one who names nobody: that one, not the namers, has PageRank and strength in."""
    net = matrix(nx.DiGraph([(namer, 0) for namer in range(1, 11)]))
    assert pagerank(net).argmax() == 0
    assert strength(net, "in").tolist() == [10, *[0] * 10]
    assert strength(net, "out").tolist() == [0, *[1] * 10]


def test_a_planted_core_is_found():
    """A clique of eight among a ring: coreness 7 inside, 2 on the ring."""
    net = nx.disjoint_union(nx.complete_graph(8), nx.cycle_graph(20))
    net.add_edge(0, 8)
    assert coreness(matrix(net)).tolist() == [7] * 8 + [2] * 20


def test_strength_is_that_of_networkx():
    """In, out and both; an undirected network's ties count once each way."""
    for seed in SEEDS:
        net, graph = drawn(seed)
        out = listed(dict(graph.degree(weight="weight"))) if not graph.is_directed() else None
        expected = {
            "in": out if out is not None else listed(dict(graph.in_degree(weight="weight"))),
            "out": out if out is not None else listed(dict(graph.out_degree(weight="weight"))),
            "all": 2 * out if out is not None else listed(dict(graph.degree(weight="weight"))),
        }
        for way, values in expected.items():
            assert strength(net, way) == pytest.approx(values, abs=1e-9), (seed, way)


def test_pagerank_is_that_of_networkx():
    """Weighted, directed, with people who name nobody."""
    for seed in SEEDS:
        net, graph = drawn(seed)
        expected = nx.pagerank(graph, tol=1e-13, max_iter=1000, weight="weight")
        assert pagerank(net) == pytest.approx(listed(expected), abs=1e-9), seed


def test_coreness_is_that_of_networkx():
    """Of who is tied to whom in either direction."""
    for seed in SEEDS:
        net, graph = drawn(seed)
        assert coreness(net).tolist() == listed(nx.core_number(graph.to_undirected())).tolist(), seed


def test_reciprocity_is_that_of_networkx():
    """Of the whole; of each person, arcs out that are returned over arcs out."""
    for seed in SEEDS[1::2]:
        net, graph = drawn(seed)
        if graph.number_of_edges():
            assert reciprocity(net) == pytest.approx(nx.overall_reciprocity(graph), abs=1e-9), seed
        returned = [sum(graph.has_edge(alter, ego) for alter in graph[ego]) for ego in graph]
        expected = [back / len(graph[ego]) if graph[ego] else np.nan for ego, back in enumerate(returned)]
        assert reciprocated(net) == pytest.approx(expected, abs=1e-9, nan_ok=True), seed


def test_reciprocity_by_hand():
    """0 and 1 name each other, 0 names 2: two of three arcs, half of 0's, all of 1's; 2 names nobody."""
    net = matrix(nx.DiGraph([(0, 1), (1, 0), (0, 2)]))
    assert reciprocity(net) == pytest.approx(2 / 3)
    assert reciprocated(net) == pytest.approx([0.5, 1.0, np.nan], nan_ok=True)
    assert np.isnan(reciprocity(sparse.csr_array((3, 3))))
