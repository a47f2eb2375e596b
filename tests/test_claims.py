"""The ledger of numbers."""

from __future__ import annotations

import numpy as np
import pytest
from pandera.errors import SchemaErrors

from kithwork.claims import Ledger, largest_part
from kithwork.estimates import Estimate
from kithwork.tables import CLAIMS


def test_claim_id_is_stage_measure_and_group():
    """A claim's id says where it was made, what it measures and of whom."""
    ledger = Ledger("people")
    whole = ledger.add("e_i", "E-I index", Estimate(0.1, 0, 0.2, 40), unit="index", method="Counted")
    group = ledger.add(
        "e_i", "E-I index", Estimate(0.1, 0, 0.2, 9), unit="index", method="Counted", scope="group", group="B"
    )
    assert (whole, group) == ("people.e_i", "people.e_i.B")
    frame = ledger.frame().set_index("id")
    assert set(frame["measure"]) == {"people.e_i"}
    assert frame.loc["people.e_i.B", "group"] == "B"
    assert frame.loc["people.e_i", ["estimate", "low", "high", "n", "people"]].tolist() == [0.1, 0, 0.2, 40, 40]


def test_claim_of_a_pair_names_both_groups():
    """A pair's id has both names; the people of each stand apart."""
    ledger = Ledger("people")
    about = {"scope": "pair", "group": "A", "other": "B", "people": 20, "other_people": 9}
    name = ledger.add("between", "Ties", Estimate(2, 1, 3, 29), unit="times", method="Counted", **about)
    assert name == "people.between.A × B"
    assert ledger.frame().loc[0, ["group", "other", "people", "other_people"]].tolist() == ["A", "B", 20, 9]


def test_gate_counts_people_where_n_counts_something_else():
    """`people` overrides what the gate counts: n may count ties."""
    ledger = Ledger("ties")
    ledger.add("multiplex", "Ties", Estimate(5, 4, 6, 300), unit="%", method="Counted", people=40)
    assert ledger.frame().loc[0, ["n", "people"]].tolist() == [300, 40]


def test_no_claims_are_an_empty_table():
    """A chapter that could compute nothing hands on a valid table without rows."""
    assert Ledger("market").frame().dtypes.equals(CLAIMS.empty().dtypes)


@pytest.mark.parametrize("fault", [{"unit": "furlongs"}, {"scope": "person"}])
def test_unknown_unit_or_scope_is_refused(fault):
    """A claim about one person, or in a unit nobody knows how to print, cannot be made."""
    ledger = Ledger("ties")
    ledger.add("x", "X", Estimate(1, 0, 2, 10), **{"unit": "%", "method": "Counted", **fault})
    with pytest.raises(SchemaErrors):
        ledger.frame()


def test_same_claim_twice_is_refused():
    """One id is one number."""
    ledger = Ledger("ties")
    for _ in range(2):
        ledger.add("x", "X", Estimate(1, 0, 2, 10), unit="%", method="Counted")
    with pytest.raises(SchemaErrors):
        ledger.frame()


def test_claim_about_nobody_is_refused():
    """A figure with no one behind it is not a claim."""
    ledger = Ledger("ties")
    ledger.add("x", "X", Estimate(0, 0, 0, 0), unit="%", method="Counted")
    with pytest.raises(SchemaErrors):
        ledger.frame()


def test_largest_part_is_one_persons():
    """Of a sum the part of whoever adds most; of nothing nobody has a part."""
    assert largest_part(np.array([1, 3, 0])) == 0.75
    assert largest_part(np.zeros(3)) is None
