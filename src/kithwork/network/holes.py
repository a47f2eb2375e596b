"""Structural holes: whether each person's alters are tied to one another, so that each adds little to the others.

Burt 1992, *Structural Holes*, ch. 2. All rests on mutual weights m_ij = a_ij + a_ji: a directed network is measured by who
has to do with whom at all, and of an undirected one only the weights' proportions count. The sums over third parties run
over triangles; each is found once, in the lists of its ends that point to people of more ties (Chiba & Nishizeki 1985,
SIAM J. Comput. 14:210), and feeds its three ties, where a product of matrices walks every two-path to keep a few of them.

The measures follow the number of ties closely, and a missing respondent moves them: they are to be read beside what chance
gives people of as many ties.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from scipy import sparse

STEPS = 4_000_000
"""Entries of people's lists that are compared at a time, at some 60 bytes each."""


def holes(net: sparse.csr_array) -> pd.DataFrame:
    """Constraint, effective_size and efficiency at little more than the cost of one: a row per person, NaN for isolates."""
    ties = _mutual(net)
    people = ties.shape[0]
    low, high = np.repeat(np.arange(people), np.diff(ties.indptr)), ties.indices

    def over_alters(of_low, of_high) -> np.ndarray:
        return np.bincount(low, of_low, people) + np.bincount(high, of_high, people)

    total, alters = over_alters(ties.data, ties.data), over_alters(None, None)
    most = np.zeros(people)
    for end in (low, high):
        np.maximum.at(most, end, ties.data)
    with np.errstate(invalid="ignore", divide="ignore"):
        shared, passed = _third_parties(ties, low, total)
        invested = (ties.data + passed) ** 2
        size = alters - over_alters(shared / most[high], shared / most[low]) / total
        found = {
            "constraint": over_alters(invested, invested) / total**2,
            "effective_size": size,
            "efficiency": size / alters,
        }
    return pd.DataFrame(found)


def constraint(net: sparse.csr_array) -> np.ndarray:
    """c_i = Σ_j (p_ij + Σ_q p_iq p_qj)² over i's alters j, p_ij = m_ij / Σ_k m_ik: (people,).

    How much of what i invests in ties leads back to the same few people; 0 to 1.125 (a closed triad), NaN for isolates.
    """
    return holes(net)["constraint"].to_numpy()


def constraint_of(net: sparse.csr_array, who: np.ndarray) -> np.ndarray:
    """The `constraint` of some people alone, rows `who`: by the two-paths that begin with them, in blocks."""
    from scipy import sparse

    both = sparse.csr_array(net + net.T, dtype=float)
    both.setdiag(0)
    both.eliminate_zeros()
    total, alters = both.sum(axis=1), np.diff(both.indptr)
    walks = np.cumsum((both != 0)[who] @ alters)
    both.data /= np.repeat(total, alters)
    cuts = np.searchsorted(walks, np.arange(0, walks.max(initial=0), STEPS))
    found = [np.zeros(0)]
    for start, end in pairwise(np.unique([0, *cuts, len(who)])):
        own = both[who[start:end]]
        invested = own + (own @ both).multiply(own != 0)
        found.append(invested.power(2).sum(axis=1))
    return np.where(total[who] > 0, np.concatenate(found), np.nan)


def effective_size(net: sparse.csr_array) -> np.ndarray:
    """Σ_j (1 − Σ_q p_iq m_jq / max_k m_jk) over i's alters j: how many alters i has less what is redundant in them.

    (people,), up to the number of alters; NaN for isolates. Unweighted and undirected it is n − 2t/n, t the ties among
    ego's n alters (Borgatti 1997, Connections 20:35).
    """
    return holes(net)["effective_size"].to_numpy()


def efficiency(net: sparse.csr_array) -> np.ndarray:
    """Effective size over the number of alters: (people,), up to 1, where no two alters are tied; NaN for isolates."""
    return holes(net)["efficiency"].to_numpy()


def _mutual(net: sparse.csr_array) -> sparse.csr_array:
    """Mutual weights, each pair once: in the row of who has fewer alters, or by row number."""
    from scipy import sparse

    net = net.astype(float)
    both = sparse.coo_array(net + net.T)
    a, b = both.coords
    kept = (a != b) & (both.data != 0)
    a, b, weight = a[kept], b[kept], both.data[kept]
    alters = np.bincount(a, minlength=net.shape[0])
    rising = (alters[a] < alters[b]) | ((alters[a] == alters[b]) & (a < b))
    return sparse.coo_array((weight[rising], (a[rising], b[rising])), shape=net.shape).tocsr()


def _third_parties(ties: sparse.csr_array, low: np.ndarray, total: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each tie ij, over i's and j's common alters q: Σ m_iq m_qj, and Σ m_iq m_qj / Σ_k m_qk."""
    weight, high = ties.data, ties.indices
    shared, passed = np.zeros(ties.nnz), np.zeros(ties.nnz)
    for first, second, third in _triangles(ties, low):
        sides = (
            (first, second, third, high[third]),
            (second, first, third, high[first]),
            (third, first, second, low[first]),
        )
        for tie, one, other, q in sides:
            through = weight[one] * weight[other]
            np.add.at(shared, tie, through)
            np.add.at(passed, tie, through / total[q])
    return shared, passed


def _triangles(ties: sparse.csr_array, low: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Every triangle a, b, c (in rising order) once, as places of its ties ab, ac and bc in `ties.data`; in blocks."""
    from scipy import sparse

    places = sparse.csr_array((np.arange(1, ties.nnz + 1, dtype=ties.indptr.dtype), ties.indices, ties.indptr), ties.shape)
    there = sparse.csr_array((np.ones(ties.nnz, dtype=np.int8), ties.indices, ties.indptr), ties.shape)
    listed = np.diff(ties.indptr).astype(np.int64)
    steps = np.cumsum(listed[low] + listed[ties.indices])
    cuts = np.searchsorted(steps, np.arange(0, steps.max(initial=0), STEPS))
    for start, end in pairwise(np.unique([*cuts, ties.nnz])):
        a, b = low[start:end], ties.indices[start:end]
        second, third = places[a].multiply(there[b]), there[a].multiply(places[b])
        yield start + np.repeat(np.arange(end - start), np.diff(second.indptr)), second.data - 1, third.data - 1
