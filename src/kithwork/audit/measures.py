"""What is published of a measure: the figure of the whole, those of its groups, and what they leave of it.

Within a measure the whole is the mean over people, N · X = Σ n · x: what the published groups leave of N is how many people
are in none of them, and of N · X, within the slack of rounding, is their sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kithwork.release import DECIMALS

if TYPE_CHECKING:
    import pandas as pd

RANGES = {"%": (0.0, 100.0), "score": (0.0, 100.0), "index": (-1.0, 1.0)}
"""Ends of what a mean may be, by unit; of others 0 and twice the greatest figure published."""
REST = "(held back)"
"""Stands for those who are in no group that is known."""
LEAST_ROWS = 3
"""Rows, the whole one of them, in which shares must add up before they are taken to do so in every row."""

Hidden = Mapping[str, Mapping[str, float]]
"""People of every group of a measure, by measure and group, as the study's data have them."""


@dataclass(frozen=True)
class Measure:
    """What is published of a measure: `people` and `mean` of the whole, `shown` (people, mean) by group, `unseen` people by
    group. `page`: where the whole is shown; `slack`: half of what figures are rounded to; `low`, `high`: ends of means.
    """

    name: str
    page: str
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


def rounded_to(unit: str) -> float:
    """What figures of a unit are rounded to."""
    return 10.0 ** -DECIMALS.get(unit, 0)


def measures(figures: pd.DataFrame, hidden: Hidden) -> dict[str, Measure]:
    """The measures of which a whole is published, and groups that are parts of it.

    Where `hidden` does not know a measure, the groups of others of its stem are taken for its own.
    """
    found = {}
    grouped = set(figures.loc[figures["group"].notna(), "measure"])
    alone = figures[figures["other"].isna() & figures["measure"].isin(grouped)]
    beside: dict[str, dict[str, float]] = {}
    for name, group, people in alone.loc[alone["group"].notna(), ["measure", "group", "people"]].itertuples(index=False):
        beside.setdefault(stem(name), {})[group] = people
    for name, rows in alone.drop_duplicates("id").groupby("measure", sort=True):
        whole, groups = rows[rows["group"].isna()], rows[rows["group"].notna()]
        if len(whole) != 1 or (known := float(whole["people"].iloc[0])) < groups["people"].sum():
            continue
        unit = str(whole["unit"].iloc[0])
        told = zip(groups["group"], groups["people"], groups["estimate"], strict=True)
        shown = {group: (people, mean) for group, people, mean in told}
        low, high = RANGES.get(unit, (0.0, 2 * float(rows["estimate"].abs().max())))
        left = known - groups["people"].sum()
        found[str(name)] = Measure(
            name=str(name),
            page=str(whole["page"].iloc[0]),
            people=known,
            mean=float(whole["estimate"].iloc[0]),
            shown=shown,
            unseen=_unseen(hidden.get(str(name)) or beside.get(stem(str(name)), {}), shown, left),
            slack=rounded_to(unit) / 2,
            low=min(low, rows["estimate"].min()),
            high=max(high, rows["estimate"].max()),
        )
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


def stem(measure: str) -> str:
    """What the measures of one composition share of their names: all but the last part, after a dot or within its name.

    >>> stem("people.share_personal"), stem("change.stops.KN")
    ('people.share', 'change.stops')
    """
    head, dot, last = measure.rpartition(".")
    return f"{head}{dot}{last.rpartition('_')[0]}" if "_" in last else head


def families(found: Mapping[str, Measure]) -> list[list[Measure]]:
    """Measures together that add up to 100% in every row in which all are published, and each of the others alone."""
    by_stem: dict[str, list[Measure]] = {}
    for name, one in found.items():
        by_stem.setdefault(stem(name), []).append(one)
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
