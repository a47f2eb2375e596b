"""The figures of the report, drawn from released claims. One function each; each also says in words what it shows."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from kithwork.params import KINDS
from kithwork.release import Released
from kithwork.report import sentences as say
from kithwork.report.drawing import COLOURS, drawn

ROW = 30
"""Pixels of height that one row of a bar or interval chart takes."""
ALL = "All"


def _by_group(released: Released, measure: str) -> pd.DataFrame:
    """Groups of a measure, lowest first, with the whole organisation above them where it is claimed."""
    groups = released.of(measure).sort_values("estimate", kind="stable")
    whole = released.get(measure)
    return groups if whole is None else pd.concat([groups, whole.to_frame().T.assign(group=ALL)], ignore_index=True)


def portfolio(released: Released, title: str) -> Markup:
    """Stacked shares of the kinds by group, the strategic share's interval beside them."""
    kinds = [kind for kind in reversed(KINDS) if released.get(f"people.share_{kind}") is not None]
    order = _by_group(released, f"people.share_{kinds[0]}")
    share = {
        kind: _by_group(released, f"people.share_{kind}")
        .set_index("group")["estimate"]
        .reindex(order["group"])
        .astype(float)
        for kind in kinds
    }
    top = max(float(order["high"].max()), 1)

    def draw(figure, narrow: bool) -> None:
        bars, ranges = figure.subplots(1, 2, sharey=True, gridspec_kw={"width_ratios": [3, 2], "wspace": 0.08})
        figure.subplots_adjust(left=0.2 if narrow else 0.13, right=0.985, top=1 - 34 / height, bottom=40 / height)
        y = range(len(order))
        left = pd.Series(0.0, index=order["group"])
        for kind in kinds:
            bars.barh(
                y,
                share[kind],
                left=left,
                height=0.72,
                color=COLOURS[kind],
                edgecolor=COLOURS["paper"],
                linewidth=2,
            )
            for at, (value, start) in enumerate(zip(share[kind], left, strict=True)):
                if value >= (14 if narrow else 7):
                    colour = COLOURS[f"on_{kind}"]
                    bars.text(
                        start + value / 2,
                        at,
                        f"{value:.0f}",
                        ha="center",
                        va="center",
                        color=colour,
                        fontsize=12,
                    )
            left = left + share[kind]
        bars.set_yticks(list(y), order["group"])
        bars.set_xlim(0, 100)
        bars.set_xticks([0, 50, 100])
        bars.set_xlabel("% of portfolio")
        bars.set_title(" · ".join(kinds) if not narrow else "by kind", loc="left", fontsize=12.5, color=COLOURS["muted"])
        ranges.hlines(y, order["low"].astype(float), order["high"].astype(float), color=COLOURS[kinds[0]], linewidth=2)
        ranges.plot(order["estimate"].astype(float), y, "^", color=COLOURS[kinds[0]], markersize=8)
        ranges.axvline(float(order["estimate"].iloc[-1]), color=COLOURS["axis"], linestyle=(0, (3, 2)), linewidth=1.2)
        ranges.set_xlim(0, top * 1.04)
        ranges.set_xlabel("% strategic" if narrow else "% strategic, 95% interval")

    height = 74 + ROW * len(order)
    words = (
        f"Stacked bars of the share of {say.join(kinds)} ties for {say.several(len(order) - 1, 'group')} and the whole; "
        f"strategic shares run from {order['estimate'].min():.0f} to {order['estimate'].max():.0f} per cent with wide, "
        "overlapping intervals. The data table follows."
    )
    return drawn("portfolio", title, words, height, draw)


def boundaries(released: Released, title: str) -> Markup:
    """E-I by group with interval, and what the group's size alone would give."""
    groups = released.of("people.e_i").sort_values("estimate", kind="stable", ignore_index=True)

    def draw(figure, narrow: bool) -> None:
        axes = figure.subplots()
        figure.subplots_adjust(left=0.2 if narrow else 0.13, right=0.985, top=1 - 10 / height, bottom=44 / height)
        y = range(len(groups))
        axes.hlines(y, groups["low"], groups["high"], color=COLOURS["ink"], linewidth=2)
        axes.plot(groups["estimate"], y, "o", color=COLOURS["ink"], markersize=8)
        axes.plot(groups["reference"], y, "|", color=COLOURS["axis"], markersize=17, markeredgewidth=2)
        axes.axvline(0, color=COLOURS["rule"], linewidth=1, zorder=0)
        axes.set_yticks(list(y), groups["group"])
        axes.set_xlim(-1.04, 1.04)
        axes.set_xticks([-1, -0.5, 0, 0.5, 1], [f"{say.MINUS}1", f"{say.MINUS}0.5", "0", "0.5", "1"])
        axes.set_xlabel("E-I index" if narrow else "E-I index: all ties within (−1) to all across (+1)")

    height = 54 + ROW * len(groups)
    words = (
        f"Interval chart of the E-I index for {say.several(len(groups), 'group')}, from {groups['estimate'].min():.2f} to "
        f"{groups['estimate'].max():.2f}; a bar marks what the group's size alone would give. The data table follows."
    )
    return drawn("boundaries", title, words, height, draw)


def segments(released: Released, title: str) -> Markup:
    """Mean share of each kind in each segment or band, with intervals: one panel a kind."""
    kinds = [kind for kind in KINDS if len(released.of(f"people.segment_{kind}"))]
    frames = {kind: released.of(f"people.segment_{kind}") for kind in kinds}
    names = list(frames[kinds[0]]["group"])
    names = [name for name in ("First third", "Middle third", "Last third") if name in names] or names

    def draw(figure, narrow: bool) -> None:
        shape = (len(kinds), 1) if narrow else (1, len(kinds))
        panels = figure.subplots(*shape, sharex=True, sharey=True, squeeze=False).ravel()
        figure.subplots_adjust(
            left=0.3 if narrow else 0.14,
            right=0.985,
            top=1 - 28 / height,
            bottom=44 / height,
            hspace=0.6,
            wspace=0.08,
        )
        for panel, kind in zip(panels, kinds, strict=True):
            rows = frames[kind].set_index("group").loc[names[::-1]]
            y = range(len(rows))
            panel.hlines(y, rows["low"], rows["high"], color=COLOURS[kind], linewidth=2)
            marker = {"personal": "o", "functional": "s", "strategic": "^"}[kind]
            panel.plot(rows["estimate"], y, marker, color=COLOURS[kind], markersize=8)
            panel.set_yticks(list(y), rows.index)
            panel.set_ylim(-0.6, len(rows) - 0.4)
            panel.set_xlim(0, 100)
            panel.set_title(kind, loc="left", fontsize=12.5, color=COLOURS["muted"])
        panels[-1].set_xlabel("mean % of portfolio")

    height = 84 + 3 * ROW * len(names) // 2
    words = (
        f"Interval charts of the mean share of {say.join(kinds)} ties in {say.several(len(names), 'group')} of people, "
        "one panel for each kind, from 0 to 100 per cent. The data table follows."
    )
    return drawn("segments", title, words, height, draw)
