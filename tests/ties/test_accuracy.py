"""Scores of told probabilities: scikit-learn's where it has them, known values, and what calibrated chances give."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from kithwork.ties import accuracy


def calibrated(n: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Answers that come as often as their chances say."""
    rng = np.random.default_rng(seed)
    p = rng.beta(1, 2, n)
    return (rng.random(n) < p).astype(int), p


def test_scores_are_those_of_scikit_learn():
    """With weights, many draws of them at once, and chances that are equal."""
    said, p = calibrated(500)
    p, weights = p.round(2), np.random.default_rng(2).integers(0, 4, (3, 500)).astype(float)
    for score, theirs in (
        (accuracy.brier, brier_score_loss),
        (accuracy.auc, roc_auc_score),
        (accuracy.average_precision, average_precision_score),
    ):
        assert score(said, p, weights) == pytest.approx([theirs(said, p, sample_weight=one) for one in weights])


def test_parts_are_the_draws_that_one_call_gives(monkeypatch):
    """A bound of memory moves no draw, of egos or of both ends."""
    egos, alters = np.arange(60) % 7, np.arange(60) % 5 + 3
    whole = [np.concatenate([*accuracy.resampled(egos, 50, np.random.default_rng(1), with_)]) for with_ in (None, alters)]
    monkeypatch.setattr(accuracy, "AT_ONCE", 400)
    for one, with_ in zip(whole, (None, alters), strict=True):
        parts = [*accuracy.resampled(egos, 50, np.random.default_rng(1), with_)]
        assert len(parts) > 5
        assert np.array_equal(one, np.concatenate(parts))
    times, place = accuracy.drawn_egos(egos, 50, np.random.default_rng(1))
    assert np.array_equal(whole[0], times[:, place])


def test_base_rate_has_no_skill_and_truth_has_all():
    """By hand: 1 - B / π(1 - π)."""
    said, once = np.array([1, 0, 0, 0]), np.ones(4)
    assert accuracy.skill(said, np.full(4, 0.25), once) == pytest.approx(0)
    assert accuracy.skill(said, said.astype(float), once) == 1
    assert accuracy.auc(said, np.array([0.9, 0.1, 0.2, 0.3]), once) == 1
    assert accuracy.average_precision(said, np.full(4, 0.5), once) == 0.25


def test_calibration_error_by_hand():
    """Half told .2 of which none came, half told .6 of which all came: (.2 + .4) / 2."""
    said, p = np.array([0, 0, 1, 1]), np.array([0.2, 0.2, 0.6, 0.6])
    assert accuracy.calibration_error(said, p, np.ones(4)) == pytest.approx(0.3)


def test_bins_hold_as_many_each_and_never_part_equals():
    """Ten of ten where all differ; one where all are the same."""
    assert np.bincount(accuracy.bins(np.linspace(0, 1, 100))).tolist() == [10] * 10
    assert len(np.unique(accuracy.bins(np.full(50, 0.3)))) == 1


def test_calibrated_chances_have_no_error_but_chance():
    """In 20,000 answers less than a hundredth; chances twice too far from .5 have much."""
    said, p = calibrated(20_000)
    once = np.ones(len(p))
    assert accuracy.calibration_error(said, p, once) < 0.01
    assert accuracy.calibration_error(said, np.clip(2 * p - 0.5, 0, 1), once) > 0.1


def test_every_score_has_an_interval_over_egos():
    """Each holds its estimate, and is wider where the answers of an ego are alike than where they are not."""
    said, p = calibrated(600)
    found = accuracy.scores(said, p, np.arange(600) // 6, 200, np.random.default_rng(3))
    assert list(found) == list(accuracy.SCORES)
    assert all(one.low <= one.estimate <= one.high and one.n == 600 for one in found.values())
    alike = np.argsort(said, kind="stable")
    wide = accuracy.scores(said[alike], p[alike], np.arange(600) // 6, 200, np.random.default_rng(3))["brier"]
    assert wide.high - wide.low > found["brier"].high - found["brier"].low
