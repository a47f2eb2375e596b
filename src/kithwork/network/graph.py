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
    import pyarrow as pa
    from scipy import sparse


def adjacency(ties: pd.DataFrame, people: pd.DataFrame) -> sparse.csr_array:
    """Symmetric 0/1 matrix, people × people; entry 1 where the pair has a tie."""
    return from_pairs(*ends(ties, people), len(people))


def graph(ties: pd.DataFrame, people: pd.DataFrame) -> igraph.Graph:
    """The same network as an undirected igraph Graph."""
    return from_ends(*ends(ties, people), len(people))


def from_pairs(a: np.ndarray, b: np.ndarray, people: int, directed: bool = False) -> sparse.csr_array:
    """The 0/1 matrix of the ties (a, b), each given once; symmetric unless `directed`."""
    from scipy import sparse

    found = sparse.coo_array((np.ones(len(a)), (a, b)), shape=(people, people)).tocsr()
    return found if directed else found + found.T


def from_ends(a: np.ndarray, b: np.ndarray, people: int, directed: bool = False) -> igraph.Graph:
    """The igraph Graph of the ties (a, b)."""
    import igraph

    found = igraph.Graph(n=people, directed=directed)
    found.add_edges(np.column_stack([a, b]))
    return found


def nominated(nominations: pd.DataFrame, people: pd.DataFrame) -> sparse.csr_array:
    """Directed 0/1 matrix, people × people; entry [i, j] is 1 where i names j by any relation."""
    from scipy import sparse

    ids = pd.Index(people["person_id"])
    ego, alter = ids.get_indexer(nominations["ego_id"]), ids.get_indexer(nominations["alter_id"])
    inside = (ego >= 0) & (alter >= 0) & (ego != alter)
    named = np.unique(np.column_stack([ego[inside], alter[inside]]), axis=0)
    return sparse.coo_array((np.ones(len(named)), (named[:, 0], named[:, 1])), shape=(len(people), len(people))).tocsr()


def of(net: sparse.csr_array, directed: bool = False, weighted: bool = True) -> igraph.Graph:
    """The igraph Graph of a matrix, without its loops; `weight` holds its entries, if `weighted`, at 32 bytes each.
    Undirected: `net` must be symmetric."""
    from scipy import sparse

    entries = sparse.coo_array(net if directed else sparse.triu(net, 1))
    a, b = entries.coords
    kept = (a != b) & (entries.data != 0)
    found = from_ends(a[kept], b[kept], net.shape[0], directed)
    if weighted:
        found.es["weight"] = entries.data[kept]
    return found


def matrix(net: igraph.Graph) -> sparse.csr_array:
    """The 0/1 matrix of an igraph Graph, symmetric where it is undirected."""
    a, b = np.array(net.get_edgelist(), dtype=int).reshape(-1, 2).T
    return from_pairs(a, b, net.vcount(), net.is_directed())


def ends(ties: pd.DataFrame, people: pd.DataFrame):
    """Row numbers in `people` of each tie's two ends; −1 for who is not there."""
    ids = _text(people["person_id"])
    return tuple(_rows(ties[end], ids) for end in ("a_id", "b_id"))


def _rows(column: pd.Series, ids: pa.Array) -> np.ndarray:
    """By Arrow, which makes no Python object of a name: of millions of ties that is a hundredth of the time."""
    from pyarrow import compute

    found = compute.index_in(_text(column), value_set=ids).fill_null(-1)
    return found.to_numpy(zero_copy_only=False).astype(np.int64)


def _text(column: pd.Series) -> pa.Array:
    import pyarrow as pa

    found = pa.array(column, from_pandas=True)
    whole = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    return whole.cast(pa.large_string())
