"""Who hits most of given sets: by hand, and against every choice there is."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
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
def test_choice_has_its_bound(members, size):
    """No fewer than plain greedy choice, so 1 − 1/e of the most that any start hits; that is never more than `most`; hits
    are counted right."""
    sets = sets_of(*members)
    found = most_hit(sets, everybody(8), size)
    hit = {who: sum(bool(set(who) & set(each)) for each in members) for who in combinations(range(8), size)}
    assert hit[tuple(sorted(found.rows.tolist()))] == found.hit == hits(sets, found.rows)
    assert one_by_one(sets, 8, size) <= found.hit
    assert (1 - np.exp(-1)) * max(hit.values()) <= found.hit <= max(hit.values()) <= found.most <= len(members)


@given(members, st.integers(1, 3))
def test_bound_is_within_what_greedy_choice_proves_of_itself(members, size):
    """Never worse than the bound of the last one chosen: what is hit and the largest gains left beside it."""
    found = most_hit(sets_of(*members), everybody(8), size)
    left = [each for each in members if not set(each) & set(found.rows.tolist())]
    gains = sorted((sum(row in each for each in left) for row in range(8)), reverse=True)
    assert found.most <= found.hit + sum(gains[:size])


def columns(size: int) -> tuple[np.ndarray, np.ndarray]:
    """The case in which greedy choice hits least (Nemhauser, Wolsey & Fisher 1978): sets in `size` columns of equal height.

    Person size + j is in all of column j. Persons 0 to size - 1 are each in 1 / size of what those before leave of every
    column: as many sets as the rest of a column.
    """
    height = size**size
    taken = np.cumsum([0, *(height // size * (size - 1) ** at // size**at for at in range(size))])
    slices = np.searchsorted(taken, np.arange(height), side="right") - 1
    return sets_of(*([*([each] if each < size else []), size + one] for one in range(size) for each in slices.tolist()))


def one_by_one(sets: tuple[np.ndarray, np.ndarray], people: int, size: int) -> int:
    """Sets that plain greedy choice hits, equals to the lower row."""
    left = [set(part.tolist()) for part in np.split(sets[1], sets[0][1:-1])]
    many = len(left)
    for _ in range(size):
        best = max(range(people), key=lambda row: sum(row in each for each in left))
        left = [each for each in left if best not in each]
    return many - len(left)


@pytest.mark.parametrize(("size", "greedy"), [(2, 6 / 8), (3, 57 / 81), (4, 700 / 1024)])
def test_where_greedy_choice_is_worst_all_are_hit(size, greedy):
    """Plain greedy choice takes the trap and hits 1 − (1 − 1/k)^k of all sets; here all are hit, and proved to be all."""
    sets, many = columns(size), size ** (size + 1)
    assert one_by_one(sets, 2 * size, size) / many == pytest.approx(1 - (1 - 1 / size) ** size) == pytest.approx(greedy)
    found = most_hit(sets, everybody(2 * size), size)
    assert (found.hit, found.most) == (many, many)
    assert sorted(found.rows.tolist()) == list(range(size, 2 * size))


def test_trap_is_kept_where_the_better_may_not_start():
    """Two of three columns' people are no candidates: whom greedy choice takes is then the best there is."""
    found = most_hit(columns(3), np.array([True, True, True, True, False, False]), 3)
    assert (sorted(found.rows.tolist()), found.hit) == ([0, 1, 2], 57)


def test_a_swap_mends_the_first_choice():
    """Person 0 is in most sets, but half of them are person 1's and half person 2's: together those two hit all."""
    found = most_hit(sets_of([0, 1], [0, 1], [0, 1], [1], [1], [0, 2], [0, 2], [0, 2], [2], [2]), everybody(3), 2)
    assert (sorted(found.rows.tolist()), found.hit, found.most) == ([1, 2], 10, 10)


def test_nearly_all_starts_on_small_networks_are_best():
    """Of 30 drawn networks, against every start by brute force: 0.97 of the most in each, and the most in five of six."""
    shares = []
    for seed in range(30):
        rng = np.random.default_rng([9, seed])
        net = nx.to_scipy_sparse_array(nx.gnm_random_graph(12, 24, seed=seed), weight=None, dtype=float).tocsr()
        starts, people = reverse_reachable(net, rng.uniform(0.1, 0.4), 512, rng)
        holds = np.zeros((12, 512), dtype=bool)
        holds[people, np.repeat(np.arange(512), np.diff(starts))] = True
        most = max(int(holds[list(who)].any(axis=0).sum()) for who in combinations(range(12), 3))
        shares.append(most_hit((starts, people), everybody(12), 3).hit / most)
    assert min(shares) >= 0.97
    assert np.mean(np.array(shares) == 1) >= 5 / 6


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
