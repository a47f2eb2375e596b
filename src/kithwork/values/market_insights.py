"""Market insights: What does the network tell us about the market, and when?"""

from __future__ import annotations

from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.survey import agreement

TITLE = "Market insights"
QUESTION = "What does the network tell us about the market, and when?"
ITEMS = {
    "V3a": "News about competitors, suppliers or rules reaches my team early enough to act on.",
    "V3b": "I hear about the market from people who disagree with one another.",
    "V3c": "What I learn outside reaches the person here who can use it.",
}
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far market news reaches those who can use it, as people see it."""
    return agreement(evidence, ITEMS)


INDICATORS = (as_answered,)
