"""Readiness for a change as people answer for it: commitment and efficacy (Weiner 2009; Shea et al. 2014)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.claims import Ledger
from kithwork.estimates import mean
from kithwork.params import Settings
from kithwork.scales import HIGH, LOW, reversed_
from kithwork.survey.wording import READINESS

ITEMS = READINESS
"""The items on commitment (CC) and efficacy (CE), answered from 1 (not at all) to 5 (fully); [CHANGE] is its name."""
METHOD = "Mean of the readiness items, 1-5 as 0-100; bootstrap over people (Efron 1979)"


def readiness(answers: pd.DataFrame) -> pd.Series:
    """Each respondent's readiness, 0 to 100, by person_id: the mean of the items answered, rescaled from 1-5."""
    asked = reversed_(answers[answers["item"].isin(list(ITEMS))])
    return (asked.groupby("person_id")["value"].mean() - LOW) / (HIGH - LOW) * 100


def claims(scores: pd.Series, people: pd.DataFrame, settings: Settings, rng: np.random.Generator) -> Ledger:
    """Mean readiness of the whole and of each unit, against the declared threshold. Empty without answers."""
    ledger = Ledger("change")
    if scores.empty:
        return ledger
    unit = people.set_index("person_id")["unit"].reindex(scores.index)
    for group in [None, *sorted(unit.dropna().unique())]:
        held = scores if group is None else scores[unit == group]
        ledger.add(
            "readiness",
            "Mean readiness" if group is None else f"Mean readiness, {group}",
            mean(held.to_numpy(), settings.change.resamples, rng),
            unit="score",
            method=METHOD,
            reference=settings.change.ready_at,
            reference_label="declared threshold",
            scope="organisation" if group is None else "group",
            group=group,
        )
    return ledger
