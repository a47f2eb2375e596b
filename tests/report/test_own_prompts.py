"""Ask, offer, let go: one of each, by the first rule that holds, with what it rests on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork import release
from kithwork.estimates import Estimate
from kithwork.report import own_prompts
from kithwork.report.own_prompts import RULES, Reading, Spoken, prompts

BANDS = {
    name: release.band(pd.Series(np.arange(101.0)), unit, 5)
    for name, unit in (("personal", "%"), ("functional", "%"), ("strategic", "%"), ("named", "count"), ("units", "count"))
}
"""25 to 75 of everything."""
MIDDLING = dict.fromkeys(("personal", "functional", "strategic"), (50, 40, 60))


def reading(figures: dict | None = None, units: int = 50, named_by: int = 0, bands=BANDS, **spoken: int) -> Reading:
    """A page with these figures (estimate, low, high), else in the middle."""
    told = {name: (Estimate(*ends, 9), "%") for name, ends in (MIDDLING | (figures or {})).items()}
    page = release.own("p", ["p"], told, {"named": 50, "units": units}, (named_by, 200), {})
    bands = bands | {"named_by": BANDS["units"]} if bands else {}
    shown = {name: name for one in (*UNITS, "named_by") for name in (one, f"{one} band")}
    return Reading(page, bands, Spoken(**spoken), shown)


UNITS = ("personal", "functional", "strategic", "named", "units")


@pytest.mark.parametrize(
    ("given", "at", "words"),
    [
        ({"figures": {"strategic": (10, 5, 20)}}, 0, "outside your own circle"),
        ({"units": 10}, 0, "introduce you"),
        ({"figures": {"personal": (10, 5, 20)}}, 0, "anything but the work"),
        ({"figures": {"functional": (10, 5, 20)}}, 0, "and by when"),
        ({"figures": {"strategic": (20, 5, 30)}}, 0, "do not see"),
        ({"helped_by": 3, "helped": 2, "of_help": 6}, 1, "before it is asked for"),
        ({"helped_by": 2, "helped": 2, "of_help": 6}, 1, "nothing due"),
        ({"helped_by": 2, "helped": 0, "of_help": 2}, 1, "nothing due"),
        ({"nothing": 2, "of_yield": 2}, 2, "one meeting"),
        ({"named_by": 90}, 1, "many come to you"),
        ({"units": 90}, 1, "Offer an introduction"),
        ({"figures": {"strategic": (90, 80, 95)}}, 1, "what you see from outside"),
        ({"nothing": 2, "of_yield": 6}, 2, "nothing has come yet"),
        ({"nothing": 1, "of_yield": 6}, 2, "one meeting"),
        ({"draining": 2, "of_energy": 4}, 2, "costs you energy"),
        ({"figures": {"functional": (90, 80, 95)}}, 2, "hand-over"),
    ],
)
def test_rule_by_rule(given, at, words):
    """Each holds where its whole interval, or its count, lies outside the middle half, or where one's words say so."""
    assert words in prompts(reading(**given))[at].text


def test_without_bands_nothing_is_said_to_stand_out():
    """An organisation too small for a band: what rests on the person's own words is told, and nothing else."""
    told = prompts(reading({"strategic": (1, 0, 2)}, bands={}))
    assert {str(one.rests) for one in told} == {own_prompts.CHECKED}


def test_who_named_two_is_not_set_beside_those_who_named_three():
    """Their count is below every such band by that alone."""
    page = release.own("p", ["p"], {}, {"named": 2, "units": 1}, (0, 200), {})
    assert [Reading(page, BANDS).beside(name) for name in ("named", "units")] == ["", ""]


@given(st.tuples(*[st.integers(0, 100)] * 3), st.integers(0, 100), st.integers(0, 100), st.integers(0, 9))
def test_there_is_always_one_of_each(shares, units, named_by, many):
    """Whatever is known, in the order ask, offer, let go, each with what it rests on."""
    ends = {kind: (share, max(share - 5, 0), share + 5) for kind, share in zip(MIDDLING, shares, strict=True)}
    told = prompts(reading(ends, units, named_by, nothing=many, of_yield=9, helped_by=many, of_help=9))
    assert [one.verb for one in told] == list(RULES)
    assert all(one.text.endswith(".") and str(one.rests).endswith(".") for one in told)


def test_what_a_person_said_is_counted_by_question():
    """Help either way, nothing yet, less energy; other questions say nothing here."""
    rows = [("T8", 1), ("T8", 3), ("T8", 4), ("T9", 0), ("T9", 3), ("T7", -2), ("T7", 0), ("T2", 1)]
    said = pd.DataFrame(rows, columns=["question", "value"])
    assert own_prompts.spoken(said) == Spoken(2, 1, 3, 1, 2, 1, 2)
