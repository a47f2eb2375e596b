"""What chance would give: resampled people, shuffled labels, rewired ties.

The vertex bootstrap (Snijders & Borgatti 1999, Connections 22:161) resamples people and takes the ties among those drawn:
a tie counts as often as the product of its two ends' draws. Pairs of one person drawn twice carry no tie of their own and
are left out, where the paper fills them at random; ratios of tie counts are hardly touched by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse


def vertex_draws(n: int, resamples: int, rng: np.random.Generator) -> np.ndarray:
    """How often each of n people is drawn: counts (resamples, n), each row summing to n."""
    return rng.multinomial(n, np.full(n, 1 / n), size=resamples)


def tie_weights(draws: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Weight of each tie (a, b) in each resample: (resamples, ties)."""
    return draws[:, a] * draws[:, b]


def shuffled(labels: np.ndarray, shuffles: int, rng: np.random.Generator) -> np.ndarray:
    """Labels dealt anew to people, group sizes kept: (shuffles, people). Does the boundary matter at all?"""
    return rng.permuted(np.tile(labels, (shuffles, 1)), axis=1)


def rewired(net, count: int, rng: np.random.Generator) -> Iterator:
    """Copies of an igraph Graph with every degree kept and 10 swaps per tie (Maslov & Sneppen 2002, Science 296:910)."""
    import random

    import igraph

    igraph.set_random_number_generator(random.Random(int(rng.integers(2**32))))
    for _ in range(count):
        copy = net.copy()
        copy.rewire(n=10 * net.ecount())
        yield copy


def named_at_random(named: sparse.csr_array, count: int, rng: np.random.Generator) -> Iterator[sparse.csr_array]:
    """Networks in which everybody names as many others as in `named`, drawn at random without replacement.

    Yields `count` directed 0/1 matrices: what being named would be if only the namers' generosity were given.
    """
    from scipy import sparse

    names = (named != 0).sum(axis=1)
    n = len(names)
    ego = np.repeat(np.arange(n), names)
    for _ in range(count):
        alter = np.concatenate([rng.choice(n - 1, size, replace=False) for size in names if size] or [np.zeros(0, int)])
        yield sparse.coo_array((np.ones(len(ego)), (ego, alter + (alter >= ego))), shape=(n, n)).tocsr()
