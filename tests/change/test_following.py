"""Whether anybody follows: the law of the ratio where nobody does, and what is found where somebody does."""

from __future__ import annotations

import numpy as np
import pytest
from adoptions import network, played
from scipy.special import betainc

from kithwork.change import fitting
from kithwork.change import following as module
from kithwork.change.following import Following, following, null_scores
from kithwork.change.histories import histories
from kithwork.change.likelihood import Likelihood


def study(seed: int, follow: float = 0.0, people: int = 200) -> tuple[Likelihood, np.ndarray, np.ndarray]:
    """A likelihood, its highest point, and that where nobody follows."""
    rng = np.random.default_rng(seed)
    net, z = network(people, 8, rng), rng.normal(size=people)
    dates = played(net, z, rng.beta(2, 4, people), rng, alone=0.015, follow=follow, weeks=16)
    seen = histories(net, dates)
    likelihood = Likelihood(seen, z[seen.people])
    alone = fitting.alone_only(likelihood)
    return likelihood, fitting.highest(likelihood, alone), alone


def test_one_distribution_of_thresholds_gives_the_law_of_the_book(monkeypatch):
    """With one score the ratio is half 0, half chi-square of one degree: 2.706 is passed by 5 % (Self & Liang 1987)."""
    _, top, alone = study(1)
    monkeypatch.setattr(module, "null_scores", lambda *_: np.eye(1))
    for ratio, p in ((1.642, 0.1), (2.706, 0.05), (5.412, 0.01)):
        at = {id(top): ratio / 2, id(alone): 0.0}
        fixed = type("Fixed", (), {"seen": None, "z": None, "__call__": lambda self, point, at=at: at[id(point)]})()
        assert following(fixed, top, alone, np.random.default_rng(2)).p == pytest.approx(p, abs=0.01)


def test_scores_are_correlated_as_what_alone_does_not_explain(monkeypatch):
    """Against weighted least squares of each score on the two of alone and readiness, person-week by person-week."""
    likelihood, _, alone = study(3, people=60)
    monkeypatch.setattr(module, "GRID", ((0.3, 0.4), (0.6, 0.5)))
    seen, z = likelihood.seen, likelihood.z
    rows = [(i, e) for i, line in enumerate(seen.exposure) for e in line if not np.isnan(e)]
    person, exposed = np.array([i for i, _ in rows]), np.array([e for _, e in rows])
    rate = -np.log(1 - 1 / (1 + np.exp(-alone[0]))) * np.exp(alone[1] * z[person])
    weight = np.exp(-rate) / (1 - np.exp(-rate))
    known = np.column_stack([np.exp(alone[1] * z), z * np.exp(alone[1] * z)])[person]
    left = []
    for mean, wide in module.GRID:
        size = 1 / wide**2 - 1
        of = betainc(mean * size, (1 - mean) * size, exposed)
        slopes = np.linalg.solve((known.T * weight) @ known, (known.T * weight) @ of)
        left.append(of - known @ slopes)
    left = np.array(left)
    between = (left * weight) @ left.T
    expected = between[0, 1] / np.sqrt(between[0, 0] * between[1, 1])
    assert null_scores(seen, z, alone)[0, 1] == pytest.approx(expected, abs=1e-8)


def test_nobody_follows_nobody():
    """Over 30 studies without following, few have a small p: at most 5 below 0.05 (chance of more: 1 in 300)."""
    found = [following(*study(seed, people=120), np.random.default_rng(seed)).p for seed in range(30)]
    assert sum(p < 0.05 for p in found) <= 5


def test_following_is_found():
    """Where a quarter follow each week, the ratio leaves no doubt."""
    assert following(*study(4, follow=0.25), np.random.default_rng(1)).p < 0.001


def test_p_is_never_nought():
    """Of 9,999 drawn ratios none as large: one in 10,000."""
    assert Following(50.0, 0, 9999).p == pytest.approx(1e-4)
