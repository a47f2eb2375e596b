"""The scorecard: the composites of the ten values on one scale, in one picture that can be read by itself.

Each row is a value with its question, its composite with interval, and the indicators behind it as faint dots, in standard
deviations between people around 0, where the references lie. A value without a composite has hollow dots and says why.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html
from kithwork.report import sentences as say
from kithwork.report.drawing import COLOURS, WIDTHS, drawn, panel, width_of
from kithwork.report.figures import LINE
from kithwork.report.readings import Reading, question_of, title_of
from kithwork.report.section import Facts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME, FIGURE = 300, 140
"""Pixels left of the axis for a value and its question, and right of it for its figure, where the drawing is wide."""
EDGE, TOP, BOTTOM = 16, 24, 44
"""Pixels at the sides of the narrow drawing, above the axis and below it."""
STRIP = 26
"""Pixels of height that the marks of a row take under its words, where the drawing is narrow."""
AIR = 14
"""Pixels between rows."""
WIDEST = 3.0
"""Standard deviations that the scale shows at most, either way."""
SHORT = {0: "nothing to compare", 1: "one indicator only"}
"""Why there is no composite, in few words, by how many indicators could go into it."""


@dataclass(frozen=True)
class Row:
    """One value of the scorecard: its composite where it has one, else why not, and the distances of its indicators."""

    number: int
    value: str
    composite: pd.Series | None
    why: str
    reason: str
    distances: list[pd.Series]

    @property
    def told(self) -> tuple[str, str]:
        """Its figure and interval, or that there is none and why."""
        if self.composite is None:
            return "no composite", self.why
        return say.number(self.composite["estimate"], "index"), say.bounds(self.composite).replace(say.NBSP, " ")


def rows(found: dict[str, list[Reading]], released: Released, facts: Facts) -> list[Row]:
    """The ten values in the framework's order."""
    stated = facts.standardised.set_index("value")
    made = []
    for number, (value, indicators) in enumerate(found.items(), start=1):
        composite = released.get(f"values.{value}.composite")
        reason = stated["missing"].get(value)
        held_back = composite is None and value in stated.index and not isinstance(reason, str)
        why = "held back" if held_back else SHORT.get(stated["indicators"].get(value, 0), "self-report only")
        words = "about too few people" if held_back else reason if isinstance(reason, str) else "nothing to compare"
        distances = [one.distance for one in indicators if one.distance is not None]
        made.append(Row(number, value, composite, why, words, distances))
    return made


def figure(made: list[Row], title: str) -> Markup:
    """The drawing in both widths."""
    reach = _reach(made)
    heights = [TOP + BOTTOM + sum(_height(row, narrow) for row in made) for narrow in (False, True)]

    def draw(figure, narrow: bool) -> None:
        left, right = (EDGE, EDGE) if narrow else (NAME, FIGURE)
        axes = panel(figure, left, TOP, right, BOTTOM)
        axes.set_xlim(-reach, reach)
        axes.set_ylim(heights[narrow] - TOP - BOTTOM, 0)
        axes.set_yticks([])
        step = 0.5 if reach < 2 else 1.0
        ticks = [step * i for i in range(-int(reach / step), int(reach / step) + 1)]
        axes.set_xticks(ticks, [f"{tick:g}".replace("-", say.MINUS) for tick in ticks])
        axes.set_xlabel("standard deviations between people")
        for side, x, word in (("left", -reach, "← worse"), ("center", 0, "reference"), ("right", reach, "better →")):
            axes.annotate(word, (x, 0), (0, 8), textcoords="offset points", ha=side, va="center", color=COLOURS["muted"])
        start, wide = 0.0, WIDTHS["narrow" if narrow else "wide"] - left - right
        rule = (0, 1) if narrow else (-left / wide, 1 + right / wide)
        across = {"transform": axes.get_yaxis_transform(), "clip_on": False}
        for row in made:
            _words(axes, row, start, narrow)
            high = STRIP if narrow else _height(row, narrow)
            if row.composite is not None or row.distances or not narrow:
                _marks(axes, row, start + _height(row, narrow) - high, high, reach)
            start += _height(row, narrow)
            if row is not made[-1]:
                axes.plot(rule, [start, start], color=COLOURS["rule"], linewidth=1, zorder=0, **across)

    return drawn("scorecard", title, description(made), heights[0], draw, heights[1])


def description(made: list[Row]) -> str:
    """The picture in words."""
    told = [
        f"{title_of(row.value)} {row.told[0]}, {row.told[1]}"
        if row.composite is not None
        else f"{title_of(row.value)} has none: {row.why}"
        for row in made
    ]
    return (
        "Interval chart of the ten values, one row each, in standard deviations between people; 0 is where references lie, "
        f"more is better. {'; '.join(told)}. The data table follows."
    )


def data(made: list[Row], facts: Facts) -> Markup:
    """What the picture draws, as a table."""
    places = facts.standardised.set_index("value")
    several = sum(row.composite is not None for row in made) > 1
    columns = [
        ("Value", ""),
        ("Composite", "num"),
        ("95% interval", "num"),
        ("People", "num"),
        ("Place, and under other weights; or why none" if several else "Why there is none", ""),
    ]
    lines = []
    for row in made:
        name = f"{row.number}. {title_of(row.value)}"
        if row.composite is None:
            lines.append([name, "none", "", "", say.sentence(row.reason)])
            continue
        ends = [f"{places.loc[row.value, end]:.0f}" for end in ("rank", "rank_low", "rank_high")]
        where = f"{ends[0]} ({ends[1]} to{say.NBSP}{ends[2]})" if several else ""
        lines.append([name, html.shown(row.composite), say.bounds(row.composite), int(row.composite["n"]), where])
    return html.table("Composites, in standard deviations between people", columns, lines, "data")


def claims(made: list[Row]) -> pd.DataFrame:
    """What the figure draws: the composites, and the distances of the indicators behind each."""
    drawn = [one for row in made for one in (row.composite, *row.distances) if one is not None]
    return pd.DataFrame(drawn)


def _reach(made: list[Row]) -> float:
    """Where the scale ends, either way: a half or whole number that holds every composite with its interval, and dots."""
    far = [abs(row.composite[end]) for row in made if row.composite is not None for end in ("low", "high")]
    far += [abs(one["estimate"]) for row in made for one in row.distances]
    return min(max(ceil(2 * max(far, default=0)) / 2, 1.0), WIDEST)


def _lines(row: Row, narrow: bool) -> list[tuple[str, str]]:
    """A row's words left of the axis or above the marks, each with its colour."""
    question = question_of(row.value)
    room = WIDTHS["narrow"] - 2 * EDGE if narrow else NAME - EDGE
    most = int(room * len(question) / width_of(question))
    return [(f"{row.number}  {title_of(row.value)}", "ink"), *((line, "muted") for line in textwrap.wrap(question, most))]


def _height(row: Row, narrow: bool) -> float:
    marked = row.composite is not None or row.distances
    return LINE * (len(_lines(row, narrow)) + narrow) + AIR + (STRIP - AIR / 2 if narrow and marked else 0)


def _words(axes: Axes, row: Row, start: float, narrow: bool) -> None:
    """The row's words from its upper edge down."""
    across = axes.get_yaxis_transform()
    style = {"xycoords": across, "textcoords": "offset points", "va": "center", "annotation_clip": False}
    lines, top = _lines(row, narrow), start + AIR / 2 + LINE / 2
    for i, (text, colour) in enumerate(lines):
        shift = 0 if narrow else -NAME
        size = {"fontsize": 14 if i == 0 else 12.75, "color": COLOURS[colour], "ha": "left"}
        axes.annotate(text, (0, top + LINE * i), (shift, 0), **size, **style)
    figure, spread = row.told
    if narrow:
        text, colour = (f"{figure}: {spread}", "muted") if row.composite is None else (f"{figure} ({spread})", "ink")
        axes.annotate(text, (0, top + LINE * len(lines)), (0, 0), ha="left", color=COLOURS[colour], **style)
        return
    middle = start + _height(row, narrow) / 2
    for i, text in enumerate((figure, spread)):
        colour = COLOURS["muted" if i or row.composite is None else "ink"]
        axes.annotate(text, (1, middle + LINE * (i - 0.5)), (14, 0), color=colour, ha="left", **style)


def _marks(axes: Axes, row: Row, start: float, high: float, reach: float) -> None:
    """The composite with its interval, and its indicators as dots, hollow without a composite; a dashed line at 0."""
    y = start + high / 2
    axes.plot([0, 0], [start, start + high], color=COLOURS["axis"], linestyle=(0, (3, 2)), linewidth=1.2, zorder=1)
    for one in row.distances:
        x = min(max(one["estimate"], -reach), reach)
        fill = COLOURS["axis" if row.composite is not None else "paper"]
        axes.plot(x, y, "o", color=fill, markeredgecolor=COLOURS["axis"], markersize=6, clip_on=False, zorder=2)
    if row.composite is not None:
        axes.hlines(
            y,
            max(row.composite["low"], -reach),
            min(row.composite["high"], reach),
            color=COLOURS["ink"],
            linewidth=2.4,
            zorder=3,
        )
        style = {"color": COLOURS["ink"], "markeredgecolor": COLOURS["paper"], "markersize": 10, "clip_on": False}
        axes.plot(min(max(row.composite["estimate"], -reach), reach), y, "D", zorder=4, **style)
