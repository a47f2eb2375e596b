"""Limits for the findings: each sentence stands where its figure does, and says no more than it."""

from __future__ import annotations

import pandas as pd
import pytest

from kithwork.cleaning.limits import limits
from kithwork.tables import TABLES

NEEDED = ("response", "weights", "scale_means", "filters", "arrivals", "person_weeks", "clocks")
MONDAY = pd.Timestamp("2026-01-05", tz="UTC")


def tables(**given: list[dict]) -> dict[str, pd.DataFrame]:
    """Clean tables with these rows, and empty ones for the rest."""
    return {name: pd.DataFrame(given[name]) if name in given else TABLES[name].empty() for name in NEEDED}


def response(share: float, low: float, high: float) -> list[dict]:
    return [{"grouping": "all", "group": "", "share": share, "low": low, "high": high}]


def scale(mean: float, kept: float) -> list[dict]:
    return [{"scale": "V1", "mean": mean, "mean_kept": kept}]


READ = {"step": "read", "taken": 0, "kept": 100}
LISTS = {"step": "list", "taken": 30, "kept": 70}
SAID = {
    "nothing at all": (
        tables(),
        [
            "Nobody was asked: nothing here rests on a survey.",
            "No contact was recorded: how often people are in touch is not known.",
        ],
    ),
    "many answered": (
        tables(response=response(0.8, 0.75, 0.84), weights=[{"weight": 1.0}] * 3, scale_means=scale(50, 50.2)),
        [
            "80% of those invited answered (95% interval 75% to 84%).",
            "Whoever seems to have answered carelessly moves no scale's mean by 1 of 100 points.",
            "No contact was recorded: how often people are in touch is not known.",
        ],
    ),
    "few answered, unevenly and carelessly": (
        tables(response=response(0.5, 0.4, 0.6), weights=[{"weight": 0.5}, {"weight": 1.5}], scale_means=scale(50, 43.8)),
        [
            "50% of those invited answered (95% interval 40% to 60%).",
            "With fewer than 60% answering, measures of single people's place in the network are not reliable.",
            "Weighting the respondents to the staff list would leave 2 of 2 in effect (design effect 1.25).",
            "Without those who seem to have answered carelessly, a scale's mean moves by 6 of 100 points.",
            "No contact was recorded: how often people are in touch is not known.",
        ],
    ),
    "contact without times": (
        tables(filters=[READ]),
        [
            "Nobody was asked: nothing here rests on a survey.",
            "100% of the records of contact say something of a relationship, and were kept.",
            "No record says when contact was: nothing can be said of rhythm, working hours or change over time.",
        ],
    ),
    "contact with everything": (
        tables(
            filters=[READ, LISTS],
            arrivals=[{"week": MONDAY, "kept": 70}, {"week": MONDAY + pd.Timedelta(days=7), "kept": 0}],
            person_weeks=[{"state": state} for state in ("light", "leave", "active", "active")],
            clocks=[{"person_id": "a"}, {"person_id": "a"}, {"person_id": "b"}],
        ),
        [
            "Nobody was asked: nothing here rests on a survey.",
            "70% of the records of contact say something of a relationship, and were kept.",
            "Most of the rest was set aside by the step “list”: 30 records.",
            "Contact is known from the week of 5 January 2026 to that of 5 January 2026.",
            "In 25% of their weeks people hardly appear in the records: what they do is elsewhere.",
            "In 25% of their weeks people appear to be away.",
            "The clocks of 2 people ran hours off and were set right.",
        ],
    ),
}


@pytest.mark.parametrize(("given", "expected"), SAID.values(), ids=SAID)
def test_limits_say_what_the_figures_say(given, expected):
    """Every branch, word for word."""
    assert limits(given) == expected
