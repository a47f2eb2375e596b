"""Who stands at the top, with the chance of it: a rank is never given bare.

A measure is computed on many possible networks, and P(top) is the share of them in which the person is in the top tenth.
What P is about is what the networks differ in, and has to be said with it:

- the silent answer as those like them would (`completion.completed`): P that the person is in the top tenth of the
  network that there would be, had everybody answered;
- everybody answered (`completion.resampled`): nothing is missing, and P would be 0 or 1 by arithmetic. So a tenth of the
  respondents is silenced at random each time and completed: P is how far the place depends on who happened to answer;
- ties of contact, or of a kind (`drawn`): nobody is silent where nobody was asked, but each tie is there or of the kind
  only with a probability: P is over those draws;
- ties of contact that are certain (`thinned`): a tenth of the ties is left out at random each time, as if it had gone
  unrecorded.

It fails where the missing are missing for what is measured (hubs too busy to answer, beyond what others' naming of them
shows), and it knows nothing of errors common to all networks, as of a channel that nobody brought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.estimates import TAILS

if TYPE_CHECKING:
    from scipy import sparse

Measure = Callable[["sparse.csr_array"], np.ndarray]
"""A network to a value per person, higher for whom it is about; NaN where a person has none. Where the lowest are meant, as
of constraint, its negative."""

TOP = 0.1
"""Share of people who are the top."""
LEFT_OUT = 0.1
"""Share of the respondents, or of the ties, that each draw does without where nothing else is in doubt."""
MOST, FEWEST, STEPS = 100, 20, 150_000_000
"""Networks to draw, at most and at least, and people × ties of them all together."""


def draws(people: int, ties: int) -> int:
    """How many networks to draw: 100, fewer where people × ties is above 1.5 million (as 400 people and 3,400 nominations
    are nearly), never below 20. Shortest paths between all take that many steps a network: with betweenness about 0.03 s
    at 400 people, 0.5 s at 2,000, and 6 s, so two minutes in all, at 6,000; without it a tenth of that."""
    return int(np.clip(STEPS // max(people * ties, 1), FEWEST, MOST))


def seats(values: np.ndarray, share: float = TOP) -> np.ndarray:
    """Each person's seat in the top: 1 in, 0 out; those level at the edge divide the places left, so that a seat is the
    chance of it if lots were cast. Sums to `share` of all people, rounded, at least 1; those without a value have none.

    >>> seats(np.array([3.0, 2.0, 2.0, 1.0]), 0.5).tolist()
    [1.0, 0.5, 0.5, 0.0]
    """
    places = max(round(len(values) * share), 1)
    level = _levels(values)
    known = level[~np.isnan(level)]
    if len(known) <= places:
        return (~np.isnan(level)).astype(float)
    edge = np.partition(known, -places)[-places]
    above, at = level > edge, level == edge
    return np.where(at, (places - above.sum()) / at.sum(), above.astype(float))


def ranks(values: np.ndarray) -> np.ndarray:
    """Rank from 1, the highest; those level share the mean of their ranks, those without a value the last."""
    from scipy.stats import rankdata

    return rankdata(-np.nan_to_num(_levels(values), nan=-np.inf))


def chances(networks: Iterable[sparse.csr_array], measures: dict[str, Measure], share: float = TOP) -> pd.DataFrame:
    """Each person's chance of the top by each measure, over networks: a row per measure and person.

    Columns measure, person (row number), p_top (0–1; over the people of a measure it sums to the places there are), and
    rank_low, rank_high, the ends of the 95 % range of the person's rank.
    """
    found = {name: [] for name in measures}
    for net in networks:
        for name, measure in measures.items():
            found[name].append(np.asarray(measure(net), dtype=float))
    rows = []
    for name, values in found.items():
        low, high = np.percentile([ranks(one) for one in values], TAILS, axis=0)
        p = np.mean([seats(one, share) for one in values], axis=0)
        rows.append(
            pd.DataFrame({"measure": name, "person": range(len(p)), "p_top": p, "rank_low": low, "rank_high": high})
        )
    return pd.concat(rows, ignore_index=True)


def drawn(a: np.ndarray, b: np.ndarray, people: int, there: Iterable[np.ndarray]) -> Iterator[sparse.csr_array]:
    """Undirected networks of the ties (a, b) that are there in each draw: `there` yields booleans (ties,), as a column of
    `ties.kinds.draws` for the network of a kind."""
    from scipy import sparse

    for one in there:
        half = sparse.coo_array((np.ones(int(one.sum())), (a[one], b[one])), shape=(people, people)).tocsr()
        yield half + half.T


def thinned(
    net: sparse.csr_array, count: int, rng: np.random.Generator, share: float = LEFT_OUT
) -> Iterator[sparse.csr_array]:
    """Copies of an undirected network, each without `share` of its ties, at random."""
    from scipy import sparse

    half = sparse.coo_array(sparse.triu(net, 1))
    a, b = half.coords
    kept = round(len(a) * (1 - share))
    there = (np.isin(np.arange(len(a)), rng.permutation(len(a))[:kept]) for _ in range(count))
    return drawn(a, b, net.shape[0], there)


def _levels(values: np.ndarray) -> np.ndarray:
    """Values less what rounding of sums adds to equal ones, by which one of two who are level would win."""
    values = np.asarray(values, dtype=float)
    largest = np.nanmax(np.abs(values), initial=0.0)
    return np.round(values / largest, 9) if largest > 0 else values
