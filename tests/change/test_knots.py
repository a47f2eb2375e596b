"""The Beta's distribution from knots, against itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betainc, expit

from kithwork.change.fitting import ENDS
from kithwork.change.histories import FINEST
from kithwork.change.knots import Knots
from kithwork.change.likelihood import shape

SHARES = np.arange(FINEST + 1) / FINEST


@given(st.floats(*ENDS[3]), st.floats(*ENDS[4]))
def test_between_knots_it_is_off_by_less_than_a_millionth(enough, spread):
    """At every share that is told apart, wherever means and spreads of thresholds are looked for."""
    a, b = shape(expit(enough), expit(spread))
    assert np.abs(Knots(SHARES).met(a, b) - betainc(a, b, SHARES)).max() < 1e-6


def test_with_a_middle_it_is_off_by_less_than_rounding_shows():
    """Of a distribution that rises to neither end, in ten digits."""
    assert np.abs(Knots(SHARES).met(2.0, 4.3) - betainc(2.0, 4.3, SHARES)).max() < 1e-10


def test_at_the_ends_it_is_none_and_all():
    """Exactly, whatever the slope there."""
    assert Knots(np.array([0.0, 1.0])).met(0.2, 0.3).tolist() == [0, 1]
