"""What measures of position are set beside: the same by networkx, igraph and a plain sparse product, and vivainsights.

Each takes the network in the form it wants, so that building that form does not count. Effective size is not among igraph's
measures: of a network without weights it is d − (d − 1) × local transitivity.
"""

from __future__ import annotations

import igraph
import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse


def by_igraph(net: igraph.Graph) -> tuple[np.ndarray, np.ndarray]:
    """Constraint and effective size."""
    degree = np.array(net.degree(), dtype=float)
    closed = np.array(net.transitivity_local_undirected(mode="zero"))
    return np.array(net.constraint()), np.where(degree > 0, degree - np.maximum(degree - 1, 0) * closed, np.nan)


def by_product(net: sparse.csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Constraint and effective size of a network without weights, by two products of matrices, whole."""
    degree = net.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = sparse.csr_array(sparse.diags_array(np.where(degree > 0, 1 / degree, 0)) @ net)
        constraint = (share + (share @ share).multiply(net)).power(2).sum(axis=1)
        size = degree - (net @ net).multiply(net).sum(axis=1) / degree
    return np.where(degree > 0, constraint, np.nan), size


def by_networkx(net: nx.Graph) -> tuple[np.ndarray, np.ndarray]:
    """Constraint and effective size by its matrices: right for a network without weights or direction, in n² memory."""
    found = nx.constraint(net), nx.effective_size(net)
    return tuple(np.array([values[person] for person in range(len(net))]) for values in found)


def by_networkx_loop(net: nx.Graph, who: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Constraint and effective size of these people by its loop over nodes."""
    found = nx.constraint(net, nodes=who), nx.effective_size(net, nodes=who)
    return tuple(np.array([values[person] for person in who]) for values in found)


def person_to_person(names: sparse.csr_array, team: int = 100) -> pd.DataFrame:
    """A directed network as the table that vivainsights reads, with a unit per `team` people."""
    ego, alter = (np.char.add("p", end.astype(str)) for end in sparse.coo_array(names).coords)
    units = [np.char.add("u", (end // team).astype(str)) for end in sparse.coo_array(names).coords]
    sides = zip(("Primary", "Secondary"), (ego, alter), units, strict=True)
    columns = {}
    for side, ids, unit in sides:
        columns |= {f"{side}Collaborator_PersonId": ids, f"{side}Collaborator_Organization": unit}
    return pd.DataFrame(columns)


def by_vivainsights(table: pd.DataFrame, layout: str | None = None) -> pd.DataFrame:
    """Betweenness, closeness, degree, eigenvector centrality and PageRank, by unit; in its default layout or another."""
    import vivainsights

    chosen = {} if layout is None else {"layout": layout}
    return vivainsights.network_p2p(table, return_type="table", centrality="betweenness", **chosen)
