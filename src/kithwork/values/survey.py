"""A value as people answered it: the mean of its questionnaire items, 0 to 100."""

from __future__ import annotations

from collections.abc import Collection

from kithwork.estimates import mean
from kithwork.scales import HIGH, LOW, reversed_
from kithwork.values.evidence import Evidence, Measured, Missing


def agreement(evidence: Evidence, items: Collection[str]) -> Measured | Missing:
    """Mean over people of their mean answer, reversed items turned, rescaled from 1-5 to 0-100; bootstrap over people."""
    asked = reversed_(evidence.answers[evidence.answers["item"].isin(list(items))])
    if asked.empty:
        return Missing(f"survey items {', '.join(items)}")
    people = asked.groupby("person_id")["value"].mean().to_numpy()
    score = mean((people - LOW) / (HIGH - LOW) * 100, evidence.settings.values.resamples, evidence.rng)
    return Measured(score, "score", "Mean of the items, 1-5 as 0-100; bootstrap over people (Efron 1979)")
