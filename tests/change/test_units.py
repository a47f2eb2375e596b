"""Means of units, as found and shrunk."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import f_oneway, t

from kithwork.change.units import by_unit
from kithwork.shrinkage import shrunk


def of(scores, units, weights=None) -> pd.DataFrame:
    """Units by name."""
    scores = np.asarray(scores, dtype=float)
    weights = np.ones(len(scores)) if weights is None else np.asarray(weights, dtype=float)
    whole = float(np.average(scores, weights=weights))
    return by_unit(scores, weights, pd.Series(list(units), dtype="object"), whole).set_index("unit")


PLANTS = {
    "ctrl": [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14],
    "trt1": [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69],
    "trt2": [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26],
}
"""Dried weights of plants (Dobson 1983, *An Introduction to Statistical Modelling*; PlantGrowth of R)."""


def test_plants_as_published():
    """R prints means of 5.032, 4.661 and 5.526, and a residual standard error of 0.6234 on 27 degrees of freedom."""
    found = of(np.concatenate(list(PLANTS.values())), np.repeat(list(PLANTS), 10))
    assert found["found"].to_dict() == pytest.approx({"ctrl": 5.032, "trt1": 4.661, "trt2": 5.526})
    half = t.ppf(0.975, 27) * 0.6234 / np.sqrt(10)
    assert (found["found_high"] - found["found"]).to_numpy() == pytest.approx(np.full(3, half), abs=1e-4)


def test_spread_is_the_mean_square_within_of_scipys_analysis_of_variance():
    """Units of unlike sizes: F of scipy is the mean square between over the spread that the intervals rest on."""
    rng = np.random.default_rng(1)
    sizes = [3, 8, 15, 6]
    units = np.repeat(list("ABCD"), sizes)
    scores = rng.normal(np.repeat([40, 50, 60, 45], sizes), 8)
    found = of(scores, units)
    half = (found["found_high"] - found["found"]).to_numpy() / t.ppf(0.975, 28)
    between = (np.array(sizes) * (found["found"].to_numpy() - scores.mean()) ** 2).sum() / 3
    f = f_oneway(*(scores[units == unit] for unit in "ABCD")).statistic
    assert half**2 * sizes == pytest.approx(np.full(4, between / f))
    own = shrunk(found["found"].to_numpy(), half**2, scores.mean(), np.array(sizes) / 32)
    assert found["shrunk"].to_numpy() == pytest.approx(own.figures)


def test_weights_widen_as_kish_says():
    """Weights 1 and 3 in a unit of two: its variance is 10/16 of one person's, where equal ones give a half."""
    scores, units = [40, 60, 30, 50, 45, 70], list("AABBCC")
    alike, unlike = of(scores, units), of(scores, units, [1, 3, 1, 1, 1, 1])
    wide, narrow = (found["found_high"]["A"] - found["found"]["A"] for found in (unlike, alike))
    assert (wide / narrow) ** 2 == pytest.approx((10 / 16) / (1 / 2))
    assert unlike["found"]["A"] == 55


def test_a_unit_that_answered_whole_leaves_only_how_people_answer():
    """Of a scale of reliability .8, a unit all of whose four people answered keeps a fifth of the variance of a few of
    many; of eight people, three fifths. No scale is so perfect that nothing is left."""
    scores, units = np.array([40.0, 60, 30, 50, 45, 70, 52, 61]), pd.Series(list("AAAABBBB"), dtype="object")
    staff = pd.Series(list("AAAA" + "B" * 8), dtype="object")

    def halves(*about) -> pd.Series:
        found = by_unit(scores, np.ones(8), units, scores.mean(), *about).set_index("unit")
        return (found["found_high"] - found["found"]) ** 2

    assert (halves(staff, 0.8) / halves()).to_dict() == pytest.approx({"A": 0.2, "B": 0.6})
    assert halves(staff, 1.0)["A"] > 0


@given(st.integers(0, 10**6), st.integers(2, 12))
def test_figures_stay_on_the_scale_and_between(seed, units):
    """Shrunk figures lie between the unit's and the whole's; all intervals hold their figure and end at 0 and 100."""
    rng = np.random.default_rng(seed)
    codes = np.concatenate([np.arange(units), rng.integers(0, units, 20)])
    scores = np.clip(50 + 40 * rng.normal(size=len(codes)), 0, 100)
    found = of(scores, [f"U{code:02d}" for code in codes], rng.uniform(0.3, 3, len(codes)))
    assert found["people"].sum() == len(codes)
    for name in ("found", "shrunk"):
        assert (found[f"{name}_low"] <= found[name]).all()
        assert (found[name] <= found[f"{name}_high"]).all()
    assert found.drop(columns="people").to_numpy().min() >= 0
    assert found.drop(columns="people").to_numpy().max() <= 100


def test_intervals_hold_planted_means():
    """300 sets of 20 units of 4 to 15 people, who differ by 18 and units by 8: 92 to 97 % of both intervals hold the
    truth, and shrunk figures lie nearer to it."""
    rng = np.random.default_rng(3)
    found_held, shrunk_held, errors = [], [], []
    for _ in range(300):
        sizes = rng.integers(4, 16, 20)
        true = 50 + 8 * rng.normal(size=20)
        codes = np.repeat(np.arange(20), sizes)
        found = of(true[codes] + 18 * rng.normal(size=len(codes)), [f"U{code:02d}" for code in codes])
        found_held.append((found["found_low"] <= true) & (true <= found["found_high"]))
        shrunk_held.append((found["shrunk_low"] <= true) & (true <= found["shrunk_high"]))
        errors.append([((found[name] - true) ** 2).mean() for name in ("found", "shrunk")])
    assert 0.92 <= np.mean(found_held) <= 0.97
    assert 0.92 <= np.mean(shrunk_held) <= 0.97
    plain, pulled = np.mean(errors, axis=0)
    assert pulled < 0.8 * plain


def test_units_in_which_nobody_differs_stay_as_found():
    """Nothing to shrink by: figures as found, with intervals as if people were at one end or the other."""
    found = of([100, 100, 50, 50], list("AABB"))
    assert found["shrunk"].to_dict() == {"A": 100, "B": 50}
    assert found["found_low"]["A"] < 50
    assert found["found_low"]["B"] < 25 < 75 < found["found_high"]["B"]


def test_too_little_to_compare():
    """One unit, units of one person each, or nobody in a unit: no rows."""
    assert of([1, 2, 3], list("AAA")).empty
    assert of([1, 2, 3], list("ABC")).empty
    assert of([1, 2, 3], [None] * 3).empty
    assert len(of([1, 2, 3, 4, 5], ["A", "A", "B", None, None])) == 2


def test_rounding_takes_no_mean_beyond_the_scale():
    """Of a thousand units whose people all have 100 points, some weighted means would round to just above."""
    rng = np.random.default_rng(1)
    weights = rng.uniform(0.3, 3, 3_003)
    found = of([0, 50, 70, *[100] * 3_000], np.repeat(np.arange(1_001), 3), weights)
    assert found[["found", "shrunk", "found_high"]].to_numpy().max() <= 100
