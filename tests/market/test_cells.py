"""Parts of the market: how well each is heard, on whom it hangs, and where nobody listens."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from synthetic import settings, staff, ties

from kithwork.claims import Ledger
from kithwork.market.cells import Reach, reach
from kithwork.market_tables import CELLS
from kithwork.simulation import simulate
from kithwork.simulation.tables import tables
from kithwork.simulation.words import SEGMENTS
from kithwork.tables import NOMINATIONS, PARTIES

SIGNS = {"strategic": {"contact": [0.2, 0.4]}}
NO_CONTACT = pd.DataFrame(columns=["person_id", "party_id", "days", "span"])
PEOPLE = staff(["A"] * 6 + ["B"] * 6)
FOOD, SEA = ("customer", "food"), ("customer", "sea")
MARKET = {"x": FOOD, "y": FOOD, "z": SEA, "s": ("supplier", None), "u": ("unmapped", "sea")}
NAMED = [(0, "x", "GM"), (1, "x", "contact"), (1, "y", "contact"), (6, "s", "contact"), (7, "u", "GM")]
"""x is named by two people of A, y by one of them, the supplier by one of B; nobody names z."""


def of(named=NAMED, market=MARKET, pairs=((0, 2), (1, 3), (6, 8)), signs=SIGNS, answered=None) -> Reach:
    """What is heard by these ties outside and inside."""
    rows = [(f"p{who:03d}", party, relation) for who, party, relation in named]
    parties = PARTIES.checked(pd.DataFrame([(one, *what) for one, what in market.items()], columns=list(PARTIES.columns)))
    nominations = NOMINATIONS.checked(pd.DataFrame(rows, columns=list(NOMINATIONS.columns)))
    at = settings(signs, market={"resamples": 100})
    return reach(nominations, parties, PEOPLE, ties(pairs), NO_CONTACT, at, np.random.default_rng(1), answered)


def claimed(found: Reach) -> pd.DataFrame:
    """The claims, by id."""
    found.claims(ledger := Ledger("market"))
    return ledger.frame().set_index("id")


def test_cells_by_hand():
    """Access is .7 for all: 1 − .3 × .79 × .79 of what customers in food say is heard, and of customers by the sea none;
    without the first holder 1 − .79² is left. Where no segment is named it is `unknown`; what is unmapped has no cell."""
    found = of().table.set_index(["kind", "segment"])
    food, sea, unknown = (found.loc[one] for one in (("customer", "food"), ("customer", "sea"), ("supplier", "unknown")))
    assert food[["parties", "named", "single", "people", "routes"]].tolist() == [2, 2, 1, 2, 2]
    assert food[["strategic", "coverage", "fragility"]].tolist() == pytest.approx([1.6, 1 - 0.3 * 0.79**2, 0.7 * 0.79**2])
    assert sea[["parties", "named", "single", "people", "routes", "coverage"]].tolist() == [1, 0, 0, 0, 0, 0]
    assert 0 < sea["coverage_high"] < 1
    assert unknown[["coverage", "blind"]].tolist() == [pytest.approx(0.21), True]
    assert found["blind"].tolist() == [False, True, True]


def test_claims_are_means_over_parts_by_everybody_and_by_unit():
    """Customers: the mean over food and sea, of which unit B hears none. Of two segments one has no strategic tie. The gate
    counts all who could hold a tie, or, of what hangs on holders, those."""
    claims, food = claimed(of()), 1 - 0.3 * 0.79**2
    assert claims.loc["market.reach.customer", ["estimate", "people"]].tolist() == [pytest.approx(50 * food), 12]
    assert claims.loc["market.reach.customer.A", ["estimate", "people"]].tolist() == [pytest.approx(50 * food), 6]
    assert claims.loc["market.reach.customer.B", ["estimate", "low"]].tolist() == [0, 0]
    assert claims.loc["market.fragility.customer", ["estimate", "people"]].tolist() == [pytest.approx(35 * 0.79**2), 2]
    assert claims.loc["market.routes.customer", ["estimate", "people"]].tolist() == [pytest.approx(2), 2]
    assert claims.loc["market.segment_reach.food", "estimate"] == pytest.approx(100 * food)
    assert claims.loc["market.blind_segments", ["estimate", "n"]].tolist() == [50, 2]
    assert "market.segment_reach.unknown" not in claims.index
    assert not [one for one in claims.index if "p00" in one]


def test_the_gate_is_told_how_much_of_what_a_unit_hears_one_person_brings():
    """Of two people of A one brings log .3, the other twice log .79; where one alone has a tie, it brings all; in B, which
    hears nothing, nobody brings any."""
    most = np.log(0.3) / np.log(0.3 * 0.79**2)
    assert claimed(of()).loc["market.reach.customer.A", "largest"] == pytest.approx(most)
    alone = claimed(of(named=[(0, "x", "GM")]))
    assert alone.loc["market.reach.customer.A", "largest"] == 1
    assert pd.isna(alone.loc["market.reach.customer.B", "largest"])
    assert pd.isna(alone.loc["market.reach.customer", "largest"])


def test_what_would_be_heard_had_all_answered_is_claimed_where_some_did_not():
    """The first three of twelve answered, two of them with customers in food: four times their L; nothing where all
    answered, where it is not known who did, and of a kind that nobody names."""
    some, ids = of(answered=PEOPLE["person_id"][:3]), PEOPLE["person_id"]
    full = claimed(some).loc["market.full_reach.customer", ["estimate", "n", "people"]].tolist()
    assert full == [pytest.approx(50 * (1 - (0.3 * 0.79**2) ** 4)), 3, 3]
    for found in (of(), of(answered=ids), of(named=[], answered=ids[:3])):
        assert not claimed(found).index.str.contains("full_reach").any()


def test_what_is_assumed_widens_only_what_rests_on_it():
    """A part that one's word holds is as sure as before; the supplier, known by a sign from .2 to .4, is less sure."""
    sure, wide = of(signs={"strategic": {"contact": [0.3, 0.3]}}), of()
    both = [(one.table["coverage_high"] - one.table["coverage_low"]).to_numpy() for one in (sure, wide)]
    assert (both[1] >= both[0] - 1e-12).all()
    assert both[1][-1] > both[0][-1]
    word = [of(named=[(0, "x", "GM")], signs=signs).table for signs in ({"strategic": {"contact": [0.3, 0.3]}}, SIGNS)]
    pd.testing.assert_frame_equal(*word)


def test_nobody_named_no_party_or_no_sign_is_no_zero():
    """Without a party, or a sign of strategic ties, there is nothing; where nobody names any, nothing is claimed."""
    for found in (of(market={}), of(market={"u": MARKET["u"]}), of(signs={"personal": {"any": [0.0, 0.1]}})):
        pd.testing.assert_frame_equal(found.table, CELLS.empty())
        assert claimed(found).empty
    silent = of(named=[])
    assert silent.table["blind"].all()
    assert silent.table["coverage_high"].eq(1).all()
    assert claimed(silent).empty


def test_without_ties_inside_no_routes_are_claimed():
    """Where nothing is known of ties inside, no route is no finding."""
    assert not claimed(of(pairs=())).index.str.contains("routes").any()


def test_the_planted_blind_spot_is_found():
    """The simulation lets few ties reach its last segment: it is heard least in at least 90 % of worlds."""
    least = []
    for seed in range(12):
        world = tables(simulate(300, 8, seed))
        at, rng = settings(SIGNS, market={"resamples": 100}), np.random.default_rng(seed)
        found = reach(world["nominations"], world["parties"], world["people"], ties([]), NO_CONTACT, at, rng)
        by = found.table.groupby("segment")["coverage"].mean()
        least += [by.idxmin() == SEGMENTS[-1]] if SEGMENTS[-1] in by else []
    assert len(least) >= 9
    assert np.mean(least) >= 0.9
