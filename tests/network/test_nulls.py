"""What chance would give: resampled people, shuffled labels, rewired ties."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from synthetic import staff, ties

from kithwork.network.graph import graph
from kithwork.network.nulls import against, block_rewired, rewired, shuffled, tie_weights, vertex_draws


def club():
    """Zachary's karate club in igraph."""
    net = nx.karate_club_graph()
    return graph(ties(net.edges), staff([None] * 34))


def test_vertex_draws_are_a_bootstrap_of_people():
    """Each resample draws n people; on average each once, with the variance 1 − 1/n of a multinomial count."""
    drawn = vertex_draws(30, 4000, np.random.default_rng(1))
    assert (drawn.sum(axis=1) == 30).all()
    assert drawn.mean(axis=0) == pytest.approx(np.ones(30), abs=0.08)
    assert drawn.var() == pytest.approx(1 - 1 / 30, abs=0.02)


def test_tie_weights_are_products_of_both_ends():
    """A tie counts as often as both its ends were drawn together."""
    found = tie_weights(np.array([[2, 1, 0], [1, 1, 1]]), np.array([0, 0, 1]), np.array([1, 2, 2]))
    assert found.tolist() == [[2, 0, 0], [1, 1, 1]]


def test_shuffling_keeps_group_sizes_and_moves_people():
    """Labels are dealt anew: the same sizes in every shuffle, another order in nearly all."""
    labels = np.repeat([0, 1, 2], [10, 6, 4])
    dealt = shuffled(labels, 200, np.random.default_rng(2))
    assert (np.sort(dealt, axis=1) == labels).all()
    assert dealt.mean(axis=0) == pytest.approx(np.full(20, labels.mean()), abs=0.25)


def test_rewiring_keeps_every_degree():
    """Each copy has the same degrees, no loops or double ties, and other ties than the original."""
    net = club()
    for copy in rewired(net, 5, np.random.default_rng(3)):
        assert copy.degree() == net.degree()
        assert copy.is_simple()
        assert set(copy.get_edgelist()) != set(net.get_edgelist())


def test_rewiring_takes_the_clustering_out():
    """A ring of cliques loses most of its closed triangles; what stays is what degrees alone give."""
    ring = nx.ring_of_cliques(8, 5)
    net = graph(ties(ring.edges), staff([None] * 40))
    after = np.mean([copy.transitivity_undirected() for copy in rewired(net, 10, np.random.default_rng(4))])
    assert net.transitivity_undirected() > 0.75
    assert after < 0.25


def test_rewiring_repeats_with_its_seed():
    """The same generator gives the same copies: two runs give the same report."""
    one, same, other = (
        [copy.get_edgelist() for copy in rewired(club(), 2, np.random.default_rng(seed))] for seed in (5, 5, 6)
    )
    assert one == same
    assert one != other


def between(net, groups) -> list:
    """How many ties each person has to each group, both directions."""
    size = max(groups) + 1
    towards = np.zeros((net.vcount(), 2 * size), dtype=int)
    for a, b in net.get_edgelist():
        towards[a, groups[b]] += 1
        towards[b, groups[a] + size * net.is_directed()] += 1
    return towards.tolist()


@given(st.integers(0, 10**6), st.integers(4, 20), st.integers(1, 4), st.booleans())
def test_block_rewiring_keeps_everybodys_ties_to_each_group(seed, n, count, directed):
    """On any graph: each person's number of ties to each group, and with it every degree and the mixing; no loops."""
    net = igraph.Graph([*nx.gnp_random_graph(n, 0.4, seed=seed, directed=directed).edges], directed=directed, n=n)
    groups = np.random.default_rng(seed).integers(0, count, n)
    for copy in block_rewired(net, groups, 2, np.random.default_rng(seed)):
        assert between(copy, groups) == between(net, groups)
        assert copy.is_simple()


def test_block_rewiring_takes_out_all_but_the_blocks():
    """Rings of cliques inside two groups lose their triangles; the groups stay as separate as they were."""
    net = igraph.Graph([*nx.disjoint_union(nx.ring_of_cliques(8, 5), nx.ring_of_cliques(8, 5)).edges])
    groups = np.repeat([3, -1], 40)
    for copy in block_rewired(net, groups, 3, np.random.default_rng(4)):
        assert copy.transitivity_undirected() < 0.35
        assert len(copy.connected_components()) >= 2


def test_block_rewiring_reaches_every_graph_equally():
    """Two groups of four: of all graphs in which everybody has the same number of ties to each group, each comes equally
    often (χ²). Three people have one tie across each, so that half of the graphs need an odd number of swaps."""
    edges = [(0, 1), (2, 3), (4, 5), (6, 7), (0, 4), (1, 5), (2, 6)]
    net, groups = igraph.Graph(edges), np.repeat([0, 1], 4)
    wanted, own = np.array(between(net, groups)), np.tile(np.eye(2, dtype=bool)[groups], 2)
    pairs = [[*combinations(range(4), 2), *combinations(range(4, 8), 2)], [*product(range(4), range(4, 8))]]
    inside, across = (
        [some for some in combinations(of, ties) if np.equal(between(igraph.Graph(some, n=8), groups), part).all()]
        for of, ties, part in zip(pairs, (4, 3), (wanted * own, wanted * ~own), strict=True)
    )
    space = {frozenset(some + more) for some in inside for more in across}
    assert len(space) == 54
    draws = block_rewired(net, groups, 30 * len(space), np.random.default_rng(5))
    seen = Counter(frozenset(tuple(sorted(edge)) for edge in copy.get_edgelist()) for copy in draws)
    assert set(seen) == space
    assert stats.chisquare(list(seen.values())).pvalue > 0.001


def test_block_rewiring_repeats_with_its_seed():
    """The same generator gives the same copies."""
    groups = np.arange(34) % 3
    one, same = ([c.get_edgelist() for c in block_rewired(club(), groups, 2, np.random.default_rng(7))] for _ in "ab")
    assert one == same


def test_a_figure_against_chance_by_hand():
    """Mean, range, z and p of five draws; draws all alike have no z."""
    found = against(5.0, [1, 2, 3, 2, 2])
    assert (found.observed, found.mean, found.draws) == (5, 2, 5)
    assert (found.low, found.high) == (pytest.approx(1.1), pytest.approx(2.9))
    assert found.z == pytest.approx(3 / np.sqrt(0.5))
    assert found.p == pytest.approx(1 / 6)
    assert against(2.0, [2, 2]).z is None
