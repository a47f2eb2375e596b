"""Which figure comes first is said only where that is nearly sure."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import claim

from kithwork.report import first_place


def rows(**intervals: tuple[float, float]) -> dict[str, pd.Series]:
    """Claims by name with these intervals."""
    return {
        name: pd.Series(claim(f"people.{name}", (low + high) / 2, low, high)) for name, (low, high) in intervals.items()
    }


@pytest.mark.parametrize(
    ("claims", "most", "least"),
    [
        (rows(a=(50, 60), b=(30, 40), c=(5, 10)), "a", "c"),
        (rows(a=(30, 60), b=(30, 40), c=(5, 10)), None, "c"),
        (rows(a=(50, 60), b=(8, 40), c=(5, 30)), "a", None),
        (rows(a=(5, 60), b=(8, 40), c=(5, 30)), None, None),
        (rows(a=(40, 50), b=(30, 40), c=(5, 10)), "a", "c"),
    ],
)
def test_first_and_last_are_named_where_nine_in_ten_sure(claims, most, least):
    """Largest and smallest are named only where the chance to be so is at least 90%."""
    assert first_place.largest(claims) == most
    assert first_place.smallest(claims) == least


def test_chances_are_those_of_draws():
    """The integral gives what drawing from the same two-piece normals gives, within the error of the draws."""
    claims = rows(a=(40, 60), b=(38, 52), c=(20, 55))
    claims["c"]["estimate"] = 50.0
    told = first_place.chances(claims)
    rng, draws = np.random.default_rng(1), 200_000
    drawn = []
    for one in claims.values():
        below, above = first_place.errors_of(one)
        size = np.abs(rng.normal(size=draws))
        up = rng.random(draws) < above / (below + above)
        drawn.append(one["estimate"] + np.where(up, above, -below) * size)
    won = np.bincount(np.argmax(drawn, axis=0), minlength=3) / draws
    assert list(told.values()) == pytest.approx(won, abs=0.01)


ends = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=6)


@given(ends)
def test_chances_add_to_one_and_turn_round(ends):
    """They are chances, whatever the intervals; the lowest of figures is the highest of their opposites."""
    claims = rows(**{f"g{at}": tuple(sorted(pair)) for at, pair in enumerate(ends)})
    told = first_place.chances(claims)
    assert sum(told.values()) == pytest.approx(1)
    assert min(told.values()) >= 0
    turned = rows(**{name: (-one["high"], -one["low"]) for name, one in claims.items()})
    assert first_place.chances(turned, lowest=True) == pytest.approx(told, abs=1e-6)


def test_nothing_is_first_of_none():
    """No figures, no first."""
    assert first_place.largest({}) is None
