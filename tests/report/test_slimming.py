"""A drawing made small: what is painted, where and in which order stays; what says nothing goes."""

from __future__ import annotations

import io
import re

import pytest

from kithwork.report.drawing import STYLE
from kithwork.report.slimming import slim


def plotted(draw) -> tuple[str, str]:
    """A drawing of 200 by 100 pixels as matplotlib writes it, and what is left of it."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(200 / 72, 100 / 72))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, 200)
        axes.set_ylim(0, 100)
        axes.set_axis_off()
        draw(axes)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue(), slim(out.getvalue(), "x", {"#777777": "var(--seven)"})[1]


def test_lines_of_one_style_become_one_path():
    """Forty intervals are one path in a tenth of the bytes, each with its own beginning and end."""
    long, short = plotted(lambda axes: axes.hlines(range(5, 85, 2), 10.04, 190, color="#1a1d21"))
    assert short.count("<path") == 2
    assert len(re.findall(r"M10 [\d.]+H190", short)) == 40
    assert len(short) < len(long) / 10


def test_order_of_painting_stays():
    """What lies on top lies on top: marks of one colour are not put together over one of another."""

    def draw(axes):
        for x, colour in ((10, "#111111"), (40, "#222222"), (70, "#111111")):
            axes.plot([x, x + 50], [10, 60], color=colour)

    assert re.findall(r"stroke:(#\d+)", plotted(draw)[1]) == ["#111111", "#222222", "#111111"]


@pytest.mark.parametrize(("left", "paths"), [(20, 2), (60, 1)])
def test_areas_that_lie_over_one_another_stay_apart(left, paths):
    """Two bars that overlap would show no edge between them in one path; side by side one path is the same."""

    def draw(axes):
        axes.barh([50, 50], [30, 30], left=[10, left], color="#111111", edgecolor="#ffffff", height=20)

    assert len(re.findall("M[^M]*z", plotted(draw)[1].replace("Z", "z"))) == 3
    assert plotted(draw)[1].count("<path") == 1 + paths


def test_what_can_be_seen_through_stays_apart():
    """Two areas of half an opacity are darker where they meet, so they are painted one after the other."""

    def draw(axes):
        axes.fill_between([0, 50], [10, 10], [60, 60], color="#111111", alpha=0.5)
        axes.fill_between([100, 150], [10, 10], [60, 60], color="#111111", alpha=0.5)

    assert plotted(draw)[1].count("<path") == 3


@pytest.mark.parametrize(("to", "cut"), [(150, False), (260, True)])
def test_a_clip_is_kept_where_it_cuts(to, cut):
    """A line inside its axes needs no clip; one that reaches out of them keeps it."""
    short = plotted(lambda axes: axes.plot([20, to], [50, 50], color="#111111"))[1]
    assert ('clip-path="url(#x-c0)"' in short) == cut
    assert ("<clipPath" in short) == cut


def test_markers_share_a_shape():
    """A hundred points are a hundred places of one shape, whose style is said once."""
    short = plotted(lambda axes: axes.plot(range(10, 110), [50] * 100, "o", color="#111111"))[1]
    assert short.count("<use") == 100
    assert short.count("<path") == 2
    assert short.count("fill:#111111") == 1


def test_text_stays_text():
    """Words are neither drawn nor read as markup, and keep their size, weight, colour and turn."""

    def draw(axes):
        axes.text(10, 10, "R&D <x>", color="#123456", fontsize=20, fontweight="bold")
        axes.text(60, 60, "turned", rotation=90)

    short = plotted(draw)[1]
    assert ">R&amp;D &lt;x&gt;</text>" in short
    assert "font-size:20px" in short
    assert "font-weight:700" in short
    assert "fill:#123456" in short
    assert re.search(r'<text [^>]*transform="[^"]*rotate\(-90\)">turned', short)


def test_colours_of_marks_follow_the_page_and_words_stay():
    """A colour of the page becomes its variable where something is painted in it, not where a unit is called so."""
    short = plotted(lambda axes: axes.text(10, 10, "#777777", color="#777777"))[1]
    assert "fill:var(--seven)" in short
    assert ">#777777</text>" in short


@pytest.mark.filterwarnings("ignore:Glyph")
def test_signs_that_no_file_may_hold_are_replaced():
    """A name with a control sign or half a sign breaks no drawing."""
    short = plotted(lambda axes: axes.text(10, 10, "a\x01b"))[1]
    assert ">a\ufffdb</text>" in short


def test_nothing_painted_is_lost():
    """Lines, areas, curves and points at hand: every point of the original is there, to a tenth of a pixel."""

    def draw(axes):
        axes.plot([10.123, 77.777, 150], [10, 90.55, 20], color="#111111")
        axes.fill_between([20, 60], [5, 15], [40, 30], color="#222222", alpha=0.3)

    long, short = plotted(draw)
    numbers = [float(x) for d in re.findall(r' d="([^"]+)"', long) for x in re.findall(r"-?[\d.]+", d)]
    kept = [float(x) for d in re.findall(r' d="([^"]+)"', short) for x in re.findall(r"-?[\d.]+", d)]
    assert all(min(abs(one - other) for other in kept) <= 0.051 for one in numbers)
