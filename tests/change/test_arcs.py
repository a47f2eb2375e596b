"""Arcs: from a network by who passes on, and points on a line that make each pass on with its own chance."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from random_networks import SEEDS, drawn, matrix
from scipy import sparse, stats

from kithwork.change.arcs import Arcs, ascending, length, scattered


def test_arcs_are_the_entries_above_nought():
    """Arcs of each row, with the largest weight, as networkx lists them; what is not above 0 is no arc."""
    for seed in SEEDS[:40]:
        net, _ = drawn(seed)
        net = net - 2 * sparse.csr_array(np.diag(net.diagonal()))
        arcs = Arcs.of(net)
        positive = np.maximum(net.toarray(), 0)
        assert (arcs.degree == (positive > 0).sum(axis=1)).all()
        assert (arcs.most == positive.max(axis=1)).all()
        assert (sparse.coo_array((arcs.weight, (arcs.by, arcs.to)), shape=net.shape).toarray() == positive).all()


def test_growth_is_the_mean_excess_of_degrees():
    """Σ d² / Σ d in a network without weights; each of a star's leaves passes on to one, and its hub to all."""
    net = matrix(nx.star_graph(9))
    assert Arcs.of(net).growth == pytest.approx((9 * 1 + 81) / 18)
    assert Arcs.of(sparse.csr_array((3, 3))).growth == 0


def test_length_is_minus_the_log_of_not_passing_on():
    """A point falls on a stretch of that length with the chance given; above 1 counts as certain."""
    chance = np.array([0, 1e-9, 0.1, 0.5, 0.999])
    assert 1 - np.exp(-length(chance)) == pytest.approx(chance, rel=1e-6)
    assert length(np.array([1.0, 3.0])) == pytest.approx(53 * np.log(2))


def test_points_are_as_chance_scatters_them():
    """Counts have the mean and the variance of Poisson's law; places ascend, lie within the line, and are even on it."""
    rng = np.random.default_rng(1)
    lines = [scattered(3.0, 10.0, rng) for _ in range(5_000)]
    counts = np.array([len(line) for line in lines])
    assert (counts.mean(), counts.var()) == pytest.approx((3, 3), abs=0.2)
    assert all((np.diff(line) >= 0).all() for line in lines)
    assert stats.kstest(np.concatenate(lines) / 10, "uniform").pvalue > 0.001
    assert len(scattered(0.0, 10.0, rng)) == 0


def test_places_ascend_and_stand_once():
    """As numpy's `unique` has them, of many and of none."""
    places = np.random.default_rng(2).integers(0, 50, 200)
    assert (ascending(places) == np.unique(places)).all()
    assert len(ascending(places[:0])) == 0
