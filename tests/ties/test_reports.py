"""Two witnesses of each pair: published figures, planted chances, and the likelihood maximised by scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from kithwork.ties import reports

NOTHING = {"says": (0, 0), "wrongly": (0, 0)}
"""Taken for given: the chances are those of largest likelihood."""

TUBERCULOSIS = np.array([[528, 13, 14], [367, 68, 887]], dtype=float)
"""Two skin tests in two populations: negative in both, positive in one, positive in both (Hui & Walter 1980, table 2)."""


def planted(n: int, s: float, f: float, shares: list[float], seed: int) -> np.ndarray:
    """Counts of n pairs a group, with these shares of the kind, by how many of the two say so."""
    rng = np.random.default_rng(seed)
    true = rng.random((len(shares), n)) < np.array(shares)[:, None]
    said = (rng.random((2, *true.shape)) < np.where(true, s, f)).sum(axis=0)
    return np.stack([np.bincount(row, minlength=3) for row in said]).astype(float)


def minus_log_likelihood(odds: np.ndarray, counts: np.ndarray) -> float:
    """Of chances and shares on the scale of log odds."""
    s, f, *shares = 1 / (1 + np.exp(-odds))
    said, shares = np.arange(3), np.array(shares)[:, None]
    ways = np.array([1, 2, 1])
    chance = ways * (shares * s**said * (1 - s) ** (2 - said) + (1 - shares) * f**said * (1 - f) ** (2 - said))
    return -float((counts * np.log(chance)).sum())


def test_published_figures_are_found():
    """Shares of .0268 and .7168; of the two tests together, mean sensitivity .9675 and mean false positives .0113."""
    found, shares = reports.witnesses(TUBERCULOSIS[None], NOTHING)
    assert shares[0] == pytest.approx([0.0268, 0.7168], abs=2e-4)
    assert (found.sensitivity[0], found.false_reports[0]) == (
        pytest.approx(0.9675, abs=2e-4),
        pytest.approx(0.0113, abs=2e-4),
    )


@pytest.mark.parametrize(("s", "f"), [(0.85, 0.04), (0.6, 0.01), (0.95, 0.15)])
def test_planted_chances_are_recovered(s, f):
    """Within what 20,000 pairs leave open."""
    found, shares = reports.witnesses(planted(4000, s, f, [0.05, 0.2, 0.4, 0.6, 0.9], 1)[None])
    assert (found.sensitivity[0], found.false_reports[0]) == (pytest.approx(s, abs=0.02), pytest.approx(f, abs=0.015))
    assert shares[0] == pytest.approx([0.05, 0.2, 0.4, 0.6, 0.9], abs=0.04)


@given(st.integers(0, 10**6))
def test_likelihood_is_as_large_as_scipy_makes_it(seed):
    """No other chances and shares explain the counts better."""
    counts = planted(300, 0.8, 0.05, [0.1, 0.3, 0.5, 0.8], seed)
    found, shares = reports.witnesses(counts[None], NOTHING)
    odds = [np.log(p / (1 - p)) for p in (found.sensitivity[0], found.false_reports[0], *shares[0])]
    best = minimize(minus_log_likelihood, np.array([1.5, -3, -2, -1, 0, 1.5]), args=(counts,), method="L-BFGS-B")
    assert minus_log_likelihood(np.array(odds), counts) <= best.fun + 0.05


@pytest.mark.slow
def test_interval_of_resampled_pairs_holds_what_was_planted():
    """Of twenty sets of pairs at least fifteen: the 95 % interval of sensitivity."""
    rng, held = np.random.default_rng(2), 0
    for seed in range(20):
        counts = planted(150, 0.8, 0.05, [0.1, 0.3, 0.5, 0.7, 0.9], seed)
        drawn, _ = reports.witnesses(reports.resampled(counts, 200, rng))
        low, high = np.percentile(drawn.sensitivity, [2.5, 97.5])
        held += low <= 0.8 <= high
    assert held >= 15


chance = st.floats(0.01, 0.99)


@given(chance, chance, st.floats(0.01, 0.3), st.floats(0.5, 0.99))
def test_what_was_said_moves_the_probability_the_right_way(reported, other, f, s):
    """Who says so raises it, who was asked and does not lowers it; a likelier report never lowers it."""
    chances = reports.Witnesses(np.array([s]), np.array([f]))
    p = chances.given(np.array([reported] * 4), np.array([0, 0, 1, 2]), np.array([0, 2, 2, 2]))[0]
    assert p[1] <= p[0] + 1e-12
    assert p[1] <= p[2] <= p[3]
    low, high = sorted((reported, other))
    assert np.diff(chances.share(np.array([low, high]))[0]) >= 0


def test_share_is_that_of_rogan_and_gladen():
    """A test of sensitivity .9 and specificity .8 that is positive in .34 tells of a share of .2 (by hand: .14 / .7)."""
    chances = reports.Witnesses(np.array([0.9]), np.array([0.2]))
    assert chances.share(np.array([0.34]))[0] == pytest.approx([0.2])


def test_pairs_are_counted_by_group_and_by_reports():
    """Ten pairs in five groups of two."""
    counts = reports.grouped(np.arange(10) / 10, np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, 2]))
    assert counts.tolist() == [[2, 0, 0], [1, 1, 0], [0, 2, 0], [0, 0, 2], [0, 0, 2]]


def test_few_pairs_do_not_say_that_nobody_ever_errs():
    """Three groups that fit as well without a false report: what is taken for given keeps both chances off their ends."""
    counts = np.array([[[60, 2, 0], [55, 6, 1], [30, 14, 16]]], dtype=float)
    found, _ = reports.witnesses(counts)
    plain, _ = reports.witnesses(counts, NOTHING)
    assert plain.false_reports[0] < found.false_reports[0] < 0.05
    assert plain.sensitivity[0] < found.sensitivity[0] < 0.9
