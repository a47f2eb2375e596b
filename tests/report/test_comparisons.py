"""Groups are marked only where they differ by more than so many comparisons would give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import claim, released

from kithwork.report import comparisons


def groups(*figures: tuple[float, float], reference: float = 50.0) -> pd.DataFrame:
    """Groups of these figures and half-widths."""
    rows = [
        claim("people.any", middle, middle - half, middle + half, group=f"G{at}", reference=reference, n=20)
        for at, (middle, half) in enumerate(figures)
    ]
    return released(*rows).of("people.any")


def test_one_group_alone_is_marked_by_its_interval():
    """Nothing is corrected where one is compared."""
    assert list(comparisons.sides(groups((60, 9)))) == ["above"]
    assert list(comparisons.sides(groups((40, 9)))) == ["below"]
    assert list(comparisons.sides(groups((55, 9)))) == ["between"]


def test_many_groups_take_more_than_an_interval_that_parts():
    """An interval that just leaves out the reference marks one group of one, and none of twenty."""
    just = (60, 9)
    assert list(comparisons.sides(groups(just))) == ["above"]
    assert set(comparisons.sides(groups(just, *[(50, 9)] * 19))) == {"between"}


def test_a_useful_difference_must_be_cleared_too():
    """`clear` moves the figure that is compared to towards the group."""
    apart = groups((60, 4))
    assert list(comparisons.sides(apart, clear=5)) == ["above"]
    assert list(comparisons.sides(apart, clear=7)) == ["between"]
    assert list(comparisons.sides(apart, 70)) == ["below"]


def test_groups_that_do_not_differ_are_hardly_ever_marked():
    """Of 300 measures of twenty groups that are all alike, about one in twenty marks any; uncorrected more than half do."""
    rng = np.random.default_rng(1)
    any_marked = []
    for _ in range(300):
        middles = 50 + rng.normal(size=20) * 5
        any_marked.append((comparisons.sides(groups(*((m, 5 * 1.96) for m in middles))) != "between").any())
    assert np.mean(any_marked) < 0.1


@given(st.lists(st.tuples(st.integers(20, 80), st.integers(1, 20)), min_size=1, max_size=8))
def test_a_mark_never_says_more_than_the_interval(figures):
    """Correction takes marks away; it never adds one."""
    frame = groups(*figures)
    for (_, row), place in zip(frame.iterrows(), comparisons.sides(frame), strict=True):
        assert (place == "above") <= (row["low"] > 50)
        assert (place == "below") <= (row["high"] < 50)


@pytest.mark.parametrize(
    ("figures", "first", "last"),
    [
        (((80, 5), (50, 5), (20, 5)), "G0", "G2"),
        (((52, 5), (50, 5), (20, 5)), None, "G2"),
        (((50, 5),), None, None),
        ((), None, None),
    ],
)
def test_the_highest_group_takes_others_and_surety(figures, first, last):
    """Named first of several groups, where that is nine in ten sure; of one there is no first."""
    frame = groups(*figures)
    assert comparisons.highest(frame) == first
    assert comparisons.highest(frame, lowest=True) == last


def test_of_no_group_none_is_marked():
    """Where no group is shown there is nothing to mark."""
    assert comparisons.sides(groups()).empty
