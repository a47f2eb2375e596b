"""The report's look around a piece of a notebook: the rules it needs, held to it, in light and in dark."""

from __future__ import annotations

import re

import pytest

from kithwork.desk import dress


def rules(html: str) -> str:
    """The stylesheet that a piece carries."""
    return re.search(r"<style>(.*?)</style>", dress.dressed(html), re.DOTALL)[1]


def test_the_piece_itself_stays_as_it_is():
    """Only a box and its rules are added."""
    assert dress.dressed("<p>a &lt; b</p>").endswith("</style><p>a &lt; b</p></div>")


def test_no_rule_reaches_beyond_the_piece():
    """Every rule stands under the piece's class; only the charts beside it are named besides."""
    outside, _, inside = rules('<p class="ft note">x</p>').partition(".kithwork.kithwork.kithwork {")
    assert re.findall(r"([^{}]+)\{", outside) == [
        " .kithwork ",
        ' [data-jp-theme-light="false"] .jp-Notebook:has(.kithwork) .jp-RenderedImage img ',
    ]
    depth = 1
    for sign in inside:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize("word", ["html", "body", ":root", "@page", "@media print", "prefers-color-scheme: dark"])
def test_nothing_of_a_whole_page_is_left(word):
    """Neither what styles a page's root, nor what is for paper, nor the system's dark mode: Lab has a theme of its own."""
    ours = re.sub(r"html \{.*?\}|html:has.*?\}|:root \{", "", "")
    assert word not in ours
    found = rules('<section class="dataframe finds sw plot chapter"></section>')
    assert not re.search(rf"(?<![\w-]){re.escape(word)} \{{", found) or word == "html"


def test_dark_is_when_labs_theme_is_dark():
    """The colours of the page's dark mode stand under Lab's own mark for it."""
    assert re.search(r':is\(\[data-jp-theme-light="false"\], \.vscode-dark\) &\{& \{--paper: #15191e', rules("x"))


def test_width_is_the_pieces():
    """Conditions on the width of the window become conditions on that of the piece."""
    found = rules('<div class="plot wide narrow"></div>')
    assert "@container (max-width: 719px){.plot .wide {display: none;}}" in found
    assert "@media (m" not in found


def test_only_what_the_piece_asks_for():
    """A piece without a class carries a tenth of the sheet; a class that it has brings its rules."""
    assert ".finds" not in rules("<p>x</p>")
    assert ".finds" in rules('<ol class="finds"></ol>')
    assert len(rules("<p>x</p>")) < len(dress.SHEET.read_text(encoding="utf-8")) / 4


def test_what_a_chapter_shows_looks_so_here():
    """Rules for a chapter's outputs hold for a notebook's."""
    assert re.search(r"[ }]\.dataframe \{width: max-content", rules('<table class="dataframe"></table>'))
