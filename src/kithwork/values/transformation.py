"""Results through transformation: Does all this dialogue change anything?"""

from __future__ import annotations

import numpy as np

from kithwork.estimates import bootstrap
from kithwork.network.graph import ends
from kithwork.survey.wording import VALUES
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Indicator
from kithwork.values.survey import agreement

TITLE = "Results through transformation"
QUESTION = "Does all this dialogue change anything?"
ITEMS = VALUES["V5"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""


def load(evidence: Evidence) -> Measured | Missing:
    """Median minutes of recorded contact per person: the time that dialogue takes, not what comes of it."""
    minutes = evidence.ties["minutes"].fillna(0).to_numpy()
    if not minutes.any():
        return Missing("collaboration data with the length of contacts")
    a, b = ends(evidence.ties, evidence.people)
    held = np.bincount(a, minutes, len(evidence.people)) + np.bincount(b, minutes, len(evidence.people))
    figure = bootstrap(held, lambda s: np.median(s, axis=-1), evidence.settings.values.resamples, evidence.rng)
    return Measured(figure, "minutes", "Median over people; bootstrap over people (Efron 1979)")


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far conversations end with somebody doing something differently."""
    return agreement(evidence, ITEMS)


INDICATORS = (
    Indicator(load, ("interactions: minutes",), better=0, self_report=False),
    Indicator(as_answered, tuple(ITEMS), better=1, self_report=True),
)
