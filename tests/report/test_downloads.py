"""Files inside the page: the rows of a figure as CSV, safe for spreadsheets, asked of nowhere."""

from __future__ import annotations

import base64
import csv
import io
import re

import pandas as pd
import pytest
from lxml.html import fragment_fromstring
from markupsafe import Markup
from synthetic import claim, released

from kithwork.report import downloads, html


def read(link: str) -> list[dict[str, str]]:
    """The rows of the file in a link."""
    held = re.search(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"', link)[1]
    return list(csv.DictReader(io.StringIO(base64.b64decode(held).decode("utf-8-sig"), newline="")))


def test_a_row_has_the_figure_its_interval_n_and_unit():
    """Figures are plain numbers, as rounded as the page prints them; what a claim does not have is empty."""
    claims = released(claim("a.x", 12.345, 10.4, 15.6, group="Ærø", n=30, reference=20.04), claim("a.i", 0.5, unit="index"))
    first, second = read(downloads.link("file", "These", claims.claims))
    assert [first[name] for name in ("estimate", "low", "high", "n", "unit")] == ["0.50", "0.50", "0.50", "40", "index"]
    assert (first["group"], first["reference"], first["claim"]) == ("", "", "a.i")
    assert [second[name] for name in ("estimate", "low", "high", "n", "unit")] == ["12", "10", "16", "30", "%"]
    assert (second["group"], second["reference"], second["claim"]) == ("Ærø", "20", "a.x.Ærø")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "'=1"])
def test_no_text_is_a_formula(name):
    """What a spreadsheet would run gets an apostrophe before it; negative figures stay numbers."""
    row = read(downloads.link("f", "These", released(claim("a.x", -3, group=name, n=30, unit="points")).claims))[0]
    assert row["group"].startswith("'")
    assert row["group"].endswith(name.strip("\r"))
    assert row["estimate"] == "-3"


def test_commas_quotes_and_lines_stay_in_their_cell():
    """A unit of any name is one cell, and cannot end the link."""
    name = 'a,"b"\n<c>'
    link = downloads.link("f", "<i>", released(claim("a.x", group=name, n=30)).claims)
    assert read(link)[0]["group"] == name
    assert [one.tag for one in fragment_fromstring(link).iter()] == ["p", "a"]


def test_nothing_to_tell_is_no_link():
    """Without a claim there is no file; with several frames there is one."""
    none, one = released(claim("a.x")).claims.iloc[:0], released(claim("a.x")).claims
    assert downloads.link("f", "These", none) == ""
    assert "(2 rows)" in downloads.link("f", "These", one, none, one)


def test_a_figure_brings_its_file():
    """Each figure's file is named after it and lies where its table unfolds."""
    claims = released(claim("a.x")).claims
    made = html.figure("3.1", "T", "S", Markup("<svg></svg>"), "n", Markup("<p></p>"), claims)
    link = fragment_fromstring(made).xpath("details//a[@class='csv']")[0]
    assert link.get("download") == "figure-3-1.csv"
    assert link.text == "Figure 3.1 as CSV"


def test_order_of_rows_is_that_of_the_claims():
    """The file is in the order of what it was made from, so that two runs are the same bytes."""
    claims = released(*(claim("a.x", group=name, n=30) for name in "cab")).claims
    turned = pd.concat([claims.iloc[::-1]])
    assert [row["group"] for row in csv.DictReader(io.StringIO(downloads.rows(turned), newline=""))] == ["c", "b", "a"]
