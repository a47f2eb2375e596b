"""How far things reach: two-step reach, what breaks when one person leaves, whom a set of starters touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import igraph
    from scipy import sparse


def within_two(net: sparse.csr_array) -> np.ndarray:
    """Share of all others each person reaches in at most two steps: (people,), 0 to 1."""
    n = net.shape[0]
    reach = ((net + net @ net) > 0).astype(float)
    reach.setdiag(0)
    return reach.sum(axis=1) / max(n - 1, 1)


def fragmentation(net: igraph.Graph) -> float:
    """Share of pairs with no path between them: 1 − Σ s(s − 1) / n(n − 1) over component sizes s (Borgatti 2006,
    Comput. Math. Organ. Theory 12:21, equation 4). 0 connected, 1 all isolates."""
    n = net.vcount()
    if n < 2:
        return 0.0
    return 1 - sum(size * (size - 1) for size in net.connected_components().sizes()) / (n * (n - 1))


def worst_loss(net: igraph.Graph) -> tuple[float, np.ndarray]:
    """Largest fragmentation that one person's leaving would bring among those who stay, and everybody's (people,).

    The key-player problem, negative, k = 1 (Borgatti 2006).
    """
    n, components = net.vcount(), net.connected_components()
    if n < 3:
        return 0.0, np.zeros(n)
    sizes = np.array(components.sizes())
    own = sizes[components.membership]
    losses = 1 - ((sizes * (sizes - 1)).sum() - 2 * (own - 1)) / ((n - 1) * (n - 2))
    for vertex in net.articulation_points():
        without = net.copy()
        without.delete_vertices(vertex)
        losses[vertex] = fragmentation(without)
    return float(losses.max(initial=0.0)), losses


def touched(net: sparse.csr_array, starters: np.ndarray) -> np.ndarray:
    """Who is a starter or tied to one: booleans (people,)."""
    reached = net[starters].sum(axis=0) > 0
    reached[starters] = True
    return reached


def best_starters(net: sparse.csr_array, size: int) -> np.ndarray:
    """Row numbers of `size` people who together touch most, chosen greedily (key-player problem, positive, m = 1,
    Borgatti 2006; greedy reaches at least 1 − 1/e of the best, Nemhauser, Wolsey & Fisher 1978). Ties go to the
    lower row number."""
    reached = np.zeros(net.shape[0], dtype=bool)
    chosen: list[int] = []
    for _ in range(min(size, net.shape[0])):
        gain = net @ (~reached).astype(float) + ~reached
        gain[chosen] = -1
        chosen.append(int(np.argmax(gain)))
        reached |= touched(net, np.array(chosen))
    return np.array(sorted(chosen))
