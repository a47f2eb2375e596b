"""Reverse-reachable sets: the people who would have reached somebody drawn at random, in a world of a cascade.

How far starters S would go is people · P(a set has one of S) (Borgs, Brautbar, Chayes & Lucier 2014, SODA, 946; Tang, Shi &
Xiao 2015, SIGMOD, 1539). A set is found from its person back along the arcs that pass on (`arcs`), each asked once.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from kithwork.change.arcs import Arcs, ascending, length, scattered

TOGETHER = 1 << 16
"""Sets that are found together: their people stay in the processor's cache."""


def reverse_reachable(
    net: sparse.csr_array, chance: float, sets: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The sets as (starts, people): set s is `people[starts[s]:starts[s + 1]]`, ascending, the drawn one among them.

    `net`: (people, people), [i, j] how far i heeds j; `chance`: that a tie of weight 1 passes it on from j to i. `starts`:
    (sets + 1,) int64; `people`: int32.
    """
    arcs = Arcs.of(net)
    rate = length(chance * arcs.most)
    people, sizes = [], []
    for first in range(0, sets, TOGETHER):
        count = min(TOGETHER, sets - first)
        numbers, members = np.divmod(_found(arcs, chance, rate, count, rng), len(rate))
        people.append(members.astype(np.int32))
        sizes.append(np.bincount(numbers, minlength=count))
    starts = np.r_[0, np.cumsum(np.concatenate(sizes))] if sets else np.zeros(1, dtype=np.int64)
    return starts, np.concatenate([np.zeros(0, dtype=np.int32), *people])


def _found(arcs: Arcs, chance: float, rate: np.ndarray, sets: int, rng: np.random.Generator) -> np.ndarray:
    """Members as set · people + person, ascending."""
    people = len(rate)
    seen = newest = np.arange(sets) * people + rng.integers(people, size=sets)
    while len(newest):
        reached = ascending(_passed(arcs, chance, rate, newest, rng))
        newest = reached[seen[np.searchsorted(seen, reached).clip(max=len(seen) - 1)] != reached]
        seen = np.sort(np.r_[seen, newest], kind="stable")
    return seen


def _passed(arcs: Arcs, chance: float, rate: np.ndarray, newest: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Whom the arcs that pass on lead to, from each of these members: points on the line of all their arcs, end to end."""
    numbers = newest // len(rate)
    person = newest - numbers * len(rate)
    ends = np.cumsum(rate[person] * arcs.degree[person])
    points = scattered(ends[-1], ends[-1], rng)
    at = np.searchsorted(ends, points, side="right")
    person = person[at]
    steps = (ends[at] - points) / rate[person]
    arc = arcs.start[person] + np.minimum(steps.astype(np.int64), arcs.degree[person] - 1)
    if not arcs.alike:
        kept = rng.random(len(arc)) * rate[person] < length(chance * arcs.weight[arc])
        at, arc = at[kept], arc[kept]
    return numbers[at] * len(rate) + arcs.to[arc]
