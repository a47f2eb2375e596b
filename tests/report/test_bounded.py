"""How many groups a page shows: all up to forty, beyond them both ends or the largest, and it says so."""

from __future__ import annotations

import pandas as pd
import pytest

from kithwork.report import bounded


@pytest.mark.parametrize("many", [0, 1, 39, 40])
def test_up_to_forty_all_are_shown(many):
    """Nothing is left out that fits."""
    assert bounded.ends(range(many)) == list(range(many))
    assert bounded.told_of_figure(many, "unit") == bounded.told_of_table(many, "unit") == ""


@pytest.mark.parametrize(("many", "most"), [(41, 40), (300, 40), (300, 41)])
def test_beyond_both_ends_are_shown(many, most):
    """As many as fit, from the beginning and the end; an odd place goes to the end, where the whole stands."""
    places = bounded.ends(range(many), most)
    assert len(places) == most
    assert places == [*range(most // 2), *range(many - most + most // 2, many)]


def test_a_table_shows_the_largest():
    """Groups of most people, over all measures, then by name."""
    one = pd.DataFrame({"group": ["a", "b", "c", "d"], "people": [9, 20, 9, 5]})
    other = pd.DataFrame({"group": ["d"], "people": [30]})
    assert bounded.largest([one, other], 3) == {"d", "b", "a"}


def test_what_is_left_out_is_said():
    """Both sentences tell how many there are, and where the rest is."""
    assert "20 units at either end; the 260 between are in the CSV" in bounded.told_of_figure(300, "unit")
    assert "The 40 units of most people; all 300 are in the CSV" in bounded.told_of_table(300, "unit")
