"""The two figures of the change chapter: readiness of groups beside how far a start in them goes, and ways to start."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from kithwork.report import sentences as say
from kithwork.report.change_readings import VERDICTS, Group, Way
from kithwork.report.drawing import COLOURS, WIDTHS, drawn, panel
from kithwork.report.figures import GAP, LINE, RIGHT, name_rows, room_of, row_of, told_ends

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TOP, BOTTOM = 22, 50
"""Pixels above and below the axes."""
REACHED = ", and of how many times as far a start in each would go as one in a group as others are"
"""What the words of the first figure add where ties are known."""
ABOVE, BELOW = 6, -38
"""Pixels from a curve's end to its name: over the upper one, and so far under the lower that its rise is clear of it."""
CURVES, CURVES_TALL = 300, 230
"""Pixels of the curves' width where the drawing is wide, and of their height."""


def readiness(groups: Sequence[Group], title: str) -> Markup:
    """Groups by verdict: readiness with its threshold, and beside it how far a start in the group would go."""
    verdicts = [verdict for verdict in (*VERDICTS, None) if any(one.verdict == verdict for one in groups)]
    names, at, heads, row = [one.name for one in groups], [], [], 0.0
    for verdict in verdicts:
        heads.append((row, verdict or "Too few answered to show"))
        rows = sum(one.verdict == verdict for one in groups)
        at += [row + 0.9 + i for i in range(rows)]
        row += rows + 1.1
    reached = any(one.reach is not None for one in groups)
    tall = [row_of(names, narrow) * (row - 0.5) for narrow in (False, True)]
    heights = [TOP + BOTTOM + tall[0], TOP + (BOTTOM + tall[1]) * (1 + reached) + 16 * reached]

    def draw(figure, narrow: bool) -> None:
        left, whole = room_of(names, narrow), WIDTHS["narrow" if narrow else "wide"]
        wide = (whole - left - RIGHT - (0 if narrow or not reached else GAP)) / (1 if narrow or not reached else 2)
        one = panel(figure, left, TOP, whole - left - wide, heights[narrow] - TOP - tall[narrow])
        _rows(one, at, [group.ready for group in groups])
        one.set_xlim(0, 100)
        one.set_xticks([0, 50, 100])
        one.set_xlabel("readiness, 0 to 100")
        parts = [one]
        if reached:
            start = (left, TOP + tall[1] + BOTTOM + 16) if narrow else (left + wide + GAP, TOP)
            other = panel(figure, start[0], start[1], RIGHT, BOTTOM)
            _rows(other, at, [group.reach for group in groups])
            _round_scale(other, [group.reach for group in groups if group.reach is not None])
            other.set_xlabel("times as far as others" if narrow else "a start goes so many times as far as in others")
            parts.append(other)
        for axes in parts:
            axes.set_ylim(row - 0.4, -0.5)
            axes.set_yticks([])
        for axes in parts if narrow else parts[:1]:
            name_rows(axes, at, names, narrow)
            for y, head in heads:
                axes.annotate(
                    head, (0, y), xycoords=axes.get_yaxis_transform(), xytext=(-left + 4, -LINE / 3),
                    textcoords="offset points", fontweight="bold", color=COLOURS["muted"],
                )  # fmt: skip

    asked = [one for one in groups if one.ready is not None]
    counts = say.join(
        f"{say.count(sum(one.verdict == verdict for one in groups))} {verdict.lower()}" for verdict in verdicts if verdict
    )
    words = (
        f"Interval chart of readiness for {say.several(len(asked), 'group')}, {counts or 'none with enough answers'}, "
        f"against the declared threshold{REACHED if reached else ''}. {_ends(groups)}The data table follows."
    )
    return drawn("readiness", title, words, heights[0], draw, heights[1])


def _ends(groups: Sequence[Group]) -> str:
    """Which groups' readiness lies farthest to either side."""
    asked = pd.DataFrame([one.ready for one in groups if one.ready is not None])
    return "" if asked.empty else f"In readiness {told_ends(asked)}. "


def ways(found: Sequence[Way], curves: dict[str, pd.DataFrame], title: str) -> Markup:
    """Curves of some ways to start, each with its range, and the lead of every way over the first if there are several."""
    leads = [one for one in found if one.lead is not None]
    names, at = [one.called for one in leads], list(range(len(leads)))
    tall = [row_of(names, narrow) * len(leads) for narrow in (False, True)]
    heights = [
        TOP + BOTTOM + max(CURVES_TALL, tall[0]) if curves else TOP + BOTTOM + tall[0],
        TOP + (BOTTOM + CURVES_TALL + 20 * bool(leads) if curves else 0) + (tall[1] + BOTTOM) * bool(leads),
    ]

    def draw(figure, narrow: bool) -> None:
        whole, room = WIDTHS["narrow" if narrow else "wide"], room_of(names, narrow) if names else 0
        if curves:
            across = whole - 44 - RIGHT if narrow else CURVES
            axes = panel(figure, 44, TOP, whole - 44 - across, heights[narrow] - TOP - CURVES_TALL)
            _curves(axes, curves)
        if not leads:
            return
        start = room if narrow or not curves else 44 + CURVES + GAP + room
        axes = panel(figure, start, heights[narrow] - BOTTOM - tall[narrow], RIGHT, BOTTOM)
        _rows(axes, at, [one.lead.copy() for one in leads])
        axes.axvline(0, color=COLOURS["axis"], linestyle=(0, (3, 2)), linewidth=1.2)
        name_rows(axes, at, names, narrow)
        _round_scale(axes, [one.lead for one in leads])
        axes.set_xlabel("points over the first" if narrow else f"points over {found[0].called.lower()}, mean over weeks")
        axes.set_ylim(len(leads) - 0.4, -0.6)
        axes.set_yticks([])

    ahead = [one.called for one in found if one.side == "ahead"]
    words = (
        "Line chart of the share of people who would have taken it up week by week for "
        f"{say.several(len(curves), 'way')} to start, with ranges, and interval chart of the lead of "
        f"{say.several(len(leads), 'way')} over the first: {say.join(ahead) or 'none'} "
        f"{say.verb(len(ahead), 'is', 'are')} wholly ahead. The data table follows."
    )
    return drawn("ways", title, words, heights[0], draw, heights[1])


def _curves(axes: Axes, curves: dict[str, pd.DataFrame]) -> None:
    """The first way dashed and muted, the others in ink, each over the range that holds 95 of 100 worlds."""
    for place, (name, rows) in enumerate(curves.items()):
        colour, dashes = (COLOURS["axis"], (0, (3, 2))) if place == 0 else (COLOURS["ink"], "-")
        axes.fill_between(rows["week"], rows["low"], rows["high"], color=colour, alpha=0.16, linewidth=0)
        axes.plot(rows["week"], rows["estimate"], color=colour, linestyle=dashes, linewidth=2)
        above = place == max(range(len(curves)), key=lambda i: float(list(curves.values())[i]["estimate"].iloc[-1]))
        axes.annotate(
            name, (rows["week"].iloc[-1], rows["estimate"].iloc[-1]), xytext=(-4, ABOVE if above else BELOW),
            textcoords="offset points", ha="right", color=COLOURS["ink"],
        )  # fmt: skip
    last = int(max(rows["week"].max() for rows in curves.values()))
    axes.set_xlim(0, last)
    axes.set_xticks([0, last // 2, last])
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 50, 100], ["0", "50", "100%"])
    axes.grid(axis="y", color=COLOURS["rule"], linewidth=1)
    axes.set_axisbelow(True)
    axes.set_xlabel("weeks from now")


def _rows(axes: Axes, at: Sequence[float], claims: Sequence[pd.Series | None]) -> None:
    """Each row's figure and interval, and the reference that all of them have as a dashed line."""
    shown = [(y, one) for y, one in zip(at, claims, strict=True) if one is not None]
    for y, one in shown:
        axes.hlines(y, one["low"], one["high"], color=COLOURS["ink"], linewidth=2)
        axes.plot(one["estimate"], y, "o", color=COLOURS["ink"], markersize=8, clip_on=False)
    references = {float(one["reference"]) for _, one in shown if pd.notna(one["reference"])}
    for reference in references if len(references) == 1 else ():
        axes.axvline(reference, color=COLOURS["axis"], linestyle=(0, (3, 2)), linewidth=1.2)


def _round_scale(axes: Axes, claims: Sequence[pd.Series]) -> None:
    """A scale from one round number to another that holds all of the claims and 0."""
    low, high = min([0.0, *(one["low"] for one in claims)]), max([0.0, *(one["high"] for one in claims)])
    step = 1 if high - low <= 5 else 5 if high - low <= 20 else 10
    ends = step * floor(low / step), max(step * ceil(high / step), step)
    ticks = sorted({ends[0], 0, ends[1]})
    axes.set_xlim(ends[0] - (ends[1] - ends[0]) * 0.03, ends[1] + (ends[1] - ends[0]) * 0.03)
    axes.set_xticks(ticks, [f"{tick:g}".replace("-", say.MINUS) for tick in ticks])
