"""The person versus the position: Does the network belong to the person or to the seat?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.estimates import from_draws
from kithwork.survey.wording import VALUES
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Indicator
from kithwork.values.survey import agreement

TITLE = "The person versus the position"
QUESTION = "Does the network belong to the person or to the seat?"
ITEMS = VALUES["V9"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""


def beyond_role(evidence: Evidence) -> Measured | Missing:
    """Share of the differences in people's number of ties that their role does not account for."""
    known = evidence.people["role"].notna().to_numpy()
    roles = pd.factorize(evidence.people.loc[known, "role"])[0]
    held = evidence.portfolios.set_index("person_id").loc[evidence.people["person_id"], "ties"].to_numpy()[known]
    if evidence.ties.empty:
        return Missing("ties between people")
    if np.isnan(unexplained(held, roles)) or len(np.unique(roles)) < 2:
        return Missing("a staff list with roles that several people share")
    rng, resamples = evidence.rng, evidence.settings.values.resamples
    picks = rng.integers(0, len(held), (resamples, len(held)))
    drawn = np.array([unexplained(held[pick], roles[pick]) for pick in picks])
    figure = from_draws(unexplained(held, roles), drawn, len(held))
    return Measured(figure.times(100), "%", "1 - epsilon squared of ties by role (Kelley 1935); bootstrap over people")


def unexplained(values: np.ndarray, groups: np.ndarray) -> float:
    """1 - ε², the part of the variance between people that groups leave unexplained: (SSW/(n-g)) / (SST/(n-1)), at most 1.

    ε² is the adjusted R² of a one-way layout (Kelley 1935, PNAS 21:554), unbiased where η² is not.
    """
    values = np.asarray(values, dtype=float)
    codes, sizes = np.unique(groups, return_inverse=True, return_counts=True)[1:]
    n, g = len(values), len(sizes)
    if n <= g:
        return float("nan")
    means = np.bincount(codes, values) / sizes
    within = ((values - means[codes]) ** 2).sum()
    total = ((values - values.mean()) ** 2).sum()
    if total == 0:
        return float("nan")
    return float(min(within / (n - g) / (total / (n - 1)), 1.0))


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far people hold the authority their responsibilities call for."""
    return agreement(evidence, ITEMS)


INDICATORS = (
    Indicator(beyond_role, ("staff: role", "ties"), better=1, self_report=False),
    Indicator(as_answered, tuple(ITEMS), better=1, self_report=True),
)
