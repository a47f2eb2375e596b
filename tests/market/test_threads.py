"""Parties held by one person, and those that somebody else comes near through a colleague."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import staff, ties

from kithwork.claims import Ledger
from kithwork.estimates import proportion
from kithwork.market.threads import claims, threads
from kithwork.tables import NOMINATIONS, PARTIES

PEOPLE = staff(["A"] * 6)


def market(named: list[tuple[int, str]], parties: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Nominations of parties by people, and the parties (name to kind)."""
    rows = [(f"p{who:03d}", party, "asks") for who, party in named]
    table = PARTIES.checked(pd.DataFrame([(*one, None) for one in parties.items()], columns=list(PARTIES.columns)))
    return NOMINATIONS.checked(pd.DataFrame(rows, columns=list(NOMINATIONS.columns))), table


HELD = [(0, "x"), (1, "x"), (0, "y"), (2, "s"), (3, "u")]
PARTIES_ = {"x": "customer", "y": "customer", "z": "customer", "s": "supplier", "u": "unmapped"}
"""Of the customers x is named by two people who know each other, y by one of them, z by nobody; the supplier by one."""


def test_threads_by_hand():
    """y is near to 1, who does not name it; x is near to 4, a colleague of 1; the supplier's holder has no colleague."""
    found = threads(*market(HELD, PARTIES_), PEOPLE, ties([(0, 1), (1, 4)]))
    assert found.set_index("kind").to_dict("index") == {
        "customer": {"known": 2, "single": 1, "near": 2, "holders": 2},
        "supplier": {"known": 1, "single": 1, "near": 0, "holders": 1},
    }


def test_colleagues_who_all_name_a_party_bring_nobody_near():
    """0 and 1 both name x and know only each other: nobody else is near."""
    found = threads(*market([(0, "x"), (1, "x")], {"x": "customer"}), PEOPLE, ties([(0, 1)]))
    assert found["near"].tolist() == [0]


def test_claims_count_parties_and_stand_for_those_who_hold_them():
    """One of two customers and the one supplier hang on one person; two of three parties are within reach. The gate counts
    those with ties to the kind of party: a single holder is never told of."""
    ledger, links = Ledger("market"), ties([(0, 1), (1, 4)])
    claims(threads(*market(HELD, PARTIES_), PEOPLE, links), PEOPLE, links, ledger)
    frame = ledger.frame().set_index("id")
    assert frame["estimate"].to_dict() == pytest.approx(
        {"market.customer_single_thread": 50, "market.supplier_single_thread": 100, "market.within_reach": 200 / 3}
    )
    assert frame["n"].to_dict() == {
        "market.customer_single_thread": 2,
        "market.supplier_single_thread": 1,
        "market.within_reach": 3,
    }
    assert frame["people"].tolist() == [2, 1, 6]
    assert frame.loc["market.within_reach", "low"] == pytest.approx(proportion(2, 3).low * 100)


def test_nobody_named_or_no_ties_are_no_zero():
    """Without a party named nothing is claimed, without ties nothing about reach."""
    for named, links in (([], ties([(0, 1)])), (HELD, ties([]))):
        ledger = Ledger("market")
        claims(threads(*market(named, PARTIES_), PEOPLE, links), PEOPLE, links, ledger)
        assert "market.within_reach" not in {row["id"] for row in ledger.rows}
        assert bool(ledger.rows) == bool(named)


@given(st.integers(0, 10**6))
def test_reach_agrees_with_networkx(seed):
    """Parties within two steps of a person who does not name them, in the network of people and parties."""
    rng = np.random.default_rng(seed)
    pairs = [(a, b) for a in range(6) for b in range(a) if rng.random() < 0.3]
    named = [(who, party) for who in range(6) for party in "xyzs" if rng.random() < 0.3]
    net = nx.Graph([(f"p{a:03d}", f"p{b:03d}") for a, b in pairs] + [(f"p{who:03d}", party) for who, party in named])
    near = sum(
        any(
            who.startswith("p")
            and not net.has_edge(who, party)
            and any(other.startswith("p") for other in nx.common_neighbors(net, who, party))
            for who in net
        )
        for party in "xyzs"
        if party in net
    )
    found = threads(*market(named, PARTIES_), PEOPLE, ties(pairs))
    assert found["near"].sum() == near
    assert found["known"].sum() == len({party for _, party in named})
