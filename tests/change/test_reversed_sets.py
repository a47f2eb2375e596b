"""Reverse-reachable sets: held against every world of a small cascade, a known mean, and what they must always be."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from live_worlds import small, weeks_from, worlds
from random_networks import matrix
from scipy import sparse

from kithwork.change.reversed_sets import TOGETHER, reverse_reachable


def sets_of(net, chance: float, sets: int, seed: int = 1) -> sparse.csr_array:
    """(sets, people) who is in which."""
    starts, people = reverse_reachable(net, chance, sets, np.random.default_rng(seed))
    return sparse.csr_array((np.ones(len(people)), people, starts), shape=(sets, net.shape[0]))


def test_everybody_is_in_as_many_sets_as_their_reach():
    """Of four people and every world of five arcs: people × share of sets with i is how far i alone would go."""
    net, chance, sets = small(), 0.6, 200_000
    reach = sum(
        share * np.array([(weeks_from(graph, [i], 9) < 9).sum() for i in graph]) for share, graph in worlds(net, chance)
    )
    found = 4 * sets_of(net, chance, sets).sum(axis=0) / sets
    assert found == pytest.approx(reach, abs=5 * np.sqrt(4 / sets))


def test_pairs_of_starters_too():
    """The same of two starters, whose sets overlap as their reach does."""
    net, chance, sets = small(), 0.6, 200_000
    reach = sum(share * (weeks_from(graph, [0, 2], 9) < 9).sum() for share, graph in worlds(net, chance))
    held = sets_of(net, chance, sets)[:, [0, 2]].sum(axis=1) > 0
    assert 4 * held.mean() == pytest.approx(reach, abs=5 * np.sqrt(4 / sets))


def test_karate_club():
    """One starter of the karate club at a chance of 0.1: 3.411 people, as a million runs of cynetdiff 0.1.18 give."""
    net = matrix(nx.karate_club_graph())
    net.data[:] = 1
    held = sets_of(net, 0.1, 400_000)[:, [0]].sum(axis=1)
    assert 34 * held.mean() == pytest.approx(3.411, abs=5 * 34 * np.sqrt(0.1 / 400_000))


def test_certain_arcs_reach_all_there_is_to_reach():
    """At a chance of 1 a set is everybody who has a way to its person."""
    net = sparse.csr_array(np.array([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]]))
    starts, people = reverse_reachable(net, 1.0, 400, np.random.default_rng(2))
    members = {tuple(people[a:b].tolist()) for a, b in pairwise(starts)}
    assert members == {(0, 1, 2), (1, 2), (2,), (3,)}


@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(0, 60), st.floats(0, 1))
def test_a_set_is_its_person_and_people_with_a_way_to_it(seed, people, sets, chance):
    """Sets ascend, name nobody twice and lie within one weak component; there are as many as asked, and none is empty."""
    rng = np.random.default_rng(seed)
    net = sparse.random_array((people, people), density=0.3, rng=rng, format="csr")
    starts, members = reverse_reachable(net, chance, sets, np.random.default_rng(seed))
    assert (len(starts), starts[0], starts[-1]) == (sets + 1, 0, len(members))
    part = sparse.csgraph.connected_components(net, directed=False)[1]
    for a, b in pairwise(starts):
        assert b > a
        assert (np.diff(members[a:b]) > 0).all()
        assert len(set(part[members[a:b]])) == 1


def test_same_sets_of_the_same_generator():
    """The sets of a seed are the same at every call, over several batches."""
    net = matrix(nx.karate_club_graph())
    one, other = (reverse_reachable(net, 0.02, TOGETHER + 5, np.random.default_rng(4)) for _ in range(2))
    assert all((a == b).all() for a, b in zip(one, other, strict=True))


def test_nothing_passes_at_no_chance():
    """At a chance of 0, and in a network without ties, each set is the person drawn."""
    for net, chance in ((small(), 0.0), (sparse.csr_array((4, 4)), 0.5)):
        assert (sets_of(net, chance, 50).sum(axis=1) == 1).all()
