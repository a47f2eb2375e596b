"""Change management: Are people ready for the new direction, and how would it spread?"""

from __future__ import annotations

from kithwork.survey.wording import VALUES
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Indicator
from kithwork.values.survey import agreement

TITLE = "Change management"
QUESTION = "Are people ready for the new direction, and how would it spread?"
ITEMS = VALUES["V6"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far small groups may start and others hear of it, as people see it."""
    return agreement(evidence, ITEMS)


INDICATORS = (Indicator(as_answered, tuple(ITEMS), better=1, self_report=True),)
