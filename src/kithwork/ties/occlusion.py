"""How far the log odds of each dyad fall when one feature is replaced by its usual value, all else equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kithwork.ties import asking

if TYPE_CHECKING:
    from sklearn.base import ClassifierMixin

NEVER = 1e-6
"""Probability below which odds are taken as those of this one."""


def occluded(model: ClassifierMixin, x: np.ndarray) -> np.ndarray:
    """By dyad and feature: how far the log odds fall without what is special of its value; 0 where it is not known."""
    if not len(x):  # models refuse to be asked about nobody
        return np.zeros(x.shape)
    usual = medians(x)
    return asking.in_parts(lambda part: _occluded(model, part, usual), x)


def _occluded(model: ClassifierMixin, x: np.ndarray, usual: np.ndarray) -> np.ndarray:
    answer, found = asking.asked(model, x), np.zeros(x.shape)
    whole = _odds(answer.whole())
    for column in range(x.shape[1]):
        told = ~np.isnan(x[:, column]) & (x[:, column] != usual[column])
        if told.any():
            found[told, column] = whole[told] - _odds(answer.without(column, usual[column], told))
    return found


def medians(x: np.ndarray) -> np.ndarray:
    """The median of each feature over those dyads of which it is known; 0 where it is known of none."""
    known = np.where(np.isnan(x).all(axis=0), 0.0, x)
    return np.nanmedian(known, axis=0)


def _odds(p: np.ndarray) -> np.ndarray:
    from scipy.special import logit

    return logit(p.clip(NEVER, 1 - NEVER))
