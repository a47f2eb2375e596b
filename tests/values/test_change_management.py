"""Change management holds readiness against the declared threshold, and counts stages in order and adoption as recorded."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from evidence_of import evidence
from hypothesis import given
from hypothesis import strategies as st
from synthetic import staff

from kithwork.survey.wording import STAGES
from kithwork.values import change_management
from kithwork.values.evidence import Evidence, Missing


def answered(rows: list[list[float]], items: tuple[str, ...]) -> list[tuple[int, str, float]]:
    """Answers of each person to these items, in order; 0 where one was left out."""
    return [(who, item, value) for who, row in enumerate(rows) for item, value in zip(items, row, strict=True) if value]


def surveyed(people: int, answers=(), **tables: list[dict]) -> Evidence:
    """Evidence of so many people with answers."""
    return evidence(staff([None] * people), answers=answers, **tables)


def covered(indicator, truth: float, drawn, people: int = 80, runs: int = 200) -> float:
    """Share of drawn sets of tables (`drawn(rng, ids)`, by name) whose interval holds the truth."""
    blank, rng, held = surveyed(people), np.random.default_rng(8), 0
    for _ in range(runs):
        found = indicator(replace(blank, **drawn(rng, blank.people["person_id"].to_numpy()))).estimate
        held += found.low <= truth <= found.high
    return held / runs


def long(values: np.ndarray, ids: np.ndarray, items: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """The table of answers of (people, items)."""
    rows = {
        "person_id": np.repeat(ids, len(items)),
        "item": np.tile(items, len(ids)),
        "value": values.ravel().astype(float),
    }
    return {"answers": pd.DataFrame(rows)}


def test_readiness_by_hand():
    """100, 62.5 and 0, beside the threshold that was declared; other items do not count."""
    answers = [
        *((0, item, 5) for item in change_management.READY),
        (1, "CC1", 3),
        (1, "CE1", 4),
        (2, "CC1", 1),
        (3, "V6a", 5),
    ]
    given_ = surveyed(4, answers)
    found = change_management.readiness(given_)
    assert found.estimate.estimate == pytest.approx(162.5 / 3)
    assert (found.estimate.n, found.unit) == (3, "score")
    assert found.reference == given_.settings.change.ready_at
    assert found.reference_label == "the declared threshold"


def test_stages_passed_by_hand():
    """Five, two and none of five; who left out a stage does not count."""
    rows = [[5, 5, 5, 4, 4], [4, 4, 3, 5, 5], [2, 5, 5, 5, 5], [5, 5, 0, 5, 5]]
    found = change_management.stages_passed(surveyed(5, answered(rows, tuple(STAGES))))
    assert found.estimate.estimate == pytest.approx(100 * 7 / 15)
    assert found.estimate.n == 3


def test_adoption_by_hand():
    """Three of eight; another outcome is none of it, and who is on no staff list does not count."""
    rows = [*((f"p{who:03d}", "adopted") for who in (0, 3, 5)), ("p001", "left"), ("stranger", "adopted")]
    outcomes = [{"person_id": who, "outcome": what} for who, what in rows]
    found = change_management.adoption(surveyed(8, outcomes=outcomes))
    assert found.estimate.estimate == pytest.approx(37.5)
    assert found.estimate.n == 8


def test_as_answered_by_hand():
    """75 and 25."""
    answers = [(0, "V6a", 4), (0, "V6b", 4), (0, "V6c", 4), (1, "V6b", 2)]
    assert change_management.as_answered(surveyed(3, answers)).estimate.estimate == 50


@pytest.mark.parametrize(
    ("indicator", "needs"),
    [
        (change_management.readiness, "survey items CC1, CC2, CC3, CE1, CE2, CE3"),
        (change_management.stages_passed, "survey items AW, DE, KN, AB, RE"),
        (change_management.adoption, 'outcomes that say who works the new way ("adopted")'),
        (change_management.as_answered, "survey items V6a, V6b, V6c"),
    ],
)
def test_what_was_not_asked_is_missing(indicator, needs):
    """No answers, or a register of outcomes that does not speak of adoption, are no zero."""
    outcomes = [{"person_id": "p001", "outcome": "left"}]
    assert indicator(surveyed(4, [(0, "PS1", 3)], outcomes=outcomes)) == Missing(needs)


@given(st.integers(0, 10**6))
def test_readiness_and_stages_agree_with_pandas(seed):
    """Means by pivot table, where answers are left out at random; stages by going down each row."""
    rng = np.random.default_rng(seed)
    items = (*change_management.READY, *STAGES)
    values = rng.integers(1, 6, (9, len(items))) * (rng.random((9, len(items))) < 0.9)
    wide = pd.DataFrame(values, columns=list(items)).replace(0, np.nan)
    given_ = surveyed(9, answered(values.tolist(), items))
    ready = (wide[list(change_management.READY)].mean(axis=1).mean() - 1) * 25
    assert change_management.readiness(given_).estimate.estimate == pytest.approx(ready)
    whole = wide[list(STAGES)].dropna()
    passed = [next((k for k, value in enumerate(row) if value < 4), 5) for row in whole.to_numpy()]
    found = change_management.stages_passed(given_)
    if len(whole) > 1:
        assert found.estimate.estimate == pytest.approx(20 * np.mean(passed))
    else:
        assert isinstance(found, Missing)


def test_readiness_covers_a_planted_opinion():
    """Answers to all six items around 3.5, drawn with a person's own leaning: the interval holds 62.5."""
    ready = change_management.READY

    def drawn(rng, ids):
        lean = rng.integers(0, 2, len(ids))[:, None]
        return long(rng.integers(2, 5, (len(ids), 6)) + lean, ids, ready)

    assert 0.92 <= covered(change_management.readiness, 62.5, drawn) <= 0.98


def test_stages_passed_covers_a_planted_share():
    """Each stage is passed with 0.7, whatever came before: Σ 0.7^k over five is held."""
    truth = 20 * sum(0.7**k for k in range(1, 6))

    def drawn(rng, ids):
        return long(np.where(rng.random((len(ids), 5)) < 0.7, 4, 3), ids, tuple(STAGES))

    assert 0.92 <= covered(change_management.stages_passed, truth, drawn) <= 0.98


def test_adoption_covers_a_planted_share():
    """Each adopts with 0.4."""

    def drawn(rng, ids):
        rows = pd.DataFrame({"person_id": ids[rng.random(len(ids)) < 0.4], "outcome": "adopted", "at": None})
        return {"outcomes": rows}

    assert 0.92 <= covered(change_management.adoption, 40, drawn) <= 0.98
