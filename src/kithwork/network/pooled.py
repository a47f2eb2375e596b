"""Standing in large networks: people alike share what chance gives, and what is in doubt, instead of each being drawn for.

Beside chance: networks with every number of ties kept treat people of as many ties exactly alike, so that the values of all
of them, in a few networks, are as good as many networks of one. Of numbers of ties that few people hold, neighbours are
taken together until there are `FEWEST` values.

The chance of the top: a measure is computed on a few networks as they might have been, for a sample of the people. People
of like value in the network as it is make a class; its values there have a mean and a standard deviation, and

    P(top) = Φ((mean − edge) / deviation),

both drawn through the classes' middles, the edge such that the chances sum to the places there are. Beside the share of
many networks (`ranks.chances`) that is smoothed: two people of like value have one chance, though the one may hang on a
single tie; tests hold it to within 0.2 for 95 % of people. Sampling moves a class's mean by 7 % of its deviation, 1 over
√`FEWEST`.
"""

from __future__ import annotations

import numpy as np

from kithwork.estimates import TAILS

FEWEST = 200
"""Values that a class has at least."""


def classes(keys: np.ndarray, fewest: int) -> np.ndarray:
    """People in classes of equal keys, neighbours joined until a class has so many: (people,) numbers from 0, by key.

    >>> classes(np.array([3, 1, 1, 2, 9]), 2).tolist()
    [1, 0, 0, 1, 1]
    """
    values, place, many = np.unique(keys, return_inverse=True, return_counts=True)
    upto = np.cumsum(many) - many
    number, start = np.zeros(len(values), dtype=int), 0
    for at in range(1, len(values)):
        full = upto[at] - upto[start] >= fewest and upto[-1] + many[-1] - upto[at] >= fewest
        number[at] = number[at - 1] + full
        start = at if full else start
    return number[place]


def beside(keys: np.ndarray, drawn: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean and ends of the middle 95 % under chance for people of `places`: each (len(places),), NaN of who has no value.

    `keys`: (people,) what chance keeps of them, `drawn`: (networks, people) their values there, `places` keys likewise.
    """
    known = ~np.isnan(drawn).any(axis=0)
    if not known.any():
        return tuple(np.full(len(places), np.nan) for _ in range(3))
    group = classes(keys[known], -(-FEWEST // len(drawn)))
    order = np.argsort(group, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(group[order])) + 1)
    values = drawn[:, known]
    middle = np.array([np.median(keys[known][part]) for part in parts])
    found = np.array([[values[:, part].mean(), *np.percentile(values[:, part], TAILS)] for part in parts])
    return tuple(np.interp(places, middle, column) for column in found.T)


def top(values: np.ndarray, sample: np.ndarray, drawn: np.ndarray, share: float) -> np.ndarray:
    """Chance of the top `share`: (people,), summing to the places there are; 0 of who has no value.

    `values`: (people,) in the network as it is; `sample`: rows of some of them; `drawn`: (networks, sample) their values in
    networks as they might have been.
    """
    from scipy.optimize import brentq
    from scipy.special import ndtr

    held = ~np.isnan(values)
    places = max(round(len(values) * share), 1)
    mean, deviation = np.full(len(values), -np.inf), np.ones(len(values))
    known = held[sample] & ~np.isnan(drawn).any(axis=0)
    if held.sum() <= places or not known.any():
        return held.astype(float)
    own = values[sample][known]
    group = classes(own, FEWEST)
    size = np.bincount(group)
    middle = np.bincount(group, own) / size
    means = np.bincount(group, drawn[:, known].mean(axis=0)) / size
    square = np.bincount(group, ((drawn[:, known] - means[group]) ** 2).mean(axis=0)) / size
    # Within a class of unlike values the mean runs along them: that is no doubt about anybody.
    slope = np.gradient(means, middle) if len(middle) > 1 else np.zeros(1)
    along = np.bincount(group, (slope[group] * (own - middle[group])) ** 2) / size
    mean[held] = means[group[0]] if len(middle) == 1 else _through(values[held], middle, means)
    deviation[held] = np.interp(values[held], middle, np.sqrt(np.maximum(square - along, 1e-12 * np.abs(means).max() ** 2)))
    reach = 40 * deviation[held].max() + np.ptp(mean[held]) + 1e-12

    def filled(edge: float) -> float:
        return ndtr((mean[held] - edge) / deviation[held]).sum() - places

    edge = brentq(filled, mean[held].min() - reach, mean[held].max() + reach, xtol=1e-12 * max(abs(mean[held]).max(), 1))
    return np.where(held, ndtr((mean - edge) / deviation), 0.0)


def _through(values: np.ndarray, middle: np.ndarray, means: np.ndarray) -> np.ndarray:
    """Means at these values, along straight lines through the classes and on beyond the outer two."""
    inside = np.interp(values, middle, means)
    first, last = ((means[b] - means[a]) / (middle[b] - middle[a]) for a, b in ((0, 1), (-2, -1)))
    return inside + first * np.minimum(values - middle[0], 0) + last * np.maximum(values - middle[-1], 0)
