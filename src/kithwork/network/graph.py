"""The two forms a network is computed in: a scipy.sparse adjacency matrix and an igraph Graph, both over the same order.

Every person of the staff list is a vertex, isolates too, in the order of `people`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import igraph
    from scipy import sparse


def adjacency(ties: pd.DataFrame, people: pd.DataFrame) -> sparse.csr_array:
    """Symmetric 0/1 matrix, people × people; entry 1 where the pair has a tie."""
    from scipy import sparse

    a, b = ends(ties, people)
    half = sparse.coo_array(([1.0] * len(ties), (a, b)), shape=(len(people), len(people))).tocsr()
    return half + half.T


def graph(ties: pd.DataFrame, people: pd.DataFrame) -> igraph.Graph:
    """The same network as an undirected igraph Graph."""
    import igraph

    a, b = ends(ties, people)
    return igraph.Graph(n=len(people), edges=list(zip(a.tolist(), b.tolist(), strict=True)))


def ends(ties: pd.DataFrame, people: pd.DataFrame):
    """Row numbers in `people` of each tie's two ends."""
    ids = pd.Index(people["person_id"])
    return ids.get_indexer(ties["a_id"]), ids.get_indexer(ties["b_id"])
