"""Readiness as people answer for it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from synthetic import settings, staff

from kithwork.change.readiness import ITEMS, claims, readiness
from kithwork.tables import ANSWERS

UNITS = ["A"] * 4 + ["B"] * 3 + [None]
PEOPLE = staff(UNITS)


def answers(values: dict[int, list[float]]) -> pd.DataFrame:
    """Each person's answers to the first readiness items."""
    rows = [
        (f"p{who:03d}", item, value) for who, given in values.items() for item, value in zip(ITEMS, given, strict=False)
    ]
    return ANSWERS.checked(pd.DataFrame(rows, columns=list(ANSWERS.columns)))


def test_score_is_the_mean_of_the_items_answered():
    """All ones are 0, all fives 100, a two and a four the middle, whichever items were answered."""
    found = readiness(answers({0: [1] * 6, 1: [5] * 6, 2: [2, 4], 3: [3]}))
    assert found.to_dict() == {"p000": 0, "p001": 100, "p002": 50, "p003": 50}


def test_other_items_do_not_count():
    """Answers about values say nothing about the change."""
    other = pd.DataFrame({"person_id": ["p000"], "item": ["V6a"], "value": [5.0]})
    assert readiness(ANSWERS.checked(other)).empty


def test_claims_by_group_against_the_declared_threshold():
    """The whole and each unit with answers, n the respondents, the threshold of params.yaml beside each."""
    scores = readiness(answers({0: [5] * 6, 1: [3] * 6, 4: [1] * 6, 7: [3] * 6}))
    set_to = settings(change={"ready_at": 55})
    frame = claims(scores, PEOPLE, set_to, np.random.default_rng(1)).frame().set_index("id")
    assert frame["estimate"].to_dict() == {"change.readiness": 50, "change.readiness.A": 75, "change.readiness.B": 0}
    assert frame["n"].to_dict() == {"change.readiness": 4, "change.readiness.A": 2, "change.readiness.B": 1}
    assert set(frame["reference"]) == {55}


def test_without_answers_nothing_is_claimed():
    """Nobody was asked: no readiness, rather than none."""
    assert claims(readiness(ANSWERS.empty()), PEOPLE, settings(), np.random.default_rng(1)).frame().empty


def test_items_are_those_of_the_questionnaire():
    """Three items of commitment, three of efficacy."""
    assert list(ITEMS) == ["CC1", "CC2", "CC3", "CE1", "CE2", "CE3"]
    assert readiness(answers({0: [1, 1, 1, 5, 5, 5]}))["p000"] == pytest.approx(50)
