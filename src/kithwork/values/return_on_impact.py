"""Return on impact: What do relationships deliver to clients, inside and outside?"""

from __future__ import annotations

from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.survey import agreement

TITLE = "Return on impact"
QUESTION = "What do relationships deliver to clients, inside and outside?"
ITEMS = ("V2a", "V2b", "V2c")


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far people can name what their relationships deliver to clients."""
    return agreement(evidence, ITEMS)


INDICATORS = (as_answered,)
