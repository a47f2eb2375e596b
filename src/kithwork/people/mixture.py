"""Gaussian mixtures by expectation–maximisation, many at once: every resample and every draw of a null is one of a stack.

x ~ Σ_j w_j N(μ_j, diag σ²_j): each component with variances of its own and uncorrelated within, which is latent profile
analysis (Vermunt & Magidson 2002). With free covariances planted groups were cut once too often. Weights of people stand
for a bootstrap: whoever is drawn twice counts twice, so that a resample needs no copy of the data. The log density is
linear in (x, x²), so that a step of a whole stack is two products of matrices; scikit-learn fits one mixture at a time,
some fifteen times slower over a chapter's nine hundred, and is the test's yardstick.

It fails where a group is long and slanting, which takes several components (`stability.py` asks how often one group would give
that), and finds a local maximum only: several starts, of which the likeliest is kept.
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
        """BIC + 2 · entropy: groups that overlap are charged for it (Biernacki, Celeux & Govaert 2000, IEEE PAMI 22:719)."""
        return self.bic(people) + 2 * self.entropy

    def responsibilities(self, x: np.ndarray) -> np.ndarray:
        """P(component | person): x (n, d), or (S, n, d) where each has people of its own, to (S, n, k); rows sum to 1."""
        return _shares(_densities(self.weights, self.means, self.variances, _terms(x)))[0]

    def log_density(self, x: np.ndarray) -> np.ndarray:
        """ln p of each person under the first of the stack: x (n, d) to (n,)."""
        return _shares(_densities(self.weights, self.means, self.variances, _terms(x)))[1][0]


def fit(x: np.ndarray, k: int, rng: np.random.Generator, counts: np.ndarray | None = None, starts: int = 1, enough: float = ROUGH) -> Mixture:
    """Mixtures of k components of x (n, d) or (S, n, d), one for each row of `counts` (S, n), how often each person counts.

    The likeliest of `starts` random starts is kept, of every mixture of the stack; each ends when a step gains less than
    `enough`.
    """
    if counts is None:
        counts = np.ones((x.shape[0] if x.ndim == 3 else 1, x.shape[-2]))
    terms, people = _terms(x), np.repeat(counts, starts, axis=0)
    if terms.ndim == 3:
        terms = np.repeat(terms, starts, axis=0)
    state = _climb(terms, _start(terms, x.shape[-1], people, k, rng), people, x.shape[-1], enough)
    likeliest = state.likelihood.reshape(len(counts), starts).argmax(axis=1)
    return state.at(np.arange(len(counts)) * starts + likeliest)


def _climb(terms: np.ndarray, shares: np.ndarray, counts: np.ndarray, d: int, enough: float) -> Mixture:
    """Expectation and maximisation in turn, until each mixture of the stack gains too little."""
    size, k = len(counts), shares.shape[2]
    kept = (np.empty((size, k)), np.empty((size, k, d)), np.empty((size, k, d)), np.full(size, -np.inf), np.empty(size))
    going, mean = np.arange(size), np.full(size, -np.inf)
    for step in range(STEPS):
        of, weight = (terms[going] if terms.ndim == 3 else terms), counts[going]
        found = _maximised(of, shares * weight[:, :, None], d)
        densities = _densities(*found, of)
        shares, each = _shares(densities)
        likelihood = (each * weight).sum(axis=1)
        on = likelihood / weight.sum(axis=1) - mean[going] > (enough if step < STEPS - 1 else np.inf)
        mean[going] = likelihood / weight.sum(axis=1)
        apart = ((each - (shares * densities).sum(axis=2)) * weight)[~on].sum(axis=1)
        for whole, part in zip(kept, (*(one[~on] for one in found), likelihood[~on], apart), strict=True):
            whole[going[~on]] = part
        going, shares = going[on], shares[on]
        if not len(going):
            break
    return Mixture(*kept)


def _terms(x: np.ndarray) -> np.ndarray:
    """(…, n, d) to (…, n, 2d): each person's x and x², in which log densities are linear."""
    return np.concatenate([x, x**2], axis=-1)


def _maximised(terms: np.ndarray, held: np.ndarray, d: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights, means and variances, given how much of each person (S, n, k) a component holds.

    σ² = (k^(−2/d) + Σ r (x − μ)²) / (d + 4 + Σ r): the mode under an inverse-gamma prior of d + 2 degrees of freedom whose
    scale is the variance of all, which is 1, by k^(2/d) (Fraley & Raftery 2007, J. Classif. 24:155).
    """
    size = held.sum(axis=1) + 1e-9
    moments = np.swapaxes(held, 1, 2) @ terms / size[:, :, None]
    means = moments[..., :d]
    within = (moments[..., d:] - means**2).clip(min=0) * size[:, :, None]
    prior = held.shape[2] ** (-2 / d)
    return size / size.sum(axis=1, keepdims=True), means, (prior + within) / (d + 4 + size[:, :, None])


def _densities(weights: np.ndarray, means: np.ndarray, variances: np.ndarray, terms: np.ndarray) -> np.ndarray:
    """ln w_j N(x_i; μ_j, σ²_j): (S, n, k)."""
    linear = np.concatenate([means / variances, -0.5 / variances], axis=2)
    constant = np.log(weights) - (means**2 / variances + np.log(2 * np.pi * variances)).sum(axis=2) / 2
    return terms @ np.swapaxes(linear, 1, 2) + constant[:, None, :]


def _shares(densities: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Responsibilities (S, n, k), and each person's log density (S, n)."""
    top = densities.max(axis=2, keepdims=True)
    raised = np.exp(densities - top)
    whole = raised.sum(axis=2, keepdims=True)
    return raised / whole, (top + np.log(whole))[:, :, 0]


def _start(terms: np.ndarray, d: int, counts: np.ndarray, k: int, rng: np.random.Generator) -> np.ndarray:
    """Everybody to the nearest of k people drawn far apart (k-means++; Arthur & Vassilvitskii 2007, SODA): (S, n, k)."""
    x = np.broadcast_to(terms[..., :d], (len(counts), *terms.shape[-2:-1], d))
    rows, away = np.arange(len(counts)), counts.astype(float)
    apart = []
    for _ in range(k):
        reached = away.cumsum(axis=1)
        drawn = (reached < rng.random((len(counts), 1)) * reached[:, -1:]).sum(axis=1).clip(max=x.shape[1] - 1)
        apart.append(((x - x[rows, drawn][:, None, :]) ** 2).sum(axis=2))
        away = counts * np.min(apart, axis=0)
        away[away.sum(axis=1) == 0] = 1.0
    nearest = np.argmin(apart, axis=0)
    return (nearest[:, :, None] == np.arange(k)).astype(float)
