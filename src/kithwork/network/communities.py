"""Communities: groups tied more among themselves than to others, how sure they are, and how they lie to the org chart.

Leiden (Traag, Waltman & van Eck 2019, Sci. Rep. 9:5233) seeks the division of greatest modularity,
Q = Σ_c (m_c / m − (d_c / 2m)²), m_c the ties and d_c the degrees within community c, m all ties. Ties count alike, whatever
their weight. It draws lots, so it runs from several seeds, and what is told is their consensus (Lancichinetti & Fortunato
2012, Sci. Rep. 2:336): the network is divided again, each tie weighing as much as the share of runs that put its two ends
together, until all runs agree. Only tied pairs are compared (Tandon et al. 2019, Phys. Rev. E 99:042301).

How it fails: random networks too are divided, with a high Q where ties are few (Guimerà, Sales-Pardo & Amaral 2004, Phys.
Rev. E 70:025101); so Q is set against networks rewired with every degree kept. Runs that disagree say that the borders
are not in the data. In a large network groups of fewer than about √(2m) ties are merged (Fortunato & Barthélemy 2007, PNAS
104:36), which is where small teams go. Agreement with many small units is high by arithmetic; hence labels dealt anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from kithwork.network.graph import of
from kithwork.network.nulls import Chance, against, rewired, seed, shuffled

if TYPE_CHECKING:
    import igraph
    from scipy import sparse


TOGETHER = 0.5
"""Least share of runs that must put two tied people together for the tie to count in the next round."""

ROUNDS = 10
"""Most rounds of the consensus; two or three are the rule."""


@dataclass(frozen=True)
class Communities:
    """What was found; of a network without ties, nothing: no run, no modularity, no agreement.

    `members`: (people,) number of each one's community, 0 the largest, equals by their first row; −1 without ties.
    `modularity`: Q of that division, below 1. `runs`: Q of each run of the first round.
    `agreement`: mean adjusted Rand index of two of those runs, 0 as by chance, 1 alike (Hubert & Arabie 1985, J. Classif.
    2:193); None for a single run.
    """

    members: np.ndarray
    modularity: float | None
    agreement: float | None
    runs: np.ndarray


def communities(net: sparse.csr_array, seeds: int, rng: np.random.Generator) -> Communities:
    """Communities of a symmetric network: the consensus of `seeds` runs of Leiden, two passes each."""
    graph = of(net, weighted=False)
    tied = np.array(graph.degree()) > 0
    if not tied.any():
        return Communities(np.full(len(tied), -1), None, None, np.array([]))
    seed(rng)
    runs = [_leiden(graph) for _ in range(seeds)]
    found = _consensus(graph, np.array([run.membership for run in runs]))
    numbers = np.full(len(tied), -1)
    numbers[tied] = _largest_first(found[tied])
    pairs = list(combinations([np.array(run.membership)[tied] for run in runs], 2))
    agreement = float(np.mean([alike(*pair, "adjusted_rand") for pair in pairs])) if pairs else None
    return Communities(numbers, graph.modularity(found.tolist()), agreement, np.array([run.modularity for run in runs]))


def against_degrees(net: sparse.csr_array, found: Communities, draws: int, rng: np.random.Generator) -> Chance | None:
    """Mean Q of the runs against Q of one run on each network rewired with every degree kept; None without ties.

    Around them: no communities beyond chance.
    """
    if found.modularity is None:
        return None
    copies = rewired(of(net, weighted=False), draws, rng)
    return against(found.runs.mean(), np.array([_leiden(copy).modularity for copy in copies]))


def against_units(members: np.ndarray, units: np.ndarray, permutations: int, rng: np.random.Generator) -> Chance | None:
    """Normalised mutual information of communities and units, 2 I / (H + H), 0 to 1, against the units dealt anew.

    `units`: (people,) codes, −1 unknown. Over people who have both; None where fewer than two do.
    """
    both = (members >= 0) & (units >= 0)
    if both.sum() < 2:
        return None
    here, codes = members[both], units[both]
    null = [alike(here, dealt, "nmi") for dealt in shuffled(codes, permutations, rng)]
    return against(alike(here, codes, "nmi"), np.array(null))


def alike(one: np.ndarray, other: np.ndarray, method: str) -> float:
    """How alike two divisions of the same people are, by `adjusted_rand` or `nmi`; 1 where both are all in one or all
    apart, for which igraph has no number."""
    import igraph

    if len(one) < 2:
        return 1.0
    return float(np.nan_to_num(igraph.compare_communities(one.tolist(), other.tolist(), method=method), nan=1.0))


def _consensus(graph: igraph.Graph, members: np.ndarray) -> np.ndarray:
    """The division (people,) that all runs come to, from the first ones, (seeds, people)."""
    if (members == members[0]).all():
        return members[0]
    a, b = np.array(graph.get_edgelist()).T
    for _ in range(ROUNDS):
        together = (members[:, a] == members[:, b]).mean(axis=0)
        if np.isin(together, (0, 1)).all():
            break
        members = _again(a, b, together, members)
    return members[0]


def _again(a: np.ndarray, b: np.ndarray, together: np.ndarray, members: np.ndarray) -> np.ndarray:
    """Another round, (seeds, people), with those who are always together as one: of a large network little is left.

    Q in Leiden's general form, a community's size being its sum of weights, so that the ties within count.
    """
    import igraph
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    people, always = members.shape[1], together == 1
    joined = sparse.coo_array((together[always], (a[always], b[always])), shape=(people, people))
    count, one = connected_components(joined, directed=False)
    weight = _kept(a, b, together, people)
    size = np.bincount(one[a], weight, count) + np.bincount(one[b], weight, count)
    left = (one[a] != one[b]) & (weight > 0)
    small = igraph.Graph(n=count, edges=np.column_stack([one[a[left]], one[b[left]]]))
    how = {"weights": weight[left].tolist(), "node_weights": size.tolist(), "resolution": 1 / size.sum()}
    runs = [small.community_leiden(objective_function="CPM", n_iterations=2, **how) for _ in members]
    return np.array([run.membership for run in runs])[:, one]


def _kept(a: np.ndarray, b: np.ndarray, together: np.ndarray, people: int) -> np.ndarray:
    """Weights of the next round: those from `TOGETHER` on, and each person's highest, so that nobody is left without."""
    highest = np.zeros(people)
    np.maximum.at(highest, np.concatenate([a, b]), np.tile(together, 2))
    return np.where((together >= TOGETHER) | (together >= np.minimum(highest[a], highest[b])), together, 0.0)


def _leiden(graph: igraph.Graph) -> igraph.VertexClustering:
    """One run."""
    return graph.community_leiden(objective_function="modularity", n_iterations=2)


def _largest_first(numbers: np.ndarray) -> np.ndarray:
    """Communities numbered anew: by size, then by their first row."""
    _, first, inverse, sizes = np.unique(numbers, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(sizes), dtype=int)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return rank[inverse]
