"""What the toolkit's measures of position are set beside finds the same, on made-up ties as they are described."""

from __future__ import annotations

import json

import networkx as nx
import numpy as np
import pytest

from benchmarks import network, network_ties
from benchmarks import network_peers as peers
from kithwork.network import graph
from kithwork.network.holes import holes


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The ties of 400 people."""
    return network.file(tmp_path_factory.mktemp("ties"), 400, 3000)


def test_ties_are_as_many_as_asked_and_the_same_again():
    """Each pair once, nobody with oneself; most within teams; somebody has many more than most."""
    ego, alter, back = network_ties.drawn(1000, 8000)
    pairs = np.sort(np.column_stack([ego, alter]), axis=1)
    assert len(np.unique(pairs, axis=0)) == 8000
    assert (ego != alter).all()
    assert 0.5 < (ego // 100 == alter // 100).mean() < 0.8
    assert back.mean() == pytest.approx(network_ties.RETURNED, abs=0.03)
    degree = np.bincount(pairs.ravel())
    assert degree.max() > 4 * np.median(degree)
    assert (network_ties.drawn(1000, 8000)[0] == ego).all()


def test_names_are_the_ties_with_their_direction(path):
    """Either direction of a name is a tie; both directions where it is returned."""
    ties, names = network_ties.read(path)
    assert (ties != ties.T).nnz == 0
    assert ties.nnz == 2 * 3000
    assert (((names + names.T) != 0) != (ties != 0)).nnz == 0


def test_peers_find_the_same(path):
    """Constraint and effective size by igraph, by a product, by networkx's matrices and, of a few, by its loop."""
    ties, _ = network_ties.read(path)
    expected = holes(ties)[["constraint", "effective_size"]].to_numpy().T
    as_networkx, who = nx.from_scipy_sparse_array(ties), [3, 99]
    for found in (peers.by_igraph(graph.of(ties)), peers.by_product(ties), peers.by_networkx(as_networkx)):
        assert np.array(found) == pytest.approx(expected, abs=1e-9, nan_ok=True)
    assert np.array(peers.by_networkx_loop(as_networkx, who)) == pytest.approx(expected[:, who], abs=1e-9)


def test_all_measures_are_taken_and_timed(path, capsys):
    """Each by its name."""
    network.all_measures(str(path))
    told = json.loads(capsys.readouterr().out)
    assert list(told) == [name for name, _ in network.MEASURES]


def test_table_of_vivainsights_holds_each_unit(path):
    """Whose degree on average is that of the arcs, in and out."""
    pytest.importorskip("vivainsights")
    _, names = network_ties.read(path)
    found = peers.by_vivainsights(peers.person_to_person(names), "random")
    degree = names.sum(axis=0) + names.sum(axis=1)
    assert found["degree"].tolist() == pytest.approx([degree[unit : unit + 100].mean() for unit in range(0, 400, 100)])
