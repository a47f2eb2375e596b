"""How many of those one heeds had adopted by when."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from kithwork.change.adoption import Adoptions
from kithwork.change.diffusion import NEVER
from kithwork.change.exposure import exposures, thresholds_found, without_loops

NET = sparse.csr_array(np.array([[0, 1, 1, 0], [1, 0, 0, 2], [0, 0, 5, 0], [1, 0, 0, 0]], dtype=float))
"""0 heeds 1 and 2, 1 heeds 0 and, twice as much, 3; 2 only oneself; 3 heeds 0."""
ADOPTED = Adoptions(np.array([1, 2, 0, NEVER], dtype=np.int16), 3)


def test_exposure_is_the_share_by_weight_of_those_heeded():
    """By hand, week by week; who heeds nobody, but for oneself, has none."""
    found = exposures(NET, ADOPTED)
    assert found[:, [0, 1, 3]] == pytest.approx(np.array([[1 / 2, 0, 0], [1 / 2, 1 / 3, 1], [1, 1 / 3, 1]]))
    assert np.isnan(found[:, 2]).all()


def test_the_threshold_found_is_the_exposure_in_the_week_of_adopting():
    """Valente's (1996) threshold: of adopters who heed somebody only."""
    assert thresholds_found(NET, ADOPTED) == pytest.approx(np.array([1 / 2, 1 / 3, np.nan, np.nan]), nan_ok=True)


def test_exposure_agrees_with_a_loop():
    """Person by person and week by week, on a random directed network with weights."""
    rng = np.random.default_rng(5)
    net = rng.random((30, 30)) * (rng.random((30, 30)) < 0.2)
    adopted = Adoptions(np.where(rng.random(30) < 0.6, rng.integers(0, 7, 30), NEVER).astype(np.int16), 7)
    found = exposures(sparse.csr_array(net), adopted)
    for week in range(7):
        for ego in range(30):
            heeded = [(net[ego, j], adopted.week[j] <= week) for j in range(30) if j != ego and net[ego, j] > 0]
            share = sum(w for w, has in heeded if has) / sum(w for w, _ in heeded) if heeded else np.nan
            assert found[week, ego] == pytest.approx(share, nan_ok=True)


def test_loops_go_and_nothing_else():
    """The diagonal is emptied, stored zeros too; other entries stay."""
    kept = without_loops(NET)
    assert kept.nnz == NET.nnz - 1
    assert kept.diagonal().tolist() == [0] * 4
    assert (kept + sparse.diags_array(NET.diagonal()) != NET).nnz == 0
