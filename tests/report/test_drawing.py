"""Drawings: inline SVG that says what it shows, clashes with nothing, and is the same bytes each time."""

from __future__ import annotations

import re
from html import unescape

import matplotlib as mpl
import pytest
from synthetic import claim, released

from kithwork.report import figures
from kithwork.report.drawing import COLOURS, VARIABLES, WIDTHS, drawn, panel, width_of

TEXT = "A line of two points from zero to one, drawn for the tests, with nothing standing out."


def line(figure, narrow: bool) -> None:
    """A line in every colour there is, with a clipped marker and a label."""
    axes = figure.subplots()
    for at, colour in enumerate(COLOURS.values()):
        axes.plot([0, 1], [at, at], "o-", color=colour)
    axes.set_xlabel("narrow" if narrow else "wide <label>")


@pytest.fixture(scope="module")
def two():
    """Two figures with other names and the same drawing."""
    return drawn("first", "First", TEXT, 120, line), drawn("second", "Second", TEXT, 120, line)


def ids(svg: str) -> list[str]:
    """All ids of a drawing."""
    return re.findall(r'\bid="([^"]+)"', svg)


def test_same_drawing_is_the_same_bytes(two):
    """Two runs give the same report: no time, no random id, no version in the drawing."""
    assert drawn("first", "First", TEXT, 120, line) == two[0]
    assert mpl.__version__ not in two[0]
    assert "metadata" not in two[0]


def test_ids_are_prefixed_and_unique_on_the_page(two):
    """Figures on one page share no id, and every reference points at an id of its own drawing."""
    first, second = (ids(one) for one in two)
    assert len(set(first)) == len(first)
    assert not set(first) & set(second)
    assert all(one.startswith(("first-wide-", "first-narrow-")) for one in first)
    used = re.findall(r"url\(#([^)]+)\)|href=\"#([^\"]+)\"", two[0])
    assert used
    assert {a or b for a, b in used} <= set(first)


def test_both_widths_are_there_and_say_what_they_show(two):
    """A wide and a narrow drawing, each an image with title and description for a screen reader."""
    assert re.findall(r'<svg class="(\w+)" role="img"', two[0]) == list(WIDTHS)
    for label in WIDTHS:
        name = f"first-{label}"
        assert f'aria-labelledby="{name}-t {name}-d"' in two[0]
        assert f'<title id="{name}-t">First</title><desc id="{name}-d">{TEXT}</desc>' in two[0]
    assert "wide &lt;label&gt;" in two[0]


def test_page_colours_are_variables(two):
    """Every colour of the palette follows the page's mode; no colour is left as a number."""
    for variable in VARIABLES.values():
        assert f"var({variable})" in two[0]
    assert not re.findall(r"#[0-9a-fA-F]{6}\b", two[0])
    assert set(VARIABLES) == set(COLOURS)
    assert len(set(COLOURS.values())) == len(COLOURS)


def test_drawing_takes_its_size_from_the_page(two):
    """Width comes from the view box: no fixed points, no style sheet, no foreign namespace."""
    assert "viewBox" in two[0]
    assert not re.search(r'<svg[^>]* (?:width|height)="', two[0])
    assert "<style" not in two[0]
    assert "xlink" not in two[0]


def test_title_and_description_are_escaped():
    """What a client calls a unit cannot break the drawing."""
    made = drawn("third", "<b>", "<script>" + TEXT, 60, lambda figure, narrow: None)
    assert "<b>" not in made
    assert "<script>" not in made


def test_short_description_is_refused():
    """A figure nobody can hear is not drawn."""
    with pytest.raises(AssertionError, match="fuller description"):
        drawn("fourth", "Title", "A chart.", 60, line)


UNITS = ["R&D <x>", "Cost $a$ and $b^", "Ærø"]


def gate(
    kinds: tuple[str, ...] = ("personal", "functional", "strategic"), bands=("First third", "Middle third", "Last third")
):
    """Released shares, E-I and segments for three units with awkward names."""
    rows = []
    for at, kind in enumerate(kinds):
        rows += [claim(f"people.share_{kind}", 30 + at, 20, 45, n=60)]
        rows += [
            claim(f"people.share_{kind}", 25 + 5 * i, 15, 50, n=20, group=unit, label=f"Share {kind}")
            for i, unit in enumerate(UNITS)
        ]
        rows += [claim(f"people.segment_{kind}", 20 + i, 10, 40, n=20, group=band) for i, band in enumerate(bands)]
    rows += [
        claim("people.e_i", -0.2 + 0.1 * i, -0.5, 0.2, n=20, group=unit, unit="index", reference=0.3)
        for i, unit in enumerate(UNITS)
    ]
    rows += [
        claim(f"ties.reliability_{kind}", 10 + 20 * i, 5 + 20 * i, 30 + 20 * i, group=f"bin {i}", reference=14.0 + 20 * i)
        for kind in kinds
        for i in range(4)
    ]
    return released(*rows)


@pytest.mark.parametrize("draw", [figures.portfolio, figures.boundaries, figures.segments, figures.reliability])
def test_figures_of_the_report_keep_the_rules(draw):
    """Each figure: two images with a long description, only page colours, and units with awkward names as they are."""
    made = draw(gate(), "What it shows")
    assert made.count('role="img"') == 2
    for text in re.findall(r"<desc[^>]*>([^<]*)</desc>", made):
        assert len(text) >= 60
        assert "data table follows" in text
    assert not re.findall(r"#[0-9a-fA-F]{6}\b", made)
    assert len(set(ids(made))) == len(ids(made))
    if draw in (figures.portfolio, figures.boundaries):
        assert "R&amp;D &lt;x&gt;" in made
        assert "Cost $a$ and $b^" in made


def test_names_take_two_lines_at_most():
    """A long name is parted between words, then cut; the room left of the axis holds its widest line."""
    long = "Menschen, Kultur und Organisationsentwicklung der Holding"
    for narrow, room in ((False, 230), (True, 130)):
        lines = figures.lines_of(long, narrow)
        assert len(lines) == 2
        assert lines[0] == long[: len(lines[0])]
        assert lines[1].endswith("…")
        assert figures.room_of([long, "IT"], narrow) < room
    assert figures.lines_of("IT", True) == ["IT"]
    assert figures.row_of(["IT", long], True) > figures.row_of(["IT"], True) == figures.ROW


def test_portfolio_describes_its_range():
    """The words of the figure hold the smallest and largest group figure, and how many groups there are."""
    made = figures.portfolio(gate(), "Title")
    assert "for three groups and the whole" in made
    assert "strategic shares run from 25 to 35 per cent" in made


def test_words_of_a_figure_tell_what_stands_out():
    """Whoever cannot see it hears which rows lie at the ends, and how many lie apart from their mark."""
    made = unescape(str(figures.portfolio(gate(), "Title")))
    assert "farthest right lies Ærø at 35%" in made
    assert "farthest left lies R&D <x> at 25%" in made
    made = unescape(str(figures.boundaries(gate(), "Title")))
    assert "three to the left of it with the whole interval" in made


def test_rows_that_share_a_place_are_counted():
    """Two rows at one figure have no name each in the words."""
    rows = released(*(claim("a.x", value, group=name, n=20) for name, value in (("A", 9), ("B", 9), ("C", 4)))).of("a.x")
    assert figures.told_ends(rows) == "farthest right lie two groups at 9% and farthest left lies C at 4%"
    assert (
        figures.told_apart(rows.assign(reference=6.0))
        == "two to the right and one to the left of it with the whole interval"
    )
    assert figures.told_apart(rows.assign(reference=float("nan"))) == "no interval lies wholly to one side of it"


def test_segments_are_drawn_for_the_kinds_told():
    """Two kinds, two panels; bands keep their order on the axis."""
    made = figures.segments(gate(kinds=("personal", "functional")), "Title")
    assert "personal and functional ties in three groups of people" in made


def test_reliability_says_how_far_it_is_off():
    """Whoever cannot see the points hears of the farthest; a kind without points has no panel."""
    made = figures.reliability(gate(kinds=("personal", "strategic")), "Title")
    assert "called a tie personal or strategic, one panel" in made
    assert "lies 4 percentage points off" in made


def test_letters_that_matplotlib_has_no_font_for_make_no_warning(recwarn):
    """The page sets text in its own fonts: names in any script pass without a word."""
    drawn("d", "T", TEXT, 100, lambda figure, narrow: panel(figure, 10, 10, 10, 10).set_title("また遅れた"))
    assert width_of("また遅れた") > 0
    assert not recwarn.list
