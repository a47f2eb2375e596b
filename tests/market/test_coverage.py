"""Coverage of the market: who is tied to whom outside, and where nobody is."""

from __future__ import annotations

import pandas as pd
import pytest
from synthetic import settings, staff

from kithwork.market.coverage import claims, coverage
from kithwork.tables import NOMINATIONS, PARTIES

PEOPLE = staff(["A"] * 20)


def of(named: list[tuple[int, str]], parties: dict[str, str]) -> pd.DataFrame:
    """Coverage of these parties (name to kind) by people who name them, by kind."""
    table = PARTIES.checked(
        pd.DataFrame([(name, kind, None) for name, kind in parties.items()], columns=list(PARTIES.columns))
    )
    rows = [(f"p{who:03d}", party, "asks") for who, party in named] + [("p000", "p001", "asks")]
    nominations = NOMINATIONS.checked(pd.DataFrame(rows, columns=list(NOMINATIONS.columns)))
    return coverage(nominations, table, PEOPLE)


def test_people_are_counted_once_per_kind():
    """One person tied to two customers is one person; a kind nobody names is there with nobody."""
    found = of(
        [(0, "x"), (0, "y"), (1, "y"), (2, "s")], {"x": "customer", "y": "customer", "s": "supplier", "r": "regulator"}
    )
    assert found.set_index("kind").to_dict("index") == {
        "customer": {"parties": 2, "people": 2},
        "supplier": {"parties": 1, "people": 1},
        "regulator": {"parties": 1, "people": 0},
    }


def test_ties_inside_are_not_coverage():
    """Naming a colleague, or nobody outside, covers nothing."""
    assert of([], {"x": "customer"})["people"].tolist() == [0]
    assert of([], {}).empty


def test_claims_are_shares_of_everybody_and_blind_spots():
    """2 of 20 people are 10 %; two of three kinds have fewer than two people: blind spots."""
    covered = of([(0, "x"), (1, "x"), (2, "s")], {"x": "customer", "s": "supplier", "r": "regulator"})
    frame = claims(covered, PEOPLE, settings(market={"fewest_sources": 2})).frame().set_index("id")
    assert frame["estimate"].to_dict() == pytest.approx(
        {
            "market.customer_coverage": 10,
            "market.supplier_coverage": 5,
            "market.regulator_coverage": 0,
            "market.blind_spots": 200 / 3,
        }
    )
    assert (frame["people"] == 20).all()
    assert frame.loc["market.regulator_coverage", "high"] > 0


def test_without_parties_nothing_is_claimed():
    """Nobody asked about the outside: no claim, and no blind spot either."""
    assert claims(of([], {}), PEOPLE, settings()).frame().empty
