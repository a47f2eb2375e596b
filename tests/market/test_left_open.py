"""What the stated ranges of P(strategic) leave open of how well parts of the market are heard."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.market.left_open import by_unit, distances


def test_distances_by_hand():
    """Draws from 0 to 2 in equal steps around 1: the ends at .05 and 1.95; a middle of none is at no distance."""
    drawn = np.column_stack([np.linspace(0, 2, 2001), np.zeros(2001)])
    down, up = distances(np.array([1.0, 0.0]), drawn)
    assert down.tolist() == pytest.approx([-np.log(0.05), 0])
    assert up.tolist() == pytest.approx([np.log(1.95), 0])


def test_ranges_of_log_normal_draws_are_found():
    """Planted: L spreads by .3 on its logarithm, so both distances are 1.96 × .3."""
    drawn = 2 * np.exp(0.3 * np.random.default_rng(1).standard_normal((40_000, 1)))
    assert distances(np.array([2.0]), drawn).ravel() == pytest.approx([0.588, 0.588], abs=0.02)


def test_units_and_the_whole_agree_with_a_loop():
    """Tie by tie and unit by unit; who is in no unit counts in the whole alone."""
    rng, units = np.random.default_rng(2), pd.Series(["B", None, "A", "B"])
    person, cell = np.array([0, 1, 2, 3, 3, 1]), np.array([0, 0, 1, 0, 2, 2])
    middle, drawn = rng.random(6), rng.random((30, 6))
    found = by_unit(middle, drawn, person, cell, units, 4)
    assert set(found) == {None, "A", "B"}
    for unit, got in found.items():
        for part in range(4):
            mine = [tie for tie in range(6) if cell[tie] == part and unit in (None, units[person[tie]])]
            low, high = np.percentile([row[mine].sum() for row in drawn], [2.5, 97.5])
            total = middle[mine].sum()
            expected = [max(np.log(total / low), 0), max(np.log(high / total), 0)] if mine else [0, 0]
            assert got[:, part].tolist() == pytest.approx(expected)


@given(st.lists(st.floats(0, 50), min_size=2, max_size=20), st.floats(0, 50))
def test_distances_are_never_below_nothing(drawn, middle):
    """Whatever is drawn, also where all draws lie on one side of the middle, or some are none."""
    found = distances(np.array([middle]), np.array(drawn)[:, None])
    assert (found >= 0).all()
    assert not np.isnan(found).any()
