"""Intervals of whole networks: the standard error of a mean, coverage of planted values, and what cannot be computed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse, stats

from kithwork.network.jackknife import leaving_out


def test_the_standard_error_of_a_mean_is_the_textbooks():
    """For a mean over people it is s/√n as scipy has it, but for the noise of the draws."""
    rng = np.random.default_rng(1)
    values = rng.beta(8, 8, 200)
    nobody = sparse.csr_array((200, 200))
    [found] = leaving_out(nobody, lambda _, kept: {"mean": values[kept].mean()}, 4_000, rng).values()
    assert found.estimate == pytest.approx(values.mean())
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * stats.sem(values), rel=0.05)
    assert found.n == 200


def test_intervals_cover_the_planted_density_and_reciprocity():
    """Of 60 networks of one make with busy and quiet people at least 93 of 100 intervals hold what was planted."""

    def made(n: int, rng: np.random.Generator) -> np.ndarray:
        busy = np.exp(rng.normal(0, 0.6, (2, n)))
        named = rng.random((n, n)) < np.minimum(0.05 * busy[0][:, None] * busy[1], 1)
        named |= (rng.random((n, n)) < 0.3) & named.T
        np.fill_diagonal(named, 0)
        return named

    def measured(named: np.ndarray) -> dict[str, float]:
        arcs, n = named.sum(), len(named)
        return {"density": arcs / (n * (n - 1)), "reciprocity": (named & named.T).sum() / arcs}

    rng = np.random.default_rng(2)
    large = [measured(made(80, rng)) for _ in range(400)]
    truth = {name: np.mean([one[name] for one in large]) for name in ("density", "reciprocity")}
    held = dict.fromkeys(truth, 0)
    for _ in range(60):
        named = made(80, rng)
        found = leaving_out(sparse.csr_array(named), lambda net, _: measured(net.toarray()), 60, rng)
        for name, estimate in found.items():
            held[name] += estimate.low <= truth[name] <= estimate.high
    assert min(held.values()) >= 0.93 * 60 - 2


def test_what_cannot_be_computed_is_left_out():
    """NaN for the whole: no figure. NaN in some draws: those draws are passed over."""
    turn = iter(range(100))

    def measured(_net, kept):
        return {"never": np.nan, "at times": 0.5 if len(kept) == 10 or next(turn) % 2 else np.nan}

    found = leaving_out(sparse.csr_array((10, 10)), measured, 20, np.random.default_rng(3))
    assert list(found) == ["at times"]
    assert (found["at times"].low, found["at times"].high) == (0.5, 0.5)
