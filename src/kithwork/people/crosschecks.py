"""Whether other methods cut people alike: k-means, and HDBSCAN, beside the mixture's segments.

k-means (Lloyd 1982, IEEE Trans. Inf. Theory 28:129) makes as many round groups of like spread; HDBSCAN (Campello, Moulavi
& Sander 2013, PAKDD) finds dense groups, how many by itself, and leaves whoever lies between them in none. Segments that
only one method sees are that method's. Agreement is the adjusted Rand index; HDBSCAN's people in no group count as one
more. It compares pairs of people, so that it grows with their square: it sees `COMPARED` of them at most.
"""

from __future__ import annotations

import numpy as np

from kithwork.estimates import Estimate, from_draws
from kithwork.params import Settings
from kithwork.people.composition import Placed
from kithwork.people.segments import Segmentation
from kithwork.people.stability import adjusted_rand, crossed

COMPARED = 2_000
"""Most people who are grouped again."""
SMALLEST = 20
"""HDBSCAN's smallest group is one of so many parts of the people, and at least `LEAST` of them."""
LEAST = 5
SAME = 1e-9
"""Share of a distance by which lots part those that are the same."""
METHODS = {"kmeans": "k-means", "hdbscan": "HDBSCAN"}


def agreement(placed: Placed, segmentation: Segmentation, settings: Settings) -> dict[str, Estimate]:
    """By method, the adjusted Rand index with the split that was tried, supported or not; none where none was.

    Interval: bootstrap over people, whose groups stay as found.
    """
    if segmentation.tried < 2:
        return {}
    rng = np.random.default_rng(settings.people.seed)
    some = np.sort(rng.permutation(len(placed.values))[:COMPARED])
    x, split, resamples = placed.values[some], segmentation.split[some], settings.people.resamples * 10
    found = {"kmeans": _kmeans(x, segmentation.tried, rng), "hdbscan": _hdbscan(x)}
    return {name: _alike(split, labels, resamples, rng) for name, labels in found.items()}


def _kmeans(x: np.ndarray, k: int, rng: np.random.Generator) -> np.ndarray:
    from sklearn.cluster import KMeans

    return KMeans(k, n_init=10, random_state=int(rng.integers(2**31))).fit_predict(x)


def _hdbscan(x: np.ndarray) -> np.ndarray:
    """Many edges of its tree are as long as one another, each being a person's own core distance at least, and which of
    them comes first is the processor's. So lots are drawn, and the distances given, each apart from the others."""
    from scipy.spatial.distance import pdist, squareform
    from sklearn.cluster import HDBSCAN

    size, apart = max(len(x) // SMALLEST, LEAST), pdist(x)
    core = np.sort(squareform(apart), axis=1)[:, size - 1]
    one, other = np.triu_indices(len(x), 1)
    reach = np.maximum(apart, np.maximum(core[one], core[other]))
    reach *= 1 + SAME * np.random.default_rng(0).random(len(reach))
    found = HDBSCAN(min_cluster_size=size, min_samples=1, metric="precomputed", copy=True)
    return found.fit_predict(squareform(reach)) + 1


def _alike(a: np.ndarray, b: np.ndarray, resamples: int, rng: np.random.Generator) -> Estimate:
    k = int(max(a.max(), b.max())) + 1
    whole = crossed(a[None], b[None], k)
    drawn = rng.multinomial(len(a), (whole / len(a)).ravel(), resamples).reshape(resamples, k, k)
    return from_draws(adjusted_rand(whole)[0], adjusted_rand(drawn), len(a))
