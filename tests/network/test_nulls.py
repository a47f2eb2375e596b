"""What chance would give: resampled people, shuffled labels, rewired ties."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from synthetic import staff, ties

from kithwork.network.graph import graph
from kithwork.network.nulls import rewired, shuffled, tie_weights, vertex_draws


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
