"""Change management: Are people ready for the new direction, and how would it spread?"""

from __future__ import annotations

from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.survey import agreement

TITLE = "Change management"
QUESTION = "Are people ready for the new direction, and how would it spread?"
ITEMS = {
    "V6a": "A small group here may try the new way without waiting for everyone.",
    "V6b": "When one team gets a result from the new way, others hear of it quickly.",
    "V6c": "I can see how my job fits the new direction.",
}
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far small groups may start and others hear of it, as people see it."""
    return agreement(evidence, ITEMS)


INDICATORS = (as_answered,)
