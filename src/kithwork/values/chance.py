"""What chance gives a figure of the whole network: its mean over networks in which everybody keeps the number of ties."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from kithwork.network.nulls import copies, rewired
from kithwork.values.evidence import Evidence

if TYPE_CHECKING:
    import igraph

REWIRINGS = 50
"""Networks that the mean is over; of large ones fewer."""
REWIRED = "ties rewired with every degree kept (Maslov & Sneppen 2002)"
AT_RANDOM = "same numbers of ties, placed at random"


def expected(evidence: Evidence, measure: Callable[[igraph.Graph], float]) -> float:
    """Mean of `measure` over rewired networks, in its unit."""
    net = evidence.graph
    count = copies(REWIRINGS, net.vcount(), net.ecount())
    return float(np.mean([measure(other) for other in rewired(net, count, evidence.rng)]))
