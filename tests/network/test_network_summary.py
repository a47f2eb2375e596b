"""What the people chapter claims of pairs of units: each unit with itself, and two of which something can be told."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest
from synthetic import settings, staff, ties

from kithwork.claims import Ledger
from kithwork.network import summary
from kithwork.release import release


def told(net: nx.Graph, units: list[str], strategic: str = "no") -> pd.DataFrame:
    """The claims of pairs of units of a network, whose ties are all told to be strategic, or not."""
    ledger, set_to = Ledger("people"), settings(values={"resamples": 100})
    frame = ties(net.edges, told_strategic=strategic)
    summary.pairs(ledger, frame, staff(units), set_to)
    return ledger.frame()


def test_pairs_told_pass_the_gate_together():
    """Three units that keep to themselves: their pairs are far below chance, and all of it may be shown."""
    net = nx.planted_partition_graph(3, 20, 0.4, 0.03, seed=1)
    frame = told(net, [f"u{i // 20}" for i in net])
    assert frame["id"].str.removeprefix("people.between.").tolist() == [
        f"u{a} × u{b}" for a in range(3) for b in range(a, 3)
    ]
    across = frame[frame["group"] != frame["other"]]
    assert (across["high"] < 1).all()
    assert across[["n", "people", "other_people"]].drop_duplicates().to_numpy().tolist() == [[40, 20, 20]]
    assert len(release(frame, 5).of("people.between")) == 6


def test_pairs_of_which_nothing_can_be_told_are_not_claimed():
    """Units of five with hardly a tie: each with itself has a claim for the gate to count, at most of something."""
    net = nx.gnm_random_graph(40, 30, seed=2)
    frame = told(net, [f"u{i // 5}" for i in net])
    assert (frame["group"] == frame["other"]).all()
    assert len(frame) == 8
    few = frame[frame["label"].str.endswith(", at most")]
    assert len(few)
    assert (few["estimate"] == few["high"]).all()
    assert (few["low"] == 0).all()


@pytest.mark.parametrize(("strategic", "measures"), [("yes", 2), ("no", 1)])
def test_strategic_ties_have_ratios_of_their_own(strategic, measures):
    """Pairs are told of the ties told to be strategic too, where there are any."""
    net = nx.planted_partition_graph(3, 20, 0.4, 0.03, seed=1)
    assert told(net, [f"u{i // 20}" for i in net], strategic)["measure"].nunique() == measures


def test_no_pair_is_claimed_of_more_units_than_a_matrix_shows():
    """41 units have no claims of pairs."""
    net = nx.gnm_random_graph(205, 900, seed=3)
    assert told(net, [f"u{i % 41}" for i in net]).empty
    assert len(told(net, [f"u{i % 40}" for i in net])) >= 40


def test_nothing_is_said_of_ranks_where_more_are_silent_than_was_tried():
    """Four in ten silent: the experiment ends at three, and it says nothing of ranks beyond."""
    row = {"measure": "named_by", "rate": 0.3, "treatment": "dropped"}
    scores = {f"{name}{end}": 0.95 for name in ("spearman", "overlap") for end in ("", "_low", "_high")}
    for silent, claims in ((0.3, 2), (0.4, 0)):
        ledger = Ledger("people")
        summary.trusted(ledger, pd.DataFrame([row | scores]), silent, 50)
        assert len(ledger.rows) == claims


def test_the_gate_hears_of_a_unit_of_one():
    """One person has no colleagues within. A row of the pairs shown, less the pairs, would be all about that one: the
    smallest unit shown covers it."""
    net = nx.planted_partition_graph(4, 12, 0.4, 0.03, seed=1)
    net.add_edges_from([(48, other) for other in range(0, 48, 5)])
    frame = told(net, [*(f"u{i // 12}" for i in range(48)), "alone"])
    shown = release(frame, 5).of("people.between")
    assert {"alone", "u0"}.isdisjoint({*shown["group"], *shown["other"]})
    assert len({*shown["group"], *shown["other"]}) == 3
