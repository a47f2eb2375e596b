"""Ties between units beside chance: by hand, against rewired networks, planted silos found, and few false alarms."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import staff, ties

from kithwork.network import between
from kithwork.network.graph import graph
from kithwork.network.nulls import rewired


def of(net: nx.Graph, units: list) -> list[between.Pair]:
    """The pairs of a networkx graph with these units."""
    return between.pairs(ties(net.edges), staff(units))


def mixed(sizes: list[int], seed: int) -> list[str]:
    """Units of these sizes, dealt at random."""
    return np.random.default_rng(seed).permutation([f"u{i:02d}" for i, n in enumerate(sizes) for _ in range(n)]).tolist()


def test_a_ring_of_four_by_hand():
    """Everybody has two ties of three possible: each pair is tied with 2/3. One pair within each unit, four across."""
    found = {pair.units: pair for pair in of(nx.cycle_graph(4), ["A", "A", "B", "B"])}
    assert found["A", "A"].expected == pytest.approx(2 / 3)
    assert found["A", "B"].expected == pytest.approx(8 / 3)
    assert (found["A", "A"].ties, found["B", "B"].ties, found["A", "B"].ties) == (1, 1, 2)
    assert found["A", "B"].ratio.estimate == pytest.approx(0.75)
    assert (found["A", "A"].sizes, found["A", "A"].ratio.n, found["A", "B"].ratio.n) == ((2, 2), 2, 4)


def test_where_no_pair_is_likely_chance_is_the_product_of_ties():
    """Newman & Girvan 2004 (Phys. Rev. E 69:026113): d_A d_B / 2m across, d_A² / 4m within, in a sparse network."""
    net = nx.gnm_random_graph(1500, 3000, seed=2)
    units = mixed([500, 600, 400], 2)
    held = {unit: sum(net.degree(i) for i in net if units[i] == unit) for unit in set(units)}
    for pair in of(net, units):
        product = held[pair.units[0]] * held[pair.units[1]] / (12000 if len(set(pair.units)) == 1 else 6000)
        assert pair.expected == pytest.approx(product, rel=0.01)


def test_factions_of_the_karate_club():
    """Zachary's club: 78 ties, 34 people, the two factions of 17. Ten or eleven cross where chance gives some 39.

    Zachary 1977 (J. Anthropol. Res. 33:452); 11 crossing ties by the factions as networkx has them.
    """
    net = nx.karate_club_graph()
    across = next(p for p in of(net, [net.nodes[i]["club"] for i in net]) if p.units[0] != p.units[1])
    assert (across.ties, sum(across.sizes), across.clear) == (11, 34, True)
    assert 36 < across.expected < 44
    assert across.ratio.high < 0.6


@given(st.integers(0, 10**6), st.integers(8, 40), st.floats(0.05, 0.9))
def test_each_persons_number_of_ties_is_kept(seed, n, density):
    """On any graph the chances of a person's ties sum to the ties held, and all pairs to all ties; none with oneself."""
    net = nx.gnp_random_graph(n, density, seed=seed)
    degrees = np.array([degree for _, degree in net.degree])
    place, chance = between.chances(degrees)
    each = chance[np.ix_(place, place)]
    np.fill_diagonal(each, 0)
    assert each.sum(axis=1) == pytest.approx(degrees, abs=1e-3)
    found = of(net, [f"u{i % 3}" for i in range(n)])
    assert sum(pair.expected for pair in found) == pytest.approx(net.number_of_edges(), abs=1e-2)
    assert sum(pair.ties for pair in found) == net.number_of_edges()


@given(st.lists(st.booleans(), min_size=3, max_size=60))
def test_nested_ties_leave_nothing_to_chance(tied_to_all):
    """Each who comes is tied to all before or to none: there is no other network of these numbers of ties.

    Threshold graphs: Mahadev & Peled 1995, Threshold Graphs and Related Topics, ch. 1.
    """
    net = nx.Graph()
    for one, tied in enumerate(tied_to_all):
        net.add_node(one)
        net.add_edges_from((one, other) for other in range(one if tied else 0))
    place, chance = between.chances(np.array([degree for _, degree in net.degree]))
    each = chance[np.ix_(place, place)]
    np.fill_diagonal(each, 0)
    assert (each == nx.to_numpy_array(net)).all()
    found = of(net, [f"u{one % 2}" for one in net])
    assert [pair.expected for pair in found] == pytest.approx([pair.ties for pair in found])


def test_hubs_that_share_out_the_leaves():
    """Two hubs, tied for sure, and four leaves, which never are; of a hub and a leaf chance is even."""
    place, chance = between.chances(np.array([3, 3, 1, 1, 1, 1]))
    hub, leaf = place[0], place[2]
    assert [chance[hub, hub], chance[hub, leaf], chance[leaf, leaf]] == pytest.approx([1, 0.5, 0], abs=1e-6)


def test_expected_agrees_with_rewired_networks():
    """igraph's rewiring keeps every degree: the mean count of 300 copies is what is expected, within 4 % or a tie."""
    net = nx.powerlaw_cluster_graph(90, 5, 0.5, seed=4)
    units = mixed([30, 24, 20, 16], 4)
    people, frame = staff(units), ties(net.edges)
    index = {unit: i for i, unit in enumerate(sorted(set(units)))}
    code = np.array([index[unit] for unit in units])
    counts = np.zeros((4, 4))
    for copy in rewired(graph(frame, people), 300, np.random.default_rng(4)):
        a, b = code[np.array(copy.get_edgelist())].T
        np.add.at(counts, (np.minimum(a, b), np.maximum(a, b)), 1 / 300)
    for pair in of(net, units):
        assert pair.expected == pytest.approx(counts[index[pair.units[0]], index[pair.units[1]]], rel=0.04, abs=1)


def test_p_agrees_with_dealing_the_units_anew():
    """Of each pair p is near twice the share of 150 deals in which found strays from expected as far to the same side."""
    net = nx.powerlaw_cluster_graph(100, 5, 0.6, seed=5)
    units = [f"u{int(i > 20)}" if i < 50 else f"u{i % 4}" for i in range(100)]
    rng = np.random.default_rng(5)
    found = of(net, units)
    drawn = [between.pairs(ties(net.edges), staff(rng.permutation(units).tolist())) for _ in range(150)]
    for i, pair in enumerate(found):
        strays = np.array([(one[i].ties - one[i].expected) / one[i].expected ** 0.5 for one in drawn])
        stray = (pair.ties - pair.expected) / pair.expected**0.5
        tail = min((strays >= stray - 1e-9).mean(), (strays <= stray + 1e-9).mean())
        assert pair.p == pytest.approx(min(2 * tail, 1), abs=0.2)


def test_planted_silo_and_bridge_are_found():
    """One unit that keeps to itself and two that seek each other: each told, in the right direction, in ten of ten."""
    rates = np.full((6, 6), 0.08) + np.diag([0.30, 0.08, 0.08, 0.08, 0.08, 0.08])
    rates[0, 1:] = rates[1:, 0] = 0.02
    rates[1, 2] = rates[2, 1] = 0.35
    units = [f"u{i}" for i in range(6) for _ in range(20)]
    for seed in range(10):
        found = {pair.units: pair for pair in of(nx.stochastic_block_model([20] * 6, rates, seed=seed), units)}
        assert found["u0", "u0"].ratio.low > 1
        assert found["u1", "u2"].ratio.low > 1
        assert sum(found["u0", f"u{i}"].ratio.high < 1 for i in range(1, 6)) >= 2


def test_intervals_hold_the_planted_ratio():
    """Ties over expected of 60 drawn networks: at least 95 % of intervals hold the mean ratio that planted rates give."""
    rates = np.full((6, 6), 0.05) + np.diag([0.3, 0.2, 0.1, 0.0, 0.0, 0.0])
    units = [f"u{i}" for i in range(6) for _ in range(20)]
    drawn = [of(nx.stochastic_block_model([20] * 6, rates, seed=seed), units) for seed in range(60)]
    mean = np.array([[pair.ratio.estimate for pair in one] for one in drawn]).mean(axis=0)
    held = [pair.ratio.low <= true <= pair.ratio.high for one in drawn for pair, true in zip(one, mean, strict=True)]
    assert np.mean(held) >= 0.95


@pytest.mark.parametrize(
    "draw",
    [lambda seed: nx.gnp_random_graph(80, 0.1, seed=seed), lambda seed: nx.powerlaw_cluster_graph(80, 4, 0.9, seed=seed)],
    ids=["independent", "hubs and triangles"],
)
def test_few_false_findings_where_units_mean_nothing(draw):
    """In 100 organisations without structure at most 5 % say anything of a pair, so far as 100 can tell: up to 9."""
    said = sum(any(pair.clear for pair in of(draw(seed), mixed([20, 18, 14, 12, 10, 6], seed))) for seed in range(100))
    assert said <= 9


@given(st.integers(0, 10**6), st.integers(10, 40))
def test_a_pair_is_clear_where_its_interval_leaves_out_one(seed, n):
    """The correction and the intervals say the same of every pair; whatever may be printed says no more than they do."""
    net = nx.planted_partition_graph(3, n // 3, 0.5, 0.05, seed=seed)
    for pair in of(net, [f"u{i // (n // 3)}" for i in net]):
        assert pair.clear == (pair.ratio.low > 1 or pair.ratio.high < 1)
        assert pair.ratio.low <= pair.ratio.estimate <= pair.ratio.high
        assert not (pair.shown.high < 1 and pair.ratio.high >= 1)


def test_few_ties_show_one_limit():
    """Of units with as many ties, none and four ties between them are printed alike, from 0 to the limit of four."""
    assert between.FEW == 5
    pair = next(p for p in of(nx.complete_bipartite_graph(6, 6), ["A", "B", "C"] * 4) if p.ties < 5)
    assert (pair.shown.low, pair.shown.estimate) == (0, pair.shown.high)
    assert pair.shown.high >= pair.ratio.high


def test_people_without_unit_or_ties_are_left_out():
    """A tie into no unit is not counted; a unit of one person has no ties within; a unit without ties is in no pair."""
    net = nx.Graph([(0, 1), (1, 2), (2, 3), (1, 3), (3, 4), (4, 5)])
    net.add_node(6)
    names = {pair.units for pair in of(net, ["A", "A", "A", "B", "C", None, "D"])}
    assert names == {("A", "A"), ("A", "B"), ("A", "C"), ("B", "C")}
    assert sum(pair.ties for pair in of(net, ["A", "A", "A", "B", "C", None, "D"])) == 5
    assert of(nx.empty_graph(4), ["A", "A", "B", "B"]) == []
    assert between.outside(ties([]), staff(["A", "B"])) == {}


def test_share_outside_by_hand():
    """In the ring of four a unit of two has 2/3 ties expected within and 8/3 across."""
    found = between.outside(ties(nx.cycle_graph(4).edges), staff(["A", "A", "B", "B"]))
    assert found == {"A": pytest.approx(0.8), "B": pytest.approx(0.8)}


@given(st.integers(0, 10**6), st.integers(4, 6))
def test_how_pairs_vary_is_what_all_deals_of_the_units_give(seed, n):
    """On any small network φ is the mean square of found − expected over the mean expected, over every deal there is."""
    rng = np.random.default_rng(seed)
    net, units = nx.gnp_random_graph(n, 0.6, seed=seed), [*"AB", *rng.choice(list("ABC"), n - 2)]
    place, chance = between.chances(np.array([degree for _, degree in net.degree]))
    beyond, even = nx.to_numpy_array(net) - chance[np.ix_(place, place)], chance[np.ix_(place, place)].copy()
    held = between._held(ties(net.edges), staff(units))
    for one, other in ((0, 0), (0, 1), (1, 1)):
        square, expected = 0.0, 0.0
        for dealt in permutations(held.codes):
            a, b = np.nonzero(np.triu(np.ones((n, n)), 1))
            codes = np.array(dealt)
            own = np.minimum(codes[a], codes[b]) == one
            own &= np.maximum(codes[a], codes[b]) == other
            square, expected = square + beyond[a, b][own].sum() ** 2, expected + even[a, b][own].sum()
        if expected > 1e-6 and square / expected > 1e-6:
            assert held.varying(np.array([one]), np.array([other])) == pytest.approx(square / expected, rel=1e-4)


def test_where_all_are_tied_nothing_varies():
    """Among people all tied to one another every pair of units holds what it must, and none is told from chance."""
    found = of(nx.complete_graph(9), list("AAABBBCCC"))
    assert [pair.ratio.estimate for pair in found] == pytest.approx([1] * 6)
    assert not any(pair.clear for pair in found)


@given(st.integers(0, 10**6), st.integers(10, 40))
def test_pairs_below_are_those_of_all(seed, n):
    """Told alone they are the same: clearly apart from chance, with fewer ties, and of two units."""
    net = nx.planted_partition_graph(3, n // 3, 0.6, 0.02, seed=seed)
    units = [f"u{i // (n // 3)}" for i in net]
    told = [pair for pair in of(net, units) if pair.clear and pair.ties < pair.expected and len(set(pair.units)) == 2]
    assert between.below(ties(net.edges), staff(units)) == told


def test_units_looked_at_one_at_a_time_give_the_same(monkeypatch):
    """How many pairs of units are held at once changes nothing of what is found but the last digit."""
    net = nx.planted_partition_graph(4, 15, 0.7, 0.02, seed=3)
    told = (ties(net.edges), staff([f"u{i // 15}" for i in net]))

    def found() -> list[tuple]:
        pairs = [*between.pairs(*told), *between.below(*told)]
        return [(one.units, one.ties, one.clear, pytest.approx(one.expected)) for one in pairs]

    whole = found()
    monkeypatch.setattr(between, "CELLS", 1)
    assert found() == whole
    assert between.below(*told)


@given(st.integers(0, 10**6), st.integers(2, 30))
def test_shares_outside_are_those_of_the_table_of_units(seed, n):
    """What is counted unit by unit is what the whole table of expected ties gives."""
    rng = np.random.default_rng(seed)
    net, people = ties(nx.gnp_random_graph(n, 0.3, seed=seed).edges), staff(rng.choice(["A", "B", "C"], n).tolist())
    found = between.outside(net, people)
    held = between._held(net, people)
    if len(held.a):
        even = held.expected()
        for unit, own, touched in zip(held.units, even.diagonal(), even.sum(axis=1), strict=True):
            assert found.get(unit, 0) == pytest.approx(1 - own / touched if touched > 0 else 0)
