"""With whom a change is started, for each way that a scenario may name."""

from __future__ import annotations

from typing import get_args

import networkx as nx
import numpy as np
import pytest
from scipy import sparse
from synthetic import settings, staff

from kithwork.change.starts import Missing, drawn_in_each, managing, starters
from kithwork.chapters import Start

SET_TO = settings(change={"weeks": 8})
STAR = nx.to_scipy_sparse_array(nx.star_graph(11), weight=None, dtype=float).tocsr()
MANAGERS = [None, "p000", "p000", "p001", "p001", "p001", "p002", "p002", None, None, None, "p011"]
"""Person 0 on top, then 1 with three reports and 2 with two; 8 to 10 are outside the tree, as is 11, its own manager."""


def rows(way: Start, size: int = 3, candidates=None, net=STAR, managers=MANAGERS, ready=None, **more):
    """The starters of twelve people, as a list, or what is missing."""
    people = staff([None] * 12, manager_id=managers) if managers else staff([None] * 12)
    may = np.ones(12, dtype=bool) if candidates is None else candidates
    z = np.zeros(12) if ready is None else ready
    found = starters(way, net, people, z, may, size, SET_TO, np.random.default_rng(1), **more)
    return found if isinstance(found, Missing) else found.tolist()


def test_every_way_of_the_settings_is_known():
    """Each has people to start with, or says in words what is missing."""
    teams = [np.array([1, 2, 3])]
    for way in get_args(Start):
        found = rows(way, ready=np.arange(12.0), teams=teams)
        assert (found == []) == (way == "nobody")
        assert len(found) <= 3


def test_nobody_is_nobody():
    """A campaign without starters."""
    assert rows("nobody") == []


def test_random_starters_are_drawn_evenly_from_candidates():
    """In 2,000 worlds each of four candidates starts in half, where two of them do; nobody else ever."""
    may = np.isin(np.arange(12), [1, 4, 6, 9])
    drawn = drawn_in_each(may, 2, 2_000, np.random.default_rng(3))
    assert (drawn.sum(axis=1) == 2).all()
    assert not drawn[:, ~may].any()
    assert drawn[:, may].mean(axis=0) == pytest.approx(0.5, abs=0.04)
    assert set(rows("random", candidates=may)) <= {1, 4, 6, 9}


def test_managers_start_from_the_top():
    """The top, then who has most reports; where managers are too few, those who report to the top's managers."""
    assert rows("managers", 1) == [0]
    assert rows("managers", 2) == [0, 1]
    assert rows("managers", 3) == [0, 1, 2]
    assert rows("managers", 5) == [0, 1, 2, 3, 4]


def test_people_outside_the_tree_are_no_managers():
    """Eight people are in it: no more start, however many are asked for."""
    assert rows("managers", 12) == list(range(8))
    assert np.isinf(managing(staff([None] * 12, manager_id=MANAGERS))[8:]).all()


def test_a_ring_of_managers_has_no_top():
    """Three who manage one another come after a tree with a top, and are managers all the same."""
    place = managing(staff([None] * 6, manager_id=["p002", "p000", "p001", None, "p003", "p003"]))
    assert np.argsort(place).tolist() == [3, 0, 1, 2, 4, 5]


def test_most_tied_are_those_whom_others_heed_most():
    """The hub first, then the lower rows; by weight rather than number."""
    assert rows("most_tied", 2) == [0, 1]
    heavy = sparse.csr_array(([0.9, 0.4, 0.4], ([1, 2, 3], [7, 5, 5])), shape=(12, 12))
    assert rows("most_tied", 1, net=heavy) == [7]


def test_ready_are_those_most_ready():
    """Highest readiness, unknown as the mean; equals by lower row."""
    assert rows("ready", 2, ready=np.array([-1, 0, 0, 2, 0, 1.0, *[0] * 6])) == [3, 5]
    assert rows("ready", 3, ready=np.array([-1, 0, 0, 2, 0, 1.0, *[0] * 6])) == [1, 3, 5]


def test_placed_start_where_most_is_reached():
    """The hub of a star."""
    assert 0 in rows("placed", 2)


def test_teams_start_whole():
    """As many as have the number asked for together, the first one always."""
    teams = [np.array([3, 1]), np.array([5, 6]), np.array([1, 8])]
    assert rows("teams", 4, teams=teams) == [1, 3, 5, 6]
    assert rows("teams", 5, teams=teams) == [1, 3, 5, 6, 8]
    assert rows("teams", 1, teams=teams) == [1, 3]


@pytest.mark.parametrize("way", ["random", "managers", "most_tied", "ready", "placed"])
def test_only_candidates_start(way):
    """Whoever may not start does not, and fewer start where fewer may."""
    may = np.isin(np.arange(12), [2, 3, 7])
    assert rows(way, 5, candidates=may, ready=np.arange(12.0)) == [2, 3, 7]


def test_what_is_missing_is_said_in_words():
    """No managers known, no ties, no answers, no teams: what would have to be brought."""
    for found in (
        rows("managers", managers=None),
        rows("managers", candidates=np.arange(12) > 7),
        rows("most_tied", net=sparse.csr_array((12, 12))),
        rows("placed", net=sparse.csr_array((12, 12))),
        rows("ready"),
        rows("teams"),
        *(rows(way, candidates=np.zeros(12, dtype=bool)) for way in ("managers", "most_tied", "ready")),
    ):
        assert isinstance(found, Missing)
        assert found.needs.endswith(".")
