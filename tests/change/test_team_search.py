"""The search for a team: all teams tried where they are few; else nearly as good as the best there is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from synthetic import staff

from kithwork.change import team_search, team_worth
from kithwork.change.team_worth import Candidates, weights

DIVERGENT = weights(divergent=True)


def candidates(seed: int, people: int = 40, some: int = 16, planted: tuple[int, ...] = ()) -> Candidates:
    """Candidates of a random organisation; `planted` are tied and trusted among each other, widely tied, and ready."""
    rng = np.random.default_rng(seed)
    half = np.triu(rng.random((people, people)) < 0.08, 1) * rng.uniform(0.2, 1, (people, people))
    unit = rng.choice(list("ABCDE"), people)
    ready = rng.normal(size=people)
    for at, one in enumerate(planted):
        half[one, list(planted)] = half[list(planted), one] = 1
        unit[one], ready[one] = "PQRST"[at], 3
        half[one, some + at :: len(planted)] = 1
    np.fill_diagonal(half, 0)
    both = np.maximum(half, half.T)
    trust = sparse.csr_array(both * (both > 0.6))
    return team_worth.candidates(sparse.csr_array(both), trust, staff(list(unit)), np.arange(some), ready)


def searched(among: Candidates, size: int, monkeypatch, seed: int = 1) -> team_search.Search:
    """What the search finds where it may not try all teams."""
    with monkeypatch.context() as patch:
        patch.setattr(team_search, "ALL", 0)
        return team_search.best(among, np.arange(len(among.rows)), size, DIVERGENT, 0, np.random.default_rng(seed))


def tried(among: Candidates, size: int) -> team_search.Search:
    """What trying all finds."""
    return team_search.best(among, np.arange(len(among.rows)), size, DIVERGENT, 0, np.random.default_rng(1))


@pytest.mark.parametrize("size", [3, 4, 5])
def test_search_is_nearly_as_good_as_the_best(size, monkeypatch):
    """On twelve organisations, at least .95 of what the best of all teams is worth above random ones."""
    for seed in range(12):
        among = candidates(seed)
        exact = tried(among, size)
        assert exact.exact
        [most, found] = exact.worth(np.array([exact.team, searched(among, size, monkeypatch).team]))
        assert most == exact.values.max()
        assert found >= 0.95 * most


@pytest.mark.parametrize("way", ["tried", "searched"])
def test_planted_team_is_found(way, monkeypatch):
    """Five who trust each other, of five units, ready and tied to different people, are the team, whoever else there is."""
    for seed in range(6):
        planted = tuple(np.sort(np.random.default_rng(seed).choice(16, 5, replace=False)).tolist())
        among = candidates(seed, planted=planted)
        found = tried(among, 5) if way == "tried" else searched(among, 5, monkeypatch)
        assert tuple(found.team.tolist()) == planted


def test_worth_is_the_weighted_mean_of_parts_on_one_scale():
    """0 where the mean of all teams lies; each part over the way from its worst to its best, which no team is beyond."""
    among = candidates(2)
    found = tried(among, 4)
    assert found.values.mean() == pytest.approx(0, abs=1e-6)
    best, worst = team_search._ends(among, np.arange(16), 4, DIVERGENT, found.others)
    own, heavy = among.parts(found.team[None])[0], np.abs(DIVERGENT)
    by_hand = ((own - found.others.mean(axis=0)) / (best - worst) * heavy).sum() / heavy.sum()
    assert found.worth(found.team[None])[0] == pytest.approx(by_hand)
    up = DIVERGENT > 0
    assert (np.where(up, found.others <= best + 1e-5, found.others >= best - 1e-5)).all()
    assert (np.where(up, found.others >= worst - 1e-5, found.others <= worst + 1e-5)).all()


def test_parts_in_which_teams_do_not_differ_count_nothing():
    """Where nobody is tied and all are alike, every team is worth the same, and the first is taken."""
    nobody = sparse.csr_array((8, 8))
    among = team_worth.candidates(nobody, nobody, staff(["A"] * 8), np.arange(8), np.zeros(8))
    found = tried(among, 3)
    assert found.team.tolist() == [0, 1, 2]
    assert np.ptp(found.values) == 0


@given(st.integers(0, 10**6))
def test_search_takes_only_who_is_free(seed):
    """Those whom an earlier team took are not taken again."""
    among = candidates(seed, people=20, some=12)
    free = np.sort(np.random.default_rng(seed).choice(12, 7, replace=False))
    found = team_search.best(among, free, 3, DIVERGENT, 0, np.random.default_rng(seed))
    assert set(found.team) <= set(free)
    assert len(set(found.team)) == 3


def test_search_gives_the_same_every_time(monkeypatch):
    """Its only chance is the generator it is given."""
    among = candidates(4)
    first, again = (searched(among, 4, monkeypatch) for _ in range(2))
    assert first.team.tolist() == again.team.tolist()
    assert (first.values == again.values).all()


def test_found_team_stands_beside_a_thousand_random_ones(monkeypatch):
    """As many as stated, or more where more are asked for; none is worth more."""
    among = candidates(5)
    found = searched(among, 4, monkeypatch)
    assert len(found.values) == team_search.RANDOM == 1000
    assert found.values.max() <= found.worth(found.team[None])[0] + 1e-9
