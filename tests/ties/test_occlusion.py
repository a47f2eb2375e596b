"""Asking only the trees that split on a feature gives what asking the whole model does, for every model that is learned."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kithwork.ties import asking, learned, occlusion

DYADS, FEATURES = 400, 6


@pytest.fixture(scope="module")
def dyads():
    """Features, some absent, and answers that follow two of them together."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=(DYADS, FEATURES)).round(1)
    said = (rng.random(DYADS) < 1 / (1 + np.exp(-2 * x[:, 0] * x[:, 1] - x[:, 2]))).astype(int)
    x[rng.random(x.shape) < 0.1] = np.nan
    return x, said


def asked_whole(model, x: np.ndarray) -> np.ndarray:
    """The same by the whole model, a feature at a time."""
    usual, found = occlusion.medians(x), np.zeros(x.shape)
    odds = lambda values: np.log((p := model.predict_proba(values)[:, 1].clip(1e-6, 1 - 1e-6)) / (1 - p))  # noqa: E731
    for column in range(x.shape[1]):
        without = np.where(np.arange(x.shape[1]) == column, usual, x)
        found[:, column] = np.where(np.isnan(x[:, column]), 0, odds(x) - odds(without))
    return found


@pytest.mark.parametrize("name", list(learned.MODELS))
@pytest.mark.parametrize("apart", [True, False])
def test_each_model_is_told_as_it_is(dyads, name, apart):
    """Calibrated, by either curve, and as it is."""
    x, said = dyads
    model = learned.MODELS[name](1)
    egos = np.arange(DYADS) // 8
    fitted = (
        learned.calibrated(model, x, said, egos, 1) if apart else learned.calibrated(model, x, said, np.zeros(DYADS), 1)
    )
    assert occlusion.occluded(fitted, x) == pytest.approx(asked_whole(fitted, x), abs=1e-9)


def test_a_free_curve_is_followed(dyads, monkeypatch):
    """As where there are many dyads; these are then asked about in parts."""
    x, said = dyads
    monkeypatch.setattr(learned, "MANY", 10)
    monkeypatch.setattr(asking, "AT_ONCE", 150)
    fitted = learned.learn(pd.DataFrame(x), said, np.arange(DYADS) // 8, 1).model
    assert occlusion.occluded(fitted, x) == pytest.approx(asked_whole(fitted, x), abs=1e-9)


def test_of_no_dyads_there_is_nothing_to_say(dyads):
    """A model that was learned may be asked about none."""
    x, said = dyads
    model = learned.MODELS[learned.BOOSTED](1).fit(x, said)
    assert occlusion.occluded(model, x[:0]).shape == (0, FEATURES)
