"""What chance gives a figure of the whole network: its mean over networks in which everybody keeps the number of ties."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from kithwork.network.nulls import copies, rewired_matrices
from kithwork.values.evidence import Evidence

REWIRINGS = 50
"""Networks that the mean is over; of large ones fewer."""
REWIRED = "ties rewired with every degree kept (Maslov & Sneppen 2002)"
AT_RANDOM = "same numbers of ties, placed at random"


def expected(
    evidence: Evidence, measure: Callable[[Any], float], drawn: Callable[..., Iterator[Any]] = rewired_matrices
) -> float:
    """Mean of `measure` over rewired networks, in its unit: of their matrices, or their graphs where `rewired` draws."""
    net = evidence.graph
    count = copies(REWIRINGS, net.vcount(), net.ecount())
    return float(np.mean([measure(other) for other in drawn(net, count, evidence.rng)]))
