"""What chance would give: resampled people, shuffled labels, rewired ties.

The vertex bootstrap (Snijders & Borgatti 1999, Connections 22:161) resamples people and takes the ties among those drawn:
a tie counts as often as the product of its two ends' draws. Pairs of one person drawn twice carry no tie of their own and
are left out, where the paper fills them at random; ratios of tie counts are hardly touched by it.

Rewiring answers what degrees alone give, and within blocks what degrees and the tie counts of the groups alone give
(Maslov & Sneppen 2002, Science 296:910). It fails on networks so dense or so small that hardly any swap is possible: the
copies are then nearly the original, and nothing stands out. Swaps of directed ties cannot turn a closed ring of three
around (Roberts & Coolen 2012, Phys. Rev. E 85:046103), which matters in the smallest networks only. In large networks the
ends of all ties are dealt anew at once (`matching`), unless they are dense.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kithwork.estimates import TAILS, p_value
from kithwork.network import graph, matching

if TYPE_CHECKING:
    import igraph
    from scipy import sparse

LARGE = 5_000
"""People above whom ties are dealt anew, not swapped, and few networks stand for chance: figures of so many vary little."""
DENSE = 0.05
"""Share of all pairs from which on ties are swapped in large networks too."""
FEWEST_COPIES, MOST_COPIES, COPIED = 2, 20, 6_000_000
"""Networks of chance that a large one is set beside, at least and at most, and ties of them all together."""


@dataclass(frozen=True)
class Chance:
    """A figure against what chance gives: mean and 95 % range of the draws, z in their standard deviations, p two-sided.

    `z` is None where all draws are alike; `draws` is how many there were, and p cannot be below 1/(draws + 1).
    """

    observed: float
    mean: float
    low: float
    high: float
    z: float | None
    p: float
    draws: int


def against(observed: float, draws: np.ndarray) -> Chance:
    """The figure beside its null draws (draws,)."""
    draws = np.asarray(draws, dtype=float)
    low, high = np.percentile(draws, TAILS)
    mean, spread = draws.mean(), draws.std(ddof=1) if len(draws) > 1 else 0.0
    z = float((observed - mean) / spread) if spread > 1e-12 * max(abs(mean), 1) else None
    return Chance(float(observed), float(mean), float(low), float(high), z, p_value(observed, draws), len(draws))


def vertex_draws(n: int, resamples: int, rng: np.random.Generator) -> np.ndarray:
    """How often each of n people is drawn: counts (resamples, n), each row summing to n."""
    return rng.multinomial(n, np.full(n, 1 / n), size=resamples)


def tie_weights(draws: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Weight of each tie (a, b) in each resample: (resamples, ties)."""
    return draws[:, a] * draws[:, b]


def shuffled(labels: np.ndarray, shuffles: int, rng: np.random.Generator) -> np.ndarray:
    """Labels dealt anew to people, group sizes kept: (shuffles, people). Does the boundary matter at all?"""
    return rng.permuted(np.tile(labels, (shuffles, 1)), axis=1)


def copies(asked: int, people: int, ties: int) -> int:
    """How many networks of chance to draw: as many as asked up to `LARGE` people; of more fewer, by the number of ties.

    The mean of k of them is off by their standard deviation over √k, which falls with the number of ties.
    """
    return asked if people <= LARGE else min(asked, int(np.clip(COPIED // max(ties, 1), FEWEST_COPIES, MOST_COPIES)))


def rewired(net: igraph.Graph, count: int, rng: np.random.Generator) -> Iterator[igraph.Graph]:
    """Copies of a graph with every degree kept: by 10 swaps per tie (Maslov & Sneppen 2002, Science 296:910), or of more
    than `LARGE` people by `matching`."""
    for found in _dealt(net, count, rng):
        yield graph.from_ends(*found, net.vcount(), net.is_directed()) if found else _in_swaps(net)


def rewired_matrices(net: igraph.Graph, count: int, rng: np.random.Generator) -> Iterator[sparse.csr_array]:
    """The same copies, as matrices."""
    for found in _dealt(net, count, rng):
        people, directed = net.vcount(), net.is_directed()
        yield graph.from_pairs(*found, people, directed) if found else graph.matrix(_in_swaps(net))


def _dealt(net: igraph.Graph, count: int, rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray] | None]:
    """Ends of the ties of each copy dealt anew; None for one that is to be made by swaps."""
    seed(rng)
    thin = net.vcount() > LARGE and net.ecount() < DENSE * net.vcount() * (net.vcount() - 1) / 2
    degrees = _degrees(net) if thin else None
    for _ in range(count):
        yield matching.dealt(*degrees, rng) if degrees else None


def matrices(net: sparse.csr_array, count: int, rng: np.random.Generator, directed: bool) -> Iterator[sparse.csr_array]:
    """The same of a 0/1 matrix, as matrices."""
    people = net.shape[0]
    thin = people > LARGE and net.nnz < DENSE * people * (people - 1)
    if not thin:
        yield from (graph.matrix(copy) for copy in rewired(graph.of(net, directed, weighted=False), count, rng))
        return
    given, got = net.sum(axis=1).astype(int), net.sum(axis=0).astype(int)
    for _ in range(count):
        found = matching.dealt(given, got if directed else None, rng)
        yield (
            graph.from_pairs(*found, people, directed) if found else graph.matrix(_in_swaps(graph.of(net, directed, False)))
        )


def _degrees(net: igraph.Graph) -> tuple[np.ndarray, np.ndarray | None]:
    """What `matching.dealt` keeps."""
    if net.is_directed():
        return np.array(net.outdegree()), np.array(net.indegree())
    return np.array(net.degree()), None


def _in_swaps(net: igraph.Graph) -> igraph.Graph:
    copy = net.copy()
    copy.rewire(n=10 * net.ecount())
    return copy


def block_rewired(net: igraph.Graph, groups: np.ndarray, count: int, rng: np.random.Generator) -> Iterator[igraph.Graph]:
    """Copies of a graph in which everybody keeps the number of ties to each group, in each direction if it is directed.

    So every degree and the number of ties within and between any two groups stay; what changes is who in the group. The
    ties of each pair of groups are rewired by themselves, 10 swaps per tie and, by a coin, one more: where every swap is
    possible, an even number of them would reach half of all graphs only. `groups`: (people,) codes; −1, no known group,
    is a group of its own.
    """
    import igraph

    a, b = np.array(net.get_edgelist(), dtype=int).reshape(-1, 2).T
    codes = np.unique(groups, return_inverse=True)[1]
    if not net.is_directed():
        ordered = codes[a] <= codes[b]
        a, b = np.where(ordered, a, b), np.where(ordered, b, a)
    block = codes[a] * (codes.max(initial=0) + 1) + codes[b]
    order = np.argsort(block, kind="stable")
    blocks = np.split(order, np.flatnonzero(np.diff(block[order])) + 1) if len(order) else []
    seed(rng)
    for _ in range(count):
        swapped = np.column_stack([a, b])
        for ties in blocks:
            directed = net.is_directed() or codes[a[ties[0]]] != codes[b[ties[0]]]
            swapped[ties] = _swapped(swapped[ties], directed, 10 * len(ties) + int(rng.integers(2)))
        yield igraph.Graph(n=net.vcount(), edges=swapped, directed=net.is_directed())


def _swapped(ties: np.ndarray, directed: bool, swaps: int) -> np.ndarray:
    """Ties (ties, 2) after so many swaps of ends. Directed swaps keep each column, and so the two sides of a block."""
    import igraph

    people, rows = np.unique(ties, return_inverse=True)
    part = igraph.Graph(n=len(people), edges=rows.reshape(-1, 2), directed=directed)
    part.rewire(n=swaps)
    return people[np.array(part.get_edgelist())]


def seed(rng: np.random.Generator) -> None:
    """igraph draws from the generator from here on."""
    import random

    import igraph

    igraph.set_random_number_generator(random.Random(int(rng.integers(2**32))))


def named_at_random(named: sparse.csr_array, count: int, rng: np.random.Generator) -> Iterator[sparse.csr_array]:
    """Networks in which everybody names as many others as in `named`, drawn at random without replacement.

    Yields `count` directed 0/1 matrices: what being named would be if only the namers' generosity were given.
    """
    from scipy import sparse

    names = (named != 0).sum(axis=1)
    n = len(names)
    ego = np.repeat(np.arange(n), names)
    for _ in range(count):
        if n > LARGE and names.max(initial=0) < n / 2:
            alter = _others(ego, n, rng)
        else:
            each = [rng.choice(n - 1, size, replace=False) for size in names if size]
            alter = np.concatenate(each or [np.zeros(0, int)])
        yield sparse.coo_array((np.ones(len(ego)), (ego, alter + (alter >= ego))), shape=(n, n)).tocsr()


def _others(ego: np.ndarray, people: int, rng: np.random.Generator) -> np.ndarray:
    """One of the others, numbered without oneself, for each entry of `ego`, nobody twice for one: who is drawn again by the
    same ego is drawn anew, which leaves all sets alike."""
    alter = rng.integers(people - 1, size=len(ego))
    while True:
        keys = ego.astype(np.int64) * people + alter
        order = np.argsort(keys, kind="stable")
        again = order[1:][keys[order][1:] == keys[order][:-1]]
        if not len(again):
            return alter
        alter[again] = rng.integers(people - 1, size=len(again))
