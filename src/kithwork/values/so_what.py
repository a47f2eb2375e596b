"""The so-what effect: Which insights repeat often enough to become products, revenue or savings?"""

from __future__ import annotations

from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.survey import agreement

TITLE = "The so-what effect"
QUESTION = "Which insights repeat often enough to become products, revenue or savings?"
ITEMS = {
    "V4a": "Ideas here are judged by who would pay for them or use them.",
    "V4b": "When an idea works once we work out how to repeat it.",
    "V4c": "I know what became of the last idea I put forward.",
}
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far ideas here are judged by who would use them, and repeated."""
    return agreement(evidence, ITEMS)


INDICATORS = (as_answered,)
