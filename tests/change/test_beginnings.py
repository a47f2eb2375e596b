"""Who begins each scenario: among those who have not adopted, alike for two of one kind, or what it would take."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from synthetic import settings, staff

from kithwork.change.beginnings import OTHERS, beginnings
from kithwork.change.starts import ANSWERS, MANAGERS, TEAMS, TIES, Missing
from kithwork.claims import Ledger

WAYS = ("random", "managers", "most_tied", "ready", "placed", "teams", "nobody")


def begun(graph: nx.Graph, adopted=None, teams=(), z=None, scenarios=None, **columns):
    """Who begins on a graph; by default each way to start once, with five starters, and nobody has adopted."""
    n = graph.number_of_nodes()
    asked = scenarios or {name: {"start": name} for name in WAYS}
    set_to = settings(change={"starters": 5, "worlds": 100, "weeks": 6, "scenarios": asked})
    net = nx.to_scipy_sparse_array(graph, dtype=float, format="csr")
    adopted = np.zeros(n, dtype=bool) if adopted is None else adopted
    z = np.zeros(n) if z is None else z
    return beginnings(net, staff([None] * n, **columns), z, adopted, teams, set_to, np.random.default_rng(2))


def test_who_has_adopted_is_not_asked_to_start():
    """Under every way to start, in every world, starters are among the others, five of them; nobody starts for nobody."""
    graph = nx.gnp_random_graph(30, 0.2, seed=1)
    adopted = np.arange(30) % 3 == 0
    managers = ["p001"] * 10 + ["p002"] * 10 + ["p004", "p005", "p007", "p008", *["p010"] * 6]
    teams, z = [np.array([1, 2, 4, 5, 7])], np.linspace(-1, 1, 30)
    of = begun(graph, adopted, teams, z, manager_id=managers).of
    assert (of["random"].sum(axis=1) == 5).all()
    assert not of["random"][:, adopted].any()
    for name in ("managers", "most_tied", "ready", "placed", "teams"):
        assert len(of[name]) == 5
        assert not adopted[of[name]].any()
    assert len(of["nobody"]) == 0


def test_what_data_do_not_allow_says_what_it_takes():
    """No managers, no answers, no teams: each says so, and nothing else is missing."""
    of = begun(nx.cycle_graph(20)).of
    lacking = {name: one for name, one in of.items() if isinstance(one, Missing)}
    assert lacking == {"managers": MANAGERS, "ready": ANSWERS, "teams": TEAMS}


def test_without_ties_nothing_is_started():
    """Where nobody is tied to anybody nothing spreads, and no scenario pretends that it does."""
    found = begun(nx.empty_graph(20))
    assert set(map(id, found.of.values())) == {id(TIES)}
    assert found.placed is None


def test_where_everybody_has_adopted_nobody_is_left():
    """Only the scenario that nobody starts can still be played."""
    of = begun(nx.cycle_graph(12), np.ones(12, dtype=bool)).of
    assert {name for name, one in of.items() if one is not OTHERS} == {"nobody"}


def test_starters_never_exceed_those_who_are_left():
    """Asked for eight where three have not adopted, three start."""
    ways = {name: {"start": name, "starters": 8} for name in ("random", "most_tied", "placed")}
    of = begun(nx.cycle_graph(12), np.arange(12) > 2, scenarios=ways).of
    assert (of["random"].sum(axis=1) == 3).all()
    assert sorted(of["most_tied"]) == sorted(of["placed"]) == [0, 1, 2]


def test_one_way_and_number_under_two_names_are_the_same_people():
    """Random starters too, world by world; of two that differ in numbers the larger has all of the smaller's."""
    ways = {"one": {"start": "random"}, "two": {"start": "random"}, "more": {"start": "random", "starters": 9}}
    of = begun(nx.cycle_graph(25), scenarios=ways).of
    assert (of["one"] == of["two"]).all()
    assert (of["more"] >= of["one"]).all()
    assert len(np.unique(of["one"], axis=0)) > 50


def test_placed_start_is_for_those_who_are_left():
    """A hub of people who have all adopted is passed over for a smaller one of people who have not."""
    graph = nx.disjoint_union(nx.star_graph(20), nx.star_graph(9))
    adopted = np.isin(np.arange(31), np.arange(1, 21))
    ways = {"placed": {"start": "placed", "starters": 5}}
    found = begun(graph, adopted, scenarios=ways)
    assert 21 in found.of["placed"]
    assert found.people == 11
    assert 21 in found.placed.rows


def test_placed_start_among_people_who_are_not_tied():
    """Where only those who have adopted are tied to the others, any start is as good: five people, and no failure."""
    found = begun(nx.star_graph(20), np.arange(21) == 0, scenarios={"placed": {"start": "placed"}})
    assert len(np.setdiff1d(found.of["placed"], [0])) == 5


def test_bound_is_that_of_the_placed_start():
    """What is certain of the chosen start is claimed; nothing where no scenario has one."""
    ledger = Ledger("change")
    begun(nx.star_graph(30)).claims(ledger)
    frame = ledger.frame().set_index("id")
    assert frame.loc["change.start_bound", "estimate"] == pytest.approx(1, abs=0.2)
    assert begun(nx.star_graph(30), scenarios={"random": {"start": "random"}}).placed is None
