"""Brokerage between units: hand counts, a triple loop on random graphs, planted brokers, and what chance gives."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from kithwork.network import brokerage
from kithwork.network.brokerage import ROLES, against_labels, expected, roles


def matrix(net: nx.Graph) -> sparse.csr_array:
    """A networkx graph as a sparse matrix."""
    return nx.to_scipy_sparse_array(net, nodelist=sorted(net), dtype=float, format="csr")


def looped(net: nx.DiGraph, units: np.ndarray) -> np.ndarray:
    """Roles by the paper's words, triple by triple."""
    found = np.where(units[:, None] >= 0, 0.0, np.full((len(units), len(ROLES)), np.nan))
    for i, j, k in permutations(range(len(units)), 3):
        if min(units[i], units[j], units[k]) < 0 or not (net.has_edge(i, j) and net.has_edge(j, k)) or net.has_edge(i, k):
            continue
        first, second, ends = units[i] == units[j], units[j] == units[k], units[i] == units[k]
        role = 0 if first and second else 1 if ends else 2 if second else 3 if first else 4
        found[j, role] += 1
    return found


@pytest.mark.parametrize(("units", "role"), [("AAA", 0), ("ABA", 1), ("ABB", 2), ("AAB", 3), ("ABC", 4)], ids=list(ROLES))
def test_each_role_by_its_definition(units, role):
    """Gould & Fernandez 1989, figure 1: i → j → k with no i → k gives j the role that the units of i, j, k name."""
    path = matrix(nx.DiGraph([(0, 1), (1, 2)]))
    found = roles(path, np.array([ord(unit) - ord("A") for unit in units]))
    assert found.to_numpy().tolist() == [[0] * 5, [float(place == role) for place in range(5)], [0] * 5]


def test_a_tie_between_the_ends_closes_the_path():
    """With i → k nobody brokers; with k → i alone each of the three brokers once."""
    closed = matrix(nx.DiGraph([(0, 1), (1, 2), (0, 2)]))
    ring = matrix(nx.DiGraph([(0, 1), (1, 2), (2, 0)]))
    assert roles(closed, np.zeros(3, dtype=int)).to_numpy().sum() == 0
    assert roles(ring, np.zeros(3, dtype=int))["coordinator"].tolist() == [1, 1, 1]


def test_nobody_of_unknown_unit_brokers_or_is_brokered():
    """Paths through or from a person of no known unit do not count, and that person's own counts are absent."""
    star = matrix(nx.DiGraph([(0, 1), (2, 1), (1, 3), (3, 2)]))
    found = roles(star, np.array([0, 0, -1, 1]))
    assert found.loc[1].tolist() == [0, 0, 0, 1, 0]
    assert found.loc[2].isna().all()


@pytest.mark.parametrize("seed", range(200))
def test_agreement_with_a_triple_loop(seed, monkeypatch):
    """200 random graphs with loops, weights and unknown units, in one block and in several."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 13))
    net = nx.gnp_random_graph(n, rng.uniform(0.1, 0.8), seed=seed, directed=True)
    units = rng.integers(-1, 3, n)
    given_net = matrix(net)
    given_net.data = rng.uniform(0.5, 3, len(given_net.data))
    given_net = (given_net + sparse.diags_array(np.ones(n))).tocsr()
    monkeypatch.setattr(brokerage, "PRODUCTS", 10 if seed % 2 else 10**6)
    assert np.array_equal(roles(given_net, units).to_numpy(), looped(net, units), equal_nan=True)


@given(st.integers(0, 10**6), st.integers(2, 12), st.integers(1, 4))
def test_an_undirected_network_lets_in_as_much_as_out(seed, n, units):
    """Symmetric ties: gatekeeper and representative are equal, and one unit alone has coordinators only."""
    codes = np.random.default_rng(seed).integers(0, units, n)
    found = roles(matrix(nx.gnp_random_graph(n, 0.4, seed=seed)), codes)
    assert (found["gatekeeper"] == found["representative"]).all()
    assert units > 1 or found.drop(columns="coordinator").to_numpy().sum() == 0


def test_expected_is_the_mean_over_labels_dealt_anew():
    """The closed form is the mean over every way to deal everybody else's label anew, the person's own unit kept."""
    units = np.array([0, 0, 0, 1, 1, 2])
    net = matrix(nx.gnp_random_graph(6, 0.5, seed=2, directed=True))
    known = expected(roles(net, units), units).to_numpy()
    for person in (0, 3, 5):
        deals = sorted(set(permutations(np.delete(units, person).tolist())))
        dealt = [roles(net, np.insert(deal, person, units[person])).to_numpy()[person] for deal in deals]
        assert known[person] == pytest.approx(np.mean(dealt, axis=0))


def test_expected_adds_up_to_what_is_brokered():
    """Expected roles of a person sum to the open paths through the person; absent where the unit is not known."""
    units = np.array([0, 0, 1, 1, 2, -1, 0, 1])
    found = roles(matrix(nx.gnp_random_graph(8, 0.4, seed=3, directed=True)), units)
    assert expected(found, units).sum(axis=1, skipna=False).to_numpy() == pytest.approx(
        found.sum(axis=1, skipna=False).to_numpy(), nan_ok=True
    )


def planted(seed: int) -> tuple[sparse.csr_array, np.ndarray]:
    """Three units, dense inside; person 0 alone, of the first, ties them to one another."""
    net = nx.random_partition_graph([15, 15, 15], 0.5, 0, seed=seed, directed=True)
    rng = np.random.default_rng(seed)
    far = rng.choice(np.arange(15, 45), 12, replace=False).tolist()
    net.add_edges_from([(0, other) for other in far[:8]] + [(other, 0) for other in far[4:]])
    return matrix(net), np.repeat([0, 1, 2], 15)


@pytest.mark.parametrize("seed", range(5))
def test_the_planted_broker_is_found(seed):
    """Whoever alone ties the units together has all the liaison, itinerant, gatekeeper and representative roles, and
    more of the last two than labels dealt anew would give; the others coordinate more than that."""
    net, units = planted(seed)
    found = roles(net, units)
    assert (found["representative"].idxmax(), found["gatekeeper"].idxmax(), found["liaison"].idxmax()) == (0, 0, 0)
    more = found - expected(found, units)
    assert more.loc[0, ["gatekeeper", "representative"]].sum() > 0
    assert (more["coordinator"][1:] > 0).all()


def test_totals_against_labels_dealt_anew():
    """Closed units: far more coordinators and fewer liaisons than dealt labels give, whose mean is P(AAA) of all paths."""
    net, units = planted(1)
    found = against_labels(net, units, 99, np.random.default_rng(1))
    total = sum(found[role].observed for role in ROLES)
    assert total == roles(net, units).to_numpy().sum()
    assert found["coordinator"].mean == pytest.approx(total * 3 * 15 * 14 * 13 / (45 * 44 * 43), rel=0.1)
    assert found["coordinator"].z > 5
    assert found["liaison"].z < -5
    assert found["coordinator"].p == pytest.approx(1 / 100)


@pytest.mark.slow
def test_units_that_mean_nothing_stand_out_of_chance_rarely():
    """Fifteen random graphs with random units: p is low in three at most."""
    low = 0
    for seed in range(15):
        rng = np.random.default_rng(seed)
        net = matrix(nx.gnp_random_graph(25, 0.15, seed=seed, directed=True))
        low += against_labels(net, rng.permutation(np.arange(25) % 3), 39, rng)["liaison"].p <= 0.05
    assert low <= 3
