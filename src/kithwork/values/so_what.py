"""The so-what effect: Which insights repeat often enough to become products, revenue or savings?"""

from __future__ import annotations

from kithwork.survey.wording import VALUES
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Indicator
from kithwork.values.survey import agreement

TITLE = "The so-what effect"
QUESTION = "Which insights repeat often enough to become products, revenue or savings?"
ITEMS = VALUES["V4"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far ideas here are judged by who would use them, and repeated."""
    return agreement(evidence, ITEMS)


INDICATORS = (Indicator(as_answered, tuple(ITEMS), better=1, self_report=True),)
