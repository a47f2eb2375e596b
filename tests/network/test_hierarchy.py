"""Krackhardt's four conditions: trees, figures worked by hand, and reachability pair by pair on random graphs."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from kithwork.network import hierarchy
from kithwork.network.hierarchy import conditions


def matrix(net: nx.DiGraph) -> sparse.csr_array:
    """A networkx graph as a sparse matrix."""
    return nx.to_scipy_sparse_array(net, nodelist=sorted(net), dtype=float, format="csr")


def values(net: nx.DiGraph) -> list:
    """The four, in the order of the paper."""
    found = conditions(matrix(net))
    return [found.connectedness, found.hierarchy, found.efficiency, found.least_upper_bound]


def pairwise(net: nx.DiGraph) -> list:
    """The four by their words, pair by pair, over networkx's descendants."""
    n = len(net)
    parts = [len(part) for part in nx.weakly_connected_components(net)]
    reach = {i: nx.descendants(net, i) | {i} for i in net}
    pairs = list(combinations(net, 2))
    apart = sum(not nx.has_path(net.to_undirected(), i, j) for i, j in pairs)
    mutual = sum(j in reach[i] and i in reach[j] for i, j in pairs)
    either = sum(j in reach[i] or i in reach[j] for i, j in pairs)
    excess = net.number_of_edges() - sum(size - 1 for size in parts)
    most = sum(size * (size - 1) - (size - 1) for size in parts)
    lacking = sum(
        nx.has_path(net.to_undirected(), i, j) and not any(reach[i] & reach[j] == reach[k] for k in reach[i] & reach[j])
        for i, j in pairs
    )
    could = sum((size - 1) * (size - 2) / 2 for size in parts)
    shares = [(apart, n * (n - 1) / 2), (mutual, either), (excess, most), (lacking, could)]
    return [1 - part / whole if whole else None for part, whole in shares]


def test_a_reporting_tree_meets_all_four():
    """Krackhardt 1994: of all networks the out-tree (here its arrows point up) has 1, 1, 1, 1; two trees are two pieces."""
    tree = nx.balanced_tree(3, 3, create_using=nx.DiGraph).reverse()
    assert values(tree) == [1, 1, 1, 1]
    assert values(nx.disjoint_union(tree, tree)) == pytest.approx([2 * (40 * 39) / (80 * 79), 1, 1, 1])


def test_each_condition_fails_by_itself():
    """A ring: joined, no hierarchy at all, and one of n(n − 1) − (n − 1) spare ties. Two bosses who turn to nobody:
    the people below them have no least bound, and the bosses no bound, of (n − 1)(n − 2)/2 pairs."""
    assert values(nx.cycle_graph(5, create_using=nx.DiGraph)) == pytest.approx([1, 0, 1 - 1 / 16, 1])
    torn = nx.DiGraph([(0, 2), (0, 3), (1, 2), (1, 3)])
    assert values(torn) == pytest.approx([1, 1, 1 - 1 / 9, 1 - 2 / 3])


def test_what_cannot_be_told_is_absent_and_says_why():
    """Isolates have no ties to judge; a pair has no third; nobody is no network."""
    assert values(nx.empty_graph(3, create_using=nx.DiGraph)) == [0, None, None, None]
    assert values(nx.DiGraph([(0, 1)])) == [1, 1, 1, None]
    found = conditions(sparse.csr_array((0, 0)))
    assert set(found.why) == {"connectedness", "hierarchy", "efficiency", "least_upper_bound"}
    assert found.why["hierarchy"] == "nobody turns to anybody"


def test_above_the_limit_bounds_are_absent_unless_it_is_a_tree(monkeypatch):
    """More pieces than are compared: the least upper bound is absent with the number; of a tree it is still 1."""
    monkeypatch.setattr(hierarchy, "PIECES", 3)
    found = conditions(matrix(nx.DiGraph([(0, 2), (0, 3), (1, 2), (1, 3)])))
    assert found.least_upper_bound is None
    assert "4 strong components" in found.why["least_upper_bound"]
    assert values(nx.balanced_tree(2, 3, create_using=nx.DiGraph).reverse()) == [1, 1, 1, 1]


@given(st.integers(0, 10**6), st.integers(1, 14), st.floats(0, 0.4), st.integers(1, 20))
def test_agreement_with_networkx_pair_by_pair(seed, n, p, columns):
    """On any directed graph, whatever the number of columns at a time; loops and weights change nothing."""
    net = nx.gnp_random_graph(n, p, seed=seed, directed=True)
    given_net = (matrix(net) * 2.5 + sparse.diags_array(np.ones(n))).tocsr()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(hierarchy, "COLUMNS", columns)
        found = conditions(given_net)
    assert hierarchy.one_way(given_net, np.random.default_rng(1)) == found.hierarchy
    held = [found.connectedness, found.hierarchy, found.efficiency, found.least_upper_bound]
    assert held == [None if known is None else pytest.approx(known) for known in pairwise(net)]


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_hierarchy_gives_way_as_ties_go_back(seed):
    """A tree with shortcuts upwards keeps its hierarchy of 1; with ever more ties back down it falls."""
    rng = np.random.default_rng(seed)
    tree = nx.balanced_tree(2, 5, create_using=nx.DiGraph)
    up = tree.reverse()
    up.add_edges_from((i, j) for i in tree for j in nx.ancestors(tree, i) if rng.random() < 0.3)
    found = [values(up)[1]]
    down = list(tree.edges)
    rng.shuffle(down)
    for some in np.array_split(down, 6):
        up.add_edges_from(map(tuple, some.tolist()))
        found.append(values(up)[1])
    assert found[0] == 1
    assert found == sorted(found, reverse=True)
    assert found[-1] == 0


def test_sampled_pieces_hold_what_all_of_them_give(monkeypatch):
    """Of 60 samples of a fifth of the pieces at least 53 intervals hold the exact count; all of them are exact."""
    net = matrix(nx.gnp_random_graph(250, 0.006, seed=3, directed=True))
    ties = hierarchy._without_loops(net)
    piece = connected_components(ties, directed=True, connection="strong")[1]
    sizes, up = np.bincount(piece), hierarchy._between(ties, piece)
    true = hierarchy._reached(up, sizes)
    assert hierarchy.sampled(up, sizes, np.random.default_rng(1)) == pytest.approx((true, 0))
    monkeypatch.setattr(hierarchy, "TARGETS", len(sizes) // 5)
    found = [hierarchy.sampled(up, sizes, np.random.default_rng(seed)) for seed in range(60)]
    assert sum(abs(value - true) <= 1.96 * error for value, error in found) >= 53
    monkeypatch.setattr(hierarchy, "MANY", 10)
    assert hierarchy.one_way(net, np.random.default_rng(1)) == pytest.approx(conditions(net).hierarchy, rel=0.3)
