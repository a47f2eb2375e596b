"""Every world of a small cascade, one by one: which arcs pass on, how likely that is, who reaches whom."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import networkx as nx
import numpy as np
from scipy import sparse


def small(weights: tuple[float, ...] = (1.0, 0.5, 0.8, 0.25, 1.0)) -> sparse.csr_array:
    """Four people and five directed arcs in a circle with a chord; [i, j]: how far i heeds j."""
    return sparse.coo_array((weights, ([1, 2, 3, 0, 3], [0, 1, 2, 3, 1])), shape=(4, 4)).tocsr()


def worlds(net: sparse.csr_array, chance: float) -> Iterator[tuple[float, nx.DiGraph]]:
    """The probability of each world, and its arcs from who passes on to who is passed on to."""
    entries = net.tocoo()
    arcs = list(zip(entries.col.tolist(), entries.row.tolist(), (chance * entries.data).tolist(), strict=True))
    for live in product((False, True), repeat=len(arcs)):
        graph = nx.empty_graph(net.shape[0], create_using=nx.DiGraph)
        graph.add_edges_from(arc[:2] for arc, passes in zip(arcs, live, strict=True) if passes)
        yield float(np.prod([p if passes else 1 - p for (_, _, p), passes in zip(arcs, live, strict=True)])), graph


def weeks_from(graph: nx.DiGraph, starters: list[int], never: int) -> np.ndarray:
    """(people,) steps from the nearest starter; `never` where there is no way."""
    steps = nx.multi_source_dijkstra_path_length(graph, set(starters), weight=None)
    return np.array([steps.get(person, never) for person in graph], dtype=int)
