"""How many separate routes lead from the rest of the organisation to a part of the market.

Separate routes share nobody; as many people must leave before nobody who is left, and has no tie there, reaches it through
colleagues (Menger 1927, Fund. Math. 10:96). Every route has a step from somebody without a tie to somebody with
one, and any such step is a route: so the most that share nobody is a maximum matching between the two (König 1931; found by
Hopcroft & Karp 1973, SIAM J. Comput. 2:225). None where nobody has a tie there, nor where everybody has.

The interval leaves people out (`network/jackknife.py`) on the scale of routes per person, which does not grow with their
number. Colleagues who would hear of it and do not pass it on are taken for a route all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kithwork.network.jackknife import leaving_out

if TYPE_CHECKING:
    from scipy import sparse

    from kithwork.estimates import Estimate

DRAWS = 100
"""Times that a tenth of the people are left out."""


def routes(net: sparse.csr_array, held: np.ndarray) -> int:
    """Routes that share nobody. `net`: symmetric ties, people × people; `held`: booleans (people,), who has a tie there."""
    from scipy.sparse.csgraph import maximum_bipartite_matching

    between = net[np.flatnonzero(held)][:, np.flatnonzero(~held)]
    return int((maximum_bipartite_matching(between, perm_type="column") >= 0).sum()) if between.nnz else 0


def counted(
    net: sparse.csr_array, held: dict[str, np.ndarray], rng: np.random.Generator, draws: int = DRAWS
) -> dict[str, Estimate]:
    """The same for several parts of the market by name, each with its interval."""

    def shares(left: sparse.csr_array, kept: np.ndarray) -> dict[str, float]:
        return {name: routes(left, who[kept]) / len(kept) for name, who in held.items()}

    return {name: share.times(net.shape[0]) for name, share in leaving_out(net, shares, draws, rng).items()}
