"""Readiness as people answer for it, of the whole and by unit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from synthetic import settings, staff

from kithwork import scales
from kithwork.change.readiness import DIFFERING, ITEMS, SHARED, measure, readiness, z
from kithwork.claims import Ledger
from kithwork.release import release
from kithwork.tables import ANSWERS, WEIGHTS

UNITS = ["A"] * 4 + ["B"] * 3 + [None]
PEOPLE = staff(UNITS)
ALL = frozenset({"readiness", "commitment", "efficacy", "belief", "support", "gain", "candour"})


def answers(values: dict[int, list[float]], items=ITEMS) -> pd.DataFrame:
    """Each person's answers to the first of these items."""
    rows = [
        (f"p{who:03d}", item, value) for who, given in values.items() for item, value in zip(items, given, strict=False)
    ]
    return ANSWERS.checked(pd.DataFrame(rows, columns=list(ANSWERS.columns)))


def measured(given, people=PEOPLE, weights=None, reliable=ALL, shared=frozenset(), **change):
    """What is measured, and its claims by id."""
    weights = WEIGHTS.empty() if weights is None else weights
    found = measure(given, people, weights, reliable, shared, settings(change=change), np.random.default_rng(1))
    ledger = Ledger("change")
    found.claims(ledger)
    return found, ledger.frame().set_index("id")


GIVEN = {0: [5] * 6, 1: [4] * 6, 4: [2] * 6, 5: [1] * 6, 7: [3] * 6}


def test_score_is_the_mean_of_the_items_answered():
    """All ones are 0, all fives 100, a two and a four the middle, whichever items were answered."""
    found = readiness(answers({0: [1] * 6, 1: [5] * 6, 2: [2, 4], 3: [3]}))
    assert found.to_dict() == {"p000": 0, "p001": 100, "p002": 50, "p003": 50}


def test_other_items_do_not_count():
    """Answers about values say nothing about the change."""
    other = pd.DataFrame({"person_id": ["p000"], "item": ["V6a"], "value": [5.0]})
    assert readiness(ANSWERS.checked(other)).empty


def test_items_are_those_of_the_questionnaire():
    """Three items of commitment, three of efficacy."""
    assert list(ITEMS) == ["CC1", "CC2", "CC3", "CE1", "CE2", "CE3"]
    assert readiness(answers({0: [1, 1, 1, 5, 5, 5]}))["p000"] == pytest.approx(50)


def test_z_is_in_standard_deviations_and_nothing_where_unknown():
    """Scores of 40 and 60 are one below and one above their mean; who has none stands at it, as all do who are alike."""
    scores = pd.Series({"p001": 40.0, "p003": 60.0})
    assert z(scores, PEOPLE).tolist() == [0, -1, 0, 1, 0, 0, 0, 0]
    assert not z(pd.Series({"p001": 40.0}), PEOPLE).any()
    assert not z(pd.Series(dtype=float), PEOPLE).any()


def test_claims_of_the_whole_and_its_units_by_hand():
    """Means of the whole and, as found, of each unit; shrunk ones in between; the threshold of params.yaml beside each."""
    _, frame = measured(answers(GIVEN), ready_at=55)
    assert frame.loc["change.readiness", "estimate"] == 50
    assert frame.loc["change.readiness_as_found.A", "estimate"] == 87.5
    assert frame.loc["change.readiness_as_found.B", "estimate"] == 12.5
    assert 50 < frame.loc["change.readiness.A", "estimate"] < 87.5
    of = frame[frame["measure"] == "change.readiness"]
    assert of["n"].to_dict() == {"change.readiness": 5, "change.readiness.A": 2, "change.readiness.B": 2}
    assert set(of["reference"]) == {55}
    assert set(frame.loc[frame["measure"] == "change.readiness_as_found", "reference"].dropna()) == {50}


def test_weighted_beside_unweighted():
    """Who stands for three counts three times, in the whole and within the unit; without weights all count alike."""
    weights = WEIGHTS.checked(pd.DataFrame({"person_id": ["p000", "p001"], "weight": [3.0, 0.5]}))
    _, frame = measured(answers(GIVEN), weights=weights)
    assert frame.loc["change.readiness", "estimate"] == pytest.approx((300 + 0.5 * 75 + 25 + 50) / 6.5)
    assert frame.loc["change.readiness_unweighted", "estimate"] == 50
    assert frame.loc["change.readiness_as_found.A", "estimate"] == pytest.approx((300 + 37.5) / 3.5)


def test_only_reliable_scales_are_told():
    """Each of the six scales where it is reliable and was asked; other scales never."""
    rng = np.random.default_rng(2)
    asked = [item for scale in ("commitment", "efficacy", "belief", "candour") for item in scales.of(scale)]
    given = answers({who: list(rng.integers(1, 6, len(asked))) for who in range(8)}, asked)
    found, frame = measured(given)
    assert set(found.whole) == {"readiness", "commitment", "efficacy", "belief"}
    assert set(found.scores["scale"]) == set(found.groups["scale"]) == set(found.whole)
    assert np.isnan(frame.loc["change.belief", "reference"])
    assert set(measured(given, reliable=frozenset({"efficacy", "candour"}))[0].whole) == {"efficacy"}


def test_too_few_items_give_no_score():
    """Four of the six items are enough for readiness, three are not; people off the staff list do not count."""
    found, _ = measured(answers({0: [4] * 4, 1: [4] * 3, 9: [5] * 6}))
    assert found.scores.loc[found.scores["scale"] == "readiness", "person_id"].tolist() == ["p000"]


def test_what_a_mean_stands_for_is_told_with_it():
    """A scale on which people of a unit agree is a view they share; else it is the average of differing views."""
    _, frame = measured(answers(GIVEN), shared=frozenset({"commitment"}))
    assert SHARED in frame.loc["change.commitment.A", "method"]
    assert DIFFERING in frame.loc["change.efficacy.A", "method"]
    assert DIFFERING in frame.loc["change.readiness_as_found.A", "method"]


def test_the_gate_can_hold_small_units_back():
    """Units of two are claimed, and are not shown: groups are filtered at the gate alone."""
    given = {who: [1 + who % 5] * 6 for who in range(14)}
    _, frame = measured(answers(given), staff(["A"] * 6 + ["B"] * 6 + ["C"] * 2))
    assert "change.readiness.C" in frame.index
    shown = release(frame.reset_index(), 5).of("change.readiness")["group"]
    assert "C" not in set(shown)


def test_without_answers_nothing_is_claimed():
    """Nobody was asked: no readiness, rather than none."""
    found, frame = measured(ANSWERS.empty())
    assert frame.empty
    assert found.scores.empty
    assert found.groups.empty
