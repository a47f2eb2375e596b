"""A value as people answered it: the mean of its questionnaire items, 0 to 100."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from kithwork.scales import HIGH, LOW, reversed_
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.persons import over_people


def agreement(evidence: Evidence, items: Collection[str]) -> Measured | Missing:
    """Mean over people of their mean answer, reversed items turned, rescaled from 1-5 to 0-100; bootstrap over people."""
    asked = reversed_(evidence.answers[evidence.answers["item"].isin(list(items))])
    means = asked.groupby("person_id")["value"].mean().reindex(evidence.row_of).to_numpy()
    return over_people(
        evidence,
        np.nan_to_num((means - LOW) / (HIGH - LOW)),
        ~np.isnan(means),
        unit="score",
        factor=100,
        method="Mean of the items, 1-5 as 0-100",
        needs=f"survey items {', '.join(items)}",
    )
