"""The one declaration of scales: it agrees with the items as worded, and reversed items are turned at scoring."""

from __future__ import annotations

from importlib import import_module

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kithwork import scales
from kithwork.change import readiness
from kithwork.values import VALUES

points = st.integers(scales.LOW, scales.HIGH)


def test_scales_are_of_the_items_worded():
    """Each value's items are one scale, and readiness is commitment and efficacy."""
    for number, value in enumerate(VALUES, start=1):
        assert scales.of(f"V{number}") == list(import_module(f"kithwork.values.{value}").ITEMS)
    assert [*scales.of("commitment"), *scales.of("efficacy")] == list(readiness.ITEMS)


def test_order_holds_every_item_once():
    """What is asked is what scales hold, the five stages of a change and the item for attention."""
    assert len(set(scales.ORDER)) == len(scales.ORDER)
    assert set(scales.ORDER) - set(scales.ITEMS) == {"AW", "DE", "KN", "AB", "RE", "S7"}
    assert [item for name in scales.names() for item in scales.of(name)] == list(scales.ITEMS)


def test_items_worded_the_other_way_are_declared():
    """The questionnaire has three of them."""
    assert scales.REVERSED == ("AP2", "PV2", "PS3")


@given(st.lists(st.tuples(st.sampled_from(scales.ORDER), points), min_size=1))
def test_reversed_items_are_turned_and_no_other(rows):
    """1 becomes 5 where agreement means less; turned twice is as it was; what was given stays as it is."""
    given_ = pd.DataFrame(rows, columns=["item", "value"]).astype({"value": float})
    before = given_.copy()
    turned = scales.reversed_(given_)
    for (item, value), found in zip(rows, turned["value"], strict=True):
        assert found == (6 - value if item in ("AP2", "PV2", "PS3") else value)
    pd.testing.assert_frame_equal(scales.reversed_(turned), given_)
    pd.testing.assert_frame_equal(given_, before)
