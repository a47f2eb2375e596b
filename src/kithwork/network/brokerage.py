"""Brokerage between units: which roles people play on two-step paths whose ends are not tied.

Gould & Fernandez 1989 (Sociological Methodology 19:89). An open two-path is i → j → k without i → k; j is its broker,
and the units of the three give the role: coordinator AAA, itinerant ABA, gatekeeper ABB (lets the outside in),
representative AAB (speaks to the outside), liaison ABC. Every broker of a pair counts in full, however many others join
the same two. Symmetric networks have each path in both directions, so gatekeeper and representative are then equal.

It fails where read without what chance gives: a large unit makes coordinators, many small ones make liaisons, and whoever
has many ties has much of every role. So each count comes with its expectation under labels dealt anew. People of no known
unit are left out: neither broker nor end. A missing tie i → k opens a path that was closed, so nonresponse makes brokers.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.network.nulls import Chance, against, shuffled

if TYPE_CHECKING:
    from scipy import sparse

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
"""In the order w_I, w_O, b_OI, b_IO, b_O of the paper; `columns` of every table here."""

PRODUCTS = 20_000_000
"""Two-step walks that are held in memory at once (about 12 bytes each)."""


def roles(net: sparse.csr_array, units: np.ndarray) -> pd.DataFrame:
    """Open two-paths that each person brokers, by role: one row per person, NaN for those of no known unit.

    `net`: directed, any entry above 0 is a tie; `units`: (people,) codes, −1 unknown.
    """
    known = units >= 0
    ties, codes = _ties(net, known), units[known]
    return _everybody(_by_role(ties, codes), known)


def expected(found: pd.DataFrame, units: np.ndarray) -> pd.DataFrame:
    """What labels dealt anew give each person on average: same shape as `found`, the person's `roles`; exact.

    The person keeps the own unit, of n_B people, everybody else's label is dealt anew among the n − 1 others; with
    O open two-paths through the person, E = O · P, where P(AAA) = (n_B − 1)(n_B − 2) / D, P(ABB) = P(AAB) =
    (n_B − 1)(n − n_B) / D, P(ABA) = Σ n_A(n_A − 1) / D over the other units, P(ABC) the rest, and D = (n − 1)(n − 2).
    """
    known = units >= 0
    codes = units[known]
    sizes, n = np.bincount(codes), len(codes)
    own, pairs = sizes[codes], max((n - 1) * (n - 2), 1)
    inside, border = (own - 1) * (own - 2), (own - 1) * (n - own)
    elsewhere = (sizes * (sizes - 1)).sum() - own * (own - 1)
    dealt = np.column_stack([inside, elsewhere, border, border, pairs - inside - elsewhere - 2 * border])
    brokered = found.to_numpy()[known].sum(axis=1)
    return _everybody(brokered[:, None] * dealt / pairs, known)


def against_labels(
    net: sparse.csr_array, units: np.ndarray, permutations: int, rng: np.random.Generator
) -> dict[str, Chance]:
    """Each role's count in the whole network against all labels dealt anew among the known: does the boundary matter?

    Each deal counts anew, so that its cost is that of `roles` times `permutations`.
    """
    known = units >= 0
    ties, codes = _ties(net, known), units[known]
    found = _by_role(ties, codes).sum(axis=0)
    null = np.array([_by_role(ties, dealt).sum(axis=0) for dealt in shuffled(codes, permutations, rng)])
    return {role: against(found[i], null[:, i]) for i, role in enumerate(ROLES)}


def _by_role(ties: sparse.csr_array, codes: np.ndarray) -> np.ndarray:
    """Open two-paths by broker and role: all two-paths less those whose ends are tied, (people, roles)."""
    a, b = ties.tocoo().coords
    inside = codes[a] == codes[b]
    within, across = (_matrix(a[kept], b[kept], ties.shape) for kept in (inside, ~inside))
    return _paths(within, across, codes) - _closed(within, across)


def _paths(within: sparse.csr_array, across: sparse.csr_array, codes: np.ndarray) -> np.ndarray:
    """Two-paths between two people by broker and role, whether or not the ends are tied."""
    member = _matrix(np.arange(len(codes)), codes, (len(codes), codes.max(initial=0) + 1))
    in_own, out_own, in_other, out_other = (
        part.sum(axis=axis).astype(np.int64) for part in (within, across) for axis in (0, 1)
    )
    same_other = (across.T @ member).multiply(across @ member).sum(axis=1, dtype=np.int64)
    return np.column_stack(
        [
            in_own * out_own - within.multiply(within.T).sum(axis=1),
            same_other - across.multiply(across.T).sum(axis=1),
            in_other * out_own,
            in_own * out_other,
            in_other * out_other - same_other,
        ]
    )


def _closed(within: sparse.csr_array, across: sparse.csr_array) -> np.ndarray:
    """Two-paths i → j → k with i → k by broker j and role: per tie j → k, who has a tie to both, in blocks of brokers.

    Which of the three ties are within one unit tells the role.
    """
    into_own, into_other = within.T.tocsr(), across.T.tocsr()
    counts = np.zeros((within.shape[0], len(ROLES)), dtype=np.int64)
    walks = (into_own + into_other) @ (within + across).sum(axis=1).astype(np.int64)
    for part in _blocks(walks):
        own, other = into_own[part], into_other[part]
        outside = other @ across
        counts[part] = np.column_stack(
            [
                product.multiply(mask[part]).sum(axis=1)
                for product, mask in (
                    (own @ within, within),
                    (other @ within, across),
                    (outside, within),
                    (own @ across, across),
                    (outside, across),
                )
            ]
        )
    return counts


def _blocks(walks: np.ndarray) -> list[slice]:
    """Ranges of rows with about `PRODUCTS` two-step walks each."""
    steps = np.flatnonzero(np.diff(np.cumsum(walks) // PRODUCTS)) + 1
    edges = [0, *steps.tolist(), len(walks)]
    return [slice(a, b) for a, b in pairwise(edges)]


def _ties(net: sparse.csr_array, known: np.ndarray) -> sparse.csr_array:
    """0/1 ties among the known, without loops."""
    from scipy import sparse

    inside = sparse.coo_array(net[known][:, known])
    a, b = inside.coords
    kept = (a != b) & (inside.data > 0)
    return _matrix(a[kept], b[kept], inside.shape)


def _matrix(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> sparse.csr_array:
    """Ones at the places given."""
    from scipy import sparse

    return sparse.coo_array((np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=shape).tocsr()


def _everybody(counts: np.ndarray, known: np.ndarray) -> pd.DataFrame:
    """Rows of the known among all."""
    table = np.full((len(known), len(ROLES)), np.nan)
    table[known] = counts
    return pd.DataFrame(table, columns=list(ROLES))
