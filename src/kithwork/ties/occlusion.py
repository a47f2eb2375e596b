"""How far the log odds of each dyad fall when one feature is replaced by its usual value, all else equal.

Of boosted trees only those that split on the feature can change their mind, so only they are asked again: each has a few
splits, and a feature is in a fraction of the trees. All other models are asked as they are.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sklearn.base import ClassifierMixin
    from sklearn.pipeline import Pipeline

AT_ONCE = 20_000
"""Dyads whose answers of every tree are held at once: 16 MB for a hundred trees."""
NEVER = 1e-6
"""Probability below which odds are taken as those of this one."""


def occluded(model: ClassifierMixin, x: np.ndarray) -> np.ndarray:
    """By dyad and feature: how far the log odds fall without what is special of its value; 0 where it is not known."""
    usual, parts = medians(x), [x[first : first + AT_ONCE] for first in range(0, len(x), AT_ONCE)]
    with ThreadPoolExecutor(os.cpu_count()) as hands:
        found = list(hands.map(lambda part: _occluded(model, part, usual), parts))
    return np.concatenate(found) if found else np.zeros(x.shape)


def _occluded(model: ClassifierMixin, x: np.ndarray, usual: np.ndarray) -> np.ndarray:
    asked, found = _asked(model, x), np.zeros(x.shape)
    whole = _odds(asked.whole())
    for column in range(x.shape[1]):
        told = ~np.isnan(x[:, column]) & (x[:, column] != usual[column])
        if told.any():
            without = x[told]
            without[:, column] = usual[column]
            found[told, column] = whole[told] - _odds(asked.without(column, told, without))
    return found


def medians(x: np.ndarray) -> np.ndarray:
    """The median of each feature over those dyads of which it is known; 0 where it is known of none."""
    known = np.where(np.isnan(x).all(axis=0), 0.0, x)
    return np.nanmedian(known, axis=0)


def _odds(p: np.ndarray) -> np.ndarray:
    from scipy.special import logit

    return logit(p.clip(NEVER, 1 - NEVER))


def _asked(model: ClassifierMixin, x: np.ndarray) -> _Plain | _Trees | _Mean | _Calibrated:
    """What answers for a model: its parts, down to the trees."""
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.ensemble import HistGradientBoostingClassifier, VotingClassifier
    from sklearn.pipeline import Pipeline

    if isinstance(model, CalibratedClassifierCV):
        return _Calibrated(model, x)
    if isinstance(model, VotingClassifier):
        return _Mean([_asked(one, x) for one in model.estimators_])
    if isinstance(model, Pipeline) and isinstance(model[-1], HistGradientBoostingClassifier):
        return _Trees(model, x)
    return _Plain(model, x)


class _Plain:
    """Any model, asked as it is; `score` is what is calibrated: its log odds where it tells them, else its chances."""

    def __init__(self, model: ClassifierMixin, x: np.ndarray) -> None:
        self.model, self.x = model, x

    def whole(self, score: bool = False) -> np.ndarray:
        return self._told(self.x, score)

    def without(self, column: int, told: np.ndarray, x: np.ndarray, score: bool = False) -> np.ndarray:
        return self._told(x, score)

    def _told(self, x: np.ndarray, score: bool) -> np.ndarray:
        if score and hasattr(self.model, "decision_function"):
            return self.model.decision_function(x)
        return self.model.predict_proba(x)[:, 1]


class _Trees:
    """Boosted trees behind what fills in absent values: their log odds are a sum over trees."""

    def __init__(self, model: Pipeline, x: np.ndarray) -> None:
        self.fill, self.trees = model[:-1], model[-1]
        self.x = self.fill.transform(x)
        self.sum = self.trees.decision_function(self.x)
        self.each = np.stack([self._summed([tree], self.x) for tree in self.trees._predictors])
        nodes = [one[0].nodes for one in self.trees._predictors]
        used = [{*of_tree["feature_idx"][of_tree["is_leaf"] == 0]} for of_tree in nodes]
        self.splitting = [[at for at, columns in enumerate(used) if column in columns] for column in range(x.shape[1])]

    def whole(self, score: bool = False) -> np.ndarray:
        return self._told(self.sum, score)

    def without(self, column: int, told: np.ndarray, x: np.ndarray, score: bool = False) -> np.ndarray:
        trees, total = self.splitting[column], self.sum[told]
        if trees:
            again = self._summed([self.trees._predictors[at] for at in trees], self.fill.transform(x))
            total = total + (again - self.each[np.ix_(trees, told)].sum(axis=0))
        return self._told(total, score)

    def _told(self, total: np.ndarray, score: bool) -> np.ndarray:
        from scipy.special import expit

        return total if score else expit(total)

    def _summed(self, trees: list, x: np.ndarray) -> np.ndarray:
        total = np.zeros((len(x), 1), order="F")
        self.trees._predict_iterations(x, trees, total, is_binned=False, n_threads=1)
        return total[:, 0]


class _Mean:
    """Models whose chances are averaged."""

    def __init__(self, parts: list) -> None:
        self.parts = parts

    def whole(self, score: bool = False) -> np.ndarray:
        return np.mean([one.whole() for one in self.parts], axis=0)

    def without(self, column: int, told: np.ndarray, x: np.ndarray, score: bool = False) -> np.ndarray:
        return np.mean([one.without(column, told, x) for one in self.parts], axis=0)


class _Calibrated:
    """The mean of models, each with a curve that sets its scores right."""

    def __init__(self, model: ClassifierMixin, x: np.ndarray) -> None:
        self.parts = [(_asked(one.estimator, x), one.calibrators[0]) for one in model.calibrated_classifiers_]

    def whole(self) -> np.ndarray:
        return np.mean([curve.predict(one.whole(score=True)) for one, curve in self.parts], axis=0)

    def without(self, column: int, told: np.ndarray, x: np.ndarray) -> np.ndarray:
        return np.mean(
            [curve.predict(one.without(column, told, x, score=True)) for one, curve in self.parts],
            axis=0,
        )
