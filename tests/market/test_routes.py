"""Separate routes to a part of the market: how many people must leave before nobody else reaches it."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import staff, ties

from kithwork.market.routes import counted, routes
from kithwork.network.graph import adjacency


def net(pairs: list[tuple[int, int]], people: int = 7):
    """Symmetric ties of so many people."""
    return adjacency(ties(pairs), staff(["A"] * people))


def holding(*who: int, people: int = 7) -> np.ndarray:
    """Who has a tie to the market."""
    return np.isin(np.arange(people), who)


def test_routes_by_hand():
    """Three who hold ties and know one colleague only have one route, through that colleague; a second opens another."""
    star = [(0, 3), (1, 3), (2, 3), (3, 4)]
    assert routes(net(star), holding(0, 1, 2)) == 1
    assert routes(net([*star, (2, 5)]), holding(0, 1, 2)) == 2


def test_no_route_without_a_tie_on_either_side():
    """Nobody holds a tie, everybody does, or those who do know nobody else."""
    pairs = [(0, 1), (2, 3)]
    assert [routes(net(pairs), held) for held in (holding(), holding(*range(7)), holding(0, 1))] == [0, 0, 0]


@given(st.integers(0, 10**6))
def test_agrees_with_the_vertex_connectivity_of_networkx(seed):
    """Menger: the fewest people without whom no way is left from anybody else to the market, among all the ties there are,
    ways over several holders too."""
    rng = np.random.default_rng(seed)
    pairs = [(a, b) for a in range(9) for b in range(a) if rng.random() < 0.25]
    held = rng.random(9) < 0.4
    graph = nx.Graph(pairs)
    graph.add_nodes_from(range(9))
    graph.add_edges_from(("market" if has else "others", person) for person, has in enumerate(held))
    graph.add_nodes_from(["market", "others"])
    assert routes(net(pairs, 9), held) == nx.node_connectivity(graph, "others", "market")


def test_interval_is_found_again_and_holds_the_count():
    """Five holders with colleagues of their own have five routes; the same generator gives the same interval."""
    links, held = net([(i, i + 10) for i in range(5)], 40), {"customer": holding(*range(5), people=40)}
    one, two = (counted(links, held, np.random.default_rng(5)) for _ in range(2))
    assert one == two
    assert one["customer"].estimate == pytest.approx(5)
    assert 0 <= one["customer"].low < 5 < one["customer"].high


def test_interval_holds_what_the_organisation_has():
    """Of 60 samples of 150 people of one organisation of 1,500 with planted ties, at least 90 % of intervals hold the mean
    routes of such samples."""
    rng = np.random.default_rng(6)
    whole = net(list(nx.gnm_random_graph(1500, 30_000, seed=1).edges), 1500)
    held = rng.random(1500) < 0.2
    samples = [rng.choice(1500, 150, replace=False) for _ in range(60)]
    true = np.mean([routes(whole[who][:, who], held[who]) for who in samples])
    found = [counted(whole[who][:, who], {"customer": held[who]}, rng, 30)["customer"] for who in samples]
    assert np.mean([one.low <= true <= one.high for one in found]) >= 0.9
