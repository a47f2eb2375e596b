"""How far a figure lies from its reference by chance: in step with its interval, and adjusted for the number of figures."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from kithwork.estimates import Estimate
from kithwork.values.evidence import Measured, Missing
from kithwork.values.scorecard import Scorecard, far_by_chance


@pytest.mark.parametrize(("reference", "clear"), [(0.59, True), (0.61, False), (1.21, True), (1.19, False)])
def test_chance_is_in_step_with_the_interval(reference, clear):
    """Below 0.05 just where the interval, which need not be even to both sides, leaves the reference out."""
    assert (far_by_chance(Estimate(1.0, 0.6, 1.2, 50), reference) < 0.05) == clear


def test_chance_of_a_normal_estimate_is_the_textbook_s():
    """The two-sided P of 3 standard errors."""
    found = far_by_chance(Estimate(3.0, 3 - stats.norm.ppf(0.975), 3 + stats.norm.ppf(0.975), 50), 0.0)
    assert found == pytest.approx(2 * stats.norm.sf(3))


def test_no_distance_is_certain_chance_and_no_width_none():
    """Where the figure is its reference, and where the interval has no width towards it."""
    assert far_by_chance(Estimate(1.0, 0.5, 1.5, 50), 1.0) == 1
    assert far_by_chance(Estimate(1.0, 1.0, 1.5, 50), 0.0) == 0


def test_chance_is_adjusted_for_the_figures_that_have_a_reference():
    """Without a reference no P; with one, Benjamini and Hochberg's of all."""
    one, two, three = (Measured(Estimate(x, x - 1, x + 1, 50), "index", "made up", 0.0) for x in (3.0, 1.05, 0.2))
    alone = Measured(Estimate(3.0, 2, 4, 50), "index", "made up")
    card = Scorecard({"a.one": one, "a.two": two, "a.three": three, "a.alone": alone, "a.none": Missing("nothing")})
    by_chance = card.by_chance()
    assert list(by_chance) == ["a.one", "a.two", "a.three"]
    plain = [far_by_chance(each.estimate, 0.0) for each in (one, two, three)]
    assert plain[1] < 0.05 < by_chance["a.two"]
    np.testing.assert_allclose(list(by_chance.values()), [plain[0] * 3, plain[1] * 1.5, plain[2]])
    assert Scorecard({"a.alone": alone}).by_chance() == {}
