"""The E-I index: published values, its expectation from sizes alone, and an honest p value."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from synthetic import HOME, staff, ties

from kithwork import cleaning, params, readers
from kithwork.network import boundaries
from kithwork.ties import contact


def karate() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ties and people of Zachary's karate club, the two factions as units."""
    net = nx.karate_club_graph()
    return ties(net.edges), staff([net.nodes[i]["club"] for i in net])


def of_graph(net: nx.Graph, units: list, permutations: int = 99, seed: int = 1) -> boundaries.Boundary:
    """E-I of a whole random graph."""
    return boundaries.whole(ties(net.edges), staff(units), 100, permutations, np.random.default_rng(seed))


def test_factions_of_the_karate_club():
    """11 of 78 ties cross the factions: E-I = (11 − 67)/78 = −0.7179, far below what their sizes give (about 0)."""
    frame, people = karate()
    found = boundaries.whole(frame, people, 200, 199, np.random.default_rng(1))
    assert found.index.estimate == pytest.approx(-0.7179, abs=5e-5)
    assert found.index.n == 34
    assert found.expected == pytest.approx(1 - 2 * 2 * (17 * 16 / 2) / (34 * 33 / 2))
    assert found.p == pytest.approx(1 / 200)
    assert found.index.high < found.expected


def test_departments_of_the_french_office(monkeypatch):
    """The `office` study, read as it is published from: 211 people, 932 ties, E-I of departments −0.4700."""
    monkeypatch.setattr(params, "ROOT", HOME)
    settings = params.load("office")
    tables = cleaning.clean(readers.read(settings), settings)
    people = tables["people"]
    met = contact.between(tables["interactions"], people)
    assert (len(people), len(met), people["unit"].nunique()) == (211, 932, 12)
    found = boundaries.whole(met[["a_id", "b_id"]], people, 100, 99, np.random.default_rng(1))
    assert found.index.estimate == pytest.approx(-0.4700, abs=5e-5)


def test_e_i_by_hand():
    """All within −1, all across +1, three of four across 0.5; without ties there is no index."""
    assert boundaries.e_i(np.array([0, 2, 3, 0]), np.array([3, 0, 1, 0])) == pytest.approx(
        [-1, 1, 0.5, np.nan], nan_ok=True
    )


def test_by_person_and_unit_by_hand():
    """A: 0, 1, 2; B: 3, 4; one person in no unit, whose ties are left out."""
    frame = ties([(0, 1), (1, 2), (2, 3), (1, 3), (3, 4), (4, 5)])
    people = staff(["A", "A", "A", "B", "B", None])
    assert boundaries.by_person(frame, people) == pytest.approx([-1, -1 / 3, 0, 1 / 3, -1, np.nan], nan_ok=True)
    found = boundaries.by_unit(frame, people, 200, np.random.default_rng(1))
    assert found["A"].index.estimate == 0
    assert found["B"].index.estimate == pytest.approx(1 / 3)
    assert found["A"].expected == pytest.approx((3 * 2 - 3) / (3 * 2 + 3))
    assert found["B"].expected == pytest.approx((2 * 3 - 1) / (2 * 3 + 1))
    assert (found["A"].index.n, found["B"].index.n) == (3, 2)


def test_expected_is_the_mean_over_shuffled_units():
    """The closed form for "ties dealt evenly" is what shuffling the units gives on average."""
    rng = np.random.default_rng(2)
    units = np.array(["A"] * 20 + ["B"] * 12 + ["C"] * 8)
    net = nx.gnp_random_graph(40, 0.1, seed=3)
    a, b = np.array(net.edges).T
    shuffled = [
        boundaries.e_i((u[a] != u[b]).sum(), (u[a] == u[b]).sum()) for u in (rng.permutation(units) for _ in range(800))
    ]
    assert of_graph(net, list(units)).expected == pytest.approx(np.mean(shuffled), abs=0.02)


def test_p_is_uniform_where_units_mean_nothing():
    """Over 60 organisations with shuffled units, p is uniform (Kolmogorov-Smirnov): no more false alarms than stated."""
    rng = np.random.default_rng(4)
    found = []
    for seed in range(60):
        units = rng.permutation(["A"] * 25 + ["B"] * 20 + ["C"] * 15).tolist()
        found.append(of_graph(nx.gnp_random_graph(60, 0.12, seed=seed), units, 199, seed).p)
    assert stats.kstest(found, "uniform").pvalue > 0.01


def test_planted_silos_are_found():
    """Units with dense insides are told from chance in every one of ten organisations."""
    sizes = [20, 20, 20]
    for seed in range(10):
        net = nx.random_partition_graph(sizes, 0.3, 0.02, seed=seed)
        found = of_graph(net, [unit for unit, size in zip("ABC", sizes, strict=True) for _ in range(size)], 199, seed)
        assert found.p < 0.02
        assert found.index.high < found.expected


@given(st.integers(0, 10**6), st.integers(6, 20), st.integers(2, 4))
def test_index_counts_ties_across_and_within(seed, n, groups):
    """On any graph and any units: E-I from networkx's edges, and intervals that hold it within −1 and 1."""
    net = nx.gnp_random_graph(n, 0.4, seed=seed)
    units = [f"u{i % groups}" for i in range(n)]
    across = sum(units[a] != units[b] for a, b in net.edges)
    if not net.number_of_edges():
        return
    found = of_graph(net, units)
    assert found.index.estimate == pytest.approx((2 * across - net.number_of_edges()) / net.number_of_edges())
    assert -1 <= found.index.low <= found.index.estimate <= found.index.high <= 1
    assert 0 < found.p <= 1


def test_parts_change_nothing_and_many_ties_take_fewer_draws(monkeypatch):
    """Draws in blocks of one are the same intervals; above so many ties fewer are drawn, and no fewer than said."""
    rng = np.random.default_rng(1)
    people = pd.DataFrame({"person_id": [f"p{i:02d}" for i in range(40)], "unit": np.repeat(["a", "b"], 20)})
    pairs = np.unique(np.sort(rng.integers(40, size=(120, 2)), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] < pairs[:, 1]]
    ids = people["person_id"].to_numpy()
    between = pd.DataFrame({"a_id": ids[pairs[:, 0]], "b_id": ids[pairs[:, 1]]})
    at_once = boundaries.by_unit(between, people, 200, np.random.default_rng(2))
    monkeypatch.setattr(boundaries, "CELLS", 1)
    assert boundaries.by_unit(between, people, 200, np.random.default_rng(2)) == at_once
    monkeypatch.setattr(boundaries, "WEIGHED", 1)
    few = boundaries.by_unit(between, people, 200, np.random.default_rng(2))
    assert few == boundaries.by_unit(between, people, boundaries.FEWEST, np.random.default_rng(2))
