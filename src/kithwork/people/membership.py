"""How surely a person is in a segment, the doubt about what kind each tie is carried through.

A portfolio is estimated from ties of which each may be of a kind or not. Each draw of `ties.kinds` gives everybody one
possible portfolio, the model of the segments gives that portfolio's chances, and their mean over draws is the membership:

    P(segment) = 1/B Σ_b r(portfolio of draw b)

What is assumed of a kind is right or wrong for all its ties, so that a draw moves everybody one way; that puts nobody in
another place among the others, and is taken out by centring each draw. Below `CLEAR` in every segment a person is
`mixed`: named with the nearest, never counted as sure of it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.network.graph import ends
from kithwork.people.composition import Placed, coordinates
from kithwork.people.segments import Segmentation
from kithwork.ties import kinds

CLEAR = 0.6
"""Membership from which a person is clearly in a segment."""
DRAWS = 100
"""Draws of the ties' kinds."""


def membership(
    ties: pd.DataFrame, people: pd.DataFrame, placed: Placed, segmentation: Segmentation, rng: np.random.Generator
) -> np.ndarray:
    """(people placed, segments or bands): chances of each, averaged over draws; rows sum to 1."""
    total = np.zeros_like(segmentation.chances)
    if not len(total):
        return total
    a, b = ends(ties, people)
    rows = pd.Index(people["person_id"]).get_indexer(placed.people["person_id"])
    told = [kinds.tellable(ties).index(kind) for kind in placed.kinds]
    number = placed.people["ties"].to_numpy()
    n = len(people)
    for drawn in kinds.draws(ties, rng, DRAWS):
        held = np.stack([np.bincount(a, one, n) + np.bincount(b, one, n) for one in drawn.T[told]], axis=1)
        raw = coordinates(held[rows], number)
        total += segmentation.of(placed.scaled(raw - raw.mean(axis=0) + placed.centre))
    return total / DRAWS
