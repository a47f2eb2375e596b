"""How far segments are found again: among resampled people, and whether one group without segments would do as well.

A partition is made anew from people drawn with replacement. Overall agreement is the adjusted Rand index (Hubert & Arabie
1985, J. Classif. 2:193) between everybody's segments by the model of all and by that of the resample. Each segment's own
is its Jaccard index with the most alike of the resample's segments, among the people drawn, once each (Hennig 2007,
Comput. Stat. Data Anal. 52:258): a mean of .75 or more is a stable segment, .6 to .75 a pattern, and below .6 one not to
be relied on.

Agreement is high too where one group is cut at its long tail, every time alike. So the same is done to draws of one group
(`one_group`): segments must repeat better than those of one group do in 95 of 100 cases (`bar`).

What one group is decides. A single Gaussian lets too much pass where portfolios are skewed or lumpy; the coordinates
distributed exactly as found let too little, since two groups apart in a coordinate are two modes of it, and would be in the
null as well. So skew and tails are kept, and second modes are smoothed away (`benchmarks/segments.py` measures both nulls).
It fails where one group truly has two modes: people with and without any tie of a kind, by how they were asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from kithwork import gaussian
from kithwork.people import mixture

NULL_REFITS = 5
"""Refits behind each value of the null: fewer than behind the stability itself, so the null is wider, the test stricter."""
STARTS = 3
"""Starts of a fit whose labels count; the likeliest is kept."""
SUBSAMPLES = 40
"""Subsamples behind the range of the number of segments preferred."""
AT_ONCE = 2_000_000
"""Most people times mixtures in one stack: about 100 MB."""
PATTERN = 0.6
"""Mean Jaccard below which a segment is not to be relied on (Hennig 2007)."""


GRID, HALVINGS = 256, 12
"""Points at which a density's modes are counted, and halvings of the range of its bandwidth."""
Draw = Callable[[np.random.Generator], np.ndarray]
"""Draws one group of people."""


@dataclass(frozen=True)
class Repeated:
    """What resamples gave: `agreement` (resamples,), and `jaccard` (resamples, k) of each segment."""

    agreement: np.ndarray
    jaccard: np.ndarray


def repeated(x: np.ndarray, labels: np.ndarray, k: int, resamples: int, rng: np.random.Generator) -> Repeated:
    """How well k segments (`labels` of the people of x) are found again in resamples of these people."""
    agreement, jaccard = [], []
    for many in _parts(resamples, len(x)):
        counts = rng.multinomial(len(x), np.full(len(x), 1 / len(x)), many)
        again = mixture.fit(x, k, rng, counts).labels(x)
        whole = np.broadcast_to(labels, again.shape)
        agreement.append(adjusted_rand(crossed(whole, again, k)))
        jaccard.append(most_alike(crossed(whole, again, k, counts > 0)))
    return Repeated(np.concatenate(agreement), np.concatenate(jaccard))


def null(
    x: np.ndarray,
    k: int,
    draws: int,
    rng: np.random.Generator,
    one: Callable[[np.ndarray], Draw],
) -> np.ndarray:
    """Mean agreement (draws,) when as many people of one group are cut into k: `one` is `one_group` or `one_gaussian`."""
    means, draw = [], one(x)
    for many in _parts(draws, len(x) * NULL_REFITS):
        groups = np.stack([draw(rng) for _ in range(many)])
        whole = mixture.fit(groups, k, rng, starts=STARTS).labels(groups)
        groups, whole = np.repeat(groups, NULL_REFITS, axis=0), np.repeat(whole, NULL_REFITS, axis=0)
        counts = rng.multinomial(len(x), np.full(len(x), 1 / len(x)), len(groups))
        again = mixture.fit(groups, k, rng, counts).labels(groups)
        means.append(adjusted_rand(crossed(whole, again, k)).reshape(many, NULL_REFITS).mean(axis=1))
    return np.concatenate(means)


def preferred(x: np.ndarray, most: int, rng: np.random.Generator) -> np.ndarray:
    """Numbers of components that ICL and BIC prefer in subsamples of four fifths of the people: (2, SUBSAMPLES).

    Drawn without replacement: people drawn twice are lumps, and both criteria count lumps.
    """
    people = max(len(x) * 4 // 5, 1)
    counts = rng.permuted(np.tile(np.arange(len(x)) < people, (SUBSAMPLES, 1)), axis=1).astype(float)
    fits = [mixture.fit(x, k, rng, counts, starts=STARTS) for k in range(1, most + 1)]
    return np.array([np.argmin([getattr(one, by)(people) for one in fits], axis=0) + 1 for by in ("icl", "bic")])


def bar(null: np.ndarray) -> float:
    """The value that one group without segments exceeds in at most 5 of 100 cases.

    The ⌈0.95 (B + 1)⌉-th smallest of B draws, at most the largest: exceeding it is a Monte Carlo p of (1 + 0.05 B) / (B +
    1) or less (Davison & Hinkley 1997, 4.2), where the 95th percentile of few draws lets too much pass.
    """
    return float(np.sort(null)[min(int(np.ceil(0.95 * (len(null) + 1))), len(null)) - 1])


def one_group(x: np.ndarray) -> Draw:
    """Draws as many people of one group without segments: each coordinate distributed as it is but for having one mode, all
    joined by their correlation.

    A Gaussian copula (Sklar 1959; Nelsen 2006, An Introduction to Copulas, 2.9) with the marginals as found, smoothed as
    little as gives them one mode (`width`), their variance kept (Silverman 1981, JRSS B 43:97). Skew and tails stay; what
    would go with two groups, two modes, does not.
    """
    normal = NormalDist()
    scores = np.array([normal.inv_cdf((rank + 0.5) / len(x)) for rank in range(len(x))])
    joined = np.atleast_2d(np.corrcoef(scores[_ranks(x)].T))
    widths, middle, spread = np.array([width(one) for one in x.T]), x.mean(axis=0), x.std(axis=0)
    kept = spread / np.sqrt(spread**2 + widths**2)

    def draw(rng: np.random.Generator) -> np.ndarray:
        values = middle + (x - middle + widths * rng.standard_normal(x.shape)) * kept
        place = _ranks(gaussian.drawn(np.zeros(len(joined)), joined, len(x), rng))
        return np.take_along_axis(np.sort(values, axis=0), place, axis=0)

    return draw


def one_gaussian(x: np.ndarray) -> Draw:
    """Draws as many people of one Gaussian with their means and covariance: the usual null, beside which
    `benchmarks/segments.py` sets the other. It lets more pass where portfolios are skewed."""
    mean, covariance = x.mean(axis=0), np.atleast_2d(np.cov(x.T))
    return lambda rng: gaussian.drawn(mean, covariance, len(x), rng)


def width(values: np.ndarray) -> float:
    """The smallest bandwidth of a Gaussian kernel density that has one mode in the middle 95 of 100 values.

    Silverman's critical bandwidth, by halving; modes in the tails are single people (Hall & York 2001, Stat. Sin. 11:515).
    """
    low, high = 0.0, float(np.ptp(values))
    if high == 0:
        return 0.0
    at = np.linspace(*np.percentile(values, (2.5, 97.5)), GRID)[:, None]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        rises = np.diff(np.exp(-(((at - values) / middle) ** 2) / 2).sum(axis=1)) > 0
        low, high = (low, middle) if (np.diff(rises.astype(int)) > 0).sum() == 0 else (middle, high)
    return high


def crossed(a: np.ndarray, b: np.ndarray, k: int, counted: np.ndarray | None = None) -> np.ndarray:
    """People by their labels in two partitions, each (S, n) of 0 … k − 1, of those `counted`: (S, k, k)."""
    stack = np.arange(len(a))[:, None] * k * k
    cells = (stack + a * k + b)[slice(None) if counted is None else counted]
    return np.bincount(cells.ravel(), minlength=len(a) * k * k).reshape(len(a), k, k)


def adjusted_rand(tables: np.ndarray) -> np.ndarray:
    """Adjusted Rand index of crossed partitions (S, k, l): 1 the same, 0 as alike as chance. (S,)

    (Σ C(n_ij, 2) − E) / ((Σ C(a_i, 2) + Σ C(b_j, 2)) / 2 − E), E = Σ C(a_i, 2) Σ C(b_j, 2) / C(n, 2).
    """
    both, one, other, all_ = (
        (count * (count - 1) / 2).sum(axis=-1)
        for count in (
            tables.reshape(len(tables), -1),
            tables.sum(axis=2),
            tables.sum(axis=1),
            tables.sum(axis=(1, 2))[:, None],
        )
    )
    chance, most = one * other / all_, (one + other) / 2
    return np.where(most > chance, (both - chance) / np.where(most > chance, most - chance, 1), 1.0)


def most_alike(tables: np.ndarray) -> np.ndarray:
    """Jaccard index of each row's set with the most alike column's: (S, k, l) to (S, k); 0 for an empty set."""
    union = tables.sum(axis=2, keepdims=True) + tables.sum(axis=1, keepdims=True) - tables
    return (tables / np.maximum(union, 1)).max(axis=2)


def _ranks(x: np.ndarray) -> np.ndarray:
    return x.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")


def _parts(count: int, people: int) -> Iterator[int]:
    """`count` in parts that fit a stack of so many people each."""
    most = max(AT_ONCE // people, 1)
    yield from (min(most, count - done) for done in range(0, count, most))
