"""Return on influence: Who is listened to without having authority?"""

from __future__ import annotations

import pandas as pd

from kithwork.estimates import proportion
from kithwork.survey.wording import VALUES
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Indicator
from kithwork.values.survey import agreement

TITLE = "Return on influence"
QUESTION = "Who is listened to without having authority?"
ITEMS = VALUES["V7"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""
OTHER_UNITS = 2


def reach_across(evidence: Evidence) -> Measured | Missing:
    """Share of people with ties into at least two units other than their own."""
    unit = evidence.people.set_index("person_id")["unit"]
    if unit.dropna().nunique() < OTHER_UNITS + 1:
        return Missing("a staff list with at least three units")
    if evidence.ties["crosses_unit"].isna().all():
        return Missing("ties between people of known units")
    ties = evidence.ties[["a_id", "b_id"]]
    both = pd.concat([ties, ties.rename(columns={"a_id": "b_id", "b_id": "a_id"})])
    both = both.assign(own=both["a_id"].map(unit), other=both["b_id"].map(unit)).dropna()
    others = both[both["own"] != both["other"]].groupby("a_id")["other"].nunique()
    placed = int(unit.notna().sum())
    figure = proportion(int((others >= OTHER_UNITS).sum()), placed)
    return Measured(figure.times(100), "%", "Share of people in a known unit; Wilson interval (Wilson 1927)")


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far people get help, and are asked, without authority over one another."""
    return agreement(evidence, ITEMS)


INDICATORS = (
    Indicator(reach_across, ("staff: unit", "ties"), better=1, self_report=False),
    Indicator(as_answered, tuple(ITEMS), better=1, self_report=True),
)
