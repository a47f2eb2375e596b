"""The survey's tables together: each keeps its contract whatever was brought; means with and without those flagged."""

from __future__ import annotations

import pandas as pd
import pytest
from synthetic import settings, staff

from kithwork.cleaning import survey
from kithwork.simulation.tables import tables
from kithwork.tables import TABLES

NONE_REFUSED = pd.DataFrame(columns=["person_id", "item"])
NAMES = {"careless", "response", "gaps", "gap_tests", "weights", "weighting", "scale_means"}


def answers(rows: dict[str, dict[str, float]]) -> pd.DataFrame:
    """Answers by person and item."""
    found = [(person, item, value) for person, given in rows.items() for item, value in given.items()]
    return pd.DataFrame(found, columns=["person_id", "item", "value"])


def test_no_answers_are_empty_tables():
    """A client without a survey has every table, without rows."""
    found = survey.assessed(staff(["A"]), TABLES["answers"].empty(), None, NONE_REFUSED, settings())
    assert set(found) == NAMES
    for name, table in found.items():
        pd.testing.assert_frame_equal(table, TABLES[name].empty())


def test_simulated_survey_has_every_table(world):
    """A row per respondent, item and scale; people and answers stay as they were."""
    brought = tables(world)
    before = {name: brought[name].copy() for name in ("people", "answers")}
    found = survey.assessed(brought["people"], brought["answers"], None, NONE_REFUSED, settings())
    assert set(found) == NAMES
    who = sorted(set(brought["answers"]["person_id"]))
    assert found["careless"]["person_id"].tolist() == found["weights"]["person_id"].tolist() == who
    assert set(found["gaps"]["item"]) == set(brought["answers"]["item"])
    assert len(found["gap_tests"]) == len(found["scale_means"]) == 17
    assert found["response"].iloc[0]["responded"] == len(who)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(brought[name], frame)


def test_means_with_and_without_those_flagged_by_hand():
    """p000 scores 100 and p001 0, turned where the item is reversed; without p001, flagged, 100; at weights 1 and 3, 25."""
    given = answers({"p000": {"AP1": 5, "AP2": 1}, "p001": {"AP1": 1, "AP2": 5}})
    flags = pd.DataFrame({"person_id": ["p000", "p001"], "flagged": [False, True]})
    weight = pd.DataFrame({"person_id": ["p000", "p001"], "weight": [0.5, 1.5]})
    [row] = survey.scale_means(given, flags, weight).itertuples()
    assert (row.scale, row.people, row.people_kept) == ("belief", 2, 1)
    assert (row.mean, row.mean_kept, row.mean_weighted) == pytest.approx((50, 100, 25))


def test_everybody_flagged_leaves_no_mean():
    """The mean without them is absent, not zero."""
    given = answers({"p000": {"V1a": 4}})
    flags = pd.DataFrame({"person_id": ["p000"], "flagged": [True]})
    [row] = survey.scale_means(given, flags, pd.DataFrame({"person_id": ["p000"], "weight": [1.0]})).itertuples()
    assert row.people_kept == 0
    assert pd.isna(row.mean_kept)
