"""Positions: published values on known networks, and networkx on random ones."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import staff, ties

from kithwork.network import position, standing
from kithwork.tables import POSITIONS

NOBODY = pd.DataFrame({"ego_id": [], "alter_id": [], "relation": []}, dtype="str")


def study(pairs, units: list, names: list[tuple[int, int]] = (), answered: list[int] = ()) -> position.Network:
    """The network of ties between people by number, and of names given."""
    people = staff(units)
    ids = people["person_id"]
    named = pd.DataFrame([(ids[a], ids[b], "GF") for a, b in names], columns=NOBODY.columns) if names else NOBODY
    return position.of(people, ties(pairs), named, ids[list(answered)], directed=True)


def found(net: nx.Graph) -> pd.DataFrame:
    """Positions of a networkx graph's nodes 0 … n − 1, in that order."""
    return position.positions(study(net.edges, [None] * net.number_of_nodes()), np.random.default_rng(1))


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
    """Who has no ties is not unconstrained: the measure is absent, and so is a community."""
    rows = position.positions(study([(0, 1)], [None] * 3), np.random.default_rng(1))
    assert rows.loc[[2], ["constraint", "effective_size", "community"]].isna().all(axis=None)
    assert rows["degree"].tolist() == [1, 1, 0]


def test_names_count_those_who_answered():
    """0 and 1 name each other, 0 names 2, who did not answer: 2 could not return it, and names nobody known."""
    net = study([(0, 1), (0, 2)], ["A", "A", "B"], [(0, 1), (1, 0), (0, 2)], [0, 1])
    rows = position.positions(net, np.random.default_rng(1))
    assert rows["named_by"].tolist() == [1, 1, 1]
    assert rows["names"].tolist()[:2] == [2, 1]
    assert rows["returned"].tolist()[:2] == [1, 1]
    assert rows.loc[[2], ["names", "returned"]].isna().all(axis=None)


def test_without_names_nothing_is_said_of_them():
    """Contact alone: who is named by how many is absent, not zero."""
    rows = position.positions(study([(0, 1)], ["A", "B"]), np.random.default_rng(1))
    assert rows[["named_by", "names", "returned"]].isna().all(axis=None)
    assert rows["pagerank"].tolist() == pytest.approx([0.5, 0.5])


def test_positions_fulfil_their_contract():
    """On a random organisation with units, names and people of no unit: one row a person, in their order."""
    net = nx.gnp_random_graph(30, 0.2, seed=2)
    names = [(a, b) for a, b in net.edges if (a + b) % 3]
    whole = study(net.edges, ["A", "B", None] * 10, names, list(range(25)))
    rows = position.positions(whole, np.random.default_rng(1))
    assert rows["person_id"].tolist() == whole.people["person_id"].tolist()
    assert POSITIONS.checked(rows)["e_i"].notna().sum() > 10


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_a_persons_position_does_not_depend_on_the_staff_lists_order(seed, random):
    """Shuffling people moves rows, not values; communities, which are found by lot, apart."""
    net = nx.gnp_random_graph(10, 0.3, seed=seed)
    order = list(range(10))
    random.shuffle(order)
    here = study(net.edges, [None] * 10)
    there = position.Network(here.people.iloc[order].reset_index(drop=True), here.ties, None, here.respondents)
    rows = [
        position.positions(one, np.random.default_rng(1)).set_index("person_id").sort_index()
        .drop(columns=["unit", "community", "in_core"]).astype(float)
        for one in (here, there)
    ]  # fmt: skip
    assert np.allclose(*rows, equal_nan=True)


@pytest.mark.parametrize("names", [[(a, b) for a in range(12) for b in range(14) if a != b], [(a, 13) for a in range(12)]])
def test_respondents_who_all_name_all_or_none_are_not_learned_from(names):
    """Twelve of fourteen answered, and of each other name everybody, or nobody: people are then ranked by ties."""
    one = study(names, [None] * 14, names, range(12))
    assert one.among_respondents is None
    assert not standing.standings(one, 4, np.random.default_rng(1)).empty
    assert standing.silence(one, np.random.default_rng(1)).empty
