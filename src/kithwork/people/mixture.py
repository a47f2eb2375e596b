"""Gaussian mixtures by expectation–maximisation, many at once: every resample and every draw of a null is one of a stack.

x ~ Σ_j w_j N(μ_j, diag σ²_j): each component with variances of its own and uncorrelated within, which is latent profile
analysis (Vermunt & Magidson 2002). With free covariances planted groups were cut once too often. Weights of people stand
for a bootstrap: whoever is drawn twice counts twice, so that a resample needs no copy of the data. The log density is
linear in (x, x²), so that a step of a whole stack is two products of matrices; scikit-learn fits one mixture at a time,
some fifteen times slower over a chapter's nine hundred, and is the test's yardstick.

It fails where a group is long and slanting, which takes several components (`stability.py` asks how often one group would
give that), and finds a local maximum only: several starts, of which the likeliest is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

STEPS = 200
"""Most steps of a fit."""
FINE, ROUGH = 1e-5, 1e-3
"""Gain in log-likelihood per person below which a fit ends: of one whose labels count, and of one of many."""


@dataclass(frozen=True)
class Mixture:
    """A stack of S mixtures of k Gaussians in d coordinates.

    `weights` (S, k), `means` and `variances` (S, k, d), `likelihood` (S,): the log-likelihood of the people
    fitted, and `entropy` (S,): −Σ_i Σ_j r_ij ln r_ij of their responsibilities r.
    """

    weights: np.ndarray
    means: np.ndarray
    variances: np.ndarray
    likelihood: np.ndarray
    entropy: np.ndarray

    def at(self, chosen: np.ndarray | int) -> Mixture:
        """Some of the stack."""
        return Mixture(*(getattr(self, name)[np.atleast_1d(chosen)] for name in self.__dataclass_fields__))

    @property
    def parameters(self) -> int:
        """Free parameters of one mixture: k − 1 weights, and k means and k variances in d coordinates."""
        k, d = self.means.shape[1:]
        return k - 1 + 2 * k * d

    def bic(self, people: int) -> np.ndarray:
        """−2 ln L + p ln n (Schwarz 1978; Fraley & Raftery 2002); the lower the better. (S,)"""
        return self.parameters * np.log(people) - 2 * self.likelihood

    def icl(self, people: int) -> np.ndarray:
        """BIC + 2 · entropy: overlap is charged (Biernacki, Celeux & Govaert 2000, IEEE PAMI 22:719)."""
        return self.bic(people) + 2 * self.entropy

    def responsibilities(self, x: np.ndarray) -> np.ndarray:
        """P(component | person): x (n, d), or (S, n, d) where each has people of its own, to (S, n, k); rows sum to 1."""
        return np.swapaxes(_shares(self._densities(x))[0], 1, 2)

    def labels(self, x: np.ndarray) -> np.ndarray:
        """The likeliest component of each person: (S, n)."""
        return self._densities(x).argmax(axis=1)

    def log_density(self, x: np.ndarray) -> np.ndarray:
        """ln p of each person under the first of the stack: x (n, d) to (n,)."""
        return _shares(self._densities(x))[1][0]

    def _densities(self, x: np.ndarray) -> np.ndarray:
        return _densities(self.weights, self.means, self.variances, _terms(x))


def fit(
    x: np.ndarray,
    k: int,
    rng: np.random.Generator,
    counts: np.ndarray | None = None,
    starts: int = 1,
    enough: float = ROUGH,
) -> Mixture:
    """Mixtures of k components of x (n, d) or (S, n, d), one for each row of `counts` (S, n), how often each person counts.

    The likeliest of `starts` random starts is kept, of every mixture of the stack; each ends when a step gains less than
    `enough`.
    """
    if counts is None:
        counts = np.ones((x.shape[0] if x.ndim == 3 else 1, x.shape[-2]))
    x = np.repeat(x, starts, axis=0) if x.ndim == 3 else x
    people = np.repeat(counts, starts, axis=0)
    state = _climb(_terms(x), _start(x, people, k, rng), people, enough)
    likeliest = state.likelihood.reshape(len(counts), starts).argmax(axis=1)
    return state.at(np.arange(len(counts)) * starts + likeliest)


def _climb(terms: np.ndarray, shares: np.ndarray, counts: np.ndarray, enough: float) -> Mixture:
    """Maximisation and expectation in turn, until each mixture of the stack gains too little."""
    size, k, d = len(counts), shares.shape[1], terms.shape[-2] // 2
    kept = (np.empty((size, k)), np.empty((size, k, d)), np.empty((size, k, d)), np.empty(size), np.empty(size))
    going, mean, weight = np.arange(size), np.full(size, -np.inf), counts
    for step in range(STEPS):
        found = _maximised(terms, shares * weight[:, None, :])
        densities = _densities(*found, terms)
        shares, each = _shares(densities)
        likelihood = (each * weight).sum(axis=1)
        now = likelihood / weight.sum(axis=1)
        on = now - mean > (enough if step < STEPS - 1 else np.inf)
        if not on.all():
            apart = ((each - (shares * densities).sum(axis=1)) * weight)[~on].sum(axis=1)
            for whole, part in zip(kept, (*(one[~on] for one in found), likelihood[~on], apart), strict=True):
                whole[going[~on]] = part
            going, now, shares, weight = going[on], now[on], shares[on], weight[on]
            terms = terms[on] if terms.ndim == 3 else terms
        if not len(going):
            break
        mean = now
    return Mixture(*kept)


def _terms(x: np.ndarray) -> np.ndarray:
    """(…, n, d) to (…, 2d, n): each person's x and x², in which log densities are linear."""
    turned = np.ascontiguousarray(np.swapaxes(x, -1, -2))
    return np.concatenate([turned, turned**2], axis=-2)


def _maximised(terms: np.ndarray, held: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights, means and variances, given how much of each person (S, k, n) a component holds.

    σ² = (k^(−2/d) + Σ r (x − μ)²) / (d + 4 + Σ r): the mode under an inverse-gamma prior of d + 2 degrees of freedom whose
    scale is the variance of all, which is 1, by k^(2/d) (Fraley & Raftery 2007, J. Classif. 24:155).
    """
    d = terms.shape[-2] // 2
    size = held.sum(axis=2)[:, :, None] + 1e-9
    moments = held @ np.swapaxes(terms, -1, -2) / size
    means = moments[..., :d]
    within = (moments[..., d:] - means**2).clip(min=0) * size
    variances = (held.shape[1] ** (-2 / d) + within) / (d + 4 + size)
    return (size / size.sum(axis=1, keepdims=True))[:, :, 0], means, variances


def _densities(weights: np.ndarray, means: np.ndarray, variances: np.ndarray, terms: np.ndarray) -> np.ndarray:
    """ln w_j N(x_i; μ_j, σ²_j): (S, k, n)."""
    linear = np.concatenate([means / variances, -0.5 / variances], axis=2)
    constant = np.log(weights) - (means**2 / variances + np.log(2 * np.pi * variances)).sum(axis=2) / 2
    return linear @ terms + constant[:, :, None]


def _shares(densities: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Responsibilities (S, k, n), and each person's log density (S, n)."""
    top = densities.max(axis=1, keepdims=True)
    raised = np.exp(densities - top)
    whole = raised.sum(axis=1, keepdims=True)
    return raised / whole, (top + np.log(whole))[:, 0]


def _start(x: np.ndarray, counts: np.ndarray, k: int, rng: np.random.Generator) -> np.ndarray:
    """Everybody to the nearest of k people drawn far apart (k-means++; Arthur & Vassilvitskii 2007, SODA): (S, k, n)."""
    x = np.broadcast_to(x, (len(counts), *x.shape[-2:]))
    rows, away = np.arange(len(counts)), counts.astype(float)
    apart = np.empty((len(counts), k, x.shape[1]))
    for j in range(k):
        reached = away.cumsum(axis=1)
        drawn = (reached < rng.random((len(counts), 1)) * reached[:, -1:]).sum(axis=1).clip(max=x.shape[1] - 1)
        apart[:, j] = sum((x[..., axis] - x[rows, drawn, axis][:, None]) ** 2 for axis in range(x.shape[2]))
        away = counts * apart[:, : j + 1].min(axis=1)
        away[away.sum(axis=1) == 0] = 1.0
    return (apart.argmin(axis=1)[:, None, :] == np.arange(k)[:, None]).astype(float)
