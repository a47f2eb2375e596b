"""Who hits most of given sets: by hand, and against every choice there is."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kithwork.change.hitting import hits, joined, most_hit
from kithwork.change.reversed_sets import reverse_reachable


def sets_of(*members: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Sets of people as one array, and where each begins."""
    return np.cumsum([0, *map(len, members)]), np.concatenate([np.array(each, dtype=int) for each in members])


def everybody(people: int) -> np.ndarray:
    """All may start."""
    return np.ones(people, dtype=bool)


def test_who_hits_most_sets_is_chosen_by_hand():
    """Person 1 is in three of five sets, then 3 in the two that are left; nobody could hit more."""
    found = most_hit(sets_of([0, 1], [1, 2], [1, 3], [3], [2, 3]), everybody(4), 2)
    assert found.rows.tolist() == [1, 3]
    assert (found.hit, found.most) == (5, 5)


def test_what_is_hit_already_counts_no_more():
    """Persons 0 and 1 are in the same three sets: the second is worth nothing beside the first, so 2 is taken."""
    assert most_hit(sets_of([0, 1], [0, 1], [0, 1], [2]), everybody(3), 2).rows.tolist() == [0, 2]


def test_equals_go_to_the_lower_row():
    """Four people in as many sets each: the first two rows; so do those who add nothing."""
    assert most_hit(sets_of([3], [2], [1], [0]), everybody(4), 2).rows.tolist() == [0, 1]
    assert most_hit(sets_of([2], [2]), everybody(4), 3).rows.tolist() == [2, 0, 1]


def test_only_candidates_start():
    """Whoever may not start is neither chosen nor counted in what the best start could hit."""
    found = most_hit(sets_of([0, 1], [0, 2], [0], [2]), np.array([False, True, True]), 1)
    assert (found.rows.tolist(), found.hit, found.most) == ([2], 2, 2)


def test_all_candidates_start_where_they_are_few():
    """Three people cannot be five starters."""
    found = most_hit(sets_of([0], [2], []), everybody(3), 5)
    assert (sorted(found.rows.tolist()), found.hit) == ([0, 1, 2], 2)


members = st.lists(st.lists(st.integers(0, 7), max_size=5, unique=True), min_size=1, max_size=25)


@given(members, st.integers(1, 4))
def test_greedy_choice_has_its_bound(members, size):
    """At least 1 − 1/e of the most that any start hits, which is never more than `most`; hits are counted right."""
    sets = sets_of(*members)
    found = most_hit(sets, everybody(8), size)
    hit = {who: sum(bool(set(who) & set(each)) for each in members) for who in combinations(range(8), size)}
    assert hit[tuple(sorted(found.rows.tolist()))] == found.hit == hits(sets, found.rows)
    assert (1 - np.exp(-1)) * max(hit.values()) <= found.hit <= max(hit.values()) <= found.most <= len(members)


@given(members, st.integers(1, 3))
def test_bound_is_within_what_greedy_choice_proves_of_itself(members, size):
    """Never worse than the bound of the last one chosen: what is hit and the largest gains left beside it."""
    found = most_hit(sets_of(*members), everybody(8), size)
    left = [each for each in members if not set(each) & set(found.rows.tolist())]
    gains = sorted((sum(row in each for each in left) for row in range(8)), reverse=True)
    assert found.most <= found.hit + sum(gains[:size])


def test_bound_is_sharp_for_sets_of_a_cascade():
    """In the karate club greedy choice hits as many of 4,096 sets as any three or five could, and that is proved."""
    net = nx.to_scipy_sparse_array(nx.karate_club_graph(), weight=None, dtype=float).tocsr()
    sets = reverse_reachable(net, 0.1, 4096, np.random.default_rng(1))
    for size in (3, 5):
        found = most_hit(sets, everybody(34), size)
        assert found.most == found.hit


def test_collections_are_joined_in_order():
    """Two and one sets, of which one is empty, are three."""
    starts, people = joined([sets_of([0, 1], []), sets_of([2])])
    assert (starts.tolist(), people.tolist()) == ([0, 2, 2, 3], [0, 1, 2])
