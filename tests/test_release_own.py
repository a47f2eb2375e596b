"""The gate of a person's own page: who may have one, what of others' words is told, and when a band is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kithwork import release
from kithwork.errors import UserError
from kithwork.estimates import Estimate

SHARE = Estimate(41.6, 30.2, 52.9, 9)


def own(named_by=(5, 20), asked=("p1",), figures=None, named=9, position=None):
    """A page of p1."""
    figures = {"strategic": (SHARE, "%")} if figures is None else figures
    return release.own("p1", asked, figures, {"named": named}, named_by, position or {})


def test_nobody_else_makes_pages_or_bands():
    """A page or a band that did not come through the gate cannot be made."""
    with pytest.raises(TypeError, match="makes an OwnPage"):
        release.OwnPage("p1", {}, {}, 3, {})
    with pytest.raises(TypeError, match="makes a Band"):
        release.Band(SHARE, SHARE, 9)


def test_who_did_not_ask_has_no_page():
    """Refused, and the message gives no id away."""
    with pytest.raises(UserError, match="who did not ask for it, or withdrew") as caught:
        own(asked=("p2",))
    assert "p1" not in str(caught.value)


@given(st.integers(0, 30), st.integers(0, 30))
def test_names_received_are_told_only_where_three_gave_them_and_three_did_not(many, rest):
    """Otherwise it is words that are the same for 0, 1 and 2, or a mark."""
    told = own((many, many + rest)).named_by
    if many < 3:
        assert told == "fewer than 3"
    else:
        assert told == (many if rest >= 3 else "[c]")


def test_figures_rest_on_three_colleagues_and_are_rounded():
    """A share of two is left out; one of nine goes in whole percent."""
    assert own(figures={"strategic": (Estimate(50, 0, 100, 2), "%")}).figures == {}
    assert own().figures == {"strategic": Estimate(42, 30, 53, 9)}


def test_a_place_is_a_word_and_only_of_who_named_three():
    """A number never passes, nor any word about somebody whose ties would all be by others' words."""
    said = {"betweenness": "above", "constraint": "0.31"}
    assert own(position=said).position == {"betweenness": "above"}
    assert own(position=said, named=2).position == {}


@pytest.mark.parametrize("smallest", [5, 10])
def test_band_needs_the_smallest_group_in_every_quarter(smallest):
    """Four times as many people, and no fewer."""
    values = pd.Series(np.arange(4.0 * smallest))
    assert release.band(values, "count", smallest) is not None
    assert release.band(values[1:], "count", smallest) is None


def test_absent_values_make_no_band():
    """Nor count."""
    assert release.band(pd.Series([np.nan] * 20), "%", 5) is None
    assert release.band(pd.Series([1.0, 2, 3] + [np.nan] * 20), "%", 5) is None


def test_ends_of_a_band_are_quartiles_with_exact_intervals():
    """Of 0 to 99 the lower quartile lies in the middle, and its interval between the order statistics of the binomial."""
    found = release.band(pd.Series(np.arange(100.0)), "count", 5)
    assert (found.low.estimate, found.high.estimate, found.people) == (25, 74, 100)
    ranks = stats.binom.ppf((0.025, 0.975), 100, 0.25)
    assert abs(found.low.low - ranks[0]) <= 2
    assert abs(found.low.high - ranks[1]) <= 2
