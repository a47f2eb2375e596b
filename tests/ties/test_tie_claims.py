"""What the tie chapter claims."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from synthetic import settings, staff, ties

from kithwork.estimates import Estimate
from kithwork.release import release
from kithwork.tables import TIES
from kithwork.ties import kinds, summary
from kithwork.ties.told import Told

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


def test_method_says_what_the_range_of_open_ties_is_over():
    """The stated strengths, and the base rate of a kind that has one."""
    set_to, rng = settings(SIGNS, {"base_rates": {"personal": [0.4, 0.6]}}), np.random.default_rng(1)
    frame = kinds.probabilities(ties([(0, 1), (1, 2)], signs="friend+work"), set_to, rng)
    methods = summary.claims(frame, staff(UNITS), set_to, rng).frame().set_index("id")["method"]
    assert "over the stated sign strengths and base rate;" in methods["ties.open_personal"]
    assert "over the stated sign strengths;" in methods["ties.open_functional"]


def test_without_ties_nothing_is_claimed():
    """That nobody is tied to anybody is not a finding where no source of ties was brought."""
    made = summary.claims(TIES.empty(), staff(UNITS), settings(SIGNS), np.random.default_rng(1))
    assert not made.rows


def told_of(says: Estimate | None, informed: bool = True) -> Told:
    """Twelve ties, asked of from both sides; of the first half both say so, and chances tell which."""
    nothing = np.zeros(12)
    said = np.tile(np.repeat([1, 0], 6), 2)
    expected = np.where(said == 1, 0.8, 0.3)
    ego = np.arange(24) % 6
    return Told(nothing, nothing, nothing, nothing, nothing > 0, "some model", said, expected, ego, informed, says, says)


def test_answers_are_claimed_with_how_well_they_are_told():
    """By hand: all ranked, .2 and .3 off, (.04 + .09) / 2 squared, beside a rate of a half; the gate counts egos."""
    set_to, rng = settings(SIGNS), np.random.default_rng(1)
    frame = kinds.probabilities(ties([(0, 1), (1, 2)], signs="friend"), set_to, rng)
    said = {"personal": told_of(Estimate(0.8, 0.7, 0.9, 12)), "functional": told_of(None)}
    found = summary.claims(frame, staff(UNITS), set_to, rng, said).frame().set_index("id")
    expected = {"ranked": (100, 50), "off": (25, np.nan), "brier": (0.065, 0.25)}
    for name, figures in expected.items():
        row = found.loc[f"ties.{name}_personal"]
        assert tuple(row[["estimate", "reference"]]) == pytest.approx(figures, nan_ok=True)
        assert (row["n"], row["people"]) == (24, 6)
    assert found.loc["ties.says_personal", ["estimate", "n"]].tolist() == [80, 12]
    assert "ties.says_functional" not in found.index


def test_where_nothing_is_learned_no_ranking_is_claimed():
    """A base rate that is held out ranks below guessing by its making, which is no figure about anybody."""
    set_to, rng = settings(SIGNS), np.random.default_rng(1)
    frame = kinds.probabilities(ties([(0, 1), (1, 2)], signs="friend"), set_to, rng)
    found = summary.claims(frame, staff(UNITS), set_to, rng, {"personal": told_of(None, informed=False)}).frame()
    assert {"ties.brier_personal", "ties.off_personal"} <= set(found["id"])
    assert "ties.ranked_personal" not in set(found["id"])


def test_reliability_is_claimed_bin_by_bin():
    """By hand: of twelve answers told .3 none came, of twelve told .8 all; each bin counts the people who gave them."""
    found = summary.curves({"personal": told_of(None)}, settings(SIGNS)).frame()
    assert found["measure"].unique().tolist() == ["ties.reliability_personal"]
    assert found[["reference", "estimate", "low", "high", "n", "people"]].to_numpy().tolist() == [
        pytest.approx([30, 0, 0, 0, 12, 6]),
        pytest.approx([80, 100, 100, 100, 12, 6]),
    ]


def test_the_gate_holds_back_bins_of_few_people():
    """Whatever a bin is called, the answers of fewer than five people are not shown."""
    one = told_of(None)
    few = replace(one, ego=np.where(one.expected > 0.5, one.ego % 3, one.ego))
    assert not len(release(summary.curves({"personal": few}, settings(SIGNS)).frame(), 5).of("ties.reliability_personal"))


def test_each_kind_says_what_it_was_told_by():
    """What people said, or the stated signs; no other claim says so."""
    set_to, rng = settings(SIGNS), np.random.default_rng(1)
    frame = kinds.probabilities(ties([(0, 1), (1, 2)], signs="friend+work"), set_to, rng)
    found = summary.claims(frame, staff(UNITS), set_to, rng, {"personal": told_of(None)}).frame().set_index("id")
    assert found["basis"].dropna().to_dict() == {"ties.open_functional": "assumed", "ties.open_personal": "estimated"}
