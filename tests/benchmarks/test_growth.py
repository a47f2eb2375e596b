"""A planted exponent of growth is found again with its error, and what cannot be fitted is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks import growth

SIZES = [1.0, 3.0, 10.0, 30.0, 100.0]


@pytest.mark.parametrize("planted", [0.5, 1.0, 1.7])
def test_planted_exponent_is_found(planted):
    """Without noise to the last digit, and with no error."""
    found = growth.fitted(SIZES, [2.5 * size**planted for size in SIZES])
    assert found.exponent == pytest.approx(planted)
    assert found.error == pytest.approx(0, abs=1e-6)


def test_interval_holds_what_was_planted():
    """In 95 of 100 draws with a tenth of noise; the standard error is that of the draws."""
    rng = np.random.default_rng(12)
    planted = np.array(SIZES) ** 1.2
    found = [growth.fitted(SIZES, list(planted * np.exp(rng.normal(0, 0.1, 5)))) for _ in range(400)]
    held = np.mean([one.low <= 1.2 <= one.high for one in found])
    assert 0.92 <= held <= 0.98
    spread = np.std([one.exponent for one in found])
    assert np.sqrt(np.mean([one.error**2 for one in found])) == pytest.approx(spread, rel=0.15)


def test_two_sizes_tell_no_error():
    """Any line fits them."""
    found = growth.fitted([1, 10], [1, 100])
    assert found.exponent == pytest.approx(2)
    assert math.isnan(found.error)
    assert found.interval is None


@pytest.mark.parametrize(("sizes", "costs"), [([1, 1], [1, 2]), ([1, 2], [0, 1]), ([1, 2], [1, -1])])
def test_what_cannot_be_fitted_is_refused(sizes, costs):
    """One size alone, or a cost of nothing."""
    with pytest.raises(ValueError, match="no growth"):
        growth.fitted(sizes, costs)
