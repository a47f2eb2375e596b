"""The picture of `benchmarks/likeness.py`: one panel a measure, real data sets as dots by name, simulated ones as crosses.

A grey band spans the real values that a simulated row is held against.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.figures import RESULTS
from benchmarks.measures import exceedance
from kithwork.report.drawing import COLOURS, STYLE, panel

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from benchmarks.likeness import Comparison

WIDTH, ROW, HEAD = 1000, 21, 24
NAMES, GAP, TOP = 142, 62, 66
"""Pixels for the rows' names, between a panel and what is above it, and above the first."""
REAL, OURS, BAND = COLOURS["functional"], COLOURS["strategic"], "#eceef1"
LIMITS = {
    "variation of degree": (0, 1.8),
    "transitivity": (0, 0.7),
    "reciprocity": (0, 1),
    "overlap": (0, 0.3),
    "burstiness": (-0.2, 1),
    "contact outside working hours": (0, 1),
}
TITLES = {
    "variation of degree": "Variation of degree (SD / mean)",
    "transitivity": "Clustering (share of two-paths closed)",
    "reciprocity": "Reciprocity (directed edges returned)",
    "overlap": "Overlap of layers (Jaccard, mean of pairs)",
    "burstiness": "Burstiness (0: Poisson, 1: all at once)",
    "contact outside working hours": "Contact outside Mon–Fri 8–18 h (share)",
}
LEFT = ("variation of degree", "reciprocity")
RIGHT = ("transitivity", "overlap", "burstiness", "contact outside working hours")


def draw(found: list[Comparison], tails: dict[str, np.ndarray], ours: list[np.ndarray]) -> None:
    """Write `results/likeness.svg`; `tails` and `ours` are degrees over their mean, of mail."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    by_measure = {name: [one for one in found if one.measure == name] for name in TITLES}
    height = max(sum(_tall(by_measure[name]) + GAP for name in column) for column in (LEFT, RIGHT)) + TOP
    with mpl.rc_context({**STYLE, "svg.fonttype": "path", "font.size": 12}):
        figure = Figure(figsize=(WIDTH / 72, height / 72))
        figure.text(16 / WIDTH, 1 - 26 / height, "Simulated organisations beside real data", fontsize=16, weight="bold")
        _legend(figure, height)
        ends = []
        for column, side in ((LEFT, 0), (RIGHT, 1)):
            top = TOP + 16
            for name in column:
                tall = _tall(by_measure[name])
                left = side * WIDTH / 2 + NAMES
                axes = panel(figure, left, top, WIDTH / 2 * (1 - side) + 24, height - top - tall)
                _dots(axes, by_measure[name], name)
                top += tall + GAP
            ends.append(top)
        axes = panel(figure, 66, ends[0] + 4, WIDTH / 2 + 24, 44)
        _tails(axes, tails, ours)
        figure.savefig(RESULTS / "likeness.svg", metadata={"Date": None, "Creator": None}, facecolor=COLOURS["paper"])


def _legend(figure, height: float) -> None:
    """What the marks mean."""
    axes = panel(figure, 16, 36, 16, height - 60)
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH - 32)
    axes.set_ylim(0, 1)
    axes.plot([6], [0.5], "o", color=REAL, markersize=8)
    axes.text(18, 0.5, "a real data set", va="center")
    axes.plot([136], [0.5], "x", color=OURS, markersize=8, markeredgewidth=2)
    axes.text(148, 0.5, "a simulated organisation (five of 400 people)", va="center")
    axes.barh([0.5], [26], left=[452], height=0.6, color=BAND)
    axes.text(486, 0.5, "range of the real ones", va="center")


def _tall(some: list[Comparison]) -> float:
    return sum(len(one.real) + len(one.simulated) for one in some) * ROW + (len(some) > 1) * len(some) * HEAD


def _dots(axes: Axes, some: list[Comparison], name: str) -> None:
    """Rows of dots from top to bottom, in pixels; several networks have a line above each."""
    down, low, high = 0.0, *LIMITS[name]
    for one in some:
        if len(some) > 1:
            _row_name(axes, down + HEAD / 2 + 2, one.network, COLOURS["muted"], "bold")
            down += HEAD
        rows = len(one.real) + len(one.simulated)
        start, end = one.ends
        axes.barh([down + rows * ROW / 2], [end - start], left=[start], height=rows * ROW - 4, color=BAND, zorder=0)
        for label, values in one.real.items():
            axes.plot(values, [down + ROW / 2] * len(values), "o", color=REAL, markersize=8, alpha=0.85, clip_on=False)
            _row_name(axes, down + ROW / 2, label)
            down += ROW
        for label, values in one.simulated.items():
            at = [down + ROW / 2] * len(values)
            axes.plot(values, at, "x", color=OURS, markersize=7, markeredgewidth=1.6, clip_on=False)
            _row_name(axes, down + ROW / 2, label, OURS)
            down += ROW
    axes.set_xlim(low, high)
    axes.set_ylim(down, 0)
    axes.set_yticks([])
    axes.set_title(TITLES[name], loc="left", x=-0.36, fontsize=13, pad=6, weight="bold")


def _row_name(axes: Axes, y: float, text: str, colour: str = COLOURS["ink"], weight: str = "normal") -> None:
    where = {"xycoords": axes.get_yaxis_transform(), "xytext": (-10, 0), "textcoords": "offset points"}
    axes.annotate(text, (0, y), ha="right", va="center", color=colour, weight=weight, **where)


def _tails(axes: Axes, tails: dict[str, np.ndarray], ours: Iterable[np.ndarray]) -> None:
    """P(degree ≥ k times the mean) of mail, on logarithmic axes."""
    for degrees in ours:
        axes.step(*exceedance(degrees), where="pre", color=OURS, linewidth=1, alpha=0.7)
    for (name, degrees), dash in zip(tails.items(), ("-", (0, (4, 2))), strict=True):
        axes.step(*exceedance(degrees), where="pre", color=REAL, linewidth=2, linestyle=dash, label=name)
    axes.plot([], [], color=OURS, linewidth=1, label="simulated")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(0.03, 30)
    axes.set_ylim(4e-4, 1.3)
    axes.set_xticks([0.1, 1, 10], ["0.1", "1", "10"])
    axes.set_yticks([1, 0.1, 0.01, 0.001], ["1", "0.1", "0.01", "0.001"])
    axes.minorticks_off()
    axes.spines["left"].set_visible(True)
    axes.set_xlabel("degree / mean degree")
    axes.set_title("Degree of mail: share of people with at least", loc="left", x=-0.11, fontsize=13, pad=6, weight="bold")
    axes.legend(frameon=False, loc="lower left", fontsize=12)
