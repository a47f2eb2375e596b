"""Whom people heed when they take up a change: the ties, each by the chance that it is of a kind that counts.

    net[i, j] = 1 − Π_k (1 − heed_k · P(tie is of kind k))

`heed`, between 0 and 1 for each kind, is an assumption of the study (`change.heed`); kinds that the data cannot tell add
nothing, and where none can be told every tie counts fully.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import sparse

from kithwork.network.graph import ends
from kithwork.setting import KINDS


def heeded(ties: pd.DataFrame, people: pd.DataFrame, heed: Mapping[str, float]) -> sparse.csr_array:
    """(people, people) symmetric, entries above 0 and up to 1: how far each heeds each other."""
    chances = ties[[f"p_{kind}" for kind in KINDS]].to_numpy(float)
    told = ~np.isnan(chances).all(axis=1)
    shares = np.array([heed[kind] for kind in KINDS])
    weight = np.where(told, 1 - np.prod(1 - shares * np.nan_to_num(chances), axis=1), 1.0)
    a, b = ends(ties, people)
    counts = weight > 0
    size = (len(people), len(people))
    half = sparse.coo_array((weight[counts], (a[counts], b[counts])), shape=size).tocsr()
    return half + half.T
