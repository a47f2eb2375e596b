"""A model asked about dyads through its parts, down to the trees, so that a part is asked again only where it must be."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from kithwork.ties import trees

if TYPE_CHECKING:
    from sklearn.base import ClassifierMixin
    from sklearn.pipeline import Pipeline

AT_ONCE = 20_000
"""Dyads that are asked about at once: 2 MB for a hundred trees."""


def in_parts(task: Callable[[np.ndarray], np.ndarray], x: np.ndarray) -> np.ndarray:
    """What a task makes of dyads, some at a time, on all cores."""
    parts = [x[first : first + AT_ONCE] for first in range(0, len(x), AT_ONCE)]
    if len(parts) < 2:
        return task(x)
    with ThreadPoolExecutor(os.cpu_count()) as hands:
        return np.concatenate(list(hands.map(task, parts)))


def asked(model: ClassifierMixin, x: np.ndarray) -> _Plain | _Trees | _Mean | _Calibrated:
    """What answers for a model about dyads, `x` being dyads × features: `whole()` gives P of each, (dyads,), and
    `without(column, usual, some)` that of some, were a feature `usual` in all. Below a calibration parts tell their
    `score`, which it sets right."""
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.ensemble import HistGradientBoostingClassifier, VotingClassifier
    from sklearn.pipeline import Pipeline

    if isinstance(model, CalibratedClassifierCV):
        return _Calibrated(model, x)
    if isinstance(model, VotingClassifier):
        return _Mean([asked(one, x) for one in model.estimators_])
    if isinstance(model, Pipeline) and isinstance(model[-1], HistGradientBoostingClassifier):
        return _Trees(model, x)
    return _Plain(model, x)


class _Plain:
    """Any model, asked as it is, also one that saw answers of one sort alone; its score is its log odds where it tells
    them, else its chances."""

    def __init__(self, model: ClassifierMixin, x: np.ndarray) -> None:
        self.model, self.x = model, x

    def whole(self, score: bool = False) -> np.ndarray:
        return self._told(self.x, score)

    def without(self, column: int, usual: float, some: np.ndarray, score: bool = False) -> np.ndarray:
        x = self.x[some]
        x[:, column] = usual
        return self._told(x, score)

    def _told(self, x: np.ndarray, score: bool) -> np.ndarray:
        if score and hasattr(self.model, "decision_function"):
            return self.model.decision_function(x)
        return self.model.predict_proba(x) @ self.model.classes_


class _Trees:
    """Boosted trees behind what fills in absent values: their log odds are a sum over trees."""

    def __init__(self, model: Pipeline, x: np.ndarray) -> None:
        self.trees = trees.Asked(model[-1], model[:-1].transform(x))

    def whole(self, score: bool = False) -> np.ndarray:
        return self._told(self.trees.sum, score)

    def without(self, column: int, usual: float, some: np.ndarray, score: bool = False) -> np.ndarray:
        return self._told(self.trees.without(column, usual)[some], score)

    def _told(self, total: np.ndarray, score: bool) -> np.ndarray:
        from scipy.special import expit

        return total if score else expit(total)


class _Mean:
    """Models whose chances are averaged."""

    def __init__(self, parts: list) -> None:
        self.parts = parts

    def whole(self, score: bool = False) -> np.ndarray:
        return np.mean([one.whole() for one in self.parts], axis=0)

    def without(self, column: int, usual: float, some: np.ndarray, score: bool = False) -> np.ndarray:
        return np.mean([one.without(column, usual, some) for one in self.parts], axis=0)


class _Calibrated:
    """The mean of models, each with a curve that sets its scores right."""

    def __init__(self, model: ClassifierMixin, x: np.ndarray) -> None:
        self.parts = [(asked(one.estimator, x), one.calibrators[0]) for one in model.calibrated_classifiers_]

    def whole(self) -> np.ndarray:
        return np.mean([curve.predict(one.whole(score=True)) for one, curve in self.parts], axis=0)

    def without(self, column: int, usual: float, some: np.ndarray) -> np.ndarray:
        return np.mean([curve.predict(one.without(column, usual, some, score=True)) for one, curve in self.parts], axis=0)
