"""Whom to ask: those who would teach most, from all units, about ties drawn by lot."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from synthetic import staff, ties

from kithwork.ties import volunteers


def told(pairs: list[tuple[int, int]], p: float | list[float] = 0.5) -> pd.DataFrame:
    """Ties with P(personal); other kinds settled."""
    settled = {f"p_{kind}": 0.0 for kind in ("functional", "strategic")}
    return ties(pairs, **settled).assign(p_personal=p)


def test_entropy_by_hand():
    """A half is one bit, a quarter .811; what is settled teaches nothing, what cannot be told a bit."""
    found = volunteers.entropy(told([(0, 1), (1, 2), (2, 3), (3, 4)], [0.5, 0.25, 1.0, np.nan]))
    assert found == pytest.approx([1, 0.8113, 0, 1], abs=1e-3)


def test_who_holds_most_open_ties_is_asked_first():
    """A hub before its neighbours; ties that the hub labels teach nothing more through others."""
    star = told([(0, one) for one in range(1, 6)] + [(6, 7), (6, 8)])
    assert volunteers.chosen(star, staff([None] * 9), 2) == ["p000", "p006"]
    assert len(volunteers.chosen(star, staff([None] * 9), 5)) == 2


def test_settled_ties_are_nobodys_to_label():
    """Where all is known nobody is asked."""
    assert volunteers.chosen(told([(0, 1), (1, 2)], 1.0), staff([None] * 3), 5) == []


def test_units_take_turns():
    """A second volunteer of a unit counts half: with as many open ties, one of another unit goes first."""
    pairs = [(0, 1), (0, 2), (3, 4), (3, 5), (6, 7), (6, 8)]
    people = staff(["A"] * 6 + ["B"] * 3)
    assert volunteers.chosen(told(pairs), people, 2) == ["p000", "p006"]


def test_a_volunteer_is_asked_about_some_ties_drawn_by_lot():
    """At most thirty, each one's own, the same at every run; all where there are fewer."""
    held = told([(0, one) for one in range(1, 50)] + [(50, 51)])
    found = volunteers.asked(held, ["p000", "p050"], np.random.default_rng(1))
    assert found["person_id"].value_counts().to_dict() == {"p000": volunteers.MOST, "p050": 1}
    assert not found.duplicated().any()
    assert found.equals(volunteers.asked(held, ["p000", "p050"], np.random.default_rng(1)))
    assert volunteers.asked(held, [], np.random.default_rng(1)).empty


def test_nobody_is_asked_about_people_who_withdrew_what_others_say():
    """Who withdrew records alone may still be spoken of."""
    held = told([(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)])
    opt_outs = pd.DataFrame({"person_id": ["p000", "p002", "p005"], "scope": ["named", "records", "all"]})
    left = volunteers.may_be_asked(held, opt_outs)
    assert left[["a_id", "b_id"]].to_numpy().tolist() == [["p001", "p002"], ["p002", "p003"], ["p003", "p004"]]
