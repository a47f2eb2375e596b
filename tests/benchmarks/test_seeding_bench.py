"""The benchmark of seeding: what it holds a start against is the best there is."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from benchmarks import seeding
from kithwork.change.seeding import Placed
from kithwork.estimates import Estimate

STAR = nx.to_scipy_sparse_array(nx.star_graph(9), weight=None, dtype=float).tocsr()


def test_a_start_is_held_against_every_other(monkeypatch):
    """A leaf of a star of ten reaches 1 + p + 8p² people, its hub 1 + 9p: at p = .5, 3.5 of 5.5."""
    leaf = Placed(np.array([4]), Estimate(0.3, 0.3, 0.3, 10), 0.3, 0.3, 10, 10)
    monkeypatch.setattr(seeding, "_chosen", lambda *given: leaf)
    assert seeding.cascade_share(STAR, 0.5, 1, np.random.default_rng(1)) == pytest.approx(3.5 / 5.5, abs=0.03)


def test_the_best_start_is_as_good_as_itself():
    """The hub is chosen, under either model."""
    assert seeding.cascade_share(STAR, 0.5, 1, np.random.default_rng(1)) == 1
    assert seeding.threshold_share(STAR, 1, np.random.default_rng(1)) == 1


def test_small_graphs_are_small_and_symmetric():
    """Ten to fourteen people, two or three starters, weights the same both ways."""
    for seed in range(6):
        net, size = seeding.small(seed)
        assert 10 <= net.shape[0] <= 14
        assert size in (2, 3)
        assert sparse.linalg.norm(net - net.T) == 0
