"""Segments of people by relationship type, or the honest answer that there are none.

Portfolios are compositions, so they are put on isometric log-ratio coordinates first (Aitchison 1986; Egozcue et al.
2003, Math. Geol. 35:279); the logarithm of the number of ties is one more coordinate. Gaussian mixtures with k = 1 … K
components (k = 1 included) are compared by BIC (Fraley & Raftery 2002, JASA 97:611). Segments count as supported only if
BIC prefers k ≥ 2 and their stability (mean adjusted Rand index between the segments of resampled people and of all,
Hubert & Arabie 1985) exceeds what one group without segments, whose coordinates are distributed and correlated as these
are (`one_group`), gives in 95 of 100 cases (`bar`). Otherwise people lie on a continuum, and are shown in thirds along
its longest axis: bands, not types. Segments apart in one coordinate alone are missed: one group so distributed would look
the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from kithwork.estimates import Estimate, from_draws
from kithwork.params import Settings
from kithwork.people import portfolio

BANDS = 3
NULL_REFITS = 5
"""Refits behind each value of the null: fewer than behind the stability itself, so the null is wider, the test stricter."""
STARTS = 3
"""Starts of a fit whose labels count; the likeliest is kept."""
RIDGE = 1e-3
"""Added to variances (of standardised coordinates), so that no component shrinks to a point."""


@dataclass(frozen=True)
class Segmentation:
    """Which segment each person is in, and whether the data support segments at all.

    `labels` (people placed,), `membership` (people placed,) in 0–1, `bic` by number of components, `stability` the mean
    adjusted Rand index over resamples, `null` the means that one group without segments gave.
    """

    labels: np.ndarray
    membership: np.ndarray
    bic: dict[int, float]
    components: int
    stability: Estimate
    null: np.ndarray
    supported: bool

    @property
    def bar(self) -> float:
        """What the stability must exceed."""
        return bar(self.null)


def ilr(parts: np.ndarray) -> np.ndarray:
    """Isometric log-ratio coordinates of compositions: (n, D) positive parts to (n, D − 1), distances kept.

    z_i = √(i/(i+1)) · ln(gmean(x_1 … x_i) / x_{i+1}) (Egozcue et al. 2003).
    """
    logs = np.log(parts)
    columns = [np.sqrt(i / (i + 1)) * (logs[:, :i].mean(axis=1) - logs[:, i]) for i in range(1, parts.shape[1])]
    return np.column_stack(columns)


def coordinates(portfolios: pd.DataFrame, settings: Settings) -> tuple[pd.DataFrame, np.ndarray]:
    """People with enough ties to place, and their standardised coordinates (people placed, kinds told).

    Half a tie is added to each kind, so that no part is zero (a Dirichlet(½) prior, Martín-Fernández et al. 2015). Nobody
    is placed where fewer than two kinds can be told: there is no mix then.
    """
    kinds = portfolio.told(portfolios)
    enough = portfolios["ties"] >= settings.people.fewest_ties
    mixed = portfolios[[f"{kind}_share" for kind in kinds]].notna().all(axis=1) & (len(kinds) > 1)
    placed = portfolios[enough & mixed]
    if placed.empty:
        return placed, np.empty((0, len(kinds)))
    parts = placed[[f"{kind}_ties" for kind in kinds]].to_numpy(dtype=float) + 0.5
    features = np.column_stack([ilr(parts / parts.sum(axis=1, keepdims=True)), np.log(placed["ties"])])
    spread = features.std(axis=0)
    return placed, (features - features.mean(axis=0)) / np.where(spread > 0, spread, 1)


def segment(features: np.ndarray, settings: Settings) -> Segmentation:
    """Segments of the people whose coordinates are given; see the module's text for the rule."""
    from sklearn import config_context

    with config_context(assume_finite=True, skip_parameter_validation=True):  # the fits are small and many: checks weigh
        return _segment(features, settings)


def _segment(features: np.ndarray, settings: Settings) -> Segmentation:
    rng = np.random.default_rng(settings.people.seed)
    if not len(features):
        nobody = np.zeros(0, dtype=int)
        return Segmentation(nobody, np.ones(0), {}, 0, Estimate(0.0, 0.0, 0.0, 0), np.zeros(1), supported=False)
    most = min(settings.people.most_segments, max(len(features) // 10, 1))
    fits = {k: _fit(features, k, rng, STARTS) for k in range(1, most + 1)}
    bic = {k: float(fit.bic(features)) for k, fit in fits.items()}
    best = min(bic, key=bic.__getitem__)
    tried = max(best, 2) if most > 1 else 1
    if tried == 1:
        nothing = Estimate(0.0, 0.0, 0.0, len(features))
        return Segmentation(_bands(features), np.ones(len(features)), bic, 1, nothing, np.zeros(1), supported=False)
    scores = _agreement(features, tried, settings.people.resamples, rng)
    stability = from_draws(scores.mean(), scores, len(features))
    null = np.array(
        [_agreement(one_group(features, rng), tried, NULL_REFITS, rng).mean() for _ in range(settings.people.resamples)]
    )
    supported = best > 1 and stability.estimate > bar(null)
    if not supported:
        return Segmentation(_bands(features), np.ones(len(features)), bic, best, stability, null, supported=False)
    chance = fits[best].predict_proba(features)
    order = np.argsort(-chance.sum(axis=0), kind="stable")
    return Segmentation(chance[:, order].argmax(axis=1), chance.max(axis=1), bic, best, stability, null, supported=True)


def bar(null: np.ndarray) -> float:
    """The value that one group without segments exceeds in at most 5 of 100 cases.

    The ⌈0.95 (B + 1)⌉-th smallest of B draws, at most the largest: exceeding it is a Monte Carlo p of (1 + 0.05 B) / (B +
    1) or less (Davison & Hinkley 1997, 4.2), where the 95th percentile of few draws lets too much pass.
    """
    return float(np.sort(null)[min(int(np.ceil(0.95 * (len(null) + 1))), len(null)) - 1])


def one_group(features: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """As many people of one group without segments: each coordinate distributed as it is, all joined by their correlation.

    A Gaussian copula with the marginals as found (Sklar 1959; Nelsen 2006, An Introduction to Copulas, 2.9). A plain
    Gaussian would not do: few ties make portfolios skewed and lumpy, and a mixture splits what is skewed, every time
    alike.
    """
    ranks = features.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    normal = NormalDist()
    scores = np.array([normal.inv_cdf((rank + 0.5) / len(features)) for rank in range(len(features))])
    joined = np.atleast_2d(np.corrcoef(scores[ranks].T))
    drawn = rng.multivariate_normal(np.zeros(len(joined)), joined, len(features))
    place = drawn.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    return np.take_along_axis(np.sort(features, axis=0), place, axis=0)


def _fit(features: np.ndarray, k: int, rng: np.random.Generator, starts: int = 1):
    from sklearn.mixture import GaussianMixture

    seed = int(rng.integers(2**31))
    model = GaussianMixture(
        k, covariance_type="diag", n_init=starts, init_params="k-means++", reg_covar=RIDGE, random_state=seed
    )
    return model.fit(features)


def _agreement(features: np.ndarray, k: int, resamples: int, rng: np.random.Generator) -> np.ndarray:
    """Adjusted Rand index between everybody's segments and those a model of resampled people gives, per resample."""
    import igraph

    whole = _fit(features, k, rng, STARTS).predict(features).tolist()
    scores = []
    for _ in range(resamples):
        sample = features[rng.integers(0, len(features), len(features))]
        other = _fit(sample, k, rng).predict(features).tolist()
        scores.append(igraph.compare_communities(whole, other, method="adjusted_rand"))
    return np.array(scores)


def _bands(features: np.ndarray) -> np.ndarray:
    """Thirds along the first principal axis, its sign set so that the last coordinate rises along it."""
    centred = features - features.mean(axis=0)
    axis = np.linalg.svd(centred, full_matrices=False)[2][0]
    along = centred @ (axis if axis[-1] >= 0 else -axis)
    ranks = along.argsort(kind="stable").argsort(kind="stable")
    return ranks * BANDS // len(features)
