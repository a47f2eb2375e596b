"""Betweenness: published values; the sample's shares are the exact ones; its errors hold what they say."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from random_networks import SEEDS, drawn, listed, matrix
from scipy import sparse

from kithwork.network import betweenness as of
from kithwork.network.betweenness import betweenness, exact, sampled


def over_all_pairs(net: sparse.csr_array) -> np.ndarray:
    """What the sampler gives if every ordered pair is drawn once."""
    people = net.shape[0]
    start, end = np.nonzero(~np.eye(people, dtype=bool))
    total = np.zeros(people)
    ties = of.unweighted(net)
    for shares in of.shares(ties, ties.T.tocsr(), start, end):
        total += np.bincount(shares.indices, shares.data, people)
    return total / max((people - 1) * (people - 2), 1)


@pytest.mark.parametrize("measure", [lambda net: exact(net).share, over_all_pairs])
def test_published_values(measure):
    """Karate club 0, 33, 32, 2; Krackhardt's kite 7, 5, 6, 8; Padgett's Medici, Guadagni, Albizzi: shares of pairs."""
    club = measure(matrix(nx.karate_club_graph()))
    assert club[[0, 33, 32, 2]].tolist() == pytest.approx([0.4376, 0.3041, 0.1452, 0.1437], abs=5e-5)
    kite = measure(matrix(nx.krackhardt_kite_graph()))
    assert kite[[7, 5, 6, 8]].tolist() == pytest.approx([0.3889, 0.2315, 0.2315, 0.2222], abs=5e-5)
    families = nx.florentine_families_graph()
    names = ["Medici", "Guadagni", "Albizzi", *sorted(set(families) - {"Medici", "Guadagni", "Albizzi"})]
    assert measure(matrix(families, names))[:3].tolist() == pytest.approx([0.522, 0.2546, 0.2125], abs=5e-4)


def test_both_ways_are_those_of_networkx():
    """Directed or not, in one piece or several, isolates and loops: exact, and the sampler over all pairs."""
    for seed in SEEDS:
        net, graph = drawn(seed)
        expected = listed(nx.betweenness_centrality(graph))
        assert exact(net, graph.is_directed()).share == pytest.approx(expected, abs=1e-9), seed
        assert over_all_pairs(net) == pytest.approx(expected, abs=1e-9), seed


def test_long_paths_are_followed_to_their_end():
    """On a ring of forty with a tail of ten every length of path occurs."""
    net = nx.cycle_graph(40)
    nx.add_path(net, range(39, 50))
    assert over_all_pairs(matrix(net)) == pytest.approx(listed(nx.betweenness_centrality(net)), abs=1e-9)


def test_the_sample_is_unbiased_and_its_error_honest():
    """Over 40 samples of a network of 300: the mean is exact, and 95 % of values lie within 1.96 errors, give or take 2."""
    net = matrix(nx.barabasi_albert_graph(300, 3, seed=1))
    true = exact(net).share
    samples = [sampled(net, np.random.default_rng(seed), 500) for seed in range(40)]
    off = np.array([one.share - true for one in samples])
    within = np.abs(off) <= 1.96 * np.array([one.error for one in samples])
    assert np.abs(off.mean(axis=0)).max() < 4 * np.mean([one.error for one in samples]) * 3 / np.sqrt(40)
    assert 0.93 < within.mean() < 0.995
    busy = np.argsort(-true)[:30]
    assert 0.93 < within[:, busy].mean() < 0.97


def test_a_planted_broker_is_found_in_a_sample():
    """Who alone joins two halves lies on half of all paths, more than twice as many as anybody else."""
    net = nx.disjoint_union(nx.gnp_random_graph(60, 0.2, seed=1), nx.gnp_random_graph(60, 0.2, seed=2))
    net.add_edges_from([(120, side + step) for side in (0, 60) for step in range(6)])
    found = sampled(matrix(net), np.random.default_rng(1), 2000)
    assert found.share.argmax() == 120
    assert abs(found.share[120] - 60 * 60 / (120 * 119 / 2)) < 3 * found.error[120]
    assert np.sort(found.share)[-2] < found.share[120] / 2


def test_who_was_on_no_path_is_not_said_to_be_on_none():
    """The error is never below that of one path in so many."""
    found = sampled(matrix(nx.star_graph(200)), np.random.default_rng(1), 100)
    assert (found.share[1:] == 0).all()
    assert (found.error[1:] >= 1 / 100).all()


def test_small_networks_are_exact_and_blocks_change_nothing(monkeypatch):
    """Up to a number of people nothing is drawn; a sample in blocks of three pairs is the same sample."""
    net = matrix(nx.gnp_random_graph(30, 0.1, seed=3))
    assert (betweenness(net, np.random.default_rng(1)).error == 0).all()
    monkeypatch.setattr(of, "EXACT_UP_TO", 20)
    at_once = betweenness(net, np.random.default_rng(1), pairs=200)
    monkeypatch.setattr(of, "CELLS", 100)
    in_blocks = betweenness(net, np.random.default_rng(1), pairs=200)
    assert in_blocks.share == pytest.approx(at_once.share)
    assert in_blocks.error == pytest.approx(at_once.error)


@pytest.mark.parametrize("directed", [False, True])
def test_two_halves_are_the_whole(monkeypatch, directed):
    """Searches from half of the people, and from the others in a second process, add up."""
    net = sparse.random_array((60, 60), density=0.05, rng=np.random.default_rng(2), format="csr")
    net = net if directed else net + net.T
    whole = exact(net, directed).share
    monkeypatch.setattr(of, "HALVED", 0)
    assert exact(net, directed).share == pytest.approx(whole, abs=1e-12)
    assert whole.max() > 0.05
