"""What is absent: Little's test as published and on answers absent by chance or not; orders of breaking off; counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from kithwork.cleaning.survey import gaps

MONTHS = {5: 31, 6: 30, 7: 31, 8: 31, 9: 30}


def air() -> np.ndarray:
    """New York air quality 1973 (Chambers et al. 1983, Graphical Methods for Data Analysis), as R's `airquality`."""
    measured = pd.read_csv(Path(__file__).with_name("airquality.csv")).to_numpy(dtype=float)
    days = [(month, day) for month, last in MONTHS.items() for day in range(1, last + 1)]
    return np.column_stack([measured, np.array(days, dtype=float)])


def test_littles_test_as_published():
    """`naniar::mcar_test(airquality)` of R: 35.10613 on 14 degrees of freedom, p 0.001417781, four patterns."""
    found = gaps.little(air())
    assert found.statistic == pytest.approx(35.1061, abs=2e-3)
    assert (found.freedom, found.patterns) == (14, 4)
    assert found.p == pytest.approx(0.00141778, abs=2e-6)


def scale(rng: np.random.Generator, people: int = 200) -> np.ndarray:
    """Three correlated columns."""
    return rng.normal(size=(people, 1)) + rng.normal(size=(people, 3))


def test_p_is_uniform_where_answers_are_absent_by_chance():
    """Over 150 samples with a tenth absent at random (Kolmogorov-Smirnov)."""
    rng = np.random.default_rng(1)
    found = []
    for _ in range(150):
        grid = scale(rng)
        found.append(gaps.little(np.where(rng.random(grid.shape) < 0.1, np.nan, grid)).p)
    assert stats.kstest(found, "uniform").pvalue > 0.01


def test_absence_that_depends_on_another_answer_is_found():
    """Who scores high on the first item leaves out the third: p below 0.05 in nearly every sample."""
    rng, found = np.random.default_rng(2), []
    for _ in range(40):
        grid = scale(rng)
        grid[(grid[:, 0] > 1) & (rng.random(len(grid)) < 0.5), 2] = np.nan
        found.append(gaps.little(grid).p < 0.05)
    assert np.mean(found) > 0.9


@pytest.mark.parametrize("grid", [np.ones((9, 3)), np.full((9, 3), np.nan), np.eye(4), np.empty((0, 2))])
def test_nothing_to_compare_is_no_test(grid):
    """One pattern, no answer, too few people: no statistic and no p."""
    found = gaps.little(grid)
    assert np.isnan(found.statistic)
    assert np.isnan(found.p)
    assert found.freedom == 0


holes = arrays.arrays(bool, st.tuples(st.integers(1, 8), st.integers(1, 5)))


@given(holes)
def test_monotone_is_nested(hole):
    """Of any two people the one's gaps hold the other's."""
    nested = all((a <= b).all() or (b <= a).all() for a in hole for b in hole)
    assert gaps.monotone(np.where(hole, np.nan, 1.0)) == nested


def test_tables_count_items_and_scales():
    """Items in any number of scales; one of no declared scale has a gap but no test."""
    rng = np.random.default_rng(3)
    wide = pd.DataFrame(rng.integers(1, 6, (40, 4)).astype(float), columns=["V1a", "V1b", "V1c", "own"])
    wide.iloc[:10, 2] = np.nan
    none = wide.isna() & False
    found = gaps.gaps(wide, none).set_index("item")
    assert found.loc["V1c"].to_dict() == {"asked": 40, "answered": 30, "refused": 0, "absent": 0.25}
    assert found.loc["own", "absent"] == 0
    [test] = gaps.gap_tests(wide, none).itertuples()
    assert (test.scale, test.people, test.patterns, test.monotone, test.freedom) == ("V1", 40, 2, True, 2)
    assert gaps.gaps(wide.iloc[:0], none.iloc[:0]).empty


def test_refused_answers_are_not_left_out():
    """They are counted as refused, and who gave one is not in the test of that scale."""
    rng = np.random.default_rng(3)
    wide = pd.DataFrame(rng.integers(1, 6, (40, 3)).astype(float), columns=["V1a", "V1b", "V1c"])
    wide.iloc[:10, 2] = np.nan
    refused = wide.isna()
    refused.iloc[:4] = False
    found = gaps.gaps(wide, refused).set_index("item")
    assert found.loc["V1c"].to_dict() == {"asked": 40, "answered": 30, "refused": 6, "absent": pytest.approx(0.1)}
    pd.testing.assert_frame_equal(
        gaps.gap_tests(wide, refused), gaps.gap_tests(wide[~refused["V1c"]], refused[~refused["V1c"]])
    )
