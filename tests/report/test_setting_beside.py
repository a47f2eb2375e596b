"""What may be said of how two studies' figures differ."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import synthetic
from hypothesis import given
from hypothesis import strategies as st
from synthetic import claim, released

from kithwork.report import setting_beside as beside

BOOT = "Mean over people; bootstrap over people (Efron 1979)"
NAME = "values.influence.reach_across"


@pytest.fixture(scope="module")
def settings():
    """Those of a synthetic study: a difference of five points is useful."""
    return synthetic.settings()


def figure(name: str, middle: float, half: float, **changes) -> dict:
    """A claim of the whole organisation."""
    return claim(name, middle, middle - half, middle + half, method=changes.pop("method", BOOT), **changes)


def told(first: list[dict], second: list[dict], settings, same_signs: bool = True) -> dict[str, beside.Beside]:
    """What is said of two organisations, by claim."""
    rows = beside.studies(released(*first), released(*second), settings, same_signs=same_signs)
    return {row.id: row for row in rows}


@pytest.mark.parametrize(
    ("middle", "half", "verdict"),
    [
        (80, 5, "clearly higher"),
        (62, 5, "higher"),
        (20, 5, "clearly lower"),
        (38, 5, "lower"),
        (55, 9, "cannot be told apart"),
        (50, 1, "about the same"),
    ],
)
def test_difference_is_called_as_its_interval_allows(middle, half, verdict, settings):
    """Clearly: the whole interval lies beyond the useful difference; about the same: all of it within."""
    assert told([figure(NAME, 50, min(half, 5))], [figure(NAME, middle, half)], settings)[NAME].verdict == verdict


@given(st.integers(1, 20), st.integers(1, 20), st.integers(-40, 40))
def test_interval_of_a_difference_is_square_and_add(one, other, apart):
    """Of two symmetric intervals the root of the sum of squares; and the other way round it is the same mirrored."""
    first, second = (pd.Series(row) for row in (figure(NAME, 50, one), figure(NAME, 50 + apart, other)))
    there, back = beside._difference(first, second), beside._difference(second, first)
    half = np.hypot(one, other)
    assert [there[end] for end in ("estimate", "low", "high")] == pytest.approx([apart, apart - half, apart + half])
    assert [back[end] for end in ("estimate", "high", "low")] == pytest.approx([-apart, half - apart, -half - apart])


def test_crooked_intervals_give_a_crooked_difference(settings):
    """What reaches far up of the one reaches far down of the difference."""
    first, second = figure(NAME, 50, 1) | {"high": 60.0}, figure(NAME, 80, 1)
    apart = told([first], [second], settings)[NAME].difference
    assert (apart.low, apart.high) == pytest.approx((30 - np.hypot(1, 10), 30 + np.hypot(1, 1)))


def test_what_just_parts_is_not_called_so_among_many(settings):
    """Corrected for how many are compared: alone it differs, as one of twenty it does not."""
    names = [f"values.influence.one_{letter}" for letter in "abcdefghijklmnopqrs"]
    alike = [figure(name, 50, 9) for name in names]
    just = [figure(NAME, 50, 7), figure(NAME, 60.5, 7)]
    assert told(just[:1], just[1:], settings)[NAME].verdict == "higher"
    assert told([just[0], *alike], [just[1], *alike], settings)[NAME].verdict == "cannot be told apart"


@pytest.mark.parametrize("change", [{"unit": "index"}, {"method": "Another"}, {"label": "Another"}, {"basis": "assumed"}])
def test_figures_made_otherwise_are_not_tested(change, settings):
    """They stand beside each other without a difference."""
    row = told([figure(NAME, 50, 1)], [figure(NAME, 90, 1, **change)], settings)[NAME]
    assert (row.verdict, row.difference) == (beside.OTHERWISE_MADE, None)


def test_interval_that_is_no_doubt_about_people_is_not_tested(settings):
    """A range over what was assumed says nothing of chance between two organisations."""
    method = "Share of ties; range over the stated sign strengths"
    row = told([figure(NAME, 50, 1, method=method)], [figure(NAME, 90, 1, method=method)], settings)[NAME]
    assert (row.verdict, row.difference) == (beside.NOT_OF_PEOPLE, None)


@pytest.mark.parametrize(
    ("bases", "same_signs", "comparable"),
    [
        (("assumed", "assumed"), True, True),
        (("assumed", "assumed"), False, False),
        (("assumed", "estimated"), True, False),
        (("estimated", "estimated"), False, True),
    ],
)
def test_kinds_are_compared_only_where_told_alike(bases, same_signs, comparable, settings):
    """By what people said in both, or by the same stated signs; what does not rest on kinds is compared all the same."""
    sides = [
        [
            figure("ties.open_personal", 20, 1, basis=basis),
            figure("people.share_personal", middle, 1),
            figure("ties.per_person", middle, 1, unit="people"),
        ]
        for basis, middle in zip(bases, (30, 60), strict=True)
    ]
    found = told(*sides, settings, same_signs=same_signs)
    assert (found["people.share_personal"].verdict == beside.OTHER_KINDS) is not comparable
    assert found["ties.per_person"].difference is not None


def test_only_figures_of_the_whole_are_set_beside_each_other(settings):
    """Nothing of groups, scenarios, topics, of how well something was measured, or of a figure's other reading."""
    others = [
        figure(NAME, 50, 1, group="Sales"),
        figure("change.curve.random.4", 50, 1, scope="scenario"),
        figure("market.topic_texts.en-01", 50, 1),
        figure("people.order_constraint", 50, 1),
        figure("values.influence.composite", 50, 1),
        figure("values.influence.as_answered.distance", 50, 1),
        figure(f"{NAME}_as_found", 50, 1),
        figure(f"{NAME}_change", 50, 1),
    ]
    both = [figure(NAME, 50, 5), *others]
    assert set(told(both, both, settings)) == {NAME}


def test_what_one_has_alone_is_told(settings):
    """On which side it stands."""
    found = told([figure("ties.connected", 50, 1)], [figure(NAME, 50, 1)], settings)
    assert found["ties.connected"].verdict == "only in the first"
    assert found["ties.connected"].second is None
    assert found[NAME].verdict == "only in the second"


def test_largest_differences_come_first(settings):
    """Clear ones before others, and of these what lies farther away in its own interval."""
    names = ["ties.connected", NAME, "people.network_core", "change.readiness"]
    first = [figure(name, 50, 4) for name in names]
    second = [figure(name, middle, 4) for name, middle in zip(names, (52, 60, 90, 80), strict=True)]
    rows = beside.studies(released(*first), released(*second), settings, same_signs=True)
    assert [row.id for row in rows] == ["people.network_core", "change.readiness", NAME, "ties.connected"]


def test_waves_are_told_by_the_changes_that_were_found(settings):
    """A change with its own interval where the values chapter has one, called so where that called it; else no test."""
    names = (NAME, "values.influence.help_beyond_line", "ties.connected")
    earlier = [figure(name, 50, 2) for name in names]
    changes = [figure(f"{name}_change", 20, 4) for name in names[:2]]
    later = [*(figure(name, 70, 2) for name in names), *changes]
    rows = beside.waves(released(*earlier), released(*later), {NAME.removeprefix("values.")}, settings)
    found = {row.id: row for row in rows}
    assert [found[name].verdict for name in names] == ["higher", "cannot be told apart", beside.SAME_PEOPLE]
    assert (found[NAME].difference.low, found[NAME].difference.high) == (16, 24)
    assert found["ties.connected"].difference is None
