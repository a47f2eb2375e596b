"""Random networks, and adoption drawn on them week by week as the threshold model says."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from kithwork.change.adoption import Adoptions
from kithwork.change.diffusion import NEVER


def network(people: int, ties: int, rng: np.random.Generator) -> sparse.csr_array:
    """Everybody tied to about so many others, drawn at random."""
    ends = rng.integers(0, people, (2, people * ties // 2))
    a, b = ends[:, ends[0] != ends[1]]
    half = sparse.coo_array((np.ones(len(a)), (a, b)), shape=(people, people)).tocsr()
    return ((half + half.T) > 0).astype(float)


def played(
    net: sparse.csr_array,
    z: np.ndarray,
    enough: np.ndarray,
    rng: np.random.Generator,
    alone: float = 0.006,
    readiness: float = 0.5,
    follow: float = 0.15,
    weeks: int = 22,
    began: int = 0,
) -> Adoptions:
    """Dates of adoption; the first `began` people adopt in week 0."""
    heed = np.asarray(net.sum(axis=1)).ravel()
    own = 1 - (1 - alone) ** np.exp(readiness * z)
    week = np.full(len(z), NEVER, dtype=np.int16)
    week[:began] = 0
    for now in range(weeks):
        exposed = (net @ (week < now).astype(float)) / np.where(heed > 0, heed, 1)
        chance = 1 - (1 - own) * (1 - follow * ((exposed >= enough) & (heed > 0)))
        week[(week == NEVER) & (rng.random(len(z)) < chance)] = now
    return Adoptions(week, weeks)
