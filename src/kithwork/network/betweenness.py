"""Betweenness: the share of shortest paths between others that run through a person (Freeman 1977, Sociometry 40:35).

Exact by Brandes's algorithm while that is affordable: its cost grows with people × ties. Beyond that pairs of people are
drawn at random, and each person gets the share of each pair's shortest paths that run through him or her (Riondato & Upfal
2018, ACM Trans. Knowl. Discov. Data 12:61). Both ends search towards one another (Borassi & Natale 2019, J. Exp.
Algorithmics 24:1.2), so that a pair costs a small part of a search from one end. The pairs are independent and their shares
lie between 0 and 1: the mean over pairs is unbiased, and its standard error is that of any mean. Who lies on few paths is
not told apart from who lies on none; the error says so. To sample sources instead takes about a thousand of them before it
tells more than the number of ties does.

Of all measures of position it suffers most from missing respondents (Smith & Moody 2013, Social Networks 35:652).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kithwork.network.aside import Aside
from kithwork.network.graph import of

if TYPE_CHECKING:
    from scipy import sparse

EXACT_UP_TO = 20_000
"""People; exact betweenness of so many with twenty ties each takes minutes, and four times as long of twice as many."""

HALVED = 5_000
"""People above whom half of the searches are made by a second process."""

PAIRS = 50_000
CELLS = 25_000_000
"""Pairs × people at a time, which bounds the memory: at most a cell of each is held per step from either end."""


@dataclass(frozen=True)
class Betweenness:
    """Everybody's share of the others' shortest paths, 0 to 1, and its standard error, 0 where it is exact: (people,)."""

    share: np.ndarray
    error: np.ndarray


def betweenness(net: sparse.csr_array, rng: np.random.Generator, directed: bool = False, pairs: int = PAIRS) -> Betweenness:
    """Exact up to EXACT_UP_TO people, and beyond from so many `pairs`. Weights are left out."""
    return exact(net, directed) if net.shape[0] <= EXACT_UP_TO else sampled(net, rng, pairs)


def exact(net: sparse.csr_array, directed: bool = False) -> Betweenness:
    """Over all pairs."""
    people = net.shape[0]
    if people > HALVED:
        first, second = np.array_split(np.arange(people), 2)
        other = Aside(_from, net, directed, second)
        paths = _from(net, directed, first) + other.result()
    else:
        paths = _from(net, directed)
    others = (people - 1) * (people - 2) / (1 if directed else 2)
    return Betweenness(paths / max(others, 1), np.zeros(people))


def _from(net: sparse.csr_array, directed: bool, sources: np.ndarray | None = None) -> np.ndarray:
    """Sums over the shortest paths from these people, or all: (people,)."""
    found = of(net, directed, weighted=False).betweenness(sources=None if sources is None else sources.tolist())
    return np.array(found, dtype=float)


def sampled(net: sparse.csr_array, rng: np.random.Generator, pairs: int = PAIRS) -> Betweenness:
    """Over pairs drawn at random, with replacement.

    The error is at least that of one path in `pairs`: who was on none may still be on one in as many.
    """
    people = net.shape[0]
    total, squares = np.zeros(people), np.zeros(people)
    start = rng.integers(people, size=pairs)
    end = (start + rng.integers(1, people, size=pairs)) % people
    ties = unweighted(net)
    back = ties.T.tocsr()
    size = max(CELLS // people, 1)
    for at in range(0, pairs, size):
        for on in shares(ties, back, start[at : at + size], end[at : at + size]):
            _added(total, on.indices, on.data)
            _added(squares, on.indices, on.data**2)
    mean = total / pairs
    error = np.sqrt((squares / pairs - mean**2) / (pairs - 1))
    among_others = people / (people - 2)
    return Betweenness(mean * among_others, np.maximum(error, 1 / pairs) * among_others)


def _added(to: np.ndarray, places: np.ndarray, values: np.ndarray) -> None:
    """Add at these places, in place; where few of many are meant, without a pass over all."""
    if 10 * len(places) > len(to):
        to += np.bincount(places, values, len(to))
    else:
        np.add.at(to, places, values)


def unweighted(net: sparse.csr_array) -> sparse.csr_array:
    """Ones where there are ties, loops left out."""
    from scipy import sparse

    entries = sparse.coo_array(net)
    a, b = entries.coords
    kept = (a != b) & (entries.data != 0)
    return sparse.coo_array((np.ones(kept.sum()), (a[kept], b[kept])), shape=net.shape).tocsr()


def shares(
    ties: sparse.csr_array, back: sparse.csr_array, start: np.ndarray, end: np.ndarray
) -> Iterator[sparse.csr_array]:
    """Pairs × people: the share of each pair's shortest paths through each person, a matrix for each step of the paths."""
    ahead, behind = [_one_each(start, ties)], [_one_each(end, ties)]
    while ahead[0].shape[0]:
        if ahead[-1].nnz <= behind[-1].nnz:
            ahead.append(_next(ahead, ties))
        else:
            behind.append(_next(behind, back))
        common = ahead[-1].multiply(behind[-1]).tocsr()
        paths = common.sum(axis=1)
        met = np.flatnonzero(paths)
        if len(met):
            share = _scaled(common[met], 1 / paths[met])
            if len(behind) > 1:
                yield share
            yield from _traced(share, [level[met] for level in ahead], back)
            yield from _traced(share, [level[met] for level in behind], ties)
        still = (paths == 0) & (np.diff(ahead[-1].indptr) > 0) & (np.diff(behind[-1].indptr) > 0)
        if not still.all():
            ahead, behind = [level[still] for level in ahead], [level[still] for level in behind]


def _one_each(people: np.ndarray, ties: sparse.csr_array) -> sparse.csr_array:
    from scipy import sparse

    return sparse.csr_array((np.ones(len(people)), people, np.arange(len(people) + 1)), shape=(len(people), ties.shape[0]))


def _next(levels: list[sparse.csr_array], ties: sparse.csr_array) -> sparse.csr_array:
    """Who is one step further than the last level, and by how many walks.

    Nobody is reached again, else the search of a pair without a path would not end. In the first two steps few are, and
    they are left in: where two ends first meet, every walk of that length is a shortest path, so they add nothing.
    """
    reached = levels[-1] @ ties
    for level in levels if len(levels) > 2 else []:
        reached -= reached.multiply(level != 0)
    reached.eliminate_zeros()
    return reached


def _traced(share: sparse.csr_array, levels: list[sparse.csr_array], back: sparse.csr_array) -> Iterator[sparse.csr_array]:
    """The shares at each level between where the two ends met and the end itself, from there backwards."""
    for level, further in zip(levels[-2:0:-1], levels[:1:-1], strict=True):
        share = (share.multiply(further.power(-1)) @ back).multiply(level).tocsr()
        yield share


def _scaled(rows: sparse.csr_array, by: np.ndarray) -> sparse.csr_array:
    rows.data *= np.repeat(by, np.diff(rows.indptr))
    return rows
