"""The indicators of the ten values: by hand, against other libraries, and on planted truth."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from evidence_of import SIGNS, evidence
from synthetic import settings, staff

from kithwork.claims import Ledger
from kithwork.readers.parts.rows import FIELDS
from kithwork.release import DECIMALS
from kithwork.survey.wording import ITEMS
from kithwork.tables import ANSWERS
from kithwork.values import VALUES, scorecard
from kithwork.values.evidence import Evidence
from kithwork.values.indicator import PARTS
from kithwork.values.survey import agreement


@cache
def karate() -> Evidence:
    """Zachary's karate club, factions as units."""
    net = nx.karate_club_graph()
    return evidence(staff([net.nodes[i]["club"] for i in net]), net.edges)


def test_survey_score_by_hand():
    """Means of 1 and 4 among items, one person each: (0 + 75)/2; other items and their people do not count."""
    found = agreement(
        evidence(staff([None] * 3), answers=[(0, "V1a", 1), (1, "V1a", 3), (1, "V1b", 5), (2, "V9a", 5)]),
        ("V1a", "V1b", "V1c"),
    )
    assert found.estimate.estimate == 37.5
    assert found.estimate.n == 2
    assert found.unit == "score"


def test_survey_score_covers_a_planted_opinion():
    """Answers of 60 people drawn around 3.5 in 50 organisations: the interval holds 62.5 in at least 43."""
    held = 0
    for seed in range(50):
        rng = np.random.default_rng(seed)
        answers = [(who, "V2a", float(value)) for who, value in enumerate(rng.choice([2, 3, 4, 5], 60))]
        frame = pd.DataFrame([(f"p{who:03d}", item, value) for who, item, value in answers], columns=list(ANSWERS.columns))
        bare = Evidence(settings(SIGNS), staff([None] * 60), None, None, frame, rng)
        score = agreement(bare, ("V2a",)).estimate
        held += score.low <= 62.5 <= score.high
    assert 43 <= held <= 50


@pytest.mark.parametrize("value", VALUES)
def test_every_value_can_be_answered(value):
    """Each value has its three items: with answers it is measured, without them it names the items it needs."""
    module = import_module(f"kithwork.values.{value}")
    number = VALUES.index(value) + 1
    assert list(module.ITEMS) == [f"V{number}a", f"V{number}b", f"V{number}c"]
    assert all(wording.endswith(".") for wording in module.ITEMS.values())
    people = staff([None] * 4)
    asked = evidence(people, answers=[(who, item, 4) for who in range(4) for item in module.ITEMS])
    assert module.as_answered(asked).estimate.estimate == 75
    missing = module.as_answered(evidence(people))
    assert all(item in missing.needs for item in module.ITEMS)


@pytest.fixture(scope="module")
def scored():
    """The scorecard of the karate club: indicators and ledger."""
    card, ledger = scorecard.score(karate()), Ledger("values")
    card.claims(ledger)
    return card.indicators(), ledger


def test_scorecard_runs_every_indicator_of_all_ten(scored):
    """Each indicator has a claim or says what it needs; definitions are docstrings; the ten stand in their order."""
    indicators, ledger = scored
    assert (indicators["claim"].notna() ^ indicators["missing"].notna()).all()
    order = indicators.drop_duplicates("value").set_index("value")["number"].to_dict()
    assert order == {value: number for number, value in enumerate(VALUES, start=1)}
    assert set(indicators["claim"].dropna()) == set(ledger.frame()["id"])
    for row in indicators.itertuples():
        module = import_module(f"kithwork.values.{row.value}")
        assert row.definition == getattr(module, row.indicator).__doc__.splitlines()[0]
        assert row.indicator in {indicator.name for indicator in module.INDICATORS}
        assert module.TITLE
        assert module.QUESTION.endswith("?")


def test_every_function_of_a_value_is_listed():
    """An indicator written but not listed would never appear: every public function of a value's file is in INDICATORS."""
    for value in VALUES:
        module = import_module(f"kithwork.values.{value}")
        written = {
            name
            for name, one in vars(module).items()
            if callable(one) and getattr(one, "__module__", "") == module.__name__ and one.__annotations__.get("evidence")
        }
        assert written == {indicator.name for indicator in module.INDICATORS}


def test_figures_can_be_claimed(scored):
    """Every figure of the scorecard fulfils the contract of claims, in a unit the gate knows how to round."""
    frame = scored[1].frame()
    assert len(frame) >= 4
    assert (frame["low"] <= frame["estimate"]).all()
    assert (frame["estimate"] <= frame["high"]).all()
    assert set(frame["unit"]) <= set(DECIMALS)


def test_no_definition_calls_a_unit_of_measure_a_unit():
    """On the page the client's own word stands for `unit`: of measure it would read `department %`."""
    those = [one for of in scorecard.declared().values() for one in of]
    said = [f"{one.name}: {text}" for one in those for text in one.parts.values()]
    assert not [text for text in said if re.search(r"\bunit (%|score|index|points)", text)]


def test_every_definition_is_whole_and_every_action_has_a_day():
    """A report prints what is there: an indicator without a formula or an example would be published without it."""
    for value, those in scorecard.declared().items():
        for one in those:
            assert tuple(one.parts) == PARTS, f"{value}.{one.name}"
            assert one.action is None or one.action.days in (30, 60, 90), f"{value}.{one.name}"


def test_needs_name_sources_and_items_that_there_are():
    """What an indicator stands on is called as params.yaml and the codebook call it; `ties` are what chapter 2 makes."""
    known = {*FIELDS, *ITEMS, "ties", "labels or signs"}
    for one in (one for indicators in scorecard.declared().values() for one in indicators):
        assert one.needs
        for need in one.needs:
            source, _, fields = need.partition(": ")
            assert source in known, need
            if fields and source in FIELDS and source != "interpreters":
                assert {*fields.split(", ")} <= {*FIELDS[source]}, need
