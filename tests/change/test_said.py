"""What people said of their thresholds: by hand, without answers, and where all say the same."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from synthetic import settings

from kithwork.change import said
from kithwork.claims import Ledger

SET_TO = settings(change={"resamples": 400})


def of(answers: list[float]) -> pd.DataFrame:
    """The claims by measure."""
    ledger = Ledger("change")
    said.claims(pd.DataFrame({"threshold": answers}, dtype=float), SET_TO, np.random.default_rng(1), ledger)
    return ledger.frame().set_index("measure")


def test_by_hand():
    """2, 3 and 7 of ten: 40 % on average; one of four would never; who did not answer is no part of it."""
    found = of([2, 3, 7, 11, np.nan])
    assert found.loc["change.said_enough", "estimate"] == pytest.approx(40)
    assert found.loc["change.said_enough", ["n", "people"]].tolist() == [3, 3]
    assert found.loc["change.said_never", "estimate"] == pytest.approx(25)
    assert found.loc["change.said_never", "n"] == 4


def test_interval_of_the_mean_is_that_of_any_mean():
    """Of 400 answers the interval is 1.96 standard errors to each side."""
    answers = np.random.default_rng(2).integers(0, 11, 400).astype(float)
    found = of(list(answers)).loc["change.said_enough"]
    error = 10 * answers.std(ddof=1) / 20
    assert [found["low"], found["high"]] == pytest.approx(
        [10 * answers.mean() - 1.96 * error, 10 * answers.mean() + 1.96 * error], abs=0.25 * error
    )


def test_nobody_answered():
    """No claim."""
    assert of([np.nan, np.nan]).empty
    assert of([]).empty


def test_all_say_the_same():
    """An interval that has a width all the same; where all would never, no mean is claimed."""
    found = of([5.0] * 20).loc["change.said_enough"]
    assert found["low"] < 50 < found["high"]
    assert list(of([11.0] * 20).index) == ["change.said_never"]
