"""Starts bettered by swaps where enough of those one heeds have to go first."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from kithwork.change import swaps
from kithwork.change.diffusion import NEVER, Worlds, thresholds
from kithwork.change.swaps import bettered, neighbourhoods, reach

WEEKS = 12


def matrix(net: nx.Graph) -> sparse.csr_array:
    """[i, j] 1 where i heeds j, who are tied."""
    return nx.to_scipy_sparse_array(net, weight=None, dtype=float, nodelist=range(net.number_of_nodes())).tocsr()


def nobody_alone(worlds: int, people: int, enough: float | None = None, seed: int = 1) -> Worlds:
    """Worlds in which all reach is due to the start; `enough`: the same share for all, else drawn."""
    rng, shape = np.random.default_rng(seed), (worlds, people)
    shares = rng.beta(2.5, 4, shape) if enough is None else np.full(shape, enough)
    return Worlds(np.full(shape, NEVER), shares, np.ones(shape, dtype=np.int16))


def everybody(people: int) -> np.ndarray:
    """All may start."""
    return np.ones(people, dtype=bool)


def found(net: nx.Graph, starts: list[list[int]], worlds: Worlds, candidates: np.ndarray | None = None) -> list[int]:
    """The start after swaps."""
    may = everybody(len(net)) if candidates is None else candidates
    return bettered(matrix(net), np.array(starts), may, worlds, WEEKS).tolist()


def test_a_neighbourhood_is_started_where_single_people_reach_nobody():
    """A clique of eight hangs on a ring of twenty by one tie: half of their ties is enough for all of the clique, so four
    starters belong in it, whom no greedy choice of one after the other finds: one alone makes nobody follow there."""
    net = nx.disjoint_union(nx.cycle_graph(20), nx.complete_graph(8))
    net.add_edge(0, 20)
    worlds = nobody_alone(64, 28, 0.55)
    start = found(net, [[0, 5, 10, 15], *neighbourhoods(matrix(net), everybody(28), 4).tolist()], worlds)
    assert set(start) <= set(range(20, 28))
    assert reach(matrix(net), np.array([start]), worlds, WEEKS).mean() == pytest.approx(8 / 28)


def test_a_swap_that_helps_is_made_and_no_other():
    """On a star whose leaves heed only the hub, one starter is swapped for the hub; the hub is swapped for nobody."""
    star = nx.star_graph(12)
    assert found(star, [[7]], nobody_alone(64, 13, 0.5)) == [0]
    assert found(star, [[0]], nobody_alone(64, 13, 0.5)) == [0]


def test_chosen_start_is_near_the_best_by_brute_force():
    """On twenty graphs of ten people, two starters reach at least .95 of the best pair's reach, in worlds of their own."""
    shares = []
    for seed in range(20):
        net = nx.gnm_random_graph(10, 18, seed=seed)
        start = found(net, [[0, 1], [8, 9]], nobody_alone(128, 10, seed=seed))
        pairs = np.array(list(combinations(range(10), 2)))
        held_out = reach(matrix(net), pairs, nobody_alone(500, 10, seed=100 + seed), WEEKS).mean(axis=1)
        shares.append(held_out[(pairs == start).all(axis=1)][0] / held_out.max())
    assert min(shares) >= 0.95


def test_only_candidates_are_swapped_in():
    """The hub may not start: a leaf stays."""
    assert found(nx.star_graph(12), [[7]], nobody_alone(64, 13, 0.5), np.arange(13) > 0) != [0]


def test_reach_is_that_of_each_start_played_alone(monkeypatch):
    """Starts played together, a few at a time, are those played one by one."""
    net, worlds = matrix(nx.karate_club_graph()), nobody_alone(20, 34)
    starts = np.array([[0, 1], [33, 2], [5, 6], [10, 20]])
    one_by_one = [(thresholds(net, start, worlds, WEEKS) != NEVER).mean(axis=1) for start in starts]
    monkeypatch.setattr(swaps, "CELLS", 3 * 20 * 34)
    assert reach(net, starts, worlds, WEEKS) == pytest.approx(np.array(one_by_one))


def test_neighbourhoods_hold_who_heeds_one_most():
    """Those with the heaviest ties to the person, lower rows first among equals; whoever has too few ties has none."""
    weights = np.array([[0, 0, 0, 0], [0.2, 0, 0, 0], [0.9, 0, 0, 0], [0.2, 0.5, 0, 0]])
    assert neighbourhoods(sparse.csr_array(weights), everybody(4), 3).tolist() == [[0, 2, 1]]
    assert neighbourhoods(sparse.csr_array(weights), np.array([True, False, True, True]), 3).tolist() == [[0, 2, 3]]
    assert neighbourhoods(sparse.csr_array((3, 3)), everybody(3), 2).shape == (0, 2)


def test_same_worlds_same_start():
    """Nothing is drawn while swaps are made."""
    net = nx.gnm_random_graph(40, 90, seed=3)
    worlds = nobody_alone(64, 40)
    assert found(net, [[0, 1, 2]], worlds) == found(net, [[0, 1, 2]], worlds)
