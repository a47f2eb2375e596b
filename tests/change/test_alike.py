"""Likeness of ego and alter, its interval, and what chance within groups gives."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from kithwork.change.alike import by_chance, dealt, interval, likeness
from kithwork.network import graph


def random_net(people: int, chance: float, rng: np.random.Generator, directed: bool = False) -> sparse.csr_array:
    """Ties at random, each as likely as any other."""
    ties = np.triu(rng.random((people, people)) < chance, 1)
    if directed:
        ties |= np.tril(rng.random((people, people)) < chance, -1)
        return sparse.csr_array(ties.astype(float))
    return sparse.csr_array((ties | ties.T).astype(float))


@pytest.mark.parametrize("directed", [True, False])
def test_likeness_is_the_numeric_assortativity_of_networkx(directed):
    """Newman's (2003) r, on directed and undirected ties alike."""
    rng = np.random.default_rng(3)
    net, values = random_net(40, 0.1, rng, directed), rng.integers(0, 6, 40)
    other = nx.from_scipy_sparse_array(net, create_using=nx.DiGraph if directed else nx.Graph)
    nx.set_node_attributes(other, dict(enumerate(values.tolist())), "week")
    expected = nx.numeric_assortativity_coefficient(other, "week")
    assert likeness(net, values[None, :].astype(float))[0] == pytest.approx(expected)


def test_likeness_of_degrees_in_zacharys_club_is_that_of_igraph():
    """Degree assortativity of the karate club (Zachary 1977), −0.476, by another library."""
    net = sparse.csr_array(nx.to_scipy_sparse_array(nx.karate_club_graph(), weight=None).astype(float))
    degrees = np.asarray(net.sum(axis=1))[None, :]
    assert likeness(net, degrees)[0] == pytest.approx(graph.of(net).assortativity_degree())
    assert likeness(net, degrees)[0] == pytest.approx(-0.476, abs=5e-4)


def test_weights_count_as_often_as_ties_would():
    """A tie of weight 3 is three ties; numpy's own correlation over the arcs so repeated."""
    rng = np.random.default_rng(4)
    net = sparse.csr_array(rng.integers(0, 4, (12, 12)) * (rng.random((12, 12)) < 0.4))
    values = rng.normal(size=(2, 12))
    a, b = net.tocoo().coords
    often = net.tocoo().data
    expected = [np.corrcoef(np.repeat(one[a], often), np.repeat(one[b], often))[0, 1] for one in values]
    assert likeness(net.astype(float), values) == pytest.approx(np.array(expected))


def test_no_likeness_without_ties_or_differences():
    """NaN, and no interval, rather than a figure."""
    none, one = sparse.csr_array((3, 3)), sparse.csr_array(np.array([[0, 1, 0], [0, 0, 0], [0, 0, 0.0]]))
    assert np.isnan(likeness(none, np.ones((2, 3)))).all()
    assert np.isnan(likeness(one, np.array([[1.0, 2, 3]]))).all()
    assert interval(none, np.arange(3.0)) is None
    assert interval(one, np.arange(3.0)) is None


def test_interval_agrees_with_the_sum_over_pairs_that_share_a_person():
    """Brute force of the clustered variance (Aronow et al. 2015): every two pairs with a person in common."""
    rng = np.random.default_rng(6)
    net = random_net(25, 0.15, rng)
    values = net @ rng.normal(size=25)
    found = interval(net, values)
    a, b = net.tocoo().coords
    shares = np.asarray(net.sum(axis=1)) / net.sum()
    z = (values - values @ shares) / np.sqrt((values - values @ shares) ** 2 @ shares)
    adds = (z[a] * z[b] - found.estimate * (z[a] ** 2 + z[b] ** 2) / 2) / len(a)
    pairs = [({int(i), int(j)}, add) for i, j, add in zip(a, b, adds, strict=True)]
    variance = sum(one * other for who, one in pairs for whom, other in pairs if who & whom)
    assert found.high - found.estimate == pytest.approx(1.959964 * np.sqrt(variance), rel=1e-6)
    assert found.n == 25


def test_interval_holds_the_truth_where_ties_are_alike():
    """Values that neighbours share in part: of 400 samples of a network, 93 to 97 % hold the likeness of them all."""
    rng = np.random.default_rng(8)
    found = []
    for _ in range(400):
        net = random_net(150, 4 / 150, rng)
        own = rng.normal(size=150)
        found.append(interval(net, own + 0.3 * (net @ own)))
    truth = np.mean([one.estimate for one in found])
    assert 0.93 <= np.mean([one.low <= truth <= one.high for one in found]) <= 0.97


def test_deals_keep_what_each_group_has():
    """Within each group the same values, −1 a group too; all deals of three alike often."""
    rng = np.random.default_rng(1)
    groups, values = np.array([0, 0, 0, 1, 1, -1, 2]), np.arange(7.0)
    deals = dealt(values, groups, 6_000, rng)
    for code in (-1, 0, 1, 2):
        assert np.array_equal(np.sort(deals[:, groups == code]), np.tile(values[groups == code], (6_000, 1)))
    orders, often = np.unique(deals[:, :3], axis=0, return_counts=True)
    assert [tuple(order) for order in orders] == sorted(permutations((0.0, 1.0, 2.0)))
    assert often == pytest.approx(1_000, rel=0.12)


def test_chance_is_that_of_all_orders():
    """The mean of the deals is the mean over every order of a small group, by enumeration."""
    rng = np.random.default_rng(2)
    net, values = random_net(6, 0.5, rng), np.array([0.0, 0, 1, 3, 5, 5])
    all_orders = likeness(net, np.array(list(permutations(values))))
    drawn = by_chance(net, values, np.zeros(6, int), 20_000, rng)
    assert drawn.mean() == pytest.approx(all_orders.mean(), abs=0.01)
    assert drawn.std() == pytest.approx(all_orders.std(), rel=0.03)
