"""The two forms a network is computed in: a scipy.sparse adjacency matrix and an igraph Graph, both over the same order.

Every person of the staff list is a vertex, isolates too, in the order of `people`. `net` is such a matrix wherever it is an
argument: entry [i, j] is the weight of the tie from i to j, 0 where there is none. Nobody is tied to oneself: a measure
that is given loops leaves them out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
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


def nominated(nominations: pd.DataFrame, people: pd.DataFrame) -> sparse.csr_array:
    """Directed 0/1 matrix, people × people; entry [i, j] is 1 where i names j by any relation."""
    from scipy import sparse

    ids = pd.Index(people["person_id"])
    ego, alter = ids.get_indexer(nominations["ego_id"]), ids.get_indexer(nominations["alter_id"])
    inside = (ego >= 0) & (alter >= 0) & (ego != alter)
    named = np.unique(np.column_stack([ego[inside], alter[inside]]), axis=0)
    return sparse.coo_array((np.ones(len(named)), (named[:, 0], named[:, 1])), shape=(len(people), len(people))).tocsr()


def of(net: sparse.csr_array, directed: bool = False) -> igraph.Graph:
    """The igraph Graph of a matrix, without its loops; `weight` holds its entries. Undirected: `net` must be symmetric."""
    import igraph
    from scipy import sparse

    entries = sparse.coo_array(net if directed else sparse.triu(net, 1))
    a, b = entries.coords
    kept = (a != b) & (entries.data != 0)
    found = igraph.Graph(n=net.shape[0], edges=np.column_stack([a[kept], b[kept]]), directed=directed)
    found.es["weight"] = entries.data[kept]
    return found


def matrix(net: igraph.Graph) -> sparse.csr_array:
    """The 0/1 matrix of an igraph Graph, symmetric where it is undirected."""
    from scipy import sparse

    a, b = np.array(net.get_edgelist(), dtype=int).reshape(-1, 2).T
    found = sparse.coo_array((np.ones(len(a)), (a, b)), shape=(net.vcount(), net.vcount())).tocsr()
    return found if net.is_directed() else found + found.T


def ends(ties: pd.DataFrame, people: pd.DataFrame):
    """Row numbers in `people` of each tie's two ends."""
    ids = pd.Index(people["person_id"])
    return ids.get_indexer(ties["a_id"]), ids.get_indexer(ties["b_id"])
