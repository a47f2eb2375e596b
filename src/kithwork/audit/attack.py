"""What a reader can work out of groups held back, from all that a folder publishes together.

Within a measure the whole is the mean over people, N · X = Σ n · x, so what the published groups leave of it is known: how
many people, and, within the slack of rounding, their sum. Where they are 1 to k − 1 people, that is a figure about so few.
Across measures that add up to 100% in every group, as the shares of three kinds do, a group held back from one of them
follows from the others. Both are equations; the least and the greatest mean that they allow a group are linear programmes
(Fischetti & Salazar 2001, *J. Am. Stat. Assoc.* 96(455), solved here by HiGHS). Hidden pairs of groups follow where the
rows of the matrix leave no other (rank of the equations).

A group of fewer than k is told too narrowly where its bounds, of the means allowed, take less than `PROTECTION` and less
than its own remainder leaves. That is asked with figures in the middle of what is allowed: a remainder of k or more of whom
all answered alike tells of each, and of all of them together, which the gate permits.

The groups held back are taken from the study's data where they are at hand; else what is left counts as one group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kithwork.pages.fault import Fault
from kithwork.release import DECIMALS

if TYPE_CHECKING:
    import pandas as pd

PROTECTION = 0.1
"""Share of the range of a unit that bounds on a hidden mean must leave."""
RANGES = {"%": (0.0, 100.0), "score": (0.0, 100.0), "index": (-1.0, 1.0)}
"""Ends of what a mean may be, by unit; of others 0 and twice the greatest figure published."""
REST = "(held back)"
LEAST_ROWS = 3
"""Rows, the whole one of them, in which shares must add up before they are taken to do so in every row."""

Hidden = Mapping[str, Mapping[str, float]]
"""People of every group of a measure, by measure and group, as the study's data have them."""


class Cell(NamedTuple):
    """A group's figure that is not published: how many people it is about."""

    measure: str
    group: str
    people: float


@dataclass(frozen=True)
class Measure:
    """What is published of a measure: `people` and `mean` of the whole, `shown` (people, mean) by group, `unseen` people by
    group. `slack`: half of what figures are rounded to; `low`, `high`: what a mean may be."""

    name: str
    people: float
    mean: float
    shown: Mapping[str, tuple[float, float]]
    unseen: Mapping[str, float]
    slack: float
    low: float
    high: float

    @property
    def left(self) -> float:
        """People of the whole who are in no published group."""
        return self.people - sum(people for people, _ in self.shown.values())

    def rest(self) -> tuple[float, float]:
        """Least and greatest sum over those who are left, by what is published."""
        total = self.people * self.mean - sum(people * mean for people, mean in self.shown.values())
        slack = self.slack * (self.people + sum(people for people, _ in self.shown.values()))
        return total - slack, total + slack


def attacks(figures: pd.DataFrame, fewest: int, hidden: Hidden) -> tuple[list[Fault], int]:
    """What can be worked out of `figures` (as `published.Study.figures`) about fewer than `fewest`; and how many hidden
    cells were attacked."""
    found = measures(figures, hidden)
    faults, tried = [], 0
    for one in found.values():
        if 0 < one.left < fewest and one.shown:
            faults.append(_remainder(one))
        tried += bool(one.unseen)
    for family in families(found):
        faults += _related(family, fewest)
        tried += sum(len(one.unseen) for one in family) if len(family) > 1 else 0
    return faults, tried


def rounded_to(unit: str) -> float:
    """What figures of a unit are rounded to."""
    return 10.0 ** -DECIMALS.get(unit, 0)


def measures(figures: pd.DataFrame, hidden: Hidden) -> dict[str, Measure]:
    """The measures of which a whole is published, and groups that are parts of it."""
    found = {}
    grouped = set(figures.loc[figures["group"].notna(), "measure"])
    alone = figures[figures["other"].isna() & figures["measure"].isin(grouped)]
    for name, rows in alone.drop_duplicates("id").groupby("measure", sort=True):
        whole, groups = rows[rows["group"].isna()], rows[rows["group"].notna()]
        if len(whole) != 1 or (known := float(whole["people"].iloc[0])) < groups["people"].sum():
            continue
        unit = str(whole["unit"].iloc[0])
        shown = {
            group: (n, mean) for group, n, mean in zip(groups["group"], groups["people"], groups["estimate"], strict=True)
        }
        low, high = RANGES.get(unit, (0.0, 2 * float(rows["estimate"].abs().max())))
        left = known - groups["people"].sum()
        found[str(name)] = Measure(
            name=str(name), people=known, mean=float(whole["estimate"].iloc[0]), shown=shown,
            unseen=_unseen(hidden.get(str(name), {}), shown, left),
            slack=rounded_to(unit) / 2, low=min(low, rows["estimate"].min()), high=max(high, rows["estimate"].max()),
        )  # fmt: skip
    return found


def _unseen(groups: Mapping[str, float], shown: Mapping[str, object], left: float) -> dict[str, float]:
    """People by group of those who are in no published group; who are in none at all are one."""
    kept = {group: people for group, people in groups.items() if group not in shown}
    if left <= 0:
        return {}
    if sum(kept.values()) > left:  # the data are of another run than the folder
        kept = {}
    outside = left - sum(kept.values())
    return kept | ({REST: outside} if outside else {})


def families(found: Mapping[str, Measure]) -> list[list[Measure]]:
    """Measures together that add up to 100% in every row in which all are published, and each of the others alone."""
    by_stem: dict[str, list[Measure]] = {}
    for name, one in found.items():
        head, dot, last = name.rpartition(".")
        by_stem.setdefault(f"{head}{dot}{last.rpartition('_')[0]}" if "_" in last else head, []).append(one)
    return [
        family
        for members in by_stem.values()
        for family in ([members] if _adds_up(members) else [[one] for one in members])
    ]


def _adds_up(members: list[Measure]) -> bool:
    if len(members) < 2 or any(one.high != 100 for one in members):
        return False
    common = set.intersection(*(set(one.shown) for one in members))
    rows = [[one.mean for one in members], *([one.shown[group][1] for one in members] for group in common)]
    slack = sum(one.slack for one in members) + 1e-9
    return len(rows) >= LEAST_ROWS and all(abs(sum(row) - 100) <= slack for row in rows)


def _remainder(one: Measure) -> Fault:
    low, high = one.rest()
    low, high = max(low / one.left, one.low), min(high / one.left, one.high)
    found = f"{one.name}: what the groups leave of the whole is about {one.left:g}: mean {low:.3g} to {high:.3g}"
    return Fault(LEFT, one.name, found, "Hold back another group: release.py does (complementary suppression).")


LEFT, RELATED = "audit: remainder of too few", "audit: group that others tell"


def _related(family: list[Measure], fewest: int) -> Iterator[Fault]:
    """Groups of fewer than `fewest` that are told by measures which add up."""
    if len(family) == 1:
        return
    cells = [Cell(one.name, group, people) for one in family for group, people in one.unseen.items()]
    for at, cell in enumerate(cells):
        if cell.people >= fewest or cell.group == REST:
            continue
        own = next(one for one in family if one.name == cell.measure)
        range_ = own.high - own.low
        alone = bounds([own], [one for one in cells if one.measure == own.name], cell, middle=True)
        together = bounds(family, cells, cell, middle=True)
        if together is None or alone is None:
            continue
        width = together[1] - together[0]
        if width < PROTECTION * range_ and width < alone[1] - alone[0] - 1e-6:
            low, high = bounds(family, cells, cells[at]) or together
            found = f"{cell.measure}, a group of {cell.people:g} held back: mean {low:.3g} to {high:.3g}"
            remedy = "Hold the group back from every measure that adds up with this one."
            yield Fault(RELATED, cell.measure, found, remedy)


def bounds(family: list[Measure], cells: list[Cell], target: Cell, *, middle: bool = False) -> tuple[float, float] | None:
    """Least and greatest mean that what is published allows a hidden cell; None where it contradicts itself.

    `middle`: with every hidden mean that adds up in the middle of what is allowed, whatever the figures are.
    """
    import numpy as np
    from scipy.optimize import linprog

    by_name = {one.name: one for one in family}
    place = {(cell.measure, cell.group): at for at, cell in enumerate(cells)}
    centre = {one.name: 100 / len(family) if len(family) > 1 else (one.low + one.high) / 2 for one in family}
    rows, tops = [], []
    for one in family:
        row = np.zeros(len(cells))
        for group, people in one.unseen.items():
            row[place[one.name, group]] = people
        low, high = one.rest()
        if middle:
            half = (high - low) / 2
            low, high = one.left * centre[one.name] - half, one.left * centre[one.name] + half
        rows += [row, -row]
        tops += [high, -low]
    for group in {cell.group for cell in cells if len(family) > 1} - {REST}:
        if not all((one.name, group) in place or group in one.shown for one in family):
            continue
        row, known, slack = np.zeros(len(cells)), 0.0, 0.0
        for one in family:
            if (one.name, group) in place:
                row[place[one.name, group]] = 1
            else:
                known += centre[one.name] if middle else one.shown[group][1]
                slack += one.slack
        rows += [row, -row]
        tops += [100 - known + slack, known - 100 + slack]
    limits = [(by_name[cell.measure].low, by_name[cell.measure].high) for cell in cells]
    cost = np.zeros(len(cells))
    cost[place[target.measure, target.group]] = 1
    ends = []
    for sign in (1, -1):
        solved = linprog(sign * cost, A_ub=np.array(rows), b_ub=np.array(tops) + 1e-9, bounds=limits, method="highs")
        if not solved.success:
            return None
        ends.append(sign * float(solved.fun))
    return ends[0], ends[1]
