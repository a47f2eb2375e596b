"""Ways of introduction are the most probable ones, and those worth making ask nobody for too much."""

from __future__ import annotations

from math import sqrt

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from synthetic import staff, ties

from kithwork.estimates import Estimate
from kithwork.network import introductions
from kithwork.network.between import Pair
from kithwork.network.introductions import MADE, RECEIVED, SURE, carries, ways, worth_making


def pair(units: tuple[str, str], found: int, expected: float) -> Pair:
    """Two units with so many ties; only what introductions look at is told."""
    ratio = Estimate(found / expected, 0, 9, 2)
    return Pair(units, (1, 1), found, expected, ratio, ratio, 0.01, True)


def random_carry(seed: int, people: int, density: float) -> sparse.csr_array:
    """Probabilities of a random symmetric network."""
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.uniform(0.05, SURE, (people, people)) * (rng.random((people, people)) < density), 1)
    return sparse.csr_array(upper + upper.T)


def as_networkx(carry: sparse.csr_array) -> nx.Graph:
    """The same with −log p as the length of a tie."""
    net = nx.from_scipy_sparse_array(carry, edge_attribute="p")
    nx.set_edge_attributes(net, {edge: -np.log(p) for edge, p in nx.get_edge_attributes(net, "p").items()}, "length")
    return net


def test_a_tie_carries_by_its_strength_and_kinds():
    """Half as strong as 0's strongest and 2's only: √½; P(any kind) 1 − 0.5 · 0.8; no kind known leaves the factor out."""
    frame = ties([(0, 1), (0, 2), (1, 3)], strength=[2.0, 1.0, 2.0]).assign(
        p_personal=[0.5, np.nan, 0.0], p_functional=[0.2, np.nan, 0.0], p_strategic=np.nan
    )
    found = carries(frame, staff([None] * 5)).toarray()
    assert found[0, 1] == pytest.approx(SURE * (1 - 0.5 * 0.8))
    assert found[0, 2] == pytest.approx(SURE * sqrt(0.5))
    assert found[1, 3] == 0
    assert (found == found.T).all()
    assert not found[4].any()


def test_ways_by_hand():
    """To 3: over 1 and 2 with 0.9 · 0.9 · 0.9, better than the weak tie of 1 to 3; over 4 with 0.5 · 0.8."""
    net = np.zeros((6, 6))
    for a, b, p in [(0, 1, 0.9), (1, 2, 0.9), (2, 3, 0.9), (1, 3, 0.5), (0, 4, 0.5), (4, 3, 0.8)]:
        net[a, b] = net[b, a] = p
    carry = sparse.csr_array(net)
    best, other = ways(carry, 0, [3])
    assert best.people == (0, 1, 2, 3)
    assert best.probability == pytest.approx(0.729)
    assert other.people == (0, 4, 3)
    assert other.probability == pytest.approx(0.4)
    assert ways(carry, 0, [3], most=1) == [best]
    assert ways(carry, 0, [2, 3])[0].people == (0, 1, 2)
    assert ways(carry, 0, [5]) == ways(carry, 5, [3]) == ways(carry, 3, [3, 2]) == ways(carry, 0, []) == []


@given(st.integers(0, 10**6), st.integers(3, 12), st.floats(0.1, 0.8))
def test_best_way_agrees_with_dijkstra_of_networkx(seed, people, density):
    """The best of all first colleagues is the shortest path in −log p; each way's probability is that of its ties."""
    carry = random_carry(seed, people, density)
    net, targets = as_networkx(carry), {people - 1, people // 2} - {0}
    found = ways(carry, 0, targets, most=people)
    lengths = nx.single_source_dijkstra_path_length(net, 0, weight="length")
    reached = [np.exp(-lengths[target]) for target in targets if target in lengths]
    assert (found[0].probability if found else None) == (pytest.approx(max(reached)) if reached else None)
    firsts = [way.people[1] for way in found]
    assert len(set(firsts)) == len(firsts)
    rest = net.subgraph(set(net) - {0})
    for way in found:
        assert way.probability == pytest.approx(np.prod([net.edges[step]["p"] for step in nx.utils.pairwise(way.people)]))
        left = nx.single_source_dijkstra_path_length(rest, way.people[1], weight="length")
        assert way.probability == pytest.approx(
            carry[0, way.people[1]] * np.exp(-min(left.get(t, np.inf) for t in targets))
        )
        assert len(set(way.people)) == len(way.people)


@given(st.integers(0, 10**6), st.integers(4, 12))
def test_one_tie_more_makes_no_way_worse(seed, people):
    """Whoever is newly tied, the best way of anybody stays as probable or becomes more so."""
    carry = random_carry(seed, people, 0.3)
    a, b = np.random.default_rng(seed).choice(people, 2, replace=False)
    more = carry.tolil()
    more[a, b] = more[b, a] = max(carry[a, b], 0.7)
    more = sparse.csr_array(more)
    for ego in range(people - 1):
        before, after = ways(carry, ego, [people - 1], 1), ways(more, ego, [people - 1], 1)
        if before:
            assert after[0].probability >= before[0].probability - 1e-12


def test_worth_making_by_hand():
    """0 and 2 have 4 in common, 1 and 3 have 5 (0.9² each), 1 and 2 have 4, which is weaker for 1: 0.9² √½."""
    people = staff(["A", "A", "B", "B", "C", "C"])
    carry = carries(ties([(0, 4), (1, 4), (1, 5), (2, 4), (3, 5)], strength=[2.0, 1.0, 1.0, 2.0, 1.0]), people)
    found = worth_making(carry, people, [pair(("A", "B"), 0, 2.5)])
    assert found[["a_id", "b_id", "via_id"]].to_numpy().tolist() == [
        ["p000", "p002", "p004"],
        ["p001", "p002", "p004"],
        ["p001", "p003", "p005"],
    ]
    assert found["strength"].tolist() == pytest.approx([0.81, 0.81 * sqrt(0.5), 0.81])
    assert found[["unit", "other"]].drop_duplicates().to_numpy().tolist() == [["A", "B"]]
    fewer = worth_making(carry, people, [pair(("A", "B"), 0, 2.0)])
    assert fewer["strength"].tolist() == pytest.approx([0.81, 0.81])


def random_organisation(seed: int, people: int) -> tuple[sparse.csr_array, pd.DataFrame, list[Pair]]:
    """Four units and people of none, random ties, and every pair of units asking for some introductions."""
    rng = np.random.default_rng(seed)
    codes = np.concatenate([np.arange(4), rng.integers(0, 5, people - 4)])
    table = staff([None if code == 4 else "ABCD"[code] for code in codes])
    wanted = [pair((a, b), 0, float(rng.integers(1, 9))) for a in "ABCD" for b in "ABCD" if a < b]
    return random_carry(seed, people, 0.2), table, wanted


@given(st.integers(0, 10**6), st.integers(8, 30))
def test_worth_making_agrees_with_going_one_by_one(seed, people):
    """Every untied pair's colleagues by a dense product, taken one after the other while anything is left."""
    carry, table, wanted = random_organisation(seed, people)
    net, units = carry.toarray(), table["unit"].to_numpy()
    left = {one.units: int(one.expected) for one in wanted}
    offers, met = [], set()
    for a in range(people):
        for b in range(people):
            if (units[a], units[b]) in left and net[a, b] == 0:
                both = net[a] * net[b]
                offers += [(-both[via], -(both > 0).sum(), a, b, via) for via in np.flatnonzero(both)]
    made, received, expected = np.zeros(people), np.zeros(people), []
    for strength, many, a, b, via in sorted(offers):
        free = received[a] < RECEIVED and received[b] < RECEIVED and made[via] < MADE
        if free and left[units[a], units[b]] and (a, b) not in met:
            left[units[a], units[b]] -= 1
            received[[a, b]] += 1
            made[via] += 1
            met.add((a, b))
            expected.append((f"p{a:03d}", f"p{b:03d}", f"p{via:03d}", pytest.approx(-strength), -many))
    found = worth_making(carry, table, wanted)
    rows = found[["a_id", "b_id", "via_id", "strength", "ways"]].itertuples(index=False, name=None)
    assert sorted(rows, key=lambda row: row[:2]) == sorted(expected, key=lambda row: row[:2])


@given(st.integers(0, 10**6), st.integers(8, 60))
def test_nobody_is_asked_too_much(seed, people):
    """Nobody meets oneself or somebody tied already; no more than so many are made or received by anybody."""
    carry, table, wanted = random_organisation(seed, people)
    found = worth_making(carry, table, wanted)
    row = pd.Index(table["person_id"])
    a, b, via = (row.get_indexer(found[f"{end}_id"]) for end in ("a", "b", "via"))
    assert (a != b).all()
    assert not np.asarray(carry.toarray()[a, b]).any()
    assert (np.bincount(np.concatenate([a, b]), minlength=people) <= RECEIVED).all()
    assert (np.bincount(via, minlength=people) <= MADE).all()
    per = found.groupby(["unit", "other"]).size()
    assert all(per.get(one.units, 0) <= one.expected for one in wanted)


def test_parts_make_no_difference(monkeypatch):
    """Ways held in memory a few at a time give the same introductions."""
    carry, table, wanted = random_organisation(4, 40)
    whole = worth_making(carry, table, wanted)
    monkeypatch.setattr(introductions, "AT_ONCE", 7)
    pd.testing.assert_frame_equal(worth_making(carry, table, wanted), whole)
    assert len(whole)
