"""Core and periphery: the published core of the karate club, the best of all divisions, and what degrees alone give."""

from __future__ import annotations

import random
from itertools import combinations

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from kithwork.network.core import against_degrees, core


def matrix(net: nx.Graph) -> sparse.csr_array:
    """A networkx graph as a sparse matrix."""
    return nx.to_scipy_sparse_array(net, nodelist=sorted(net), dtype=float, format="csr")


def errors(net: nx.Graph, members: set) -> int:
    """Lip's Z by its words: core pairs without a tie, and ties of the periphery."""
    lacking = sum(not net.has_edge(a, b) for a, b in combinations(members, 2))
    return lacking + sum(a not in members and b not in members for a, b in net.edges)


def planted(inside: float, between: float, outside: float, seed: int) -> nx.Graph:
    """20 people tied to one another at `inside`, to 200 others at `between`, those to one another at `outside`."""
    return nx.stochastic_block_model([20, 200], [[inside, between], [between, outside]], seed=seed)


def test_the_core_of_the_karate_club():
    """Lip 2011 on Zachary's club: core 0, 1, 2, 3, 32, 33 (1-based 1, 2, 3, 4, 33, 34), Z 23."""
    net = nx.karate_club_graph()
    found = core(matrix(net))
    assert np.flatnonzero(found.members).tolist() == [0, 1, 2, 3, 32, 33]
    assert found.errors == errors(net, {0, 1, 2, 3, 32, 33}) == 23


def test_the_ideal_pattern_fits_in_full():
    """A clique with pendants: the core is the clique, nothing errs, ρ = 1."""
    net = nx.complete_graph(5)
    net.add_edges_from((i, 5 + i) for i in range(5))
    found = core(matrix(net))
    assert (found.members.tolist(), found.errors, found.fit) == ([True] * 5 + [False] * 5, 0, pytest.approx(1))


@pytest.mark.parametrize("net", [nx.empty_graph(4), nx.complete_graph(4), nx.star_graph(4)], ids=["empty", "full", "star"])
def test_without_ties_within_or_without_a_periphery_there_is_no_fit(net):
    """No core pairs or no periphery pairs: ρ is absent, and so is its comparison."""
    assert core(matrix(net)).fit is None
    assert against_degrees(matrix(net), 5, np.random.default_rng(1)) is None


@given(st.integers(0, 10**6), st.integers(2, 9), st.floats(0, 1))
def test_no_division_errs_less(seed, n, p):
    """Z is the least over all 2^n divisions of any graph, loops and weights aside; ρ is numpy's correlation."""
    net = nx.gnp_random_graph(n, p, seed=seed)
    found = core((matrix(net) * 3 + sparse.diags_array(np.ones(n))).tocsr())
    members = set(np.flatnonzero(found.members).tolist())
    least = min(errors(net, set(some)) for size in range(n + 1) for some in combinations(range(n), size))
    assert found.errors == errors(net, members) == least
    pairs = [(a, b) for a, b in combinations(range(n), 2) if (a in members) == (b in members)]
    if found.fit is not None:
        assert found.fit == pytest.approx(
            np.corrcoef([net.has_edge(*e) for e in pairs], [e[0] in members for e in pairs])[0, 1]
        )


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_core_is_found(seed):
    """Of 20 people of a core, tied to one another at .7, nearly all come back, and nearly nobody else."""
    found = core(matrix(planted(0.7, 0.1, 0.02, seed)))
    assert found.members[:20].sum() >= 19
    assert found.members[20:].sum() <= 1
    assert found.fit > 0.35


@pytest.mark.parametrize("seed", range(2))
def test_a_planted_core_is_told_from_its_degrees(seed):
    """People of many ties are tied to one another more often than that: ρ is far above what their degrees give."""
    found = against_degrees(matrix(planted(0.7, 0.1, 0.02, seed)), 49, np.random.default_rng(seed))
    assert found.z > 4
    assert found.p == pytest.approx(0.02)


def test_degrees_alone_make_no_core_beyond_degrees():
    """Networks drawn evenly from all that have the degrees of planted cores: ρ is still high, and no higher than degrees
    give, p above .05 in nearly all of eight. (Swaps by networkx would not be even: it does not count those refused.)"""
    found = []
    for seed in range(8):
        igraph.set_random_number_generator(random.Random(seed))
        degrees = [degree for _, degree in planted(0.7, 0.1, 0.02, seed).degree]
        net = igraph.Graph.Degree_Sequence(degrees, method="edge_switching_simple")
        found.append(against_degrees(net.get_adjacency_sparse(), 39, np.random.default_rng(seed)))
    assert min(chance.observed for chance in found) > 0.2
    assert sum(chance.p <= 0.05 for chance in found) <= 2


def test_two_cores_fit_worse_than_their_degrees_give():
    """The karate club's core is of both factions, whose leaders are not tied: ρ is below the mean of rewired clubs."""
    found = against_degrees(matrix(nx.karate_club_graph()), 99, np.random.default_rng(1))
    assert found.z < -1.5
