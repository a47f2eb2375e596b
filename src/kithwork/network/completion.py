"""Whole networks of nominations where some people did not answer: the silent name whom those like them would.

Returned (Stork & Richards 1992, Group & Organization Management 17:193): a silent person names all who name that person. It
is one network, without doubt in it, and has as many nominations of the silent as of others only where most are returned.

Drawn: each nomination by a silent person i of j is a coin toss, by a logistic regression learned from the respondents as
if each of them had been silent:

    logit P(i names j) = β₀ + β₁ [j names i] + β₂ log((n_j + ½) / R) + β₃ log((n_i + ½) / R) + β₄ log(1 + c_ij)

n the number of others who name a person among R respondents, c_ij how many name both. Of two who are both silent one is
drawn without [j names i] (a second regression), then the other given the first, so that ties are returned as often
as elsewhere. How much a silent person names at all is drawn as well: the odds of all nominations by one person are
multiplied by a gamma variable with the variance that numbers of nominations have beyond chance. So are the odds of one
person's being named: n_j rests on chance too, and a popularity of which n_j was seen has the relative variance
1 / (a + n_j) where popularities are gamma of shape a, by the variance that n has beyond chance. Each network takes β from
its normal approximation, with errors clustered by ego (Liang & Zeger 1986, Biometrika 73:13), so that what is not known of
β is in it (proper multiple imputation: Rubin 1987, *Multiple Imputation for Nonresponse in Surveys*, ch. 4).

It fails where the silent are unlike respondents of the same popularity, and gives too little closure where ties close in
ways that being named together does not show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kithwork import gaussian
from kithwork.network.ranks import LEFT_OUT

if TYPE_CHECKING:
    from scipy import sparse

FEWEST_RESPONDENTS = 10
"""Respondents below whom nothing is learned of how people name each other."""
LEARNED_FROM = 200_000
"""Pairs of respondents to learn from; of more, those of egos drawn at random."""

RIDGE = 0.01
"""Penalty of the squared coefficients: only holds them finite where, say, every nomination is returned."""


def silenced(named: sparse.csr_array, respondents: np.ndarray) -> sparse.csr_array:
    """Nominations by respondents alone: those of the silent, where there are any, are dropped."""
    from scipy import sparse

    return sparse.diags_array(respondents.astype(float)).tocsr() @ named


def returned(named: sparse.csr_array, respondents: np.ndarray) -> sparse.csr_array:
    """The silent name all respondents who name them (Stork & Richards 1992)."""
    heard = silenced(named, respondents)
    return heard + silenced(heard.T.tocsr(), ~respondents)


@dataclass(frozen=True)
class Naming:
    """How people name each other: coefficients of intercept, [j names i], popularity of j, of i, named together; with their
    covariance. `alone`: the same where it is not known whether j names i, whose coefficient is 0. `talk`, `fame`: squared
    coefficients of variation of how many a person names and is named by, beyond chance."""

    given: tuple[np.ndarray, np.ndarray]
    alone: tuple[np.ndarray, np.ndarray]
    talk: float
    fame: float


def learnable(named: sparse.csr_array, respondents: np.ndarray) -> bool:
    """Whether enough people answered, and some name some of the others but not all."""
    who = np.flatnonzero(respondents)
    return len(who) >= FEWEST_RESPONDENTS and 0 < named[who][:, who].nnz < len(who) * (len(who) - 1)


def learn(named: sparse.csr_array, respondents: np.ndarray, rng: np.random.Generator) -> Naming:
    """How respondents name each other. `respondents`: (people,) booleans."""
    assert learnable(named, respondents), "nothing to learn from"
    who = np.flatnonzero(respondents)
    egos = np.sort(rng.permutation(who)[: max(LEARNED_FROM // len(who), FEWEST_RESPONDENTS)])
    x = _seen(silenced(named, respondents), respondents, egos)[:, who]
    y = named[egos][:, who].toarray()
    others = egos[:, None] != who
    given, alone = _fitted(x, y, others), _fitted(x[..., [0, 2, 3, 4]], y, others)
    alone = np.insert(alone[0], 1, 0), np.insert(np.insert(alone[1], 1, 0, axis=0), 1, 0, axis=1)
    expected, names = (_chance(x @ given[0]) * others).sum(axis=1), (y * others).sum(axis=1)
    talk = np.mean((names / expected - 1) ** 2 - 1 / expected)
    sought = np.asarray(silenced(named, respondents).sum(axis=0))
    fame = (sought.var() - sought.mean()) / max(sought.mean(), 1) ** 2
    return Naming(given, alone, float(max(talk, 0)), float(max(fame, 0)))


def completed(
    named: sparse.csr_array,
    respondents: np.ndarray,
    count: int,
    rng: np.random.Generator,
    naming: Naming | None = None,
) -> Iterator[sparse.csr_array]:
    """Yields `count` networks: what respondents said, and nominations drawn for the silent. `naming` if it was learned
    before. Everybody answered: the network itself, each time."""
    from scipy import sparse

    naming, heard = naming or learn(named, respondents, rng), silenced(named, respondents)
    silent = np.flatnonzero(~respondents)
    x, sought = _seen(heard, respondents, silent), np.asarray(heard.sum(axis=0))
    for _ in range(count):
        found = _toss(naming, x, silent, sought, rng)
        rows, at = np.nonzero(found)
        said = sparse.coo_array((np.ones(len(rows)), (silent[rows], at)), shape=named.shape).tocsr()
        yield heard + said


def resampled(
    named: sparse.csr_array, respondents: np.ndarray, count: int, rng: np.random.Generator, share: float = LEFT_OUT
) -> Iterator[sparse.csr_array]:
    """Yields `count` networks as if another `share` of the respondents had been silent too, drawn anew each time."""
    naming, who = learn(named, respondents, rng), np.flatnonzero(respondents)
    for _ in range(count):
        left = respondents.copy()
        left[rng.permutation(who)[: round(len(who) * share)]] = False
        yield from completed(named, left, 1, rng, naming)


def _seen(heard: sparse.csr_array, respondents: np.ndarray, egos: np.ndarray) -> np.ndarray:
    """What is known of whom each of these egos may name, if they are silent: (egos, people, 5)."""
    own = heard[egos].toarray()
    voices = max(respondents.sum() - 1, 1)
    popular = np.asarray(heard.sum(axis=0))
    together = (heard[:, egos].T @ heard).toarray()
    x = np.empty((*own.shape, 5))
    x[..., 0] = 1
    x[..., 1] = heard[:, egos].T.toarray()
    x[..., 2] = np.log((popular - own + 0.5) / voices)
    x[..., 3] = np.log((popular[egos, None] - x[..., 1] + 0.5) / voices)
    x[..., 4] = np.log1p(together)
    return x


def _fitted(x: np.ndarray, y: np.ndarray, others: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients and their covariance, clustered by ego. `x`: (egos, alters, features), the first 1."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1 / RIDGE, fit_intercept=False, solver="newton-cholesky", tol=1e-8)
    beta = model.fit(x[others], y[others]).coef_[0]
    p = np.where(others, _chance(x @ beta), 0)
    bread = np.linalg.inv(np.einsum("eaf,ea,eag->fg", x, p * (1 - p), x, optimize=True) + RIDGE * np.eye(len(beta)))
    score = np.einsum("eaf,ea->ef", x, np.where(others, y, 0) - p)
    return beta, bread @ (score.T @ score) @ bread


def _toss(naming: Naming, x: np.ndarray, silent: np.ndarray, sought: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Whom the silent name, once: booleans (silent, people). `sought`: how many respondents name each of the people."""
    given, alone = (gaussian.drawn(*one, 1, rng)[0] for one in (naming.given, naming.alone))
    fame = naming.fame / (1 + naming.fame * sought)
    lift = _lift(np.full((len(silent), 1), naming.talk), rng) + _lift(fame, rng)
    luck = rng.random(x.shape[:2])
    found = luck < _chance(x @ given + lift)
    among = x[:, silent]
    first = np.triu(luck[:, silent] < _chance(among @ alone + lift[:, silent]), 1)
    second = luck[:, silent] < _chance(among @ given + given[1] * first.T + lift[:, silent])
    found[:, silent] = first | np.tril(second, -1)
    found[np.arange(len(silent)), silent] = False
    return found


def _lift(variance: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Logarithms of gamma variables of mean 1 and these variances; 0 where the variance is 0."""
    shape = 1 / np.where(variance > 0, variance, 1)
    drawn = np.maximum(rng.gamma(shape, 1 / shape), np.finfo(float).tiny)
    return np.where(variance > 0, np.log(drawn), 0.0)


def _chance(odds: np.ndarray) -> np.ndarray:
    from scipy.special import expit

    return expit(odds)
