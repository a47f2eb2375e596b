"""The figure of the market chapter: each topic's share of what is written, and when it began and burst."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from kithwork.report import sentences as say
from kithwork.report.drawing import COLOURS, WIDTHS, drawn, panel
from kithwork.report.figures import GAP, RIGHT, name_rows, room_of, row_of
from kithwork.report.market_readings import Topic

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TOP, BOTTOM = 12, 50
"""Pixels above and below the axes."""
DATES = ("first", "onset", "onset_low", "onset_high", "burst_from", "burst_until")
STEP = 10
"""Per cent to which the scale of shares is rounded up."""


def topics(found: Sequence[Topic], title: str) -> Markup:
    """One row a topic, largest first: its share with interval; where dates are known, its onset and its burst."""
    names, at = [one.name for one in found], list(range(len(found)))
    dated = [one for one in found if one.trend is not None]
    tall = [row_of(names, narrow) * len(found) for narrow in (False, True)]
    heights = [TOP + BOTTOM + tall[0], TOP + (BOTTOM + tall[1]) * (2 if dated else 1) + 16 * bool(dated)]

    def draw(figure, narrow: bool) -> None:
        left, whole = room_of(names, narrow), WIDTHS["narrow" if narrow else "wide"]
        both = bool(dated) and not narrow
        wide = (whole - left - RIGHT - (GAP if both else 0)) / (2 if both else 1)
        shares = panel(figure, left, TOP, whole - left - wide, heights[narrow] - TOP - tall[narrow])
        _shares(shares, at, found, narrow)
        parts = [shares]
        if dated:
            start = (left, TOP + tall[1] + BOTTOM + 16) if narrow else (left + wide + GAP, TOP)
            when = panel(figure, start[0], start[1], RIGHT, BOTTOM)
            _when(when, at, found)
            parts.append(when)
        for axes in parts:
            axes.set_ylim(len(found) - 0.4, -0.6)
            axes.set_yticks([])
        for axes in parts if narrow else parts[:1]:
            name_rows(axes, at, names, narrow)

    rising = sum(one.rising for one in found)
    words = (
        f"Interval chart of the share of texts for {say.several(len(found), 'topic')}, from "
        f"{found[-1].share['estimate']:.0f} to {found[0].share['estimate']:.0f} per cent"
        f"{', and of the weeks in which each began and was written of most' if dated else ''}; "
        f"{say.count(rising)} rising. The most is written of {found[0].name}. The data table follows."
    )
    return drawn("topics", title, words, heights[0], draw, heights[1])


def _shares(axes: Axes, at: Sequence[int], found: Sequence[Topic], narrow: bool) -> None:
    low, high, middle = ([float(one.share[name]) for one in found] for name in ("low", "high", "estimate"))
    axes.hlines(at, low, high, color=COLOURS["ink"], linewidth=2)
    axes.plot(middle, at, "o", color=COLOURS["ink"], markersize=8, clip_on=False)
    top = STEP * ceil(max([*high, 1]) / STEP)
    ticks = [0, top] if narrow or top == STEP else [0, top // 2, top]
    axes.set_xlim(0, top)
    axes.set_xticks(ticks, [f"{tick}%" if tick == top else str(tick) for tick in ticks])
    axes.set_xlabel("share of texts")


def _when(axes: Axes, at: Sequence[int], found: Sequence[Topic]) -> None:
    """Onset as a diamond with its interval, the heaviest burst as a thick line, from the first date to the last.

    An interval that begins before the first week begins at the axis's end.
    """
    trends = [(y, one.trend) for y, one in zip(at, found, strict=True) if one.trend is not None]
    times = [day for _, trend in trends for column in DATES for day in _days(trend, column)]
    first, last = min(times), max(times)
    room = max((last - first) * 0.03, 3)
    for y, trend in trends:
        burst, onset = _days(trend, "burst_from", "burst_until"), _days(trend, "onset")
        if burst:
            axes.hlines(y, *burst, color=COLOURS["axis"], linewidth=9, alpha=0.45)
        low, high = _days(trend, "onset_low") or [first - room], _days(trend, "onset_high")
        if high:
            axes.hlines(y, *low, *high, color=COLOURS["ink"], linewidth=2)
        if onset:
            axes.plot(onset, [y], "D", color=COLOURS["ink"], markersize=7, clip_on=False)
    axes.set_xlim(first - room, last + room)
    axes.set_xticks([first, last], [pd.Timestamp(day * 86_400, unit="s").strftime("%b %Y") for day in (first, last)])
    axes.set_xlabel("onset (diamond) and burst (bar)")


def _days(trend: pd.Series, *columns: str) -> list[float]:
    """Days since 1970 of dates; none where one is absent."""
    if trend[list(columns)].isna().any():
        return []
    return [pd.Timestamp(trend[column]).timestamp() / 86_400 for column in columns]
