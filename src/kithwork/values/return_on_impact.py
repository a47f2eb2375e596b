"""Return on impact: What do relationships deliver to clients, inside and outside?"""

from __future__ import annotations

from kithwork.survey.wording import VALUES
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Indicator
from kithwork.values.survey import agreement

TITLE = "Return on impact"
QUESTION = "What do relationships deliver to clients, inside and outside?"
ITEMS = VALUES["V2"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far people can name what their relationships deliver to clients."""
    return agreement(evidence, ITEMS)


INDICATORS = (Indicator(as_answered, tuple(ITEMS), better=1, self_report=True),)
