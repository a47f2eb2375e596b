"""The start chosen to reach most, under cascade and thresholds both."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse
from synthetic import settings

from kithwork.change import placing as module
from kithwork.change.assumptions import drawn, stated
from kithwork.change.placing import placing
from kithwork.change.seeding import Placed
from kithwork.change.swaps import reach

SET_TO = settings(change={"weeks": 8})


def start(net: nx.Graph, size: int = 3, candidates: np.ndarray | None = None, seed: int = 1) -> Placed:
    """The start on a network where everybody is as ready."""
    people = net.number_of_nodes()
    may = np.ones(people, dtype=bool) if candidates is None else candidates
    return placing(matrix(net), np.zeros(people), may, size, SET_TO, np.random.default_rng(seed))


def matrix(net: nx.Graph) -> sparse.csr_array:
    """[i, j] 1 where i heeds j, who are tied."""
    return nx.to_scipy_sparse_array(net, weight=None, dtype=float, nodelist=range(net.number_of_nodes())).tocsr()


@pytest.fixture(autouse=True)
def _few_sets(monkeypatch):
    """As many sets as a quick test may draw."""
    monkeypatch.setattr("kithwork.change.seeding.MEMBERS", 60_000)


def test_planted_hubs_start():
    """Three hubs with fifteen, twelve and ten of their own."""
    net = nx.disjoint_union_all([nx.star_graph(15), nx.star_graph(12), nx.star_graph(10)])
    assert start(net).rows.tolist() == [0, 16, 29]


def test_start_is_better_than_random_ones_in_worlds_of_its_own():
    """Under thresholds it reaches more than 95 of 100 random starts, in worlds that had no part in choosing it."""
    net, rng = nx.barabasi_albert_graph(80, 2, seed=5), np.random.default_rng(8)
    worlds = drawn(stated(SET_TO.change.assumed, 200, rng), np.zeros(80), rng)
    others = np.array([rng.choice(80, 3, replace=False) for _ in range(100)])
    ours = reach(matrix(net), start(net).rows[None], worlds, 8).mean()
    assert (reach(matrix(net), others, worlds, 8).mean(axis=1) < ours).sum() >= 95


def test_bound_is_that_of_the_start_that_comes_out():
    """A start that swaps made is measured anew: its share under a cascade is its own, and its bound no more than 1."""
    found = start(nx.barabasi_albert_graph(80, 2, seed=5))
    assert found.least <= found.share.estimate <= found.best
    assert 0.5 < found.bound <= 1


def test_large_organisations_are_placed_for_a_cascade_alone(monkeypatch):
    """No swaps are tried where they would take too long: the greedy start stands, in the order chosen."""
    monkeypatch.setattr(module, "SWAPPED", 10)
    net = nx.disjoint_union_all([nx.star_graph(5), nx.star_graph(9), nx.star_graph(15)])
    assert start(net).rows.tolist() == [16, 6, 0]


def test_candidates_only_and_all_of_them_where_few():
    """Three may start, and do; of four, the three who are not the least."""
    net = nx.star_graph(20)
    may = np.isin(np.arange(21), [3, 4, 5])
    assert sorted(start(net, 5, may).rows.tolist()) == [3, 4, 5]
    assert set(start(net, 3, may | (np.arange(21) == 0)).rows.tolist()) < {0, 3, 4, 5}


def test_same_seed_same_start():
    """Two runs choose the same people with the same bound."""
    one, other = (start(nx.gnm_random_graph(50, 100, seed=2), seed=4) for _ in range(2))
    assert (one.rows == other.rows).all()
    assert (one.share, one.bound) == (other.share, other.bound)
