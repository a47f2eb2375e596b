"""Kinds of tie learned from what some people said: calibrated probabilities, and how good they are for people not asked.

For each kind five models are tried: the base rate; a logistic regression with a strong or a weak ridge penalty; boosted
trees (Friedman 2001, Ann. Stat. 29:1189), small, that see some features at each split; and the mean of regression and
trees. They are judged on dyads of egos that were in no part of the training: a person's answers hang together, so that
dyads split at random would flatter. Nor is what the alter said of ego: the two agree, and their dyads share most features,
so that a model would know them again. The simplest is taken whose Brier score is within a standard error of the best
(Breiman et al. 1984, 3.4.3); the base rate also within two, since on few egos much looks like a signal. The one taken is
calibrated on held-out egos, by a sigmoid (Platt 1999), or where there are many dyads by isotonic regression (Zadrozny &
Elkan 2002).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.ties import asking

if TYPE_CHECKING:
    from sklearn.base import ClassifierMixin

BASE, LOGISTIC, BOOSTED = "base rate", "logistic regression", "boosted trees"
SHRUNK, BOTH = f"{LOGISTIC}, strong ridge", f"{LOGISTIC} and {BOOSTED}"

FOLDS, INNER = 5, 3
PLAIN = 2
"""Standard errors by which a model must be better than the base rate: that anything can be learned must be plain."""

ABSENT = -1e6
"""What trees read where a feature is absent, and split off: they take no column in which all are."""

STRONG = 0.01
"""Of a strong ridge: by what the errors of all dyads are multiplied before the penalty is added."""
TREES = {
    "max_leaf_nodes": 8, "max_iter": 100, "learning_rate": 0.07, "max_features": 0.3, "l2_regularization": 10.0,
    "early_stopping": False,
}  # fmt: skip

MANY = INNER * 1_000
"""Dyads from which a free curve calibrates, in place of a sigmoid: a thousand a part (Niculescu-Mizil & Caruana 2005)."""

MOST = 20_000
"""Dyads that are learned from, at most: some ten parameters of a regression and fifty leaves of trees are told by fewer."""

FEWEST_EGOS, FEWEST_SAID = 5, 10
"""Egos, and dyads said to be and not to be of a kind, below which nothing is learned."""


@dataclass(frozen=True)
class Learned:
    """What was learned of one kind: which model, the model itself, and beside it the same learned without some of the egos,
    fold by fold."""

    name: str
    model: ClassifierMixin
    without: tuple[tuple[np.ndarray, ClassifierMixin], ...]

    def p(self, features: pd.DataFrame, tellers: np.ndarray) -> np.ndarray:
        """P of each dyad, (dyads,), by a model that heard nothing from `tellers`, (dyads,): who was asked of it."""
        x = features.to_numpy(dtype=float)
        names, who = np.unique(np.asarray(tellers, dtype=object), return_inverse=True)
        of_none, found = np.ones(len(x), dtype=bool), np.empty(len(x))
        parts = [(np.isin(names, egos)[who], model) for egos, model in self.without]
        for theirs, model in parts:
            of_none &= ~theirs
            if theirs.any():
                found[theirs] = chance(model, x[theirs])
        if of_none.any():
            found[of_none] = chance(self.model, x[of_none])
        return found


def learnable(said: np.ndarray, egos: np.ndarray) -> bool:
    """Whether there is enough to learn from: egos who named somebody, and dyads of either sort."""
    return len(np.unique(egos[said == 1])) >= FEWEST_EGOS and FEWEST_SAID <= int(said.sum()) <= len(said) - FEWEST_SAID


def enough(ties: np.ndarray, seed: int) -> np.ndarray:
    """Places of the dyads to learn from, in their order: all, or where there are more than `MOST`, those of ties drawn at
    random, a tie's two sides together, so that neither is learned from where the other is judged. `ties`: (dyads,)."""
    if len(ties) <= MOST:
        return np.arange(len(ties))
    each, sides = np.unique(ties, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(each))
    taken = each[order[sides[order].cumsum() <= MOST]]
    return np.flatnonzero(np.isin(ties, taken))


def learn(features: pd.DataFrame, said: np.ndarray, egos: np.ndarray, seed: int, ties: np.ndarray | None = None) -> Learned:
    """The model of one kind. `features`: dyads × features, absent values allowed; `said`: (dyads,) of 0 or 1; `egos`:
    (dyads,) who said so; `ties`: (dyads,) of which tie, the same from either side."""
    with one_thread():
        return _learn(features.to_numpy(dtype=float), said, egos, seed, ties)


def one_thread() -> AbstractContextManager:
    """Small work loses more time to threads than it gains; and how many there are changes sums in the last digit."""
    import sklearn.ensemble  # noqa: F401  its threads are limited only once they are there
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1)


def _learn(x: np.ndarray, said: np.ndarray, egos: np.ndarray, seed: int, ties: np.ndarray | None) -> Learned:
    names, who = np.unique(egos, return_inverse=True)  # numbers split as names do, and faster
    best = chosen(x, said, who, seed, ties)
    model = MODELS[best](seed)
    without = []
    for seen, unseen in folds(who, FOLDS, seed, ties):
        within = None if ties is None else ties[seen]
        without.append((names[np.unique(who[unseen])], calibrated(model, x[seen], said[seen], who[seen], seed, within)))
    return Learned(best, calibrated(model, x, said, who, seed, ties), tuple(without))


def chosen(x: np.ndarray, said: np.ndarray, egos: np.ndarray, seed: int, ties: np.ndarray | None = None) -> str:
    """The simplest model that is no worse than the best by more than a standard error over egos; the base rate, unless the
    best is better by two."""
    alone = {name: held_out(make(seed), x, said, egos, seed, ties) for name, make in MODELS.items() if name != BOTH}
    p = pd.DataFrame(alone).assign(**{BOTH: (alone[SHRUNK] + alone[BOOSTED]) / 2})[list(MODELS)]
    by_ego = p.sub(said, axis=0).pow(2).groupby(egos).mean()
    worse = by_ego.sub(by_ego[by_ego.mean().idxmin()], axis=0)
    margin = worse.sem() * [PLAIN if name == BASE else 1 for name in MODELS]
    return str((worse.mean() <= margin).idxmax())


def held_out(
    model: ClassifierMixin, x: np.ndarray, said: np.ndarray, egos: np.ndarray, seed: int, ties: np.ndarray | None = None
) -> np.ndarray:
    """P of each dyad, (dyads,), by a model that saw no dyad of its ego, nor its tie from the other side; not calibrated."""
    p = np.empty(len(said))
    for seen, unseen in folds(egos, FOLDS, seed, ties):
        p[unseen] = chance(_fitted(model, x[seen], said[seen]), x[unseen])
    return p


def _differ(said: np.ndarray) -> bool:
    """Whether some dyads are said to be of the kind and others not to be: few egos may hold all of either."""
    return 0 < said.sum() < len(said)


def _fitted(model: ClassifierMixin, x: np.ndarray, said: np.ndarray) -> ClassifierMixin:
    """A copy of the model, fitted; the base rate where all say the same, even odds where nobody is left to learn from."""
    from sklearn.base import clone

    if not len(said):
        return _base_rate(0).fit(np.zeros((2, x.shape[1])), [0, 1])
    return (clone(model) if _differ(said) else _base_rate(0)).fit(x, said)


def chance(model: ClassifierMixin, x: np.ndarray) -> np.ndarray:
    """P that each dyad is said to be of the kind, (dyads,), also by a model that saw answers of one sort alone."""
    return asking.in_parts(lambda part: asking.asked(model, part).whole(), x)


def refits(
    name: str, features: pd.DataFrame, said: np.ndarray, asked: np.ndarray, egos: np.ndarray, count: int,
    rng: np.random.Generator,
) -> Iterator[np.ndarray]:  # fmt: skip
    """P of every dyad, (dyads,), by the model learned anew from egos drawn with replacement: what other volunteers would
    have taught; not calibrated, for which few egos leave too little."""
    x, rows = features.to_numpy(dtype=float), np.flatnonzero(asked)
    who, place = np.unique(egos[rows], return_inverse=True)
    for times in rng.multinomial(len(who), np.full(len(who), 1 / len(who)), count)[:, place]:
        drawn = np.repeat(rows, times)
        if not _differ(said[drawn]):
            yield np.full(len(x), said[rows].mean())
            continue
        with one_thread():
            yield chance(_fitted(MODELS[name](0), x[drawn], said[drawn]), x)


def folds(egos: np.ndarray, count: int, seed: int, ties: np.ndarray | None = None) -> list[tuple[np.ndarray, np.ndarray]]:
    """Splits of the dyads, each ego whole on one side; with `ties`, none of a tie's two sides is learned from where the
    other is judged."""
    from sklearn.model_selection import GroupKFold

    splitter = GroupKFold(min(count, len(np.unique(egos))), shuffle=True, random_state=seed)
    splits = splitter.split(egos, groups=egos)
    return [
        (seen if ties is None else seen[~np.isin(ties[seen], ties[unseen], kind="table")], unseen)
        for seen, unseen in splits
    ]


def calibrated(
    model: ClassifierMixin, x: np.ndarray, said: np.ndarray, egos: np.ndarray, seed: int, ties: np.ndarray | None = None
) -> ClassifierMixin:
    """The model fitted, its chances set right on egos that it did not see; as they are where there are no others, or none
    that differ in what they say."""
    from sklearn.calibration import CalibratedClassifierCV

    method = "isotonic" if len(said) >= MANY else "sigmoid"
    apart = folds(egos, INNER, seed, ties) if len(np.unique(egos)) > 1 else []
    parts = [part for part in apart if _differ(said[part[0]])]
    return CalibratedClassifierCV(model, method=method, cv=parts).fit(x, said) if parts else _fitted(model, x, said)


def _base_rate(seed: int) -> ClassifierMixin:
    from sklearn.dummy import DummyClassifier

    return DummyClassifier(strategy="prior", random_state=seed)


def _logistic(seed: int, weakness: float = 1.0) -> ClassifierMixin:
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    known = SimpleImputer(add_indicator=True, keep_empty_features=True)
    return make_pipeline(known, StandardScaler(), LogisticRegression(C=weakness, max_iter=2_000, random_state=seed))


def _shrunk(seed: int) -> ClassifierMixin:
    return _logistic(seed, STRONG)


def _boosted(seed: int) -> ClassifierMixin:
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline

    known = SimpleImputer(strategy="constant", fill_value=ABSENT, keep_empty_features=True)
    return make_pipeline(known, HistGradientBoostingClassifier(**TREES, random_state=seed))


def _both(seed: int) -> ClassifierMixin:
    from sklearn.ensemble import VotingClassifier

    return VotingClassifier([("regression", _shrunk(seed)), ("trees", _boosted(seed))], voting="soft")


MODELS = {BASE: _base_rate, SHRUNK: _shrunk, LOGISTIC: _logistic, BOOSTED: _boosted, BOTH: _both}
"""Simplest first."""
