"""Worlds on one chart: the same places for other people."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.simulation import simulate


def test_a_chart_is_shared_and_nothing_else():
    """Units, managers and parties are those of the chart's own world; ties, answers and propensities are drawn anew."""
    one, two = (simulate(60, 8, seed, chart=1) for seed in (2, 3))
    own = simulate(60, 8, 1)
    for world in (one, two):
        pd.testing.assert_frame_equal(world.org.people, own.org.people)
        assert (world.org.manager == own.org.manager).all()
    pd.testing.assert_frame_equal(one.bonds.parties, two.bonds.parties)
    assert not one.bonds.ties.equals(two.bonds.ties)
    assert not np.allclose(one.org.propensity, two.org.propensity)


def test_without_a_chart_a_world_is_its_seeds():
    """The chart of a world's own seed gives its own organisation."""
    np.testing.assert_array_equal(simulate(40, 8, 5, chart=5).org.propensity, simulate(40, 8, 5).org.propensity)
