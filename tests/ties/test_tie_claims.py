"""What the tie chapter claims."""

from __future__ import annotations

import numpy as np
import pytest
from synthetic import settings, staff, ties

from kithwork.tables import TIES
from kithwork.ties import kinds, summary

SIGNS = {"personal": {"friend": [0.7, 0.7]}, "functional": {"work": [0.9, 0.9]}}
UNITS = ["A"] * 6 + ["B"] * 5 + [None]


def claims(signs: dict = SIGNS, pairs=((0, 1), (1, 2), (6, 7)), seen="friend+work"):
    """The claims about a few ties, by id."""
    set_to, rng = settings(signs), np.random.default_rng(1)
    frame = kinds.probabilities(ties(pairs, signs=seen), set_to, rng)
    return summary.claims(frame, staff(UNITS), set_to, rng).frame().set_index("id")


def test_connected_counts_people_with_a_tie_among_all():
    """5 of 12 hold a tie, 3 of 6 in A; whoever is in no unit counts in the whole."""
    found = claims()
    assert found.loc["ties.connected", ["estimate", "n"]].tolist() == [pytest.approx(500 / 12), 12]
    assert found.loc["ties.connected.A", ["estimate", "n"]].tolist() == [50, 6]
    assert found.loc["ties.connected.B", "estimate"] == pytest.approx(40)


def test_ties_per_person_is_the_mean_degree():
    """Three ties among twelve people are half a tie each; people without any count as zero."""
    found = claims()
    assert found.loc["ties.per_person", "estimate"] == pytest.approx(0.5)
    assert found.loc["ties.per_person.A", "estimate"] == pytest.approx(4 / 6)


def test_multiplex_share_is_the_chance_of_two_kinds_at_once():
    """Independent draws of 0.7 and 0.9 coincide in 63 % of ties; n counts ties, the gate people."""
    row = claims(pairs=[(a, b) for a in range(6) for b in range(a)]).loc["ties.multiplex"]
    assert row["estimate"] == pytest.approx(63, abs=5)
    assert (row["n"], row["people"]) == (15, 12)


def test_one_kind_alone_has_no_multiplexity():
    """Where one kind can be told, no figure is made about ties of two."""
    found = claims({"personal": {"friend": [0.7, 0.7]}})
    assert "ties.multiplex" not in found.index
    assert "ties.open_personal" in found.index


def test_without_ties_nothing_is_claimed():
    """That nobody is tied to anybody is not a finding where no source of ties was brought."""
    made = summary.claims(TIES.empty(), staff(UNITS), settings(SIGNS), np.random.default_rng(1))
    assert not made.rows
