"""A model asked through its parts answers as it does when asked as a whole."""

from __future__ import annotations

import numpy as np
import pytest

from kithwork.ties import asking, learned

DYADS = 300


@pytest.fixture(scope="module")
def dyads():
    """Features, some absent, and answers that follow one of them."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=(DYADS, 4))
    said = (rng.random(DYADS) < 1 / (1 + np.exp(-2 * x[:, 0]))).astype(int)
    x[rng.random(x.shape) < 0.1] = np.nan
    return x, said


@pytest.mark.parametrize("name", list(learned.MODELS))
@pytest.mark.parametrize("calibrated", [True, False])
def test_every_model_gives_its_own_chances(dyads, name, calibrated):
    """Those of scikit-learn, by each model that can be learned."""
    x, said = dyads
    model = learned.MODELS[name](1)
    fitted = learned.calibrated(model, x, said, np.arange(DYADS) // 6, 1) if calibrated else model.fit(x, said)
    assert asking.asked(fitted, x).whole() == pytest.approx(fitted.predict_proba(x)[:, 1], abs=1e-15)


@pytest.mark.parametrize("answer", [0, 1])
def test_a_model_that_saw_one_answer_gives_it(dyads, answer):
    """P is 0 where nobody ever said so, 1 where all did."""
    x, _ = dyads
    model = learned.MODELS[learned.BASE](1).fit(x, np.full(DYADS, answer))
    assert (asking.asked(model, x).whole() == answer).all()


def test_parts_come_back_in_order(monkeypatch):
    """Many dyads are asked about in parts, and each keeps its place."""
    monkeypatch.setattr(asking, "AT_ONCE", 7)
    x = np.arange(50.0)[:, None]
    assert (asking.in_parts(lambda part: part[:, 0] * 2, x) == x[:, 0] * 2).all()
    assert asking.in_parts(lambda part: part[:, 0], x[:0]).shape == (0,)
