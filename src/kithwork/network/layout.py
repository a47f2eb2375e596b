"""Where people stand in a picture of the network: force-directed, so that those who are tied stand near one another.

Fruchterman & Reingold 1991, *Software: Practice and Experience* 21:1129, by igraph, from a circle in the order of units:
the same network gives the same picture. Distances in such a picture are no measure of anything.
"""

from __future__ import annotations

import random

import numpy as np
import pandas as pd

STEPS = 300
"""Iterations; the picture hardly moves in the last of them."""


def places(people: pd.DataFrame, ties: pd.DataFrame) -> np.ndarray:
    """(people, 2) places between 0 and 1. `ties` of people all of whom are in `people`; nobody may be tied."""
    import igraph

    if people.empty:
        return np.empty((0, 2))
    start = np.empty((len(people), 2))
    order = people["unit"].astype("object").fillna("").argsort(kind="stable").to_numpy()
    angle = 2 * np.pi * np.arange(len(people)) / len(people)
    start[order] = np.column_stack([np.cos(angle), np.sin(angle)]) * np.sqrt(len(people))
    row = pd.Series(range(len(people)), index=people["person_id"])
    edges = np.column_stack([ties["a_id"].map(row), ties["b_id"].map(row)]).astype(int)
    net = igraph.Graph(n=len(people), edges=edges.tolist())
    igraph.set_random_number_generator(random.Random(0))
    found = np.array(net.layout_fruchterman_reingold(niter=STEPS, seed=start.tolist(), grid=False).coords)
    least, most = found.min(axis=0), found.max(axis=0)
    return np.round((found - least) / max((most - least).max(), 1e-9), 4)
