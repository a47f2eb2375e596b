"""The benchmark of spread: what it plays of ours, and the difference of means that it tells."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from random_networks import matrix

from benchmarks import diffusion
from kithwork.change.arcs import Arcs
from kithwork.change.diffusion import NEVER


def test_difference_of_means_in_standard_errors():
    """Of three samples the two furthest apart: means 2 and 4, variances 2 and 8 over two each: 2 / √(1 + 4)."""
    assert diffusion.apart([[1, 3], [2, 6], [1, 5]]) == pytest.approx(2 / np.sqrt(5))


@pytest.mark.parametrize("chance", [0.05, None])
def test_ours_plays_to_the_end(chance, monkeypatch):
    """Whoever could still be reached is: the last week in which anybody adopts is far from the last one played."""
    monkeypatch.setattr(diffusion, "PEOPLE", 200)
    monkeypatch.setattr(diffusion, "RUNS", 50)
    ties = matrix(nx.barabasi_albert_graph(200, 4, seed=3))
    when = diffusion.ours(ties, Arcs.of(ties), np.arange(3), chance, 1)
    assert when.shape == (50, 200)
    assert (when[:, :3] == 0).all()
    assert 3 < (when != NEVER).sum(axis=1).mean() < 200
    assert when[when != NEVER].max() < diffusion.WEEKS / 2
