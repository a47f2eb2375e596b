"""Standing beside chance: a planted broker stands out, nobody does at random, and the figures are those of the draws."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from kithwork.network import graph, nulls
from kithwork.network.standing import beside_chance


def betweenness(net: sparse.csr_array) -> np.ndarray:
    """Raw betweenness by igraph."""
    return np.array(graph.of(net).betweenness())


def as_matrix(net: nx.Graph) -> sparse.csr_array:
    """A networkx graph's adjacency over its nodes in order."""
    return sparse.csr_array(nx.to_scipy_sparse_array(net, nodelist=sorted(net), dtype=float))


def rewired(net: sparse.csr_array, count: int, seed: int):
    """Matrices of rewired graphs."""
    for other in nulls.rewired(graph.of(net), count, np.random.default_rng(seed)):
        yield other.get_adjacency_sparse().astype(float)


def test_expectation_and_range_are_those_of_the_draws():
    """Mean and middle 95 % of the values under chance, NaN passed over; no expectation where chance never gave a value."""
    chance = [sparse.csr_array(np.full((3, 3), value)) for value in (1.0, 2.0, 3.0)]

    def measure(net):
        value = net[0, 0]
        return np.array([value, np.nan if value == 2 else value, np.nan])

    found = beside_chance(sparse.csr_array(np.full((3, 3), 9.0)), {"x": measure}, chance).set_index("person")
    assert found["value"].tolist()[:2] == [9, 9]
    assert found["expected"].tolist()[:2] == [2, 2]
    assert found.loc[0, ["low", "high"]].tolist() == pytest.approx([1.05, 2.95])
    assert found.loc[2, ["expected", "low", "high"]].isna().all()


def test_a_planted_broker_stands_above_chance():
    """Who alone joins two cliques lies on more shortest paths than anybody with two ties would by chance."""
    net = nx.disjoint_union(nx.complete_graph(8), nx.complete_graph(8))
    net.add_edges_from([(16, 0), (16, 8)])
    found = beside_chance(as_matrix(net), {"betweenness": betweenness}, rewired(as_matrix(net), 100, 1)).set_index("person")
    assert found.loc[16, "value"] == 64
    assert found.loc[16, "value"] > found.loc[16, "high"]


def test_nobody_stands_out_by_chance():
    """In networks that are random already about 2.5 of 100 people lie above the middle 95 %, not more."""
    above = []
    for seed in range(6):
        net = as_matrix(nx.gnm_random_graph(60, 150, seed=seed))
        found = beside_chance(net, {"betweenness": betweenness}, rewired(net, 100, seed))
        above.append((found["value"] > found["high"]).mean())
    assert np.mean(above) < 0.05


def test_names_at_random_keep_how_many_each_names():
    """Every ego names as many others as before, nobody oneself or anybody twice; who is named is uniform."""
    rng = np.random.default_rng(2)
    named = np.triu(rng.random((30, 30)) < 0.3, 1).astype(float)
    drawn = [net.toarray() for net in nulls.named_at_random(sparse.csr_array(named), 400, rng)]
    for one in drawn:
        assert one.sum(axis=1).tolist() == named.sum(axis=1).tolist()
        assert set(np.unique(one)) <= {0, 1}
        assert not one.diagonal().any()
    expected = np.repeat((named.sum(axis=1) / 29)[:, None], 30, axis=1)
    np.fill_diagonal(expected, 0)
    assert np.mean(drawn, axis=0) == pytest.approx(expected, abs=0.12)
