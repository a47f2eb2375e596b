"""Each person's position: degree, Burt's constraint, effective size, betweenness. Undirected, unweighted.

Position measures of one person are fragile: a missing respondent moves betweenness most (Smith & Moody 2013, Social
Networks 35:652). They are for segments and group figures; nobody is ranked by them in a report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.network.graph import adjacency, graph

if TYPE_CHECKING:
    from scipy import sparse


def positions(ties: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """One row per person, in the order of `people`: degree, constraint, effective_size, betweenness.

    Constraint c_i = Σ_j (p_ij + Σ_q p_iq p_qj)², p the share of i's ties with j (Burt 1992, *Structural Holes*, ch. 2);
    0 to 1.125, absent for isolates. Betweenness is the share of shortest paths between others that run through the
    person (Freeman 1977, Sociometry 40:35), 0 to 1.
    """
    net = graph(ties, people)
    n = len(people)
    pairs = max((n - 1) * (n - 2) / 2, 1)
    return pd.DataFrame(
        {
            "person_id": people["person_id"].to_numpy(),
            "degree": net.degree(),
            "constraint": net.constraint(),
            "effective_size": effective_size(adjacency(ties, people)),
            "betweenness": np.array(net.betweenness()) / pairs,
        }
    )


def effective_size(net: sparse.csr_array) -> np.ndarray:
    """Alters less their redundancy: n − 2t/n, t the ties among ego's n alters (Borgatti 1997, Connections 20:35).

    `net`: symmetric 0/1 adjacency. NaN for isolates.
    """
    degree = net.sum(axis=1)
    among_alters = (net @ net).multiply(net).sum(axis=1) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(degree > 0, degree - 2 * among_alters / degree, np.nan)
