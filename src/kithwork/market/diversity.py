"""How diverse the sources outside are: the chance that the ties of two people go to different parties.

    D = 1 − Σ over parties of c (c − 1) / (N² − Σ over people of d²)

of N = Σ c = Σ d ties, c the people who name a party, d the parties that a person names. Where everybody names one it is the
unbiased form of 1 − Σ share² (Hurlbert 1971, Ecology 52:577), and 1 + D is then the parties expected in a sample rarefied
to two ties: being so rarefied, groups of different size compare.
Two ties of one person always go to different parties, which would flatter groups of few people with many ties; so only
pairs of two people count. It is an average over pairs of people, a U-statistic, for which the jackknife over people is
consistent (Arvesen 1969, Ann. Math. Stat. 40:2076). Where it sees no difference between people, the interval is Wilson's
(1927) over as many pairs as share nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kithwork.estimates import LEVEL, Estimate, proportion

if TYPE_CHECKING:
    from scipy import sparse

FEWEST = 3
"""People with ties below which leaving one out leaves no pair."""


def source_diversity(held: sparse.csr_array) -> Estimate | None:
    """D, 0 to 1, its n the people with ties; None where fewer than three have any. `held`: 0/1, people × parties."""
    from scipy.special import stdtrit

    held = held[np.flatnonzero(held.sum(axis=1))]
    people = held.shape[0]
    if people < FEWEST:
        return None
    by, names = held.sum(axis=0), held.sum(axis=1)
    ties, squares = names.sum(), (names**2).sum()
    same, pairs = (by * (by - 1)).sum(), ties**2 - squares
    without = (same - held @ (2 * by - 2)) / ((ties - names) ** 2 - (squares - names**2))
    error = np.sqrt((people - 1) / people * ((without - without.mean()) ** 2).sum())
    found = 1 - same / pairs
    if error == 0:
        wide = proportion(found * (people // 2), people // 2)
        return Estimate(found, wide.low, wide.high, people)
    half = float(stdtrit(people - 1, (1 + LEVEL) / 2)) * error
    return Estimate(float(found), max(float(found - half), 0.0), min(float(found + half), 1.0), people)
