"""How far the items of a scale go together, for one sample or for all resamples of it at once.

With V the items' covariances, k of them, and 1 a vector of ones (Cronbach 1951, Psychometrika 16:297):

    alpha = k/(k − 1) · (1 − tr V / 1'V1)

The covariance of two items is over the people who answered both, its divisor one less than they are; that of an item with
itself over all who answered it. Where nothing is missing that is the covariance of complete answers; where a form left
items out on purpose it is all there is, and what is missing is missing by lot (Graham, Taylor, Olchowski & Cumsille 2006,
Psychol. Methods 11:323). An item-rest correlation is the item's with the sum of the others, so that it is no part of what
it is set against (Nunnally 1978, Psychometric Theory).
"""

from __future__ import annotations

import numpy as np

from kithwork import replicates


def covariances(grid: np.ndarray, counts: np.ndarray | None = None) -> np.ndarray:
    """(resamples, items, items) pairwise covariances; of the sample itself (1, items, items) without `counts`.

    `grid`: (people, items) answers, NaN where none. `counts`: (resamples, people) how often each is drawn. NaN for items
    that fewer than two people of a resample answered both.
    """
    people, items = grid.shape
    counts = np.ones((1, people), dtype=np.uint16) if counts is None else counts
    known = (~np.isnan(grid)).astype(float)
    values = centred(grid)
    products = [
        (a[:, :, None] * b[:, None, :]).reshape(people, -1) for a, b in ((known, known), (values, known), (values, values))
    ]
    both, first, product = np.split(replicates.sums(counts, np.hstack(products)), 3, axis=1)
    square = (len(counts), items, items)
    return from_sums(both.reshape(square), first.reshape(square), product.reshape(square))


def centred(grid: np.ndarray) -> np.ndarray:
    """Answers less their item's mean, 0 where there are none: sums of them lose no digits."""
    known = ~np.isnan(grid)
    middle = np.where(known, grid, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.where(known, grid - middle, 0.0)


def from_sums(both: np.ndarray, first: np.ndarray, product: np.ndarray) -> np.ndarray:
    """(…, items, items) covariances, from how many answered both items i and j and their Σ x_i and Σ x_i x_j."""
    with np.errstate(invalid="ignore", divide="ignore"):
        found = (product - first * np.swapaxes(first, -1, -2) / both) / (both - 1)
    return np.where(both >= 2, found, np.nan)


def correlations(spread: np.ndarray) -> np.ndarray:
    """(…, items, items) from covariances; an item that does not vary goes with no other.

    Covariances over different people may pass what their variances allow: correlations, and alpha, then end at 1.
    """
    own = np.diagonal(spread, axis1=-2, axis2=-1)
    deviation = np.sqrt(np.where(own <= _nothing(own.sum(axis=-1, keepdims=True)), 0.0, own))
    size = deviation[..., :, None] * deviation[..., None, :]
    found = np.divide(spread, size, out=np.zeros_like(spread), where=(size > 0) | np.isnan(size))
    found = np.clip(found, -1, 1)
    found[..., *np.diag_indices(spread.shape[-1])] = 1.0
    return found


def alpha(spread: np.ndarray) -> np.ndarray:
    """(…,) Cronbach's alpha of (…, items, items), at most 1; NaN where the items' sum does not vary."""
    items = spread.shape[-1]
    own, total = np.trace(spread, axis1=-2, axis2=-1), spread.sum(axis=(-2, -1))
    share = np.divide(own, total, out=np.full(np.shape(total), np.nan), where=total > _nothing(own))
    return np.minimum(items / (items - 1) * (1 - share), 1.0)


def alpha_without(spread: np.ndarray) -> np.ndarray:
    """(…, items) alpha of the others where each is left out; for three items or more."""
    items = spread.shape[-1]
    left = [np.delete(np.arange(items), one) for one in range(items)]
    return np.stack([alpha(spread[..., others[:, None], others]) for others in left], axis=-1)


def mean_r(spread: np.ndarray) -> np.ndarray:
    """(…,) mean correlation of two items."""
    above = np.triu_indices(spread.shape[-1], 1)
    return correlations(spread)[..., *above].mean(axis=-1)


def item_rest(spread: np.ndarray) -> np.ndarray:
    """(…, items) correlation of each item with the sum of the others; NaN where one of the two does not vary."""
    own, with_all = np.diagonal(spread, axis1=-2, axis2=-1), spread.sum(axis=-1)
    rest = with_all.sum(axis=-1, keepdims=True) - 2 * with_all + own
    nothing = _nothing(own.sum(axis=-1, keepdims=True))
    vary = (own > nothing) & (rest > nothing)
    size = np.sqrt(np.where(vary, own * rest, 1.0))
    return np.where(vary, np.clip((with_all - own) / size, -1, 1), np.nan)


def _nothing(own: np.ndarray) -> np.ndarray:
    """What a sum of variances and covariances may come to by rounding alone."""
    return 1e-12 * np.nan_to_num(own)
