"""Segments of people by relationship type, or the honest answer that there are none.

Gaussian mixtures with k = 1 … K components (k = 1 included) are fitted to the coordinates of `composition.py` and compared
by BIC and ICL. ICL decides: it counts groups that lie apart, where BIC counts the Gaussians it takes to draw a shape
(Biernacki, Celeux & Govaert 2000, IEEE PAMI 22:719), and one group that is skewed or lumpy takes several.

Segments are supported only if all three hold:

1. ICL prefers k ≥ 2.
2. Resampled people give them again (mean adjusted Rand index) better than one group without segments, distributed and
   correlated as these people are, lets segments repeat in 95 of 100 cases (`stability.py`).
3. Each of them repeats: its mean Jaccard index over resamples is .6 or more (Hennig 2007).

Otherwise there are no clear segments: people lie on a continuum, and are shown in thirds along its longest axis: bands, not
types. Segments that overlap much are missed, or two of them taken for one (`benchmarks/segments.py` says how often).

Resamples are of 2,000 people at most and models are fitted to 20,000, drawn at random where there are more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kithwork.estimates import Estimate, from_draws
from kithwork.params import Settings
from kithwork.people import mixture, stability
from kithwork.people.composition import Placed
from kithwork.people.mixture import Mixture

BANDS = 3
STARTS = 5
"""Starts of each fit that the criteria compare."""
FITTED, RESAMPLED = 20_000, 2_000
"""Most people a model is fitted to, and most who are resampled."""
FEWEST = 10
"""People for each segment tried, at least."""
DIGITS = 9
"""Places to which an axis, and where people lie along it, are told; what lies behind them is the processor's."""


@dataclass(frozen=True)
class Segmentation:
    """Which segment each person is in, and whether the data support segments at all.

    `chances` (people placed, segments): P(segment | portfolio as estimated), largest segment first; of bands, 1 for the
    person's own. `bic`, `icl` by number of components; `components` that ICL prefers, and `tried` the number whose
    stability is told (two where ICL prefers one). `stability`: mean adjusted Rand index over resamples; `jaccard` by
    segment; `null`: the means that one group without segments gave; `chosen` (2, subsamples): numbers that ICL and BIC
    prefer in four fifths of the people. `model` and `split` (people placed,): the mixture tried and who is where by it;
    `axis`: the direction of the bands.
    """

    chances: np.ndarray
    bic: dict[int, float]
    icl: dict[int, float]
    components: int
    tried: int
    stability: Estimate
    jaccard: list[Estimate]
    null: np.ndarray
    chosen: np.ndarray
    supported: bool
    model: Mixture | None
    split: np.ndarray
    axis: np.ndarray

    @property
    def labels(self) -> np.ndarray:
        """(people placed,): the most probable segment of each."""
        return self.chances.argmax(axis=1)

    @property
    def bar(self) -> float:
        """What the stability must exceed."""
        return stability.bar(self.null)

    def of(self, x: np.ndarray) -> np.ndarray:
        """Chances of people at other coordinates (people, d): by the mixture, or of bands by place among these people."""
        return self.model.responsibilities(x)[0] if self.supported else _bands(x, self.axis)


def segment(placed: Placed, settings: Settings) -> Segmentation:
    """Segments of the people placed; see the module's text for the rule."""
    x, rng = placed.values, np.random.default_rng(settings.people.seed)
    most = min(settings.people.most_segments, max(len(x) // FEWEST, 1))
    if most == 1:
        return _untried(x)
    some = _sample(x, FITTED, rng)
    fits = {k: mixture.fit(some, k, rng, starts=STARTS, enough=mixture.FINE) for k in range(1, most + 1)}
    bic, icl = ({k: float(getattr(one, by)(len(some))[0]) for k, one in fits.items()} for by in ("bic", "icl"))
    best = min(icl, key=icl.__getitem__)
    tried = max(best, 2)
    few, model = _sample(x, RESAMPLED, rng), _by_size(fits[tried], x)
    again = stability.repeated(few, model.labels(few)[0], tried, settings.people.resamples, rng)
    null = stability.null(few, tried, settings.people.resamples, rng, stability.one_group)
    chosen = stability.preferred(few, most, rng)
    overall = from_draws(again.agreement.mean(), again.agreement, len(few))
    each = [from_draws(one.mean(), one, len(few)) for one in again.jaccard.T]
    beaten = overall.estimate > stability.bar(null)
    supported = bool(best > 1 and beaten and min(one.estimate for one in each) >= stability.PATTERN)
    axis = _longest(x)
    chances = model.responsibilities(x)[0]
    split, chances = model.labels(x)[0], chances if supported else _bands(x, axis)
    return Segmentation(chances, bic, icl, best, tried, overall, each, null, chosen, supported, model, split, axis)


def _untried(x: np.ndarray) -> Segmentation:
    """Too few people to try a split: bands, and nothing said of stability."""
    nothing, axis, together = Estimate(0.0, 0.0, 0.0, len(x)), _longest(x), np.zeros(len(x), dtype=int)
    one = (min(len(x), 1), 1, nothing, [], np.zeros(1), np.ones((2, 1)))
    return Segmentation(_bands(x, axis), {}, {}, *one, supported=False, model=None, split=together, axis=axis)


def _by_size(model: Mixture, x: np.ndarray) -> Mixture:
    """The mixture with its components in the order of the people they hold, most first."""
    order = np.argsort(-model.responsibilities(x)[0].sum(axis=0), kind="stable")
    parts = (getattr(model, name)[:, order] for name in ("weights", "means", "variances"))
    return Mixture(*parts, model.likelihood, model.entropy)


def _sample(x: np.ndarray, most: int, rng: np.random.Generator) -> np.ndarray:
    return x if len(x) <= most else x[np.sort(rng.choice(len(x), most, replace=False))]


def _longest(x: np.ndarray) -> np.ndarray:
    """The first principal axis, its sign set so that the last coordinate that it is not level in rises along it."""
    axis = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)[2][0] if len(x) else np.zeros(x.shape[1])
    slanting = axis[axis.round(DIGITS) != 0]
    return -axis if len(slanting) and slanting[-1] < 0 else axis


def _bands(x: np.ndarray, axis: np.ndarray) -> np.ndarray:
    """(people, bands) of 0 and 1: thirds of these people along the axis; of people at one place the first come first."""
    ranks = (x @ axis).round(DIGITS).argsort(kind="stable").argsort(kind="stable")
    return np.eye(BANDS)[ranks * BANDS // max(len(x), 1)]
