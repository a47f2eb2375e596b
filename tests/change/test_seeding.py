"""Whom to start with under a cascade: planted hubs, reach by brute force, and a bound that holds."""

from __future__ import annotations

from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from kithwork.change import seeding
from kithwork.change.hitting import most_hit
from kithwork.change.reversed_sets import reverse_reachable
from kithwork.change.seeding import Placed, claims, measured, placed
from kithwork.claims import Ledger
from kithwork.estimates import Estimate


def everybody(people: int) -> np.ndarray:
    """All may start."""
    return np.ones(people, dtype=bool)


def matrix(net: nx.Graph) -> sparse.csr_array:
    """[i, j] 1 where i heeds j, who are tied."""
    return nx.to_scipy_sparse_array(net, weight=None, dtype=float, nodelist=range(net.number_of_nodes())).tocsr()


def start_in(net: sparse.csr_array, chance: float, size: int, seed: int = 1, candidates=None, good: float = 0.9) -> Placed:
    """The start chosen on a network where each tie passes on with one chance."""
    rng = np.random.default_rng(seed)
    return placed(
        lambda sets: reverse_reachable(net, chance, sets, rng),
        everybody(net.shape[0]) if candidates is None else candidates,
        size,
        good,
    )


def reached_by_all(net: sparse.csr_array, chance: float) -> tuple[np.ndarray, np.ndarray]:
    """Every way in which ties may pass on: its probability, and whom each person reaches, as bits of one whole number."""
    entries = net.tocoo()
    ways, likely = [], []
    for live in product([False, True], repeat=net.nnz):
        passes = nx.DiGraph(zip(entries.col[list(live)].tolist(), entries.row[list(live)].tolist(), strict=True))
        passes.add_nodes_from(range(net.shape[0]))
        ways.append([sum(1 << other for other in nx.descendants(passes, row) | {row}) for row in range(net.shape[0])])
        likely.append(np.prod(np.where(live, chance * entries.data, 1 - chance * entries.data)))
    return np.array(likely), np.array(ways)


def exactly(net: sparse.csr_array, chance: float, size: int) -> dict[tuple[int, ...], float]:
    """Share of people that each start of `size` people reaches, over every way in which ties may pass on."""
    likely, ways = reached_by_all(net, chance)
    return {
        who: float(likely @ np.bitwise_count(np.bitwise_or.reduce(ways[:, list(who)], axis=1))) / net.shape[0]
        for who in combinations(range(net.shape[0]), size)
    }


def test_the_hub_of_a_star_is_found():
    """Whoever all others are tied to."""
    star = nx.relabel_nodes(nx.star_graph(20), {0: 13, 13: 0})
    assert start_in(matrix(star), 0.3, 1).rows.tolist() == [13]


def test_two_stars_have_two_hubs():
    """Hubs of 24, 19 and 14: the first two; where they are tied the second is partly reached anyway, and the third starts.

    Beside the first, the second then adds (1 − .4)(1 + 19 · .4) = 5.2 people, and the third 1 + 14 · .4 = 6.6.
    """
    net = nx.disjoint_union(nx.disjoint_union(nx.star_graph(24), nx.star_graph(19)), nx.star_graph(14))
    assert start_in(matrix(net), 0.4, 2).rows.tolist() == [0, 25]
    net.add_edge(0, 25)
    assert start_in(matrix(net), 0.4, 2).rows.tolist() == [0, 45]


@pytest.mark.parametrize("seed", range(5))
def test_who_is_best_alone_need_not_start(seed):
    """Ten people heed person 0, ten others person 1, and six of each person 2: who is best alone, but 0 and 1 start."""
    own = np.arange(3, 23)
    heeded = np.r_[np.repeat([0, 1], 10), np.full(12, 2)]
    net = sparse.csr_array((np.ones(32), (np.r_[own, own[4:16]], heeded)), shape=(23, 23))
    assert start_in(net, 0.9, 1, seed).rows.tolist() == [2]
    assert sorted(start_in(net, 0.9, 2, seed).rows.tolist()) == [0, 1]


def test_planted_hubs_are_found_among_many():
    """Five people whom forty others each heed, in a sparse network of 600."""
    rng = np.random.default_rng(4)
    net = matrix(nx.gnm_random_graph(600, 600, seed=4)).tolil()
    hubs = rng.choice(600, 5, replace=False)
    for hub, own in zip(hubs, rng.permutation(np.delete(np.arange(600), hubs))[:200].reshape(5, 40), strict=True):
        net[own, hub] = 1
    assert set(start_in(net.tocsr(), 0.2, 5).rows.tolist()) == set(hubs.tolist())


def test_direction_of_heeding_counts():
    """All heed person 4, who heeds nobody: 4 starts; where 4 heeds all, anybody else does as well."""
    net = sparse.csr_array((np.ones(9), (np.delete(np.arange(10), 4), np.full(9, 4))), shape=(10, 10))
    assert start_in(net, 0.9, 1).rows.tolist() == [4]
    turned = start_in(net.T.tocsr(), 0.9, 1)
    assert turned.share.estimate == pytest.approx(0.19, abs=0.03)


def test_reach_of_the_start_is_that_of_every_way_by_brute_force():
    """A small network of directed, weighted ties: share, best start and bound against all 4096 ways to pass on."""
    rng = np.random.default_rng(3)
    pairs = rng.choice(42, 12, replace=False)
    a, b = pairs // 6, pairs % 6
    net = sparse.csr_array((rng.uniform(0.3, 1, 12), (a, b + (b >= a))), shape=(7, 7))
    exact = exactly(net, 0.6, 2)
    found = start_in(net, 0.6, 2, good=0.95)
    assert exact[tuple(sorted(found.rows.tolist()))] >= 0.98 * max(exact.values())
    assert found.share.low <= exact[tuple(sorted(found.rows.tolist()))] <= found.share.high
    assert found.least <= max(exact.values()) <= found.best


def test_reach_is_that_of_a_cascade_played_forwards():
    """Members 0 and 33 of the karate club, tie by tie in 3,000 plain runs: as many people as sets backwards say."""
    net, rng, reached = nx.karate_club_graph(), np.random.default_rng(5), 0
    for _ in range(3_000):
        live = nx.Graph([tie for tie in net.edges if rng.random() < 0.1])
        live.add_nodes_from([0, 33])
        reached += len(nx.node_connected_component(live, 0) | nx.node_connected_component(live, 33))
    found = start_in(matrix(net), 0.1, 2, candidates=np.isin(np.arange(34), [0, 33]))
    assert found.share.estimate * 34 == pytest.approx(reached / 3_000, abs=0.2)


def test_bound_holds_in_nineteen_of_twenty():
    """The best reach lies above what is held to be the most, or the start's below its least, in 5 of 100 draws at most."""
    net = matrix(nx.gnm_random_graph(7, 6, seed=2))
    exact = exactly(net, 0.5, 2)
    wrong = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        first, second = (reverse_reachable(net, 0.5, 400, rng) for _ in range(2))
        start = most_hit(first, everybody(7), 2)
        found = measured(start.rows, start.most, second, 7)
        wrong += found.best < max(exact.values()) or found.least > exact[tuple(sorted(found.rows.tolist()))]
    assert wrong <= 5


def test_bound_grows_with_the_sets():
    """The same start is the surer the more sets it is held against, and never surer than wholly."""
    net = matrix(nx.karate_club_graph())
    sure = [start_in(net, 0.1, 3, good=good) for good in (0.5, 0.8, 0.9)]
    assert [one.bound >= good for one, good in zip(sure, (0.5, 0.8, 0.9), strict=True)] == [True] * 3
    assert sure[0].sets < sure[1].sets < sure[2].sets
    assert all(0 <= one.bound <= 1 for one in sure)


def test_sets_stop_where_no_more_may_be_held(monkeypatch):
    """The bound is then what it is: lower, and still one."""
    monkeypatch.setattr(seeding, "MEMBERS", 2_000)
    found = start_in(matrix(nx.karate_club_graph()), 0.1, 3)
    assert 0 < found.bound < 0.9
    assert found.sets * 2 < 4_000


def test_without_ties_each_reaches_oneself():
    """Five of fifty reach five of fifty, whoever they are; nothing is held to be better."""
    found = start_in(sparse.csr_array((50, 50)), 0.5, 5)
    assert len(set(found.rows.tolist())) == 5
    assert found.share.low <= 0.1 <= found.share.high


def test_a_look_that_tells_nothing_is_not_the_last():
    """Of 2,000 people without ties one starts: the first sets of the second collection hold nobody chosen by the first."""
    assert start_in(sparse.csr_array((2_000, 2_000)), 0.5, 1, good=0.2).bound >= 0.2


def test_same_seed_same_start():
    """Two runs give the same start and the same figures."""
    net = matrix(nx.gnm_random_graph(80, 160, seed=6))
    one, other = start_in(net, 0.2, 4, 9, good=0.7), start_in(net, 0.2, 4, 9, good=0.7)
    assert (one.rows == other.rows).all()
    assert (one.share, one.least, one.best) == (other.share, other.least, other.best)


def test_what_is_certain_is_claimed_beside_what_greedy_choice_has_at_worst():
    """One claim: the share of the best that is certain, up to all of it, beside 1 − 1/e."""
    ledger = Ledger("change")
    claims(Placed(np.arange(5), Estimate(0.3, 0.28, 0.32, 60), 0.27, 0.3, 1229, 4096), 60, ledger)
    claim = ledger.frame().set_index("id").loc["change.start_bound"]
    assert (claim["estimate"], claim["high"], claim["n"]) == (pytest.approx(0.9), 1, 60)
    assert claim["reference"] == pytest.approx(0.632, abs=1e-3)
