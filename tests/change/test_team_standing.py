"""Where a team stands among others, and what it is without each member: by hand and by counting."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from synthetic import staff

from kithwork.change import team_search, team_worth
from kithwork.change.team_standing import Standing, stands

WEIGHTS = team_worth.weights(divergent=True)


def standing(half: np.ndarray, size: int, ready: np.ndarray | None = None) -> tuple[Standing, team_search.Search]:
    """Of the best of all teams where ties are these, the upper half of a matrix; and the search."""
    net, people = sparse.csr_array(half + half.T), len(half)
    unit = [chr(65 + one % 4) for one in range(people)]
    among = team_worth.candidates(net, net, staff(unit), np.arange(people), np.zeros(people) if ready is None else ready)
    found = team_search.best(among, np.arange(people), size, WEIGHTS, 0, np.random.default_rng(1))
    return stands(among, found, WEIGHTS), found


def random(seed: int) -> np.ndarray:
    """Random ties among ten people, the upper half."""
    rng = np.random.default_rng(seed)
    return np.triu(rng.random((10, 10)) < 0.3, 1) * rng.uniform(0.1, 1, (10, 10))


def test_members_of_apart_stars_add_their_own_leaves():
    """Three hubs with three, two and one leaves of their own, tied in a row: each adds its leaves, but for two steps."""
    half = np.zeros((9, 9))
    half[[0, 0, 0, 1, 1, 2], [3, 4, 5, 6, 7, 8]] = half[[0, 1], [1, 2]] = 1
    found, search = standing(half, 3, np.r_[3.0, 3.0, 3.0, [-1.0] * 6])
    assert search.team.tolist() == [0, 1, 2]
    assert found.reaches == pytest.approx([8, 9, 6], abs=1e-3)  # the middle one reaches everybody in two steps
    assert found.adds == pytest.approx([0, 0, 0], abs=1e-3)
    assert found.parts["reach"] == pytest.approx(9, abs=1e-3)


def test_member_alone_in_reaching_somebody_adds_them():
    """Two stars without a tie between them: without its hub, a star's people are reached no more."""
    half = np.zeros((9, 9))
    half[0, [3, 4, 5]] = half[1, [6, 7]] = half[0, 2] = 1
    found, search = standing(half, 3, np.r_[3.0, 3.0, 3.0, [-3.0] * 6])
    assert search.team.tolist() == [0, 1, 2]
    assert found.adds == pytest.approx([0, 3, 0], abs=1e-3)


@given(st.integers(0, 10**6))
def test_best_of_all_gives_way_to_no_other(seed):
    """No team is worth more, and none is as good on every part and better on one, by counting them one by one."""
    found, search = standing(random(seed), 3, np.random.default_rng(seed).normal(size=10))
    assert found.exact
    assert found.beats == 1
    assert found.no_worse == 0
    assert len(search.others) == len(list(combinations(range(10), 3)))


@given(st.integers(0, 10**6))
def test_worse_team_stands_where_counting_puts_it(seed):
    """Of any other team, both shares are what a loop over all teams counts."""
    half, rng = random(seed), np.random.default_rng(seed)
    net = sparse.csr_array(half + half.T)
    among = team_worth.candidates(net, net, staff(["A", "B"] * 5), np.arange(10), rng.normal(size=10))
    best = team_search.best(among, np.arange(10), 3, WEIGHTS, 0, rng)
    other = team_search.Search(np.sort(rng.choice(10, 3, replace=False)), best.worth, best.others, best.values, True)
    found = stands(among, other, WEIGHTS)
    worse = no_worse = 0
    for team in combinations(range(10), 3):
        parts = among.parts(np.array([team]))[0]
        gaps = [(part - own) * np.sign(way) for part, own, way in zip(parts, found.parts, WEIGHTS, strict=True)]
        no_worse += all(gap > -1e-9 for gap in gaps) and any(gap > 1e-9 for gap in gaps)
        worse += best.worth(np.array([team]))[0] <= found.worth + 1e-9
    assert found.beats == pytest.approx(worse / 120)
    assert found.no_worse == pytest.approx(no_worse / 120)
