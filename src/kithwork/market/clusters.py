"""Groups of points that lie together: how they are found, and how sure each is.

Ward's method (Ward 1963, JASA 58:236) joins points from the bottom up; its groups are where k-means (Lloyd 1982, IEEE
Trans. Inf. Theory 28:129) begins, which moves points that Ward joined too early. Of more than `AT_ONCE` points, Ward sees
so many, drawn by lot, and k-means all.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from math import sqrt

import numpy as np

AT_ONCE = 1500
"""Points that are joined from the bottom up."""
AGAIN, DRAWN = 1000, 10_000
"""Points of a resample that are joined from the bottom up, and all of them, at most."""
ONCE = 5_000
"""Points up to which distances are worked out once for all resamples, in 200 MB."""
NEAR = 9
"""Places to which nearness is told: middles at one place are as near, whatever the processor makes of the last digits."""


def tree(points: np.ndarray) -> np.ndarray:
    """Ward's joins of the points, as scipy writes them: (points − 1, 4)."""
    from scipy.cluster.hierarchy import linkage

    return linkage(points, "ward")


def cut(joins: np.ndarray, points: np.ndarray, groups: int) -> np.ndarray:
    """The group of each point, from 0 on: the tree's, settled by k-means."""
    from scipy.cluster.hierarchy import fcluster

    return nearest(points, settled(points, middles(points, fcluster(joins, groups, "maxclust") - 1)))


def middles(points: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Mean of the points of each group from 0 on, (groups, dimensions); a group without points lies at 0."""
    from scipy.sparse import csr_matrix

    inside = np.flatnonzero(of >= 0)
    groups = int(of.max(initial=-1)) + 1
    member = csr_matrix((np.ones(len(inside), dtype=points.dtype), (of[inside], inside)), shape=(groups, len(points)))
    return np.asarray(member @ points) / np.maximum(np.bincount(of[inside], minlength=groups), 1)[:, None]


def settled(points: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Middles at which k-means comes to rest from those given; some are the same where fewer points differ."""
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return KMeans(len(start), init=start, n_init=1, algorithm="lloyd").fit(points).cluster_centers_


def nearest(points: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """The nearest middle of each point, by its row: the first of those as near."""
    return (points @ middle.T - (middle**2).sum(axis=1) / 2).round(NEAR).argmax(axis=1)


def grouped(points: np.ndarray, groups: int, rng: np.random.Generator) -> np.ndarray:
    """The group of each point, from 0 on, of so many groups at most."""
    some = np.sort(rng.permutation(len(points))[:AT_ONCE])
    of = cut(tree(points[some]), points[some], groups)
    if len(some) == len(points):
        return of
    return nearest(points, settled(points, middles(points[some], of)))


def found_again(points: np.ndarray, of: np.ndarray, groups: int, resamples: int, rng: np.random.Generator) -> np.ndarray:
    """How far each group of `of` (−1: none) is found again in resamples: Jaccard's index, (resamples, groups of `of`).

    Resamples are drawn with replacement, of `DRAWN` points at most, and grouped into `groups`. The index of a group is the
    largest with any new one, over the points drawn; NaN where none of its points is.
    """
    found = np.full((resamples, int(of.max(initial=-1)) + 1), np.nan)
    trees = _trees(points, resamples)
    for row in found:
        drawn = np.unique(rng.integers(0, len(points), min(len(points), DRAWN)))
        some = drawn if len(drawn) <= AGAIN else np.sort(rng.permutation(drawn)[:AGAIN])
        joined = points[some]
        new = cut(trees(some), joined, min(groups, len(joined)))
        if len(joined) < len(drawn):
            new = nearest(points[drawn], middles(joined, new))
        inside = of[drawn] >= 0
        both = np.zeros((len(row), int(new.max()) + 1))
        np.add.at(both, (of[drawn][inside], new[inside]), 1)
        size = both.sum(axis=1)
        either = size[:, None] + np.bincount(new) - both
        row[size > 0] = (both / either).max(axis=1)[size > 0]
    return found


def _trees(points: np.ndarray, resamples: int) -> Callable[[np.ndarray], np.ndarray]:
    """The `tree` of some of the points, by their rows: from the distances of all, where these are fewer than those of all
    resamples."""
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import pdist, squareform

    if len(points) > min(ONCE, AGAIN * sqrt(resamples)):
        return lambda some: tree(points[some])
    apart = squareform(pdist(points.astype(float)))
    return lambda some: linkage(squareform(apart[np.ix_(some, some)], checks=False), "ward")
