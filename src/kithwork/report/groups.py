"""How groups are tied to one another, in the picture that can still be read: a map, a matrix, or a profile of the groups.

Up to 20 groups are drawn as a map of nodes and links, with the matrix under it; up to 40 as the matrix alone; beyond, its
cells are too small to see and each group is set beside chance instead. Beyond 20 nodes readers do most tasks better on a
matrix (Ghoniem, Fekete & Castagliola 2005, Information Visualization 4:114). Nobody's own node is ever drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, comb, log2, sqrt

import numpy as np
import pandas as pd
from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import sentences as say
from kithwork.report.drawing import COLOURS, WIDTHS, drawn, panel, width_of
from kithwork.report.figures import LINE, NAMES, RIGHT, lines_of, name_rows, room_of, row_of, told_ends

MAP, MATRIX = 20, 40
"""Groups up to which a map, and up to which a matrix is drawn."""
ENDS = 12
"""Groups that the profile names at either end."""
PRINTED = 28
"""Pixels of a cell's width from which on its figure is printed in it."""
WIDEST = 44
"""Pixels of a cell's width at most."""
AIR = 14
"""Pixels of a matrix's width that are neither cells nor a name."""
LEAST, ACROSS = 260, 420
"""Pixels of a ring's height at least, and of its width at most."""


def form(groups: int) -> str:
    """`map`, `matrix` or `profile`: the picture in which so many groups can still be told apart."""
    return "map" if groups <= MAP else "matrix" if groups <= MATRIX else "profile"


@dataclass(frozen=True)
class Tied:
    """The pairs of groups that may be shown, sorted by what their intervals say of chance."""

    pairs: pd.DataFrame
    names: list[str]

    @property
    def across(self) -> pd.DataFrame:
        """Pairs of two groups."""
        return self.pairs[self.pairs["group"] != self.pairs["other"]]

    @property
    def within(self) -> pd.DataFrame:
        """Groups and themselves."""
        return self.pairs[self.pairs["group"] == self.pairs["other"]]

    @property
    def apart(self) -> bool:
        """Whether any pair of two groups differs clearly from chance."""
        return bool((self.across["place"] != "between").any())

    @property
    def all_pairs(self) -> int:
        """Pairs of two groups that there are, told of or not."""
        return comb(len(self.names), 2)

    def links(self) -> tuple[pd.DataFrame, pd.DataFrame, int]:
        """Pairs the map draws: above and below chance, and how many below it leaves to the matrix lest lines cover it."""
        above, below = (self.across[self.across["place"] == place] for place in ("above", "below"))
        fits = len(above) + len(below) <= 2 * len(self.names)
        return above, below if fits else below.iloc[:0], 0 if fits else len(below)


def tied(released: Released, measure: str = "people.between") -> Tied | None:
    """The pairs of a measure, each with its `place`: above, below or between; None where there are none of two groups."""
    pairs = released.of(measure)
    if (pairs["group"] == pairs["other"]).all():
        return None
    place = np.select([pairs["low"] > 1, pairs["high"] < 1], ["above", "below"], "between")
    at_most = (pairs["low"] == 0) & (pairs["estimate"] == pairs["high"])
    return Tied(pairs.assign(place=place, at_most=at_most), _order(pairs))


def network(released: Released, title: str) -> Markup:
    """A map of the groups: links where two are tied clearly more than chance (solid) or less (dashed)."""
    found = tied(released)
    assert found is not None
    above, below, left_out = found.links()
    inside = set(found.within.loc[found.within["place"] == "above", "group"])
    layouts = [_ring(found.names), _column(found.names)]

    def draw(figure, narrow: bool) -> None:
        at, (left, right), _ = layouts[narrow]
        axes = panel(figure, left, 0, right, 0)
        for pairs, colour, dashes in ((below, "axis", (0, (3, 3))), (above, "ink", "-")):
            for row in pairs.itertuples():
                line = {"color": COLOURS[colour], "linestyle": dashes, "linewidth": _weight(row), "clip_on": False}
                axes.plot(*_link(at[row.group], at[row.other], narrow), **line)
        for name, (x, y) in at.items():
            fill = {"color": COLOURS["ink" if name in inside else "paper"], "markeredgecolor": COLOURS["ink"]}
            axes.plot(x, y, "o", markersize=11, markeredgewidth=2, clip_on=False, **fill)
            _label(axes, (x, y), lines_of(name, narrow), "left" if narrow or x < 0 else "right")
        axes.set_xlim((0, 1) if narrow else (-1, 1))
        axes.set_ylim(-layouts[narrow][2] / 2, layouts[narrow][2] / 2)
        axes.set_axis_off()

    words = (
        f"Map of {say.several(len(found.names), 'group')}: {say.several(len(above), 'solid line')} between groups tied "
        f"clearly more than chance would give, {say.several(len(below), 'dashed line')} between those tied clearly less"
        f"{f', {left_out} of these not drawn' if left_out else ''}; {say.several(len(inside), 'group')} tied more within. "
        f"{_strongest(above)}The data table follows."
    )
    return drawn("network", title, words, layouts[0][2], draw, layouts[1][2])


def matrix(released: Released, title: str) -> Markup:
    """A triangle of cells, one a pair: filled above chance, framed below, else empty; a name serves its row and column."""
    found = tied(released)
    assert found is not None
    names = found.names
    place = {name: i for i, name in enumerate(names)}
    cells = [_cell(narrow, names) for narrow in (False, True)]
    heights = [cell[1] * len(names) + 8 for cell in cells]

    def draw(figure, narrow: bool) -> None:
        wide = cells[narrow][0]
        side = wide * len(names)
        axes = panel(figure, 4, 4, WIDTHS["narrow" if narrow else "wide"] - 4 - side, 4)
        corners = [sorted((place[row.group], place[row.other])) for row in found.pairs.itertuples()]
        _cells(axes, len(names), np.array(corners), found.pairs["place"].to_numpy())
        for (x, y), row in zip(corners, found.pairs.itertuples(), strict=True):
            if wide >= PRINTED:
                colour = {"above": "paper", "below": "ink", "between": "muted"}[row.place]
                axes.text(x + 0.5, y + 0.5, _figure(row), color=COLOURS[colour], ha="center", va="center_baseline")
        for i, name in enumerate(names):
            room = WIDTHS["narrow" if narrow else "wide"] - AIR - wide * (i + 1)
            _label(axes, (i + 1, i + 0.5), [_cut(name, room)], "right", 6)
        axes.set_xlim(0, len(names))
        axes.set_ylim(len(names), 0)
        axes.set_axis_off()

    counts = found.across["place"].value_counts()
    words = (
        f"Triangle of cells for the {found.all_pairs:,} pairs of {say.several(len(names), 'group')}, each with itself "
        f"on the slope: {counts.get('above', 0)} pairs of two groups are tied clearly more than chance would give, "
        f"{counts.get('below', 0)} clearly less. {_strongest(found.across[found.across['place'] == 'above'])}"
        "The data table follows."
    )
    return drawn("matrix", title, words, heights[0], draw, heights[1])


def profile(released: Released, title: str) -> Markup:
    """Each group's share of ties leading out beside chance: both ends by name, the others as a histogram."""
    groups = ranked(released)
    below, above = sizes = named(len(groups))
    ends, middle = pd.concat([groups.head(below), groups.tail(above)])[::-1], groups.iloc[below : len(groups) - above]
    gap = 2 if len(middle) else 0
    at = [*range(sum(sizes) + gap, below + gap, -1), *range(below, 0, -1)]
    high = [row_of(ends["group"], narrow) for narrow in (False, True)]
    heights = [58 + one * (sum(sizes) + gap) for one in high]

    def draw(figure, narrow: bool) -> None:
        others = [f"{len(middle):,} others"] if len(middle) else []
        axes = panel(figure, room_of([*ends["group"], *others], narrow), 8, RIGHT, 50)
        axes.hlines(at, ends["low"], ends["high"], color=COLOURS["ink"], linewidth=2)
        axes.plot(ends["estimate"], at, "o", color=COLOURS["ink"], markersize=8, clip_on=False)
        axes.plot(ends["reference"], at, "|", color=COLOURS["axis"], markersize=17, markeredgewidth=2)
        many = middle["estimate"].round().value_counts().sort_index()
        axes.bar(many.index, many / many.max() * 1.8, width=0.7, bottom=below + 0.6, color=COLOURS["muted"])
        name_rows(axes, [*at, below + 1.5], [*ends["group"], *others], narrow)
        axes.set_ylim(0.3, sum(sizes) + gap + 0.7)
        axes.set_yticks([])
        axes.set_xlim(0, 100)
        axes.set_xticks([0, 50, 100], ["0", "50", "100%"])
        axes.set_xlabel("share of ties that lead out")

    rest = f"; the {len(middle):,} others are a histogram without names" if len(middle) else ""
    words = (
        f"Interval chart of the share of ties that lead out of a group, for the {above} groups highest and the {below} "
        f"lowest beside what chance would give, of {len(groups):,}{rest}. "
        f"Shares run from {groups['estimate'].min():.0f} to {groups['estimate'].max():.0f} per cent; {told_ends(groups)}. "
        "The data table follows."
    )
    return drawn("profile", title, words, heights[0], draw, heights[1])


def _strongest(above: pd.DataFrame) -> str:
    """The pair with the largest ratio of those above chance, as it is drawn."""
    if above.empty:
        return ""
    row = above.loc[above["estimate"].idxmax()]
    return f"The largest ratio is that of {row['group']} and {row['other']}, {say.number(row['estimate'], row['unit'])}. "


def named(groups: int) -> tuple[int, int]:
    """Groups that the profile names at the lower and at the upper end."""
    return min(ENDS, groups // 2), min(ENDS, groups - groups // 2)


def ranked(released: Released) -> pd.DataFrame:
    """Groups by how far their share of ties leading out lies from chance, the farthest below first."""
    groups = released.of("people.outside")
    return groups.iloc[np.argsort(groups["estimate"] - groups["reference"], kind="stable")].reset_index(drop=True)


def _order(pairs: pd.DataFrame) -> list[str]:
    """Groups so that those tied to the same groups stand together: leaves of average linkage, in the best order.

    Bar-Joseph, Gifford & Jaakkola 2001, Bioinformatics 17:S22.
    """
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import pdist

    names = sorted({*pairs["group"], *pairs["other"]})
    if len(names) < 3:
        return names
    both = pd.concat([pairs, pairs.rename(columns={"group": "other", "other": "group"})])
    table = both.pivot_table(index="group", columns="other", values="estimate").reindex(index=names, columns=names)
    closeness = np.log2(table.fillna(1).clip(lower=0.125).to_numpy())
    leaves = leaves_list(linkage(pdist(closeness), "average", optimal_ordering=True))
    return [names[leaf] for leaf in leaves]


def _ring(names: list[str]) -> tuple[dict[str, tuple[float, float]], tuple[float, float], float]:
    """Places on a ring, x from -1 to 1 and y in pixels; what names take on either side of it; its height.

    Rows are even, so that no name meets another.
    """
    half = ceil(len(names) / 2)
    row = max(row_of(names, False), LEAST / half)
    places = {}
    for side, some in ((1, names[:half]), (-1, names[half:][::-1])):
        for i, name in enumerate(some):
            y = (len(some) - 1) / 2 - i
            places[name] = (side * sqrt(1 - (y / (half / 2 + 0.25)) ** 2), y * row)
    room = (WIDTHS["wide"] - min(ACROSS, WIDTHS["wide"] - 2 * room_of(names, False))) / 2
    return places, (room, room), row * half + 10


def _column(names: list[str]) -> tuple[dict[str, tuple[float, float]], tuple[float, float], float]:
    """Places in one column, links bowing to the right of it: on a narrow screen a ring leaves no room for its names."""
    row = row_of(names, True)
    places = {name: (0, row * ((len(names) - 1) / 2 - i)) for i, name in enumerate(names)}
    return places, (room_of(names, True), 8), row * len(names)


def _link(one: tuple[float, float], other: tuple[float, float], bowed: bool) -> tuple[np.ndarray, np.ndarray]:
    """Points of a line between two places; a bow reaches the farther the longer it is."""
    (x, y), (to_x, to_y) = one, other
    step = np.linspace(0, 1, 25 if bowed else 2)
    reach = abs(to_y - y) / (abs(to_y - y) + 120)
    return x + (to_x - x) * step + (reach * np.sin(np.pi * step) if bowed else 0), y + (to_y - y) * step


def _weight(row) -> float:
    """Pixels of a link's width: up to 6, wider by one each time the ratio doubles; thin below chance."""
    return min(1.5 + log2(row.estimate), 6) if row.place == "above" else 1.4


def _label(axes, at: tuple[float, float], lines: list[str], side: str, away: float = 11) -> None:
    """A name beside a place, each line set by itself: text on the page is not as wide as matplotlib thinks."""
    right = side == "right"
    for i, line in enumerate(lines):
        axes.annotate(
            line,
            at,
            xytext=(away if right else -away, LINE * ((len(lines) - 1) / 2 - i)),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
        )


def _cell(narrow: bool, names: list[str]) -> tuple[float, float]:
    """Pixels of a cell's width and height: what the names leave, each right of the cell where its row ends."""
    whole, most = WIDTHS["narrow" if narrow else "wide"] - AIR, NAMES["narrow" if narrow else "wide"]
    wide = min((whole - min(width_of(name), most)) / (i + 1) for i, name in enumerate(names))
    return (min(wide, WIDEST), 26) if wide >= PRINTED else (wide, LINE + 2)


def _cut(name: str, room: float) -> str:
    """A name in one line, cut in its middle: names alike differ in their ends. The data table has it in full."""
    kept, most = name, len(name)
    while width_of(kept) > room + 0.5 and most > 2:
        most -= 1
        kept = f"{name[: ceil(most * 0.6)].rstrip()}…{name[len(name) - most // 3 :].lstrip()}"
    return kept


def _cells(axes, groups: int, corners: np.ndarray, places: np.ndarray) -> None:
    """A grid under the slope, cells above chance filled and those below it framed."""
    from matplotlib.collections import PolyCollection

    ends = np.arange(groups + 1)
    grid = {"color": COLOURS["rule"], "linewidth": 0.6, "zorder": 0}
    axes.hlines(ends, 0, np.minimum(ends + 1, groups), **grid)
    axes.vlines(ends, np.maximum(ends - 1, 0), groups, **grid)
    for place, fill, edge, inset in (("above", "ink", "paper", 0), ("below", "paper", "ink", 0.06)):
        unit = np.array([[inset, inset], [1 - inset, inset], [1 - inset, 1 - inset], [inset, 1 - inset]])
        squares = corners[places == place].reshape(-1, 1, 2) + unit
        style = {"facecolor": COLOURS[fill], "edgecolor": COLOURS[edge], "linewidth": 1.2, "clip_on": False}
        axes.add_collection(PolyCollection(squares, zorder=2 if inset else 1, **style))


def _figure(row) -> str:
    """What a cell prints: at most four signs; nothing where an upper limit above chance says nothing."""
    if row.at_most:
        return "" if row.estimate >= 1 else f"≤{max(row.estimate, 0.1):.1f}"
    return f"{row.estimate:.0f}" if row.estimate >= 10 else f"{row.estimate:.1f}"
