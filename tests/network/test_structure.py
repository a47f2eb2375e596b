"""The whole beside chance: planted communities and returned names stand out, random networks do not, and known values."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from kithwork.network import structure


def matrix(net: nx.Graph) -> sparse.csr_array:
    """A networkx graph's adjacency, 0/1, over its nodes in order."""
    return sparse.csr_array(nx.to_scipy_sparse_array(net, nodelist=sorted(net), weight=None, dtype=float))


def found(net: nx.Graph, draws: int = 40) -> dict[str, structure.Whole]:
    """Measures of the ties of a graph."""
    return structure.of_ties(matrix(net), draws, np.random.default_rng(1))


def test_known_values_of_the_karate_club():
    """Transitivity .2557 and a best modularity of .4198 (Brandes et al. 2008, IEEE TKDE 20:172); one piece."""
    club = found(nx.karate_club_graph())
    assert club["clustering"].estimate.estimate == pytest.approx(0.2557, abs=5e-5)
    assert club["modularity"].estimate.estimate == pytest.approx(0.4198, abs=0.006)
    assert club["separate"].estimate.estimate == 0


def test_agrees_with_networkx():
    """Clustering and the share of pairs apart are networkx's, on a graph of several pieces."""
    net = nx.gnm_random_graph(40, 35, seed=3)
    sizes = [len(part) for part in nx.connected_components(net)]
    here = found(net, 5)
    assert here["clustering"].estimate.estimate == pytest.approx(nx.transitivity(net))
    assert here["separate"].estimate.estimate == pytest.approx(1 - sum(s * (s - 1) for s in sizes) / (40 * 39))


def test_planted_groups_stand_out_and_random_ties_do_not():
    """Four groups of fifteen: clustering and modularity above all that chance gives. In random networks few are."""
    planted = found(nx.planted_partition_graph(4, 15, 0.4, 0.02, seed=1))
    assert planted["modularity"].estimate.estimate > planted["modularity"].chance.high
    assert planted["clustering"].estimate.estimate > planted["clustering"].chance.high
    outside = [
        not one.chance.low <= one.estimate.estimate <= one.chance.high
        for seed in range(8)
        for one in structure.of_ties(
            matrix(nx.gnm_random_graph(50, 130, seed=seed)), 60, np.random.default_rng(seed)
        ).values()
    ]
    assert np.mean(outside) < 0.2


def test_returned_names_stand_out():
    """Half of the names are returned where chance returns a few; without a name there is nothing to say."""
    rng = np.random.default_rng(4)
    named = rng.random((40, 40)) < 0.06
    named |= (rng.random((40, 40)) < 0.6) & named.T
    np.fill_diagonal(named, 0)
    here = structure.of_names(sparse.csr_array(named.astype(float)), 40, rng)
    assert here["reciprocity"].estimate.estimate == pytest.approx(nx.reciprocity(nx.DiGraph(named)))
    assert here["reciprocity"].estimate.low > here["reciprocity"].chance.high
    assert structure.of_names(sparse.csr_array((5, 5)), 5, rng) == {}


def test_nothing_is_said_of_a_network_without_ties():
    """Nobody may have been asked: that all are apart, and reach nobody, is not known."""
    assert structure.of_ties(sparse.csr_array((6, 6)), 5, np.random.default_rng(1)) == {}


def test_the_fit_of_a_core_may_be_below_nothing():
    """Two hubs that do not meet fit no core: the interval of such a fit reaches below it, not to 0."""
    net = nx.union(nx.star_graph(9), nx.star_graph(range(10, 20)))
    net.add_edges_from([(a, a + 1) for a in range(1, 9)])
    core = found(net)["core"].estimate
    assert core.low < core.estimate < core.high
    assert core.low < 0
