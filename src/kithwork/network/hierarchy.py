"""How far an informal network is a hierarchy: Krackhardt's four conditions, all 1 for a tree of reporting lines.

Krackhardt 1994 (in Carley & Prietula, *Computational Organization Theory*, 89). A tie i → j says that i turns to j: reports
to, asks, seeks; whoever draws arrows from superior to subordinate passes the transposed matrix. Only whether there is a tie
counts; loops are left out.

Each condition fails in its own way. Connectedness is 1 for anything in one piece. Hierarchy hangs on few ties: one tie back
from the top to the bottom makes one great ring of those between, and dense advice networks are near 0. Efficiency falls
with density alone, so that networks of unlike size or density are not compared by it. A missing respondent has no ties out
and looks like a top.

People who reach one another, a strong component, are one piece in what follows: the first three are exact at any size, the
least upper bound up to so many pieces, and for any forest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import igraph
    from scipy import sparse

PIECES = 5_000
"""Most strong components for which least upper bounds are sought: every two of them are compared."""

COLUMNS = 16_384
"""Pieces whose reach is followed at once: 2 KiB a piece."""

MANY, TARGETS = 65_536, 500
"""Pieces above which those that are reached are drawn, and how many of them."""


@dataclass(frozen=True)
class Hierarchy:
    """Each 0 to 1, None where nothing could be told; `why` says of each that is None why.

    `connectedness`: share of pairs that are joined by ties in any direction.
    `hierarchy`: share of pairs with a path one way that have none back.
    `efficiency`: 1 − (ties above n_c − 1) / (n_c(n_c − 1) − (n_c − 1)), both summed over weak components of n_c people.
    `least_upper_bound`: 1 − (pairs of a weak component without one) / Σ (n_c − 1)(n_c − 2)/2.
    """

    connectedness: float | None
    hierarchy: float | None
    efficiency: float | None
    least_upper_bound: float | None
    why: dict[str, str]


def conditions(net: sparse.csr_array) -> Hierarchy:
    """All four of a directed network.

    An upper bound of i and j is anybody, i and j too, whom both reach; it is the least one if it reaches every other.
    """
    from scipy.sparse.csgraph import connected_components

    ties = _without_loops(net)
    weak = np.bincount(connected_components(ties, directed=True, connection="weak")[1])
    piece = connected_components(ties, directed=True, connection="strong")[1]
    sizes, up = np.bincount(piece), _between(ties, piece)
    n, mutual = len(piece), _pairs(sizes)
    one_way = _reached(up, sizes) - n - 2 * mutual
    bound, could, why = _bound(up, sizes, weak)
    shares = {
        "connectedness": (_pairs(weak), n * (n - 1) // 2, "fewer than two people"),
        "hierarchy": (one_way, one_way + mutual, "nobody turns to anybody"),
        "efficiency": ((weak * (weak - 1)).sum() - ties.nnz, ((weak - 1) ** 2).sum(), "nobody turns to anybody"),
        "least_upper_bound": (bound, could, why),
    }
    absent = {name: reason for name, (_, whole, reason) in shares.items() if not whole}
    return Hierarchy(
        **{name: float(part / whole) if whole else None for name, (part, whole, _) in shares.items()}, why=absent
    )


def one_way(net: sparse.csr_array, rng: np.random.Generator) -> float | None:
    """The `hierarchy` of `conditions` alone; of more than `MANY` pieces from a sample of them (`sampled`)."""
    from scipy.sparse.csgraph import connected_components

    ties = _without_loops(net)
    piece = connected_components(ties, directed=True, connection="strong")[1]
    sizes = np.bincount(piece)
    mutual = _pairs(sizes)
    up = _between(ties, piece)
    reached = _reached(up, sizes) if len(sizes) <= MANY else sampled(up, sizes, rng)[0]
    found = max(reached - len(piece) - 2 * mutual, 0)
    return float(found / (found + mutual)) if found + mutual else None


def _bound(up: igraph.Graph, sizes: np.ndarray, weak: np.ndarray) -> tuple[int, int, str]:
    """Pairs with a least upper bound above the n_c − 1 that each component has anyway, how many there could be, and why
    there are none. Where no piece has ties to two others, all of a component go up to one top, and each pair has a bound.
    """
    most = int(((weak - 1) * (weak - 2)).sum()) // 2
    if max(up.outdegree(), default=0) <= 1:
        return most, most, "no three people are joined"
    if len(sizes) > PIECES:
        return 0, 0, f"{len(sizes)} strong components, above the {PIECES} that are compared two by two"
    return _with_bound(up, sizes) - int((weak - 1).sum()), most, "no three people are joined"


def _with_bound(up: igraph.Graph, sizes: np.ndarray) -> int:
    """Pairs of people with a least upper bound: what both reach is all that somebody reaches."""
    reach = _reach(up, np.arange(len(sizes)))
    known, weight = set(reach), sizes.tolist()
    among = sum(weight[i] * weight[j] for i in range(len(reach)) for j in range(i) if reach[i] & reach[j] in known)
    return among + _pairs(sizes)


def sampled(up: igraph.Graph, sizes: np.ndarray, rng: np.random.Generator) -> tuple[float, float]:
    """Ordered pairs of people of whom the first reaches the second, oneself included, and the standard error.

    Into the largest piece exactly; into the others by `TARGETS` of them drawn at random: P − 1 times the mean of size times
    people who reach it, with the error of a mean of so many of P − 1 (Cochran 1977, *Sampling Techniques*, 2.6).
    """
    largest, others = int(np.argmax(sizes)), len(sizes) - 1
    drawn = rng.choice(others, min(TARGETS, others), replace=False)
    columns = np.concatenate([[largest], drawn + (drawn >= largest)])
    into = sizes[columns] * _who_reach(_reach(up, columns), sizes, len(columns))
    each = into[1:].astype(float)
    left = np.sqrt(max(1 - len(each) / others, 0))
    return float(into[0] + others * each.mean()), float(others * left * each.std(ddof=1) / np.sqrt(len(each)))


def _who_reach(reach: list[int], sizes: np.ndarray, columns: int) -> np.ndarray:
    """People who reach each of the columns: (columns,)."""
    width, found = -(-columns // 8), np.zeros(columns, dtype=np.int64)
    for first in range(0, len(reach), COLUMNS):
        part = b"".join(bits.to_bytes(width, "little") for bits in reach[first : first + COLUMNS])
        table = np.frombuffer(part, dtype=np.uint8).reshape(-1, width)
        found += sizes[first : first + COLUMNS] @ np.unpackbits(table, axis=1, bitorder="little", count=columns)
    return found


def _reached(up: igraph.Graph, sizes: np.ndarray) -> int:
    """Ordered pairs of people of whom the first reaches the second, oneself included."""
    total = 0
    for first in range(0, len(sizes), COLUMNS):
        here = sizes[first : first + COLUMNS]
        reach = _reach(up, np.arange(first, first + len(here)))
        for size in np.unique(here).tolist():
            mask = sum(1 << int(place) for place in np.flatnonzero(here == size))
            total += size * int(sizes @ np.array([(bits & mask).bit_count() for bits in reach]))
    return total


def _reach(up: igraph.Graph, columns: np.ndarray) -> list[int]:
    """Which of the pieces `columns` each piece reaches, itself included, as the bits of a whole number."""
    reach = [0] * up.vcount()
    for at, piece in enumerate(columns.tolist()):
        reach[piece] = 1 << at
    for piece in up.topological_sorting(mode="in"):
        for higher in up.successors(piece):
            reach[piece] |= reach[higher]
    return reach


def _between(ties: sparse.coo_array, piece: np.ndarray) -> igraph.Graph:
    """Ties between different pieces, each once: a network without rings."""
    import igraph

    ends = piece[np.column_stack(ties.coords)]
    ends = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)
    return igraph.Graph(n=int(piece.max(initial=-1)) + 1, edges=ends, directed=True)


def _without_loops(net: sparse.csr_array) -> sparse.coo_array:
    """0/1 ties without loops."""
    from scipy import sparse

    entries = sparse.coo_array(net)
    a, b = entries.coords
    kept = (a != b) & (entries.data > 0)
    return sparse.coo_array((np.ones(kept.sum()), (a[kept], b[kept])), shape=net.shape)


def _pairs(sizes: np.ndarray) -> int:
    """Pairs of people in one component, over components of these sizes."""
    return int((sizes * (sizes - 1)).sum()) // 2
