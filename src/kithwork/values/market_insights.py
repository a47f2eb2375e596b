"""Market insights: What does the network tell us about the market, and when?"""

from __future__ import annotations

from kithwork.survey.wording import VALUES
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Indicator
from kithwork.values.survey import agreement

TITLE = "Market insights"
QUESTION = "What does the network tell us about the market, and when?"
ITEMS = VALUES["V3"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far market news reaches those who can use it, as people see it."""
    return agreement(evidence, ITEMS)


INDICATORS = (Indicator(as_answered, tuple(ITEMS), better=1, self_report=True),)
