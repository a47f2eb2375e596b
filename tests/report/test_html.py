"""The HTML pieces: they escape what they are given, and tie every number to its claim."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from markupsafe import Markup
from synthetic import claim, released

from kithwork.report import html

EVIL = '<script>alert("x")</script>&'
SAFE = "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;&amp;"
ROW = pd.Series(claim("ties.connected", 24, 14, 37, group='A"<b>', n=12, reference=50.0))


class Tags(HTMLParser):
    """Counts open elements, so that a piece can be checked to close what it opens."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag, attrs):
        """Remembers an opened element."""
        self.seen.append(tag)
        self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Passes over an element that closes itself."""
        self.seen.append(tag)

    def handle_endtag(self, tag):
        """Closes the element opened last, or fails."""
        assert self.stack.pop() == tag


def tags(markup: Markup) -> list[str]:
    """Elements of a piece, which must be balanced."""
    parser = Tags()
    parser.feed(markup)
    assert not parser.stack
    return parser.seen


CLAIMED = released(claim("x")).claims
PIECES = {
    "paragraph": lambda text: html.paragraph(text, " ", text),
    "paragraph with a class": lambda text: html.paragraph(text, cls="lede"),
    "note": lambda text: html.note(text, text),
    "missing": lambda text: html.missing(text, text),
    "so_what": lambda text: html.so_what(text, text),
    "kind": lambda text: html.kind("personal", text),
    "table": lambda text: html.table(text, [(text, ""), (text, "num")], [[text, text]]),
    "held_back": lambda text: html.held_back(2, 5, text),
    "figure": lambda text: html.figure("3.1", text, text, Markup("<svg></svg>"), text, Markup("<p></p>"), CLAIMED),
}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_words_of_the_client_are_escaped(piece):
    """Whatever a unit, a title or a caption holds stays text; elements stay balanced."""
    made = piece(EVIL)
    assert "<script>" not in made
    assert SAFE in made or SAFE in made.replace("&lt;Script", "&lt;script")
    assert "script" not in tags(made)


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_markup_made_here_is_not_escaped_twice(piece):
    """A piece inside a piece keeps its elements."""
    if piece is PIECES["held_back"]:
        return
    assert "data-claim" in piece(html.shown(ROW))


def test_shown_ties_the_figure_to_its_claim():
    """A number in prose is a `data` element that names its claim and holds its value."""
    assert html.shown(pd.Series(claim("ties.connected", 24))) == Markup(
        '<data class="est" data-claim="ties.connected" value="24">24%</data>'
    )
    assert 'data-claim="ties.connected.A&#34;&lt;b&gt;"' in html.shown(ROW)


def test_with_interval_shows_figure_interval_and_n():
    """`24% (95% interval 14 to 37%, n = 12)`."""
    text = re.sub("<[^>]+>", "", html.with_interval(ROW)).replace("\u00a0", " ")
    assert text == "24% (95% interval 14 to 37%, n = 12)"


def test_strip_places_interval_estimate_and_reference():
    """On 0 to 100 over 138 pixels: each mark where its number lies; values beyond the scale stop at its ends."""
    made = html.strip(ROW, 0, 100)
    assert f'cx="{6 + 138 * 0.24:.1f}"' in made
    assert f'x1="{6 + 138 * 0.14:.1f}" x2="{6 + 138 * 0.37:.1f}"' in made
    assert f'x1="{6 + 138 * 0.5:.1f}"' in made
    beyond = html.strip(pd.Series(claim("ties.x", 250, -30, 400)), 0, 100)
    assert 'cx="144.0"' in beyond
    assert 'x1="6.0" x2="144.0"' in beyond
    assert 'class="ref"' not in beyond


def test_table_says_its_structure_to_screen_readers():
    """Roles, scopes and each cell's heading are there, since narrow screens stack the cells."""
    made = html.table("Caption", [("Group", ""), ("Figure", "num")], [["A", "1"], ["B", "2"]])
    assert made.count('role="row"') == 3
    assert made.count('<th scope="row" role="rowheader">') == 2
    assert made.count('<td role="cell" class="num" data-l="Figure">') == 2
    assert "<caption>Caption</caption>" in made


def test_table_rows_must_have_a_cell_per_column():
    """A row that is too short or too long is an error, not a shifted table."""
    with pytest.raises(ValueError, match="zip"):
        html.table("Caption", [("Group", ""), ("Figure", "num")], [["A"]])


@pytest.mark.parametrize(
    ("unit", "measure", "ends"),
    [
        ("%", "ties.connected", (0, 100)),
        ("score", "change.readiness", (0, 100)),
        ("index", "people.stability", (0, 1)),
        ("index", "people.e_i", (-1, 1)),
        ("minutes", "values.transformation.minutes", None),
    ],
)
def test_scale_of_a_figure_has_its_own_ends(unit, measure, ends):
    """Shares and scores run to 100, the E-I index from minus one; minutes have no end, so they get no strip."""
    assert html.scale(pd.Series(claim(measure, unit=unit))) == ends


def test_strip_prints_the_ends_of_its_scale():
    """A reader sees what the ends stand for, with unit and a true minus sign."""
    assert ">0</text>" in html.strip(ROW, 0, 100)
    assert ">100%</text>" in html.strip(ROW, 0, 100)
    assert ">−1</text>" in html.strip(pd.Series(claim("people.e_i", 0.2, unit="index")), -1, 1)


def test_cells_that_say_what_they_are_keep_their_heading():
    """The class that silences a heading on narrow screens leaves it in the page for those that need it."""
    made = html.table("Caption", [("Group", ""), ("Range", "sc q")], [["A", "x"]])
    assert '<td role="cell" class="sc q" data-l="Range">' in made
    assert " long" not in made
    assert 'class="ct long"' in html.table("Caption", [("Group", "")], [["A"]] * 13)


@pytest.mark.parametrize(("groups", "words"), [(1, "[c] One team is held back"), (3, "[c] Three teams are held back")])
def test_held_back_counts_groups(groups, words):
    """The line under a table says how many groups are missing from it, and from which size on they would show."""
    made = html.held_back(groups, 7, "team")
    assert ("It counts" in made) == (groups == 1)
    assert words in made
    assert "smaller than 7 people" in made


def test_nothing_held_back_says_nothing():
    """Where every group is shown there is no line."""
    assert html.held_back(0, 5, "team") == ""


def test_claim_rows_are_group_figure_interval_and_n():
    """The data table of a figure has one row per group."""
    [cells] = html.claim_rows(pd.DataFrame([ROW]))
    assert cells[0] == 'A"<b>'
    assert "data-claim" in cells[1]
    assert cells[2] == "14 to\u00a037%"
    assert cells[3] == 12


@pytest.mark.parametrize(
    ("name", "low", "ends"),
    [
        ("values.return_on_impact.help_balance", 0.1, (-1, 1)),
        ("people.e_i", 0.1, (-1, 1)),
        ("values.some.index", -0.1, (-1, 1)),
        ("values.some.index", 0.1, (0, 1)),
    ],
)
def test_scale_of_an_index_holds_all_it_can_be(name, low, ends):
    """From -1 to 1 where it has two sides, by its name or its interval; from 0 otherwise."""
    assert html.scale(released(claim(name, 0.2, low, 0.3, unit="index")).claims.iloc[0]) == ends


def test_a_pair_says_a_word_of_a_unit_once():
    """`3.5 per 100 hours` beside its bounds alone; a sign stays at both."""
    words, sign = (claim("values.x.y", 3, 2, 4, unit=unit) for unit in ("per 100 hours", "%"))
    pairs = [html.pair(released(one).claims.iloc[0]) for one in (words, sign)]
    assert [str(pair).count("per 100 hours") for pair in pairs] == [1, 0]
    assert "2\u00a0to\u00a04%" in pairs[1]


@pytest.mark.parametrize(("unit", "ends"), [("score", (-20, 20)), ("points", (-20, 20)), ("index", None)])
def test_a_change_lies_on_a_scale_around_none(unit, ends):
    """A fall by 8 points does not lie at the end of a scale from 0 to 100."""
    fell = released(claim("values.x.y_change", -8, -12, -5, unit=unit)).claims.iloc[0]
    assert html.scale(fell) == ends
