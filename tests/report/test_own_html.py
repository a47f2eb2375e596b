"""The pieces of a person's own page: the strip's places by hand, and a download that a spreadsheet cannot run."""

from __future__ import annotations

import base64
import csv
import io
import re

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kithwork import display
from kithwork.estimates import Estimate
from kithwork.release import band
from kithwork.report import own_html

HALF = band(pd.Series(np.arange(101.0)), "%", 5)


def saved(html: str) -> list[list[str]]:
    """The rows of a download."""
    data = re.search(r'href="data:text/csv;charset=utf-8;base64,([^"]*)"', html)[1]
    return list(csv.reader(io.StringIO(base64.b64decode(data).decode("utf-8-sig"), newline="")))


def test_strip_has_the_figure_and_the_middle_half_in_place():
    """On 98 pixels from 6: the half from 25 to 75 of 100, the line from 40 to 60, the dot at 50."""
    drawn = own_html.strip(Estimate(50, 40, 60, 9), HALF, 100, "%")
    assert '<rect class="band" x="30.5" y="3" width="49.0" height="12"/>' in drawn
    assert 'x1="45.2" x2="64.8"' in drawn
    assert 'cx="55.0"' in drawn
    assert "rect" not in own_html.strip(Estimate(50, 40, 60, 9), None, 100)


def test_band_is_said_by_its_ends():
    """As every interval is printed."""
    assert own_html.ends(HALF, "%") == "25 to\u00a075%"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n")), min_size=1, max_size=5))
def test_download_holds_every_cell_and_runs_none(cells):
    """What is saved is what was given, but that a cell which would be a formula has an apostrophe before it."""
    rows = saved(own_html.download([{"what": cell, "figure": 1.5} for cell in cells], "my-page.csv"))
    assert rows[0] == ["what", "figure"]
    for (cell, figure), given_cell in zip(rows[1:], cells, strict=True):
        assert figure == "1.5"
        assert display.from_cell(cell) == display.readable(given_cell)
        assert not cell.startswith(display.FORMULA)


def test_claim_says_whom_it_is_about():
    """A figure of one person is about one; an end of a band is about everybody."""
    one = own_html.claim("strategic", "Share", Estimate(5, 1, 9, 7), "%")
    all_of_them = own_html.claim("strategic_low", "End", Estimate(5, 1, 9, 70), "%", everybody=True)
    assert (one["scope"], one["people"], one["n"]) == ("person", 1, 7)
    assert (all_of_them["scope"], all_of_them["people"]) == ("organisation", 70)
