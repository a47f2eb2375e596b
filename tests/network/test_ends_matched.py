"""Ends dealt anew: every number of ties kept, nobody tied to oneself or twice, and triangles as swaps would leave them."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.network import graph, matching, nulls


def heavy(people: int, mean: float, seed: int) -> np.ndarray:
    """Numbers of ties of which some are far above the rest; an even sum."""
    rng = np.random.default_rng(seed)
    found = np.minimum(rng.pareto(2.2, people) + 0.5, 60) * mean / 1.3
    degrees = np.maximum(found.astype(int), 1)
    degrees[0] += degrees.sum() % 2
    return degrees


@pytest.mark.parametrize("seed", range(5))
def test_numbers_of_ties_are_kept_and_every_tie_is_new(seed):
    """Undirected: degrees; directed: those given and those got. No loops, no tie twice."""
    degrees = heavy(800, 6, seed)
    a, b = matching.dealt(degrees, None, np.random.default_rng(seed))
    assert np.bincount(np.r_[a, b], minlength=800).tolist() == degrees.tolist()
    assert (a != b).all()
    assert len({frozenset(pair) for pair in zip(a.tolist(), b.tolist(), strict=True)}) == len(a)
    got = np.random.default_rng(seed).permutation(degrees)
    a, b = matching.dealt(degrees, got, np.random.default_rng(seed))
    assert np.bincount(a, minlength=800).tolist() == degrees.tolist()
    assert np.bincount(b, minlength=800).tolist() == got.tolist()
    assert (a != b).all()
    assert len(set(zip(a.tolist(), b.tolist(), strict=True))) == len(a)


def test_triangles_are_those_of_swaps():
    """Mean clustering over draws is within 5 % of that of networks swapped tie by tie."""
    net = nx.barabasi_albert_graph(1500, 6, seed=1)
    whole = graph.from_ends(*np.array(net.edges).T, 1500)
    swapped = [one.transitivity_undirected() for one in nulls.rewired(whole, 8, np.random.default_rng(1))]
    degrees, rng = np.array(whole.degree()), np.random.default_rng(2)
    dealt = [graph.from_ends(*matching.dealt(degrees, None, rng), 1500).transitivity_undirected() for _ in range(8)]
    assert np.mean(dealt) == pytest.approx(np.mean(swapped), rel=0.05)


def test_what_cannot_be_dealt_is_said():
    """Of three people none can have five ties."""
    assert matching.dealt(np.array([5, 5, 4]), None, np.random.default_rng(1)) is None


@pytest.mark.parametrize("directed", [False, True])
def test_large_networks_are_dealt_and_keep_their_numbers(directed, monkeypatch):
    """Above so many people, as graphs and as matrices; a dense one is swapped, and keeps them too."""
    monkeypatch.setattr(nulls, "LARGE", 20)
    for net in (
        nx.gnp_random_graph(300, 0.02, seed=1, directed=directed),
        nx.gnp_random_graph(30, 0.6, seed=1, directed=directed),
    ):
        matrix = nx.to_scipy_sparse_array(net, dtype=float).tocsr()
        for other in nulls.matrices(matrix, 3, np.random.default_rng(1), directed):
            assert (other.sum(axis=1) == matrix.sum(axis=1)).all()
            assert (other.sum(axis=0) == matrix.sum(axis=0)).all()
            assert not other.diagonal().any()
            assert (other != matrix).nnz
        whole = graph.of(matrix, directed)
        for other in nulls.rewired(whole, 3, np.random.default_rng(1)):
            assert other.degree(mode="out") == whole.degree(mode="out")
            assert other.degree(mode="in") == whole.degree(mode="in")
            assert other.is_simple()


def test_names_at_random_of_many_keep_how_many_each_names(monkeypatch):
    """Nobody names oneself or anybody twice, and who is named is uniform, as where each ego draws by itself."""
    monkeypatch.setattr(nulls, "LARGE", 20)
    named = nx.to_scipy_sparse_array(nx.gnp_random_graph(40, 0.2, seed=1, directed=True), dtype=float).tocsr()
    drawn = [net.toarray() for net in nulls.named_at_random(named, 400, np.random.default_rng(1))]
    for one in drawn:
        assert one.sum(axis=1).tolist() == named.sum(axis=1).tolist()
        assert set(np.unique(one)) <= {0, 1}
        assert not one.diagonal().any()
    expected = np.repeat((named.sum(axis=1) / 39)[:, None], 40, axis=1)
    np.fill_diagonal(expected, 0)
    assert np.mean(drawn, axis=0) == pytest.approx(expected, abs=0.12)


@given(st.integers(0, 10**6), st.integers(0, 12))
def test_keys_that_stand_before_or_are_there(seed, many):
    """Each key but its first stands again; one is new that comes once and is not there."""
    rng = np.random.default_rng(seed)
    found, there = rng.integers(0, 12, many), np.sort(rng.integers(0, 12, 4))
    keys = found.tolist()
    assert matching._again(found, np.sort(found)).tolist() == [key in keys[:at] for at, key in enumerate(keys)]
    assert matching._new(found, there).tolist() == [keys.count(key) == 1 and key not in there for key in keys]
