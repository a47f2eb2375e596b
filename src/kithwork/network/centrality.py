"""How central each person is by ties alone: strength, PageRank, coreness, and how much of what is given comes back.

Who is named by how many is the measure that missing respondents harm least (Costenbader & Valente 2003, Social Networks
25:283; Smith & Moody 2013, Social Networks 35:652). All depend on the network's size and density: values of different
networks are not to be compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from kithwork.network.graph import of
from kithwork.network.nulls import LARGE

if TYPE_CHECKING:
    from scipy import sparse


def strength(net: sparse.csr_array, way: Literal["in", "out", "all"] = "all") -> np.ndarray:
    """Sum of the weights of each person's ties, those in, those out or both: (people,); unweighted, their number.

    In an undirected network both is twice either.
    """
    loops = net.diagonal()
    given, got = net.sum(axis=1) - loops, net.sum(axis=0) - loops
    return {"in": got, "out": given, "all": given + got}[way]


def pagerank(net: sparse.csr_array, damping: float = 0.85) -> np.ndarray:
    """How much each person is sought, by those who are sought: (people,), summing to 1.

    Entry [i, j] must mean that i seeks j. A walker follows a tie, in proportion to its weight, with probability `damping`,
    and else, or where there is none, starts anew with anybody (Brin & Page 1998, Computer Networks 30:107).
    """
    level = net.shape[0] > LARGE and bool((net.data == 1).all())
    seeking = of(net, directed=True, weighted=not level)
    return np.array(seeking.pagerank(damping=damping, weights=None if level else "weight"))


def coreness(net: sparse.csr_array) -> np.ndarray:
    """The largest k such that the person is in a group each of whom has k ties in it: (people,), 0 for isolates.

    Whoever has a tie in either direction is tied; weights are left out (Seidman 1983, Social Networks 5:269).
    """
    return np.array(of(net + net.T, weighted=False).coreness())


def reciprocity(net: sparse.csr_array) -> float:
    """Share of a directed network's arcs that are returned, 0 to 1; NaN without arcs."""
    sent, returned = _arcs(net)
    return float(returned.sum() / sent.sum()) if sent.any() else float("nan")


def reciprocated(net: sparse.csr_array) -> np.ndarray:
    """Share of each person's arcs out that are returned: (people,), 0 to 1; NaN for who has none."""
    sent, returned = _arcs(net)
    with np.errstate(invalid="ignore"):
        return returned / sent


def _arcs(net: sparse.csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Number of everybody's arcs out, and of those that are returned."""
    arcs = (net != 0).astype(float)
    loops = arcs.diagonal()
    return arcs.sum(axis=1) - loops, arcs.multiply(arcs.T).sum(axis=1) - loops
