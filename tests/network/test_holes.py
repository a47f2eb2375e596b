"""Structural holes: published values, what a planted broker has, and networkx on random networks of every kind."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from random_networks import SEEDS, drawn, listed, matrix
from scipy import sparse

from kithwork.network import holes as of
from kithwork.network.holes import constraint, effective_size, efficiency, holes


def test_karate_club():
    """Zachary's club, unweighted, as igraph and networkx give it."""
    rows = holes(matrix(nx.karate_club_graph())).loc[[0, 33, 2, 11]]
    assert rows["constraint"].tolist() == pytest.approx([0.1554, 0.1564, 0.1852, 1.0], abs=5e-5)
    assert rows["effective_size"].tolist() == pytest.approx([13.75, 15.2353, 7.8, 1.0], abs=5e-5)


def test_worked_example_of_borgatti_1997():
    """Connections 20:35: G has 4.667 of 6 alters, A 2.5 of 4, B 1.667 of 3; constraint .400, .595, .643, and 1 of C."""
    net = nx.Graph(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"])
    rows = holes(matrix(net)).set_axis(sorted(net))
    assert rows["effective_size"][["G", "A", "B"]].tolist() == pytest.approx([4.667, 2.5, 1.667], abs=1e-3)
    assert rows["efficiency"][["G", "A", "B"]].tolist() == pytest.approx([0.778, 0.625, 0.556], abs=1e-3)
    assert rows["constraint"][["G", "A", "B", "C"]].tolist() == pytest.approx([0.400, 0.595, 0.643, 1.0], abs=1e-3)


def test_weighted_example_of_networkx():
    """Borgatti's example with the weights of networkx's own tests: constraint .299, .795, 1, size 5.47, 2.47, 1."""
    net = nx.Graph()
    net.add_weighted_edges_from([(*"AB", 2), (*"AF", 3), (*"AG", 5), (*"AE", 2), (*"EG", 8), (*"FG", 3), (*"BG", 4)])
    net.add_weighted_edges_from([(*"BD", 1), (*"DG", 3), (*"GC", 10)])
    rows = holes(sparse.csr_array(nx.to_scipy_sparse_array(net, nodelist=sorted(net), dtype=float))).set_axis(sorted(net))
    assert rows["constraint"][["G", "A", "C"]].tolist() == pytest.approx([0.299, 0.795, 1.0], abs=1e-3)
    assert rows["effective_size"][["G", "A", "C"]].tolist() == pytest.approx([5.47, 2.47, 1.0], abs=1e-2)


@pytest.mark.parametrize(
    ("weights", "constrained", "size"),
    [
        ([1, 1, 1, 1], [1.003, 1.003, 1.389], [1.167, 1.167, 1.0]),
        ([2, 2, 1, 1], [0.840, 1.143, 1.378], [1.567, 1.083, 1.0]),
    ],
)
def test_directed_example_of_networkx(weights, constrained, size):
    """0→1, 0→2, 1→0, 2→1 in networkx's own tests, by its loop over nodes; by its matrices the first size is 1.333."""
    net = sparse.coo_array((np.array(weights, dtype=float), ([0, 0, 1, 2], [1, 2, 0, 1])), shape=(3, 3)).tocsr()
    assert constraint(net).tolist() == pytest.approx(constrained, abs=1e-3)
    assert effective_size(net).tolist() == pytest.approx(size, abs=1e-3)


def test_closed_triad_has_constraint_nine_eighths():
    """(1/2 + 1/4)² twice (Burt 1992): 1.125, the known case above one."""
    assert constraint(matrix(nx.complete_graph(3))).tolist() == pytest.approx([1.125] * 3)


def test_a_planted_broker_has_the_least_constraint():
    """Who alone ties four cliques together has four alters' worth of four; in a clique of six one is left of five."""
    net = nx.disjoint_union_all([nx.complete_graph(6)] * 4)
    net.add_edges_from((24, 6 * clique) for clique in range(4))
    rows = holes(matrix(net))
    assert rows["constraint"].idxmin() == 24
    assert rows.loc[24, ["constraint", "effective_size", "efficiency"]].tolist() == pytest.approx([0.25, 4.0, 1.0])
    assert rows.loc[1, "effective_size"] == pytest.approx(1.0)


def test_constraint_is_that_of_networkx():
    """Directed or not, weighted or not, isolates NaN, loops left out."""
    for seed in SEEDS:
        net, graph = drawn(seed)
        assert constraint(net) == pytest.approx(listed(nx.constraint(graph, weight="weight")), abs=1e-9, nan_ok=True), seed


def test_effective_size_and_efficiency_are_those_of_networkx():
    """By its loop over nodes, since its matrices are wrong with weights. Of a directed network that gives nothing for who
    is named and names nobody: for those the undirected network of mutual weights stands in.
    """
    for seed in SEEDS:
        net, graph = drawn(seed)
        expected = listed(nx.effective_size(graph, nodes=list(graph), weight="weight"))
        both = nx.from_scipy_sparse_array(net + net.T - sparse.diags_array(2 * net.diagonal()))
        for ego in np.flatnonzero(np.isnan(expected)):
            expected[ego] = nx.effective_size(both, nodes=[ego], weight="weight")[ego]
        assert effective_size(net) == pytest.approx(expected, abs=1e-9, nan_ok=True), seed
        alters = np.array([len(both[ego]) or np.nan for ego in range(len(expected))])
        assert efficiency(net) == pytest.approx(expected / alters, abs=1e-9, nan_ok=True), seed


def test_unweighted_and_undirected_it_is_the_formula_of_borgatti():
    """n − 2t/n: networkx takes that path where it is given no weight."""
    for seed in SEEDS[::4]:
        net, graph = drawn(seed)
        assert effective_size(net) == pytest.approx(
            listed(nx.effective_size(graph, nodes=list(graph))), abs=1e-9, nan_ok=True
        )


def test_blocks_change_nothing(monkeypatch):
    """A network in blocks of a few ties has the same measures as at once."""
    net = matrix(nx.gnp_random_graph(40, 0.3, seed=1))
    at_once = holes(net)
    monkeypatch.setattr(of, "STEPS", 50)
    assert holes(net).to_numpy() == pytest.approx(at_once.to_numpy())


def test_only_proportions_of_weights_count():
    """Weights ten times as large are the same network."""
    net, _ = drawn(3)
    assert holes(net * 10.0).to_numpy() == pytest.approx(holes(net).to_numpy(), nan_ok=True)


def test_nobody_and_isolates():
    """No people, no rows; isolates have no measure."""
    assert len(holes(sparse.csr_array((0, 0)))) == 0
    assert holes(sparse.csr_array((3, 3))).isna().all(axis=None)


def test_some_people_alone_are_as_among_all(monkeypatch):
    """Constraint of a few rows, in blocks too, is that of everybody: directed, weighted, isolates and loops."""
    monkeypatch.setattr(of, "STEPS", 20)
    for seed in SEEDS:
        net, _ = drawn(seed)
        who = np.arange(net.shape[0])[:: 1 + seed % 2]
        assert of.constraint_of(net, who) == pytest.approx(of.constraint(net)[who], nan_ok=True), seed
