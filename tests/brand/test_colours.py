"""Colours: contrast and difference as published, and those that mean kinds of relationship."""

from __future__ import annotations

import re

import pytest
import synthetic
from hypothesis import given
from hypothesis import strategies as st

from kithwork.brand import colours
from kithwork.report import drawing

SHARMA = (
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, 3.1571, -77.2803), (50, 0, -82.7485), 2.8615),
    ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, -1, 2), (50, 0, 0), 2.3669),
    ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
    ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.5, 0), (61, -5, 29), 22.8977),
    ((50, 2.5, 0), (56, -27, -3), 31.9030),
    ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
)
"""Pairs in CIELAB and their difference: of the test data of Sharma, Wu and Dalal 2005, table 1."""

COLOUR = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(("one", "other", "expected"), SHARMA)
def test_difference_is_as_published(one, other, expected):
    """CIEDE2000 agrees with its authors' test data to four digits after the point."""
    assert colours.ciede2000(one, other) == pytest.approx(expected, abs=5e-5)


@given(COLOUR, COLOUR)
def test_a_difference_has_no_direction(one, other):
    """Of two colours neither comes first; a colour does not differ from itself."""
    assert colours.difference(one, other) == pytest.approx(colours.difference(other, one), abs=1e-9)
    assert colours.difference(one, one) == 0


def test_contrast_is_as_published():
    """Black on white is 21 to 1, and the page's own strategic orange 5.75."""
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21, abs=1e-4)
    assert colours.contrast("#ffffff", "#b83a0e") == pytest.approx(5.75, abs=0.01)


def test_relation_colours_are_those_of_pages_and_drawings():
    """What the accent is held against is what the stylesheet and the figures are drawn with."""
    css = (synthetic.HOME / "src/kithwork/pages/templates/style.css").read_text(encoding="utf-8")
    light, dark = (
        dict(re.findall(r"--(per|per-ink|fun|fun-ink|str|paper): (#\w+);", part)) for part in css.split("@media", 2)[:2]
    )
    for mode, found in (("light", light), ("dark", dark)):
        found = {name: f"#{value[1:] * (2 if len(value) == 4 else 1)}" for name, value in found.items()}
        assert found["paper"] == colours.PAPER[mode]
        assert {found["per"], found["per-ink"]} == {*colours.RELATIONS[mode]["personal"]}
        assert {found["fun"], found["fun-ink"]} == {*colours.RELATIONS[mode]["functional"]}
        assert {found["str"]} == {*colours.RELATIONS[mode]["strategic"]}
    assert all(drawing.COLOURS[kind] in its for kind, its in colours.RELATIONS["light"].items())


@pytest.mark.parametrize(("mode", "kind"), [(mode, kind) for mode, kinds in colours.RELATIONS.items() for kind in kinds])
def test_the_colours_of_kinds_are_taken(mode, kind):
    """Each relation colour is confusable with itself, under its own name; a plum is with none."""
    assert all(colours.confusable(colour, mode) == kind for colour in colours.RELATIONS[mode][kind])
    assert colours.confusable("#6b2d73" if mode == "light" else "#d9a3e0", mode) is None
