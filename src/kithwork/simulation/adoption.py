"""How the change spreads: complex contagion with personal thresholds (Granovetter 1978, Am. J. Sociol. 83:1420; Centola &
Macy 2007, Am. J. Sociol. 113:702), beside adopting on one's own.

    P(i adopts in week t) = 1 − (1 − ρ·e^{readiness}) · (1 − c · 1[share of i's ties adopted by t−1 ≥ threshold])

ρ is the knob `spontaneous`, c the knob `contagion`: at 0 nobody follows anybody.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from kithwork.simulation.attitudes import Attitudes
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.organisation import Organisation
from kithwork.simulation.relationships import Relationships

NEVER = -1
LAUNCH = 4
"""Week in which the change begins."""


def weeks_of_adoption(
    org: Organisation, bonds: Relationships, minds: Attitudes, weeks: int, knobs: Knobs, rng: np.random.Generator
) -> np.ndarray:
    """The week in which each person adopted, −1 for never; nobody adopts before joining or after leaving."""
    n = len(org)
    a, b = bonds.ties["a"].to_numpy(), bonds.ties["b"].to_numpy()
    graph = sparse.coo_array((np.ones(2 * len(a)), (np.r_[a, b], np.r_[b, a])), shape=(n, n)).tocsr()
    degree = np.maximum(graph.sum(axis=1), 1)
    alone = np.clip(knobs.spontaneous * np.exp(minds.readiness), 0, 1)
    joined, left = org.people["joined_week"].to_numpy(), org.people["left_week"].to_numpy()
    when = np.full(n, NEVER)
    for week in range(LAUNCH, weeks):
        has = when != NEVER
        exposed = (graph @ has.astype(float)) / degree >= minds.threshold
        chance = 1 - (1 - alone) * (1 - knobs.contagion * exposed)
        now = ~has & (rng.random(n) < chance) & (joined <= week) & (left > week)
        when[now] = week
    return when
