"""What is measured of a network and of its contacts, the same for real and simulated ones.

Degree: its coefficient of variation among those with a tie, and P(degree ≥ k). Reciprocity: share of directed edges that
are returned. Transitivity: share of two-paths that are closed. Overlap: Jaccard index of two layers' pairs, averaged over
pairs of layers. Burstiness: Goh & Barabási 2008 (EPL 81:48002), B = (r − 1) / (r + 1) with r the coefficient of variation
of the waits between events, in the form of Kim & Jo 2016 (Phys. Rev. E 94, 032311) that few waits do not bias:
B_n = (√(n+1)·r − √(n−1)) / ((√(n+1) − 2)·r + √(n−1)) for n waits; −1 regular, 0 Poisson, 1 all events but one at once.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

LEAST_EVENTS = 10
"""Events that a tie must have for its burstiness to count."""
MORNING, EVENING, SATURDAY = 8, 18, 5


def directed(a: np.ndarray, b: np.ndarray) -> sparse.csr_array:
    """Adjacency from → to, 0 or 1, of those who appear; nobody with oneself."""
    ids, rank = np.unique(np.concatenate([a, b]), return_inverse=True)
    one, other = rank[: len(a)], rank[len(a) :]
    apart = one != other
    found = sparse.coo_array((np.ones(apart.sum()), (one[apart], other[apart])), shape=(len(ids), len(ids))).tocsr()
    found.sum_duplicates()
    found.data[:] = 1
    return found


def undirected(a: np.ndarray, b: np.ndarray) -> sparse.csr_array:
    """Symmetric adjacency, 0 or 1: a tie wherever there is an edge either way."""
    return directed(np.concatenate([a, b]), np.concatenate([b, a]))


def degrees(graph: sparse.csr_array) -> np.ndarray:
    """Ties of each person who has one."""
    found = np.asarray(graph.sum(axis=0))
    return found[found > 0]


def degree_variation(graph: sparse.csr_array) -> float:
    """Standard deviation of degree over its mean."""
    found = degrees(graph)
    return float(found.std() / found.mean())


def exceedance(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The values that occur, and the share of all that are at least as large."""
    found, count = np.unique(values, return_counts=True)
    return found, count[::-1].cumsum()[::-1] / len(values)


def reciprocity(graph: sparse.csr_array) -> float:
    """Share of directed edges whose reverse is there too."""
    return float(graph.multiply(graph.T).sum() / graph.sum())


def transitivity(graph: sparse.csr_array) -> float:
    """Closed two-paths over all two-paths."""
    degree = np.asarray(graph.sum(axis=0))
    return float((graph @ graph).multiply(graph).sum() / (degree * (degree - 1)).sum())


def pairs(a: np.ndarray, b: np.ndarray) -> set[tuple]:
    """Unordered pairs of different people."""
    return {(x, y) if x < y else (y, x) for x, y in zip(a, b, strict=True) if x != y}


def overlap(layers: list[set[tuple]]) -> float:
    """Mean Jaccard index over pairs of layers."""
    return float(np.mean([len(x & y) / len(x | y) for i, x in enumerate(layers) for y in layers[i + 1 :]]))


def burstiness(ratio: np.ndarray, waits: np.ndarray) -> np.ndarray:
    """B_n of Kim & Jo from r = SD / mean of that many waits."""
    more, fewer = np.sqrt(np.asarray(waits) + 1), np.sqrt(np.asarray(waits) - 1)
    return (more * ratio - fewer) / ((more - 2) * ratio + fewer)


def tie_burstiness(a: np.ndarray, b: np.ndarray, seconds: np.ndarray) -> np.ndarray:
    """Burstiness of each tie with enough events, either way counted together."""
    frame = pd.DataFrame({"a": np.minimum(a, b), "b": np.maximum(a, b), "at": np.asarray(seconds, dtype=float)})
    frame = frame.sort_values(["a", "b", "at"])
    wait = frame.groupby(["a", "b"])["at"].diff()
    tie = wait.groupby([frame["a"], frame["b"]])
    found = pd.DataFrame({"waits": tie.count(), "mean": tie.mean(), "sd": tie.std(ddof=0)})
    found = found[(found["waits"] >= LEAST_EVENTS - 1) & (found["mean"] > 0)]
    return burstiness((found["sd"] / found["mean"]).to_numpy(), found["waits"].to_numpy())


def begun(a: np.ndarray, b: np.ndarray, seconds: np.ndarray, pause: float) -> np.ndarray:
    """Which rows of a sensor's log begin an encounter: the pair was not seen for longer than `pause` seconds before."""
    frame = pd.DataFrame({"a": np.minimum(a, b), "b": np.maximum(a, b), "at": np.asarray(seconds, dtype=float)})
    since = frame.sort_values(["a", "b", "at"]).groupby(["a", "b"])["at"].diff()
    return ~(since <= pause).reindex(frame.index).to_numpy()


def outside_hours(local: pd.Series) -> float:
    """Share of moments on the wall clock before eight, from six in the evening, or at a weekend."""
    clock = pd.Series(local).dt
    return float(((clock.hour < MORNING) | (clock.hour >= EVENING) | (clock.day_of_week >= SATURDAY)).mean())
