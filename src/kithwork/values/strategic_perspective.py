"""Strategic perspective: Do we see beyond our function, place and project?"""

from __future__ import annotations

import numpy as np

from kithwork.network import boundaries
from kithwork.network.holes import constraint
from kithwork.network.jackknife import leaving_out
from kithwork.network.nulls import rewired
from kithwork.network.summary import LEFT
from kithwork.survey.wording import VALUES
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Indicator
from kithwork.values.survey import agreement

TITLE = "Strategic perspective"
QUESTION = "Do we see beyond our function, place and project?"
ITEMS = VALUES["V1"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""
REWIRINGS, DRAWS = 50, 100


def boundary_crossing(evidence: Evidence) -> Measured | Missing:
    """E-I index by unit: -1 all ties within units, +1 all across, beside what the units' sizes alone would give."""
    units = evidence.people["unit"].dropna().nunique()
    if units < 2:
        return Missing("a staff list with at least two units")
    if evidence.ties["crosses_unit"].isna().all():
        return Missing("ties between people of known units")
    set_to = evidence.settings.values
    found = boundaries.whole(evidence.ties, evidence.people, set_to.resamples, set_to.permutations, evidence.rng)
    return Measured(
        found.index,
        "index",
        "E-I (Krackhardt & Stern 1988); vertex bootstrap (Snijders & Borgatti 1999)",
        found.expected,
        "ties dealt evenly over all pairs",
    )


def redundancy(evidence: Evidence) -> Measured | Missing:
    """Mean constraint: how far people's contacts lead back to the same people, beside ties rewired at random."""
    if evidence.ties.empty:
        return Missing("ties between people")
    held = leaving_out(evidence.adjacency, lambda net, _: {"mean": _mean(constraint(net))}, DRAWS, evidence.rng)
    if not held:
        return Missing("ties between more people")
    null = [np.nanmean(net.constraint()) for net in rewired(evidence.graph, REWIRINGS, evidence.rng)]
    return Measured(
        held["mean"],
        "index",
        f"Constraint (Burt 1992); {LEFT}; ties rewired with every degree kept (Maslov & Sneppen 2002)",
        float(np.mean(null)),
        "same numbers of ties, placed at random",
    )


def _mean(values: np.ndarray) -> float:
    """Over those who have a value; NaN where nobody has."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else np.nan


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far people have a picture of what goes on beyond their own reporting line."""
    return agreement(evidence, ITEMS)


INDICATORS = (
    Indicator(boundary_crossing, ("staff: unit", "ties"), better=1, self_report=False),
    Indicator(redundancy, ("ties",), better=-1, self_report=False),
    Indicator(as_answered, tuple(ITEMS), better=1, self_report=True),
)
