"""The reach of a start: best starters against random ones."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from synthetic import settings, staff, ties

from kithwork.change import start
from kithwork.claims import Ledger
from kithwork.network.graph import adjacency

SET_TO = settings(change={"starters": 5, "random_starts": 199, "resamples": 200})


def of(net: nx.Graph, set_to=SET_TO, seed: int = 1):
    """The scenario on a networkx graph."""
    matrix = adjacency(ties(net.edges), staff([None] * net.number_of_nodes()))
    return start.scenario(matrix, set_to, np.random.default_rng(seed))


def test_reach_of_the_karate_club_by_hand():
    """Five starters can touch all 34 members but few; five random ones touch about half."""
    best, chance = of(nx.karate_club_graph())
    assert best.estimate >= 31 / 34
    assert chance.estimate < best.estimate
    assert 0 < chance.low < chance.estimate < chance.high <= 1
    assert (best.n, chance.n) == (34, 34)


def test_random_starters_touch_what_arithmetic_says():
    """On a ring of 40, each starter touches three people; sets overlap: 1 − C(37, 5)/C(40, 5) of people are touched."""
    missed = np.prod([(37 - i) / (40 - i) for i in range(5)])
    _, chance = of(nx.cycle_graph(40))
    assert chance.estimate == pytest.approx(1 - missed, abs=0.02)


def test_best_starters_are_at_least_as_good_as_random_ones():
    """On any graph the chosen set touches at least the mean of random sets."""
    for seed in range(10):
        best, chance = of(nx.gnp_random_graph(30, 0.1, seed=seed), seed=seed)
        assert best.estimate >= chance.estimate


def claimed(net: nx.Graph, set_to=SET_TO):
    """The claims of a start, by id."""
    ledger = Ledger("change")
    start.claims(*of(net, set_to), set_to, ledger)
    return ledger.frame().set_index("id")


def test_claims_stand_beside_chance():
    """The reach of the best start carries that of random ones as its reference; both are scenarios."""
    frame = claimed(nx.karate_club_graph())
    assert set(frame.index) == {"change.reach_best", "change.reach_random"}
    assert frame.loc["change.reach_best", "reference"] == pytest.approx(frame.loc["change.reach_random", "estimate"])
    assert set(frame["scope"]) == {"scenario"}


def test_without_ties_no_reach_is_claimed():
    """Five people of forty touch themselves: that is no finding about a start."""
    assert claimed(nx.empty_graph(40)).empty
    assert claimed(nx.empty_graph(4)).empty


def test_starters_fewer_than_asked_where_staff_is_small():
    """A staff of three has three starters at most."""
    best, chance = of(nx.path_graph(3))
    assert (best.estimate, chance.estimate) == (1, 1)
