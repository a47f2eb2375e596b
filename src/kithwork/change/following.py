"""Whether anybody follows: the likelihood ratio of follow against 0, and how large it is where nobody does.

With nobody following, follow is at its end and thresholds mean nothing, so that the ratio has no law of a book (Davies
1977, Biometrika 64:247). It is then as the largest square, over the distributions F of thresholds, of the positive part
of

    Z(F) ~ Σ_it F(exposure_it) (y_it − ρ_i) / ρ_i,     ρ_i = 1 − (1 − alone)^exp(readiness · z_i)

less what alone and readiness explain: jointly normal, by exposures and chances alone (Andrews 2001, Econometrica 69:683).
The ratio is taken where the penalised likelihood is highest: without the penalty a few people at one threshold pass too
easily for following.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.special import logit

from kithwork import gaussian
from kithwork.change.histories import Histories
from kithwork.change.likelihood import Likelihood, met

GRID = tuple(product((0.03, *np.arange(0.05, 1, 0.05), 0.97), (0.1, 0.2, 0.4, 0.6, 0.75, 0.9)))
"""Means of thresholds, and their spread beside the widest for that mean, at which the largest is looked for."""
DRAWS = 9999
TOLD = 1e-9
"""Share of its variance that must be left of a score to count."""


@dataclass(frozen=True)
class Following:
    """`lr`: twice the log of the likelihood ratio; `as_large`: how many of `drawn` without following are as large."""

    lr: float
    as_large: int
    drawn: int

    @property
    def p(self) -> float:
        """Monte Carlo p (Davison & Hinkley 1997)."""
        return (1 + self.as_large) / (self.drawn + 1)


def following(likelihood: Likelihood, top: np.ndarray, alone: np.ndarray, rng: np.random.Generator) -> Following:
    """The test, given the highest points with and without following."""
    ratio = max(2 * (likelihood(top) - likelihood(alone)), 0.0)
    scores = null_scores(likelihood.seen, likelihood.z, alone)
    z = gaussian.drawn(np.zeros(len(scores)), scores, DRAWS, rng)
    largest = np.square(np.maximum(z, 0)).max(axis=1, initial=0)
    return Following(ratio, int((largest >= ratio).sum()), DRAWS)


def null_scores(seen: Histories, z: np.ndarray, alone: np.ndarray) -> np.ndarray:
    """Correlations of Z over GRID where nobody follows; those that alone and readiness explain are left out."""
    person, week = np.nonzero(~np.isnan(seen.exposure))
    likelier = np.exp(alone[1] * z)
    certain = 1 / np.expm1(np.logaddexp(0, alone[0]) * likelier)
    at = np.searchsorted(seen.shares, seen.exposure[person, week])
    known = np.column_stack([likelier, z * likelier])

    def at_shares(of_person: np.ndarray) -> np.ndarray:
        return np.bincount(at, of_person[person], minlength=len(seen.shares))

    places = [np.array([0, 0, 0, logit(mean), logit(wide)]) for mean, wide in GRID]
    scores = np.column_stack([met(seen.shares, place) for place in places])
    together = scores.T @ (scores * at_shares(certain)[:, None])
    across = np.column_stack([at_shares(certain * one) for one in known.T]).T @ scores
    own = (known * (certain * np.bincount(person, minlength=len(z)))[:, None]).T @ known
    left = together - across.T @ np.linalg.pinv(own, hermitian=True) @ across
    size, whole = np.diag(left), np.diag(together)
    told = size > TOLD * whole
    size = size[told]
    return left[np.ix_(told, told)] / np.sqrt(size[:, None] * size)
