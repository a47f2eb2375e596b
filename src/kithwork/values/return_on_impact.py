"""Return on impact: What do relationships deliver to clients, inside and outside?"""

from __future__ import annotations

from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.survey import agreement

TITLE = "Return on impact"
QUESTION = "What do relationships deliver to clients, inside and outside?"
ITEMS = {
    "V2a": "I can name a client, inside or outside, who is better off because of someone I connected them with.",
    "V2b": "Before I contact a client I usually know what they will need next.",
    "V2c": "Clients help shape what we offer rather than only receiving it.",
}
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far people can name what their relationships deliver to clients."""
    return agreement(evidence, ITEMS)


INDICATORS = (as_answered,)
