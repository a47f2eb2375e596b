"""Positions: published values on known networks, and networkx on random ones."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import staff, ties

from kithwork.network.position import positions


def found(net: nx.Graph) -> pd.DataFrame:
    """Positions of a networkx graph's nodes 0 … n − 1, in that order."""
    return positions(ties(net.edges), staff([None] * net.number_of_nodes()))


@pytest.fixture(scope="module")
def karate() -> pd.DataFrame:
    """Positions in Zachary's karate club."""
    return found(nx.karate_club_graph())


@pytest.mark.parametrize(
    ("person", "constraint", "effective_size"),
    [(0, 0.1554, 13.75), (33, 0.1564, 15.2353), (2, 0.1852, 7.8), (11, 1.0, 1.0)],
)
def test_structural_holes_of_the_karate_club(karate, person, constraint, effective_size):
    """Burt's constraint and Borgatti's effective size of Zachary's club, unweighted, as igraph and networkx give them."""
    assert karate.loc[person, "constraint"] == pytest.approx(constraint, abs=5e-5)
    assert karate.loc[person, "effective_size"] == pytest.approx(effective_size, abs=5e-5)


@pytest.mark.parametrize(("person", "value"), [(0, 0.4376), (33, 0.3041), (32, 0.1452), (2, 0.1437)])
def test_betweenness_of_the_karate_club(karate, person, value):
    """Freeman's betweenness as a share of pairs: the widely printed values."""
    assert karate.loc[person, "betweenness"] == pytest.approx(value, abs=5e-5)


def test_worked_example_of_borgatti_1997():
    """The ten-tie example of Borgatti 1997 (Connections 20:35): effective size and constraint of A, B, C and G."""
    order = {letter: i for i, letter in enumerate("ABCDEFG")}
    net = nx.Graph([(order[a], order[b]) for a, b in ["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"]])
    rows = found(net).set_index(pd.Index(list("ABCDEFG")))
    assert rows["effective_size"][["G", "A", "B"]].tolist() == pytest.approx([4.667, 2.5, 1.667], abs=1e-3)
    assert rows["constraint"][["G", "A", "B", "C"]].tolist() == pytest.approx([0.400, 0.595, 0.643, 1.0], abs=1e-3)


def test_closed_triad_has_constraint_nine_eighths():
    """(1/2 + 1/4)² twice: 1.125, the known case above one."""
    assert found(nx.complete_graph(3))["constraint"].tolist() == pytest.approx([1.125] * 3)


def test_betweenness_of_the_kite():
    """Krackhardt's kite: 7 lies on 0.3889 of paths, 5 and 6 on 0.2315, 8 on 0.2222."""
    rows = found(nx.krackhardt_kite_graph())
    assert rows["betweenness"][[7, 5, 6, 8]].tolist() == pytest.approx([0.3889, 0.2315, 0.2315, 0.2222], abs=5e-5)


@given(st.integers(0, 10**6), st.integers(3, 25), st.floats(0.05, 0.6))
def test_agrees_with_networkx_on_random_graphs(seed, n, p):
    """Degree, constraint, effective size and betweenness are networkx's on any graph, isolates included."""
    net = nx.gnp_random_graph(n, p, seed=seed)
    rows = found(net)
    constraint = nx.constraint(net)
    size = nx.effective_size(net, nodes=list(net))
    between = nx.betweenness_centrality(net)
    assert rows["degree"].tolist() == [net.degree(i) for i in range(n)]
    assert rows["constraint"].to_numpy() == pytest.approx([constraint[i] for i in range(n)], nan_ok=True)
    assert rows["effective_size"].to_numpy() == pytest.approx([size[i] for i in range(n)], nan_ok=True)
    assert rows["betweenness"].to_numpy() == pytest.approx([between[i] for i in range(n)])


def test_isolates_have_no_constraint_and_no_effective_size():
    """Who has no ties is not unconstrained: the measure is absent."""
    rows = positions(ties([(0, 1)]), staff([None] * 3))
    assert rows.loc[[2], ["constraint", "effective_size"]].isna().all(axis=None)
    assert rows["degree"].tolist() == [1, 1, 0]


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_a_persons_position_does_not_depend_on_the_staff_lists_order(seed, random):
    """Shuffling people moves rows, not values."""
    net = nx.gnp_random_graph(10, 0.3, seed=seed)
    people = staff([None] * 10)
    order = list(range(10))
    random.shuffle(order)
    here = positions(ties(net.edges), people).set_index("person_id").sort_index()
    there = positions(ties(net.edges), people.iloc[order].reset_index(drop=True)).set_index("person_id").sort_index()
    assert np.allclose(here, there, equal_nan=True)
