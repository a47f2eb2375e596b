"""Each person's position: degree, Burt's constraint, effective size, betweenness. Undirected, unweighted.

Position measures of one person are fragile: a missing respondent moves betweenness most (Smith & Moody 2013, Social
Networks 35:652). They are for segments and group figures; nobody is ranked by them in a report.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.network.graph import adjacency, graph
from kithwork.network.holes import holes


def positions(ties: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """One row per person, in the order of `people`: degree, constraint, effective_size, betweenness.

    Constraint and effective size are those of `holes`, absent for isolates. Betweenness is the share of shortest paths
    between others that run through the person (Freeman 1977, Sociometry 40:35), 0 to 1.
    """
    net, found = graph(ties, people), holes(adjacency(ties, people))
    n = len(people)
    pairs = max((n - 1) * (n - 2) / 2, 1)
    return pd.DataFrame(
        {
            "person_id": people["person_id"].to_numpy(),
            "degree": net.degree(),
            "constraint": found["constraint"],
            "effective_size": found["effective_size"],
            "betweenness": np.array(net.betweenness()) / pairs,
        }
    )
