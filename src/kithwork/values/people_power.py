"""People power: Do people develop one another, and can they be frank?"""

from __future__ import annotations

from kithwork.estimates import proportion
from kithwork.survey.wording import VALUES
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Indicator
from kithwork.values.survey import agreement

TITLE = "People power"
QUESTION = "Do people develop one another, and can they be frank?"
ITEMS = VALUES["V8"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""


def key_person_risk(evidence: Evidence) -> Measured | Missing:
    """Share of people whose leaving would cut others off from one another (cut points of the network)."""
    if evidence.ties.empty:
        return Missing("ties between people")
    cut = len(evidence.graph.articulation_points())
    figure = proportion(cut, len(evidence.people))
    return Measured(figure.times(100), "%", "Cut points (Harary 1969); Wilson interval (Wilson 1927)")


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far people tell one another plainly what to get better at."""
    return agreement(evidence, ITEMS)


INDICATORS = (
    Indicator(key_person_risk, ("ties",), better=-1, self_report=False),
    Indicator(as_answered, tuple(ITEMS), better=1, self_report=True),
)
