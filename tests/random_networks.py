"""Small random networks for tests against networkx: every mix of directed, weighted, with loops and with isolates."""

from __future__ import annotations

import networkx as nx
import numpy as np
from scipy import sparse

SEEDS = range(200)


def drawn(seed: int) -> tuple[sparse.csr_array, nx.Graph]:
    """A network as a matrix, with loops, and as a networkx graph, without; attribute `weight` is 1 in every other one."""
    rng = np.random.default_rng(seed)
    n, directed, weighted = int(rng.integers(2, 14)), seed % 2 == 1, seed % 4 > 1
    weights = rng.integers(1, 10, (n, n)) / 4 if weighted else np.ones((n, n))
    held = (rng.random((n, n)) < rng.choice([0.1, 0.2, 0.5])) * weights
    held = held if directed else np.triu(held) + np.triu(held, 1).T
    loopless = held - np.diag(np.diag(held))
    graph = nx.from_numpy_array(loopless, create_using=nx.DiGraph if directed else nx.Graph)
    return sparse.csr_array(held), graph


def listed(values: dict) -> np.ndarray:
    """What networkx says of nodes 0 … n − 1."""
    return np.array([values[node] for node in range(len(values))], dtype=float)


def matrix(graph: nx.Graph, nodes: list | None = None) -> sparse.csr_array:
    """The unweighted matrix of a networkx graph, over its nodes in this order, or sorted."""
    return sparse.csr_array(nx.to_scipy_sparse_array(graph, nodelist=nodes or sorted(graph), weight=None, dtype=float))
