"""The learning organisation: Does know-how travel, informally and in time?"""

from __future__ import annotations

import numpy as np

from kithwork.network.jackknife import leaving_out
from kithwork.network.nulls import rewired
from kithwork.network.reach import within_two
from kithwork.network.summary import LEFT
from kithwork.survey.wording import VALUES
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import Indicator
from kithwork.values.survey import agreement

TITLE = "The learning organisation"
QUESTION = "Does know-how travel, informally and in time?"
ITEMS = VALUES["V10"]
"""The value's items, each answered from 1 (not at all) to 5 (fully)."""
REWIRINGS, DRAWS = 50, 100


def two_step_reach(evidence: Evidence) -> Measured | Missing:
    """Share of all colleagues whom the average person reaches in at most two steps, beside ties rewired at random."""
    from scipy import sparse

    if evidence.ties.empty:
        return Missing("ties between people")
    null = []
    for net in rewired(evidence.graph, REWIRINGS, evidence.rng):
        a, b = np.array(net.get_edgelist()).T
        half = sparse.coo_array((np.ones(len(a)), (a, b)), shape=evidence.adjacency.shape).tocsr()
        null.append(within_two(half + half.T).mean())
    reached = leaving_out(evidence.adjacency, lambda net, _: {"mean": within_two(net).mean()}, DRAWS, evidence.rng)
    return Measured(
        reached["mean"].times(100),
        "%",
        f"Two-step reach; {LEFT}; ties rewired with every degree kept (Maslov & Sneppen 2002)",
        float(np.mean(null) * 100),
        "same numbers of ties, placed at random",
    )


def as_answered(evidence: Evidence) -> Measured | Missing:
    """How far people learn useful things in the flow of work."""
    return agreement(evidence, ITEMS)


INDICATORS = (
    Indicator(two_step_reach, ("ties",), better=1, self_report=False),
    Indicator(as_answered, tuple(ITEMS), better=1, self_report=True),
)
