"""Spread by thresholds and by cascade: published results, every world of small cases, plain loops, what always holds."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from live_worlds import small, weeks_from, worlds
from random_networks import matrix
from scipy import sparse

from kithwork.change import diffusion
from kithwork.change.diffusion import NEVER, Worlds, cascade, curves, thresholds


def same(enough: np.ndarray, worlds: int = 1) -> Worlds:
    """Worlds in which nobody adopts alone, and all follow in the week after enough have."""
    enough = np.broadcast_to(enough, (worlds, len(enough)))
    return Worlds(np.full(enough.shape, NEVER, dtype=np.int16), enough, np.ones(enough.shape, dtype=np.int16))


def drawn(seed: int) -> tuple[sparse.csr_array, np.ndarray, Worlds]:
    """A random network, directed, weighted in quarters, with isolates; starters; worlds with ties at thresholds."""
    rng = np.random.default_rng(seed)
    people, count = int(rng.integers(1, 12)), int(rng.integers(1, 5))
    held = (rng.random((people, people)) < rng.choice([0.1, 0.3, 0.6])) * rng.integers(1, 5, (people, people)) / 4
    np.fill_diagonal(held, 0)
    shape = (count, people)
    alone = np.where(rng.random(shape) < 0.2, rng.integers(1, 9, shape), NEVER).astype(np.int16)
    decided = Worlds(alone, rng.integers(0, 7, shape) / 6, rng.integers(1, 5, shape).astype(np.int16))
    return sparse.csr_array(held), rng.random(shape) < 0.15, decided


def plain(net: np.ndarray, started: np.ndarray, decided: Worlds, weeks: int) -> np.ndarray:
    """Thresholds week by week and person by person."""
    when = np.full(decided.alone.shape, NEVER, dtype=int)
    for world, person in np.ndindex(when.shape):
        alone = decided.alone[world, person]
        when[world, person] = 0 if started[world, person] else alone if alone <= weeks else NEVER
    for world in range(len(when)):
        for week in range(weeks):
            adopted = when[world] <= week
            for person, heeds in enumerate(net):
                if heeds.any() and heeds[adopted].sum() / heeds.sum() >= decided.enough[world, person]:
                    when[world, person] = min(when[world, person], week + decided.delay[world, person])
    return np.where(when <= weeks, when, NEVER)


def test_a_crowd_falls_like_dominoes():
    """Granovetter (1978, 1424): with thresholds of 0 to 99 all 100 join, one a step; with 2 in place of 1, one does."""
    net = sparse.csr_array(np.ones((100, 100)) - np.eye(100))
    nobody = np.zeros(0, dtype=int)
    needed = np.arange(100)
    assert (thresholds(net, nobody, same(needed / 99), 200)[0] == needed + 1).all()
    needed[1] = 2
    assert (thresholds(net, nobody, same(needed / 99), 200) < NEVER).sum() == 1


def test_a_line_passes_on_up_to_a_half():
    """Morris (2000, Rev. Econ. Stud. 67:57): between neighbours on a line it spreads at a threshold of 1/2, not above."""
    net = matrix(nx.circulant_graph(60, [1, 2]))
    pair = np.array([0, 1])
    assert (thresholds(net, pair, same(np.full(60, 0.5)), 60) < NEVER).all()
    assert (thresholds(net, pair, same(np.full(60, 0.51)), 60) < NEVER).sum() == 2


def test_a_complex_contagion_needs_neighbours_to_start():
    """Centola & Macy (2007): a second source is needed, and close by; a simple contagion has enough in one anywhere."""
    net = matrix(nx.circulant_graph(60, [1, 2]))
    for starters, enough, reached in (([0], 0.25, 60), ([0], 0.5, 1), ([0, 30], 0.5, 2), ([0, 1], 0.5, 60)):
        assert (thresholds(net, np.array(starters), same(np.full(60, enough)), 60) < NEVER).sum() == reached


def test_a_share_just_enough_is_enough():
    """Every share k of n, and 0.1 to 0.9 of weights in tenths, reaches a threshold written the same way."""
    for n in (*range(1, 21), 49, 100):
        star = sparse.csr_array(np.vstack([np.r_[0, np.ones(n)], np.zeros((n, n + 1))]))
        for k in range(1, n + 1):
            assert thresholds(star, np.arange(1, k + 1), same(np.full(n + 1, k / n)), 3)[0, 0] == 1
    heeds = sparse.csr_array(np.vstack([[0, 0.1, 0.2, 0.3, 0.4], np.zeros((4, 5))]))
    for starters, enough in (([1], 0.1), ([2], 0.2), ([1, 2], 0.3), ([1, 2, 3], 0.6), ([2, 3, 4], 0.9)):
        assert thresholds(heeds, np.array(starters), same(np.full(5, enough)), 3)[0, 0] == 1
        assert thresholds(heeds, np.array(starters), same(np.full(5, enough + 1e-9)), 3)[0, 0] == NEVER


@given(st.integers(0, 10**6), st.integers(0, 9))
def test_thresholds_as_a_plain_loop_has_them(seed, weeks):
    """The same weeks as a loop over people, with own weeks, delays, weights and starters of each world."""
    net, started, decided = drawn(seed)
    assert (thresholds(net, started, decided, weeks) == plain(net.toarray(), started, decided, weeks)).all()


@given(st.integers(0, 10**6), st.randoms())
def test_thresholds_do_not_ask_who_is_who(seed, shuffle):
    """Another order of people gives the same weeks in that order."""
    net, started, decided = drawn(seed)
    order = list(range(net.shape[0]))
    shuffle.shuffle(order)
    moved = Worlds(decided.alone[:, order], decided.enough[:, order], decided.delay[:, order])
    there = thresholds(net[order][:, order], started[:, order], moved, 9)
    assert (there == thresholds(net, started, decided, 9)[:, order]).all()


@given(st.integers(0, 10**6), st.integers(0, 9))
def test_what_a_spread_always_is(seed, weeks):
    """Starters at week 0, nobody beyond the horizon, isolates only alone; more starters make nobody later."""
    net, started, decided = drawn(seed)
    when = thresholds(net, started, decided, weeks)
    assert when.dtype == np.int16
    assert ((when == 0) == started).all()
    assert ((when <= weeks) | (when == NEVER)).all()
    isolates = net.sum(axis=1) == 0
    own = np.where(started, 0, np.where(decided.alone <= weeks, decided.alone, NEVER))
    assert (when[:, isolates] == own[:, isolates]).all()
    more = started | (np.random.default_rng(seed).random(started.shape) < 0.2)
    assert (thresholds(net, more, decided, weeks) <= when).all()


def test_thresholds_do_not_depend_on_how_many_worlds_are_played_together(monkeypatch):
    """One world at a time, by ties or by product, gives the same as all at once."""
    net = matrix(nx.barabasi_albert_graph(80, 3, seed=2))
    rng = np.random.default_rng(5)
    shape = (30, 80)
    decided = Worlds(rng.geometric(0.02, shape).astype(np.int16), rng.beta(3, 7, shape), rng.geometric(0.3, shape))
    together = thresholds(net, np.array([3, 9]), decided, 20)
    for places, many in ((1, 0.0), (1, 2.0), (500, 0.1)):
        monkeypatch.setattr(diffusion, "PLACES", places)
        monkeypatch.setattr("kithwork.change.crossing.MANY", many)
        assert (thresholds(net, np.array([3, 9]), decided, 20) == together).all()


@pytest.fixture(params=[0.0, np.inf], ids=["whole worlds", "where it comes"])
def way(request, monkeypatch):
    """Each of the two ways to draw a cascade."""
    monkeypatch.setattr(diffusion, "FAR", request.param)


def test_weeks_of_a_cascade_in_every_world(way):
    """The chance of each person and week, of four people and all 32 worlds of five arcs of unlike weight."""
    net, chance, count = small(), 0.6, 12_000
    when = cascade(net, np.array([0]), np.full(count, chance), 3, 1)
    expected = np.zeros((4, 4))
    for share, graph in worlds(net, chance):
        week = weeks_from(graph, [0], NEVER)
        expected += share * (week == np.arange(4)[:, None])
    found = (when == np.arange(4)[:, None, None]).mean(axis=1)
    assert found == pytest.approx(expected, abs=5 * np.sqrt(0.25 / count))


def test_a_chance_for_each_world(way):
    """Where worlds differ in their chance, the share of each follows its own, for ties of half weight and of whole."""
    net = sparse.csr_array(np.array([[0, 0, 0], [1, 0, 0], [0.5, 0, 0]]))
    chance = np.tile([0.0, 0.2, 0.9, 1.0], 8_000)
    when = cascade(net, np.array([0]), chance, 1, 3)
    for one in (0.0, 0.2, 0.9, 1.0):
        assert (when[chance == one, 1:] == 1).mean(axis=0) == pytest.approx([one, one / 2], abs=5 * np.sqrt(0.25 / 8_000))


def test_karate_club(way):
    """One starter of the karate club at a chance of 0.1: 3.411 people, as a million runs of cynetdiff 0.1.18 give."""
    when = cascade(matrix(nx.karate_club_graph()), np.array([0]), np.full(10_000, 0.1), 40, 2)
    reached = (when < NEVER).sum(axis=1)
    assert reached.mean() == pytest.approx(3.411, abs=4 * reached.std() / 100)


def test_a_large_outbreak(way):
    """Newman (2002, Phys. Rev. E 66:016128): at 2 people passed on to on average, 0.797 of a random graph are reached."""
    net = matrix(nx.fast_gnp_random_graph(3_000, 5 / 2_999, seed=4))
    when = cascade(net, np.arange(20), np.full(40, 0.4), 100, 6)
    assert (when < NEVER).mean() == pytest.approx(0.7968, abs=0.015)


def test_small_outbreaks(way):
    """Newman's mean below the threshold: at half a person passed on to on average, 1 / (1 − 0.5) = 2 are reached."""
    net = matrix(nx.fast_gnp_random_graph(4_000, 5 / 3_999, seed=4))
    started = np.eye(4_000, dtype=bool)
    assert (cascade(net, started, np.full(4_000, 0.1), 100, 7) < NEVER).sum() / 4_000 == pytest.approx(2, abs=0.15)


@given(st.integers(0, 10**6), st.booleans(), st.sampled_from([0.05, 0.3, 0.8]))
@settings(max_examples=50)
def test_a_cascade_is_reachability_in_worlds_that_are_there_beforehand(seed, whole, chance):
    """Arcs that pass on, read from who is reached in week 1 from each one alone, give the weeks of any other start."""
    net, started, _ = drawn(seed)
    people, count = net.shape[0], 3
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diffusion, "FAR", 0.0 if whole else np.inf)
        from_each = [cascade(net, np.array([i]), np.full(count, chance), 1, seed) for i in range(people)]
        starters = np.flatnonzero(started.any(axis=0))
        when = cascade(net, starters, np.full(count, chance), 2 * people, seed)
    for world in range(count):
        graph = nx.empty_graph(people, create_using=nx.DiGraph)
        graph.add_edges_from((i, j) for i in range(people) for j in np.flatnonzero(from_each[i][world] == 1).tolist())
        expected = weeks_from(graph, starters.tolist(), NEVER) if len(starters) else np.full(people, NEVER)
        assert (when[world] == expected).all()


def test_starts_are_compared_in_the_same_worlds(way):
    """Two starts together reach each person when the quicker of them does; more worlds leave the first as they were."""
    net = matrix(nx.barabasi_albert_graph(200, 3, seed=1))
    chance = np.linspace(0.01, 0.2, 50)
    one, other, both = (cascade(net, np.array(who), chance, 30, 9) for who in ([4], [60, 61], [4, 60, 61]))
    assert (np.minimum(one, other) == both).all()
    assert (cascade(net, np.array([4]), np.r_[chance, chance], 30, 9)[:50] == one).all()
    assert (cascade(net, np.array([4]), chance, 30, 10) != one).any()
    assert (np.where(both <= 2, both, NEVER) == cascade(net, np.array([4, 60, 61]), chance, 2, 9)).all()


def test_nothing_to_spread_on(way):
    """Without ties, or chance, or starters, nobody but the starters adopts."""
    empty = sparse.csr_array((5, 5))
    for net, who, chance in ((empty, [1], 1.0), (small(), [1], 0.0), (small(), [], 1.0)):
        when = cascade(net, np.array(who, dtype=int), np.full(3, chance), 5, 1)
        assert (when < NEVER).sum() == 3 * len(who)
        assert (when[:, who] == 0).all()


def test_curves_count_who_has_adopted_by_each_week():
    """Two of four by the end of week 0, three by week 2, in a world of their own."""
    when = np.array([[0, 0, 2, NEVER], [0, 1, 1, 1]], dtype=np.int16)
    assert curves(when, 2).tolist() == [[0.5, 0.5, 0.75], [0.25, 1.0, 1.0]]
