"""Kinds of tie learned from what some people said: calibrated probabilities, and how good they are for people not asked.

For each kind two models are tried: a logistic regression with ridge penalty, and boosted trees (Friedman 2001, Ann. Stat.
29:1189) of depth three. They are judged on dyads of egos that were in no part of the training: a person's answers hang
together, so that dyads split at random would flatter. The simpler one is taken unless the other's Brier score is better by
more than a standard error (Breiman et al. 1984, 3.4.3). The one taken is calibrated on held-out egos, by a sigmoid (Platt
1999), or where there are many dyads by isotonic regression (Zadrozny & Elkan 2002).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from sklearn.base import ClassifierMixin

FOLDS, INNER = 5, 3
ABSENT = -1e6
"""What trees read where a feature is absent, and split off: they take no column in which all are."""

MANY = 1_000
"""Dyads from which a free curve calibrates, in place of a sigmoid."""

FEWEST_EGOS, FEWEST_SAID = 5, 10
"""Egos, and dyads said to be and not to be of a kind, below which nothing is learned."""


@dataclass(frozen=True)
class Learned:
    """What was learned of one kind: which model, p of each dyad by models that never saw its ego, and the model itself."""

    name: str
    p: np.ndarray
    model: ClassifierMixin


def learnable(said: np.ndarray, egos: np.ndarray) -> bool:
    """Whether there is enough to learn from: egos who named somebody, and dyads of either sort."""
    return len(np.unique(egos[said == 1])) >= FEWEST_EGOS and FEWEST_SAID <= int(said.sum()) <= len(said) - FEWEST_SAID


def learn(features: pd.DataFrame, said: np.ndarray, egos: np.ndarray, seed: int) -> Learned:
    """The model of one kind. `features`: dyads × features, absent values allowed; `said`: (dyads,) of 0 or 1; `egos`:
    (dyads,) who said so."""
    import sklearn.ensemble  # noqa: F401  its threads are limited only once they are there
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # trees this small lose more time to their threads than they gain
        return _learn(features.to_numpy(dtype=float), said, egos, seed)


def _learn(x: np.ndarray, said: np.ndarray, egos: np.ndarray, seed: int) -> Learned:
    simple, other = (np.square(held_out(make(seed), x, said, egos, seed) - said) for make in MODELS.values())
    gain = np.array([(simple - other)[egos == ego].mean() for ego in np.unique(egos)])
    best = list(MODELS)[int(gain.mean() > gain.std(ddof=1) / np.sqrt(len(gain)))]
    model = MODELS[best](seed)
    return Learned(best, held_out(model, x, said, egos, seed, calibrate=True), _calibrated(model, x, said, egos, seed))


def held_out(
    model: ClassifierMixin, x: np.ndarray, said: np.ndarray, egos: np.ndarray, seed: int, calibrate: bool = False
) -> np.ndarray:
    """P of each dyad, (dyads,), by a model that saw no dyad of its ego."""
    p = np.empty(len(said))
    for seen, unseen in folds(egos, FOLDS, seed):
        known = x[seen], said[seen]
        fitted = _calibrated(model, *known, egos[seen], seed) if calibrate else model.fit(*known)
        p[unseen] = fitted.predict_proba(x[unseen])[:, 1]
    return p


def refits(
    name: str, features: pd.DataFrame, said: np.ndarray, asked: np.ndarray, egos: np.ndarray, count: int,
    rng: np.random.Generator,
) -> Iterator[np.ndarray]:  # fmt: skip
    """P of every dyad, (dyads,), by the model learned anew from egos drawn with replacement: what other volunteers would
    have taught."""
    from threadpoolctl import threadpool_limits

    x, rows = features.to_numpy(dtype=float), np.flatnonzero(asked)
    who, place = np.unique(egos[rows], return_inverse=True)
    for times in rng.multinomial(len(who), np.full(len(who), 1 / len(who)), count)[:, place]:
        drawn = np.repeat(rows, times)
        if said[drawn].min() == said[drawn].max():
            yield np.full(len(x), said[rows].mean())
            continue
        with threadpool_limits(1):
            yield MODELS[name](0).fit(x[drawn], said[drawn]).predict_proba(x)[:, 1]


def folds(egos: np.ndarray, count: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Splits of the dyads, each ego whole on one side."""
    from sklearn.model_selection import GroupKFold

    splitter = GroupKFold(min(count, len(np.unique(egos))), shuffle=True, random_state=seed)
    return list(splitter.split(egos, groups=egos))


def _calibrated(model: ClassifierMixin, x: np.ndarray, said: np.ndarray, egos: np.ndarray, seed: int) -> ClassifierMixin:
    from sklearn.calibration import CalibratedClassifierCV

    method = "isotonic" if len(said) >= MANY else "sigmoid"
    return CalibratedClassifierCV(model, method=method, cv=folds(egos, INNER, seed)).fit(x, said)


def _logistic(seed: int) -> ClassifierMixin:
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    known = SimpleImputer(add_indicator=True, keep_empty_features=True)
    return make_pipeline(known, StandardScaler(), LogisticRegression(max_iter=2_000, random_state=seed))


def _boosted(seed: int) -> ClassifierMixin:
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline

    known = SimpleImputer(strategy="constant", fill_value=ABSENT, keep_empty_features=True)
    return make_pipeline(known, HistGradientBoostingClassifier(max_depth=3, max_iter=100, random_state=seed))


MODELS = {"logistic regression": _logistic, "boosted trees": _boosted}
"""Simplest first."""
