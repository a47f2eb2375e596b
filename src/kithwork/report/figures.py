"""The figures of the report, drawn from released claims. One function each; each also says in words what it shows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from math import ceil
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import bounded
from kithwork.report import sentences as say
from kithwork.report.drawing import COLOURS, WIDTHS, drawn, panel, width_of
from kithwork.setting import KINDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW = 30
"""Pixels of height that one row of a bar or interval chart takes, where no name takes two lines."""
LINE = 15
"""Pixels from one line of a row's name to the next."""
RIGHT = 22
"""Pixels right of the last axis: half of its last number."""
GAP = 34
"""Pixels between two axes side by side: halves of the numbers that meet there."""
SIDE, TITLE = 196, 30
"""Pixels of a square panel's side, and of the room for the name above it."""
NAMES = {"wide": 190, "narrow": 100}
"""Pixels that the rows' names may take; a name takes two lines at most."""
MARKERS = {"personal": "o", "functional": "s", "strategic": "^"}
ALL = "All"


def portfolio(released: Released, title: str) -> Markup:
    """Stacked shares of the kinds by group, the strategic share's interval beside them."""
    kinds = [kind for kind in reversed(KINDS) if released.get(f"people.share_{kind}") is not None]
    order = bounded.first_and_last(_by_group(released, f"people.share_{kinds[0]}"), bounded.MOST + 1)
    shares = {kind: _by_group(released, f"people.share_{kind}").set_index("group")["estimate"] for kind in kinds}
    share = pd.DataFrame(shares).reindex(order["group"]).astype(float)
    length = share.div(share.sum(axis=1), axis=0) * 100  # figures are rounded: a bar is whole all the same
    at = [i + (0.4 if name == ALL else 0) for i, name in enumerate(order["group"])]
    top = min(20 * ceil(max(float(order["high"].max()), 1) / 20), 100)
    heights = [66 + row_of(order["group"], narrow) * (len(order) + 0.4) for narrow in (False, True)]

    def draw(figure, narrow: bool) -> None:
        left = room_of(order["group"], narrow)
        width = (WIDTHS["narrow" if narrow else "wide"] - left - GAP - RIGHT) * 0.58
        bars = panel(figure, left, 8, WIDTHS["narrow" if narrow else "wide"] - left - width, 50)
        ranges = panel(figure, left + width + GAP, 8, RIGHT, 50)
        start = pd.Series(0.0, index=share.index)
        for kind in kinds:
            bars.barh(
                at, length[kind], left=start, height=0.72, color=COLOURS[kind], edgecolor=COLOURS["paper"], linewidth=2
            )
            for y, value, long, first in zip(at, share[kind], length[kind], start, strict=True):
                if long * width / 100 >= 18:
                    words = {"color": COLOURS[f"on_{kind}"], "ha": "center", "va": "center", "fontsize": 12.75}
                    bars.text(first + long / 2, y, f"{value:.0f}", **words)
            start = start + length[kind]
        name_rows(bars, at, order["group"], narrow)
        _scale(bars, [0, 100] if narrow else [0, 50, 100], "share" if narrow else "share of portfolio")
        ranges.axvline(float(order["estimate"].iloc[-1]), color=COLOURS["axis"], linestyle=(0, (3, 2)), linewidth=1.2)
        _intervals(ranges, at, order, kinds[0])
        _scale(
            ranges, [0, top] if narrow else [0, top // 2, top], "strategic" if narrow else "strategic share, 95% interval"
        )
        for axes in (bars, ranges):
            axes.set_ylim(-0.6, at[-1] + 0.6)
            axes.set_yticks([])

    low, high = order["estimate"].min(), order["estimate"].max()
    words = (
        f"Stacked bars of the share of {say.join(kinds)} ties for {say.several(len(order) - 1, 'group')} and the whole; "
        f"strategic shares run from {low:.0f} to {high:.0f} per cent, their intervals from {order['low'].min():.0f} to "
        f"{order['high'].max():.0f} per cent; {told_ends(order[order['group'] != ALL])}. The data table follows."
    )
    return drawn("portfolio", title, words, heights[0], draw, heights[1])


def boundaries(released: Released, title: str) -> Markup:
    """E-I by group with interval, and what the group's size alone would give."""
    groups = bounded.first_and_last(released.of("people.e_i").sort_values("estimate", kind="stable"))
    at = list(range(len(groups)))
    ticks = {-1: f"{say.MINUS}1", -0.5: f"{say.MINUS}0.5", 0: "0", 0.5: "0.5", 1: "1"}

    def draw(figure, narrow: bool) -> None:
        axes = panel(figure, room_of(groups["group"], narrow), 8, RIGHT, 50)
        axes.axvline(0, color=COLOURS["rule"], linewidth=1, zorder=0)
        _intervals(axes, at, groups, None)
        axes.plot(groups["reference"], at, "|", color=COLOURS["axis"], markersize=17, markeredgewidth=2)
        name_rows(axes, at, groups["group"], narrow)
        axes.set_ylim(-0.6, len(groups) - 0.4)
        axes.set_yticks([])
        axes.set_xlim(-1.04, 1.04)
        axes.set_xticks(list(ticks), list(ticks.values()))
        axes.set_xlabel("E-I index")

    words = (
        f"Interval chart of the E-I index for {say.several(len(groups), 'group')}, from {groups['estimate'].min():.2f} to "
        f"{groups['estimate'].max():.2f}; {told_ends(groups)}. A bar marks what the group's size alone would give: "
        f"{told_apart(groups)}. The data table follows."
    )
    heights = [58 + row_of(groups["group"], narrow) * len(groups) for narrow in (False, True)]
    return drawn("boundaries", title, say.typeset(words), heights[0], draw, heights[1])


def brokers(released: Released, title: str) -> Markup:
    """Each group's share of what joins groups, with interval, and its share of the people."""
    groups = bounded.first_and_last(released.of("people.brokered").sort_values("estimate", kind="stable"))
    at, top = list(range(len(groups))), min(10 * ceil(max(float(groups["high"].max()), 1) / 10), 100)
    ticks = [0, top] if top <= 20 else [0, top // 2, top]

    def draw(figure, narrow: bool) -> None:
        axes = panel(figure, room_of(groups["group"], narrow), 8, RIGHT, 50)
        _intervals(axes, at, groups, None)
        axes.plot(groups["reference"], at, "|", color=COLOURS["axis"], markersize=17, markeredgewidth=2)
        name_rows(axes, at, groups["group"], narrow)
        axes.set_ylim(-0.6, len(groups) - 0.4)
        axes.set_yticks([])
        _scale(axes, ticks, "share of paths" if narrow else "share of two-step paths across")

    words = (
        f"Interval chart of the share of two-step paths that {say.several(len(groups), 'group')} join, from "
        f"{groups['estimate'].min():.0f} to {groups['estimate'].max():.0f} per cent; {told_ends(groups)}. A bar marks each "
        f"one's share of the people: {told_apart(groups)}. The data table follows."
    )
    heights = [58 + row_of(groups["group"], narrow) * len(groups) for narrow in (False, True)]
    return drawn("brokers", title, say.typeset(words), heights[0], draw, heights[1])


def segments(released: Released, title: str) -> Markup:
    """Mean share of each kind in each segment or band, with intervals: one panel a kind."""
    kinds = [kind for kind in KINDS if len(released.of(f"people.segment_{kind}"))]
    frames = {kind: released.of(f"people.segment_{kind}") for kind in kinds}
    names = list(frames[kinds[0]]["group"])
    names = [name for name in ("First third", "Middle third", "Last third") if name in names] or names
    heights = [26 + row_of(names, narrow) * len(names) for narrow in (False, True)]

    def draw(figure, narrow: bool) -> None:
        left, shown, tall = room_of(names, narrow), names[::-1], heights[1]
        width = (WIDTHS["wide"] - left - RIGHT - GAP * (len(kinds) - 1)) / len(kinds)
        for i, kind in enumerate(kinds):
            if narrow:
                axes = panel(figure, left, 26 + tall * i, RIGHT, 30 + tall * (len(kinds) - 1 - i))
            else:
                before = left + (width + GAP) * i
                axes = panel(figure, before, 26, WIDTHS["wide"] - before - width, 30)
            last = i == len(kinds) - 1 or not narrow
            _intervals(axes, range(len(shown)), frames[kind].set_index("group").loc[shown], kind)
            name_rows(axes, range(len(shown)), shown if narrow or i == 0 else [], narrow)
            _scale(axes, [0, 50, 100], "")
            axes.tick_params(labelbottom=last, bottom=last)
            axes.spines["bottom"].set_visible(last)
            axes.set_ylim(-0.6, len(shown) - 0.4)
            axes.set_yticks([])
            axes.set_title(kind, loc="left", fontsize=12.75, pad=4, color=COLOURS["muted"])

    told = [f"{kind}: {told_ends(frames[kind])}" for kind in kinds]
    words = (
        f"Interval charts of the mean share of {say.join(kinds)} ties in {say.several(len(names), 'group')} of people, "
        f"one panel for each kind, from 0 to 100 per cent. {say.sentence('; '.join(told))}. The data table follows."
    )
    return drawn("segments", title, words, 30 + heights[0], draw, 30 + heights[1] * len(kinds))


def reliability(released: Released, title: str) -> Markup:
    """The share of answers that came against the chance told, with intervals: a square panel a kind, with its diagonal."""
    kinds = [kind for kind in KINDS if len(released.of(f"ties.reliability_{kind}"))]
    frames = {kind: released.of(f"ties.reliability_{kind}") for kind in kinds}
    ticks = [0, 50, 100]
    heights = [TITLE + SIDE + 50, (TITLE + SIDE + 50) * len(kinds)]

    def draw(figure, narrow: bool) -> None:
        for i, kind in enumerate(kinds):
            left, top = (52, TITLE + heights[0] * i) if narrow else (52 + (SIDE + GAP) * i, TITLE)
            room = WIDTHS["narrow" if narrow else "wide"]
            axes = panel(figure, left, top, room - left - SIDE, heights[narrow] - top - SIDE)
            axes.plot([0, 100], [0, 100], color=COLOURS["axis"], linestyle=(0, (3, 2)), linewidth=1.2)
            rows = frames[kind]
            axes.vlines(rows["reference"], rows["low"], rows["high"], color=COLOURS[kind], linewidth=2)
            axes.plot(rows["reference"], rows["estimate"], MARKERS[kind], color=COLOURS[kind], markersize=7, clip_on=False)
            _scale(axes, ticks, "chance told")
            axes.set_ylim(0, 100)
            axes.set_yticks(ticks, ["0", "50", "100%"] if narrow or i == 0 else ["", "", ""])
            axes.grid(axis="y", color=COLOURS["rule"], linewidth=1)
            axes.set_axisbelow(True)
            axes.set_title(kind, loc="left", fontsize=12.75, pad=8, color=COLOURS["muted"])

    off = max(float((rows["estimate"] - rows["reference"]).abs().max()) for rows in frames.values())
    words = (
        f"Charts of the share of answers that called a tie {say.join(kinds, 'or')}, one panel for each kind, against the "
        "chance told before, both from 0 to 100 per cent; a dashed diagonal marks where both are the same. The point "
        f"farthest from it lies {off:.0f} percentage points off. The data table follows."
    )
    return drawn("reliability", title, words, heights[0], draw, heights[1])


def told_ends(rows: pd.DataFrame) -> str:
    """Which rows lie farthest to either side, with their figures; rows that share a place are counted."""
    figures, unit, parts = rows["estimate"].astype(float), rows["unit"].iloc[0], []
    for side, at in (("right", figures.max()), ("left", figures.min())):
        names = list(rows.loc[figures == at, "group"])
        they = names[0] if len(names) == 1 else say.several(len(names), "group")
        parts.append(f"farthest {side} {say.verb(len(names), 'lies', 'lie')} {they} at {say.number(at, unit)}")
    return say.join(parts)


def told_apart(rows: pd.DataFrame) -> str:
    """How many rows have their whole interval to one side of their reference."""
    sides = {"right": int((rows["low"] > rows["reference"]).sum()), "left": int((rows["high"] < rows["reference"]).sum())}
    parts = [f"{say.count(n)} to the {side}" for side, n in sides.items() if n]
    return f"{say.join(parts)} of it with the whole interval" if parts else "no interval lies wholly to one side of it"


def _by_group(released: Released, measure: str) -> pd.DataFrame:
    """Groups of a measure, lowest first, with the whole organisation above them where it is claimed."""
    groups = released.of(measure).sort_values("estimate", kind="stable")
    whole = released.get(measure)
    return groups if whole is None else pd.concat([groups, whole.to_frame().T.assign(group=ALL)], ignore_index=True)


def _intervals(axes: Axes, at: Sequence[float], rows: pd.DataFrame, kind: str | None) -> None:
    """Each row's figure and interval, in the colour and shape of a kind, or in ink."""
    colour = COLOURS[kind or "ink"]
    axes.hlines(at, rows["low"].astype(float), rows["high"].astype(float), color=colour, linewidth=2)
    axes.plot(rows["estimate"].astype(float), at, MARKERS.get(kind, "o"), color=colour, markersize=8, clip_on=False)


def _scale(axes: Axes, ticks: list[int], label: str) -> None:
    """A scale in per cent from the first to the last of its ticks."""
    axes.set_xlim(ticks[0], ticks[-1])
    axes.set_xticks(ticks, [f"{tick}%" if tick == ticks[-1] else str(tick) for tick in ticks])
    axes.set_xlabel(label)


def lines_of(name: str, narrow: bool) -> list[str]:
    """A row's name in at most two lines; the data table has it in full."""
    most = int(NAMES["narrow" if narrow else "wide"] * len(name) / max(width_of(name), 1))
    lines = textwrap.wrap(name, max(most, 1)) or [""]
    return lines if len(lines) < 3 else [lines[0], f"{lines[1][: most - 1]}…"]


def row_of(names: Iterable[str], narrow: bool) -> float:
    """Pixels of height that a row takes: more where a name takes two lines, so that neighbours stay apart."""
    return ROW + (10 if any(len(lines_of(name, narrow)) > 1 for name in names) else 0)


def room_of(names: Iterable[str], narrow: bool) -> float:
    """Pixels that the rows' names take, and a little air."""
    return 16 + max(width_of(line) for name in names for line in lines_of(name, narrow))


def name_rows(axes: Axes, at: Sequence[float], names: Iterable[str], narrow: bool) -> None:
    """The rows' names left of the axes, each line set by itself: text on the page is not as wide as matplotlib thinks."""
    for y, name in zip(at, names, strict=False):
        lines = lines_of(name, narrow)
        for i, line in enumerate(lines):
            shift = (len(lines) - 1) / 2 - i
            axes.annotate(
                line,
                (0, y),
                xycoords=axes.get_yaxis_transform(),
                xytext=(-10, LINE * shift),
                textcoords="offset points",
                ha="right",
                va="center",
            )
