"""Introductions are claimed over several pairs of units at once, and doors counted by who could open them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from evidence_of import evidence
from hypothesis import given
from hypothesis import strategies as st
from synthetic import staff

from kithwork.claims import Ledger
from kithwork.values.introductions import Worth, doors, worth

NAMES = ("introductions", "introductions_pairs", "introducers")


def claimed(ledger: Ledger) -> dict[str, float]:
    """Estimates by measure."""
    return {row["measure"]: row["estimate"] for row in ledger.rows}


def closed(units: int, each: int = 12, go_between: int = 4):
    """Units of people who all know one another and nobody of another, and a few of Z who know everybody."""
    people = staff([f"U{code}" for code in range(units) for _ in range(each)] + ["Z"] * go_between)
    inside = [pair for code in range(units) for pair in combinations(range(code * each, (code + 1) * each), 2)]
    return evidence(people, inside + list(product(range(units * each), range(units * each, len(people)))))


def test_closed_units_are_brought_together_by_who_knows_them_all():
    """Four of Z know everybody: they make three introductions each, for pairs of the three closed units alone."""
    given_, ledger = closed(3), Ledger("values")
    found = worth(given_)
    assert {pair.units for pair in found.apart} == {("U0", "U1"), ("U0", "U2"), ("U1", "U2")}
    assert len(found.table) == 12
    assert set(found.table["via_id"]) == {"p036", "p037", "p038", "p039"}
    assert (found.table["ways"] == 4).all()
    assert found.table.groupby(["unit", "other"]).size().tolist() == [4, 4, 4]
    found.claims(given_, ledger)
    made = claimed(ledger)
    assert [name.removeprefix("values.") for name in made] == list(NAMES)
    assert made["values.introductions"] == 12
    assert made["values.introductions_pairs"] == pytest.approx(100)
    assert made["values.introducers"] == pytest.approx(10)
    frame = ledger.frame()
    assert (frame["people"] == 40).all()
    assert frame["group"].isna().all()


def test_of_one_pair_of_units_nothing_is_claimed():
    """How many introductions a single pair lacks would tell how many ties it holds."""
    given_, ledger = closed(2), Ledger("values")
    found = worth(given_)
    assert len(found.apart) == 1
    assert len(found.table)
    found.claims(given_, ledger)
    assert not ledger.rows


def test_one_pair_that_is_not_shown_is_not_told_by_the_rest():
    """With five ties or more a pair stands in the report: were all but one to, the sum would tell that one."""
    given_ = closed(3)
    found = worth(given_)
    for shown, silent in ((0, False), (1, False), (2, True), (3, False)):
        pairs = [replace(pair, ties=5 if at < shown else 0) for at, pair in enumerate(found.apart)]
        ledger = Ledger("values")
        Worth(found.table, pairs).claims(given_, ledger)
        assert bool(ledger.rows) != silent


def test_units_mixed_at_random_need_no_introductions():
    """Ties regardless of unit: no pair is below chance."""
    net = nx.gnp_random_graph(40, 0.2, seed=3)
    found = worth(evidence(staff(["A", "B", "C", "D"] * 10), net.edges))
    assert found.apart == []
    assert found.table.empty


def test_doors_by_hand():
    """0 – 1 – 2 – 3 of A, A, B, C: into B 0 comes by 1; into C 1 by 2, 0 by nobody; into A 3 by 2; 2 knows all others."""
    ledger = Ledger("values")
    doors(evidence(staff(["A", "A", "B", "C"]), [(0, 1), (1, 2), (2, 3)]), ledger)
    found = claimed(ledger)
    assert found["values.introduced"] == pytest.approx(100)
    assert found["values.open_doors"] == pytest.approx(75)
    assert [row["n"] for row in ledger.rows] == [3, 3]


@pytest.mark.parametrize(("units", "pairs"), [(["A", "B", "C"], []), ([None] * 3, [(0, 1)]), (["A"] * 3, [(0, 1)])])
def test_without_ties_or_units_no_door_is_counted(units, pairs):
    """Nobody's ties are known, or there is no other unit: no share, and no zero either."""
    ledger = Ledger("values")
    doors(evidence(staff(units), pairs), ledger)
    assert not ledger.rows
    assert worth(evidence(staff(units), pairs)).table.empty


@given(st.integers(0, 10**6))
def test_doors_agree_with_networkx(seed):
    """Of each person and each other unit without a neighbour there: whether somebody of it is two steps away."""
    rng = np.random.default_rng(seed)
    units = [*"ABC", *rng.choice(list("ABC"), 12)]
    net = nx.gnp_random_graph(15, 0.15, seed=seed)
    near = [nx.single_source_shortest_path_length(net, who, cutoff=2) for who in range(15)]
    gaps = []
    for who, unit in product(range(15), "ABC"):
        steps = [far for other, far in near[who].items() if units[other] == unit]
        if unit != units[who] and 1 not in steps:
            gaps.append(2 in steps)
    ledger = Ledger("values")
    doors(evidence(staff(units), net.edges), ledger)
    if found := claimed(ledger):
        assert found["values.open_doors"] == pytest.approx(100 * np.mean(gaps))
