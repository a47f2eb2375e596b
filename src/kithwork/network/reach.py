"""How far things reach: two-step reach, what breaks when people leave, whom a set of starters touches.

The key-player problems of Borgatti 2006 (Comput. Math. Organ. Theory 12:21): whose leaving breaks the network most
(negative), and who together reach most (positive). The best set is not the set of the best: two people who reach the same
others are no better than one. Trying all sets is affordable for small ones only; else a set is built greedily, and the
negative one is then bettered by swaps, which stop at a set that no single swap betters: not always the worst there is.
"""

from __future__ import annotations

import heapq
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import igraph
    from scipy import sparse

ALL_SETS = 20_000
"""Sets that are all tried; more are searched."""

CELLS = 25_000_000
"""People × people whose reach is held at a time."""


def within_two(net: sparse.csr_array, who: np.ndarray | None = None) -> np.ndarray:
    """Share of all others each person, or of rows `who` each, reaches in at most two steps: 0 to 1."""
    return (_reaching(net, 2, who) - 1) / max(net.shape[0] - 1, 1)


def fragmentation(net: igraph.Graph) -> float:
    """Share of pairs with no path between them: 1 − Σ s(s − 1) / n(n − 1) over component sizes s (Borgatti 2006,
    Comput. Math. Organ. Theory 12:21, equation 4). 0 connected, 1 all isolates."""
    n = net.vcount()
    if n < 2:
        return 0.0
    return 1 - sum(size * (size - 1) for size in net.connected_components().sizes()) / (n * (n - 1))


def distance_fragmentation(net: igraph.Graph, sources: np.ndarray | None = None) -> float:
    """How far apart people are: 1 − Σ 1/d_ij / n(n − 1) over ordered pairs, 1/d 0 without a path (Borgatti 2006, eq. 9).

    0 where all are tied, 1 where nobody is. Its cost grows with people × ties: `sources`, rows drawn at random, give the
    same on average from their distances alone.
    """
    if net.vcount() < 2:
        return 0.0
    return 1 - float(np.mean(net.harmonic_centrality(vertices=None if sources is None else sources.tolist())))


def without(net: igraph.Graph, who: np.ndarray) -> igraph.Graph:
    """The network of those who stay when `who` (row numbers) leave."""
    left = net.copy()
    left.delete_vertices(np.asarray(who, dtype=int).tolist())
    return left


def worst_loss(net: igraph.Graph) -> tuple[float, np.ndarray]:
    """Largest fragmentation that one person's leaving would bring among those who stay, and everybody's (people,).

    The key-player problem, negative, k = 1 (Borgatti 2006).
    """
    n, components = net.vcount(), net.connected_components()
    if n < 3:
        return 0.0, np.zeros(n)
    sizes = np.array(components.sizes())
    own = sizes[components.membership]
    joined = (sizes * (sizes - 1)).sum() - own * (own - 1) + _joined_without_each(net, own)
    losses = 1 - joined / ((n - 1) * (n - 2))
    return float(losses.max(initial=0.0)), losses


def worst_losses(net: igraph.Graph, size: int) -> tuple[float, np.ndarray]:
    """Fragmentation among those who stay when the worst set of `size` people leaves, and that set's row numbers.

    The key-player problem, negative. All sets are tried up to ALL_SETS; else a greedy set and the set with most ties are
    bettered by swaps, and the worse for the network is taken. Ties go to lower rows.
    """
    people = net.vcount()
    if size >= people:
        return 0.0, np.arange(people)
    if comb(people, size) <= ALL_SETS:
        worst = max(combinations(range(people), size), key=lambda who: fragmentation(without(net, who)))
        return fragmentation(without(net, worst)), np.array(worst)
    tied = np.argsort(-np.array(net.degree()), kind="stable")[:size].tolist()
    return max((_swapped(net, start) for start in (_greedy(net, size), tied)), key=lambda found: found[0])


def touched(net: sparse.csr_array, starters: np.ndarray, steps: int = 1) -> np.ndarray:
    """Who is a starter or at most so many steps from one: booleans (people,)."""
    reached = np.zeros(net.shape[0], dtype=bool)
    reached[starters] = True
    for _ in range(steps):
        reached[net[np.flatnonzero(reached)].indices] = True
    return reached


def best_starters(net: sparse.csr_array, size: int, steps: int = 1) -> np.ndarray:
    """Row numbers of `size` people who together touch most, chosen greedily (key-player problem, positive, m = `steps`,
    Borgatti 2006; greedy reaches at least 1 − 1/e of the best, Nemhauser, Wolsey & Fisher 1978). Ties go to the
    lower row number. What a person adds only falls as others are chosen, so few are counted anew (Minoux 1978)."""
    reached = np.zeros(net.shape[0], dtype=bool)
    chosen: list[int] = []
    hoped = [(-int(gain), row) for row, gain in enumerate(_reaching(net, steps))]
    heapq.heapify(hoped)
    while hoped and len(chosen) < size:
        _, row = heapq.heappop(hoped)
        own = touched(net, np.array([row]), steps)
        gain = int((own & ~reached).sum())
        if hoped and (-gain, row) > hoped[0]:
            heapq.heappush(hoped, (-gain, row))
        else:
            chosen.append(row)
            reached |= own
    return np.array(sorted(chosen))


def _reaching(net: sparse.csr_array, steps: int, who: np.ndarray | None = None) -> np.ndarray:
    """How many people each reaches in at most so many steps, oneself included: (people,), or (rows,) of `who`."""
    from scipy import sparse

    people = net.shape[0]
    near = sparse.csr_array(((net != 0) + sparse.eye_array(people)) != 0, dtype=np.float32)
    from_ = near if who is None else near[who]
    size = max(CELLS // max(people, 1), 1)
    found = [np.zeros(0, dtype=int)]
    for start in range(0, from_.shape[0], size):
        reached = from_[start : start + size]
        for _ in range(steps - 1):
            reached = reached @ near
        found.append(np.diff(reached.indptr))
    return np.concatenate(found)


def _joined_without_each(net: igraph.Graph, own: np.ndarray) -> np.ndarray:
    """Ordered pairs with a path in each person's component of `own` people, once that person has left it.

    People and blocks (sets that no single leaving parts) make a forest: who leaves parts the component into what hangs on
    each of his or her blocks (Hopcroft & Tarjan 1973, Commun. ACM 16:372).
    """
    people = net.vcount()
    order, parent = _forest(net)
    hanging = [1] * people + [0] * (len(order) - people)
    joined, below = [0] * people, [0] * people
    for node in reversed(order):
        above = parent[node]
        if above < 0:
            continue
        hanging[above] += hanging[node]
        if above < people:
            joined[above] += hanging[node] * (hanging[node] - 1)
            below[above] += hanging[node]
    rest = own - 1 - np.array(below)
    return np.array(joined) + rest * (rest - 1)


def _forest(net: igraph.Graph) -> tuple[list[int], list[int]]:
    """The forest of people and, numbered after them, blocks: its nodes from the roots on, and each one's parent, or −1."""
    import igraph

    people, blocks = net.vcount(), list(net.biconnected_components())
    edges = [(person, people + block) for block, members in enumerate(blocks) for person in members]
    forest = igraph.Graph(n=people + len(blocks), edges=edges)
    root = forest.vcount()
    forest.add_vertices(1)
    forest.add_edges([(root, group[0]) for group in forest.connected_components() if group[0] != root])
    order, _, parent = forest.bfs(root)
    return order[1:], [above if above != root else -1 for above in parent[:-1]]


def _greedy(net: igraph.Graph, size: int) -> list[int]:
    found: list[int] = []
    while len(found) < size:
        found.append(_added(net, found)[1])
    return found


def _swapped(net: igraph.Graph, found: list[int]) -> tuple[float, np.ndarray]:
    """The set after swaps of one person for whoever breaks more in his or her place, until nobody does."""
    loss, better = fragmentation(without(net, np.array(found))), True
    while better:
        better = False
        for one in sorted(found):
            others = [row for row in found if row != one]
            swapped, new = _added(net, others)
            if swapped > loss:
                found, loss, better = [*others, new], swapped, True
    return loss, np.array(sorted(found))


def _added(net: igraph.Graph, gone: list[int]) -> tuple[float, int]:
    """Fragmentation if one more than those who are gone leaves, the person for whom it is most, and that person's row."""
    stay = np.delete(np.arange(net.vcount()), gone)
    loss, losses = worst_loss(without(net, np.array(gone)))
    return loss, int(stay[np.argmax(losses)])
