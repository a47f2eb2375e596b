"""What is learned by taking one published figure from another that is about nearly the same people.

Two figures of one thing about N and N + d people are sums over them, whose difference is the sum over the d. Where d is 1
to k − 1, their mean is (N + d) · x′ − N · x over d, give or take half of what both are rounded to times N + N + d, over d;
that is too narrow where it takes less than `PROTECTION` of what a mean may be. So are compared

- the editions in one folder: what a public page shows must be in the others too, and nowhere with another figure;
- two folders, as an earlier and a later release of one study;
- two folders of different waves, whose answers were given anew: only measures that the later one carried over, most of
  whose groups have the very same figure of as many people;
- two measures of one folder that agree wherever they are about as many people: the same thing, counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from kithwork.audit.measures import RANGES, rounded_to
from kithwork.audit.published import PUBLIC
from kithwork.pages.fault import Fault

if TYPE_CHECKING:
    import pandas as pd

PROTECTION = 0.5
"""Share of what a mean may be that its bounds must take: what is taken here is about so few that half tells which side."""
LEAST_ROWS = 4
"""Different figures, of as many people, in which two measures agree before they are taken for the same."""
MOST, NEARLY = 0.5, 0.9
"""Share of rows that agree from which a measure counts as carried over, and two measures as one."""
DIFFERENCE, EDITIONS = "audit: difference about too few", "audit: editions that disagree"


def editions(figures: pd.DataFrame) -> list[Fault]:
    """Claims of a folder's pages that no two pages may show differently, and that no public page may show alone."""
    distinct = figures.drop_duplicates(["id", "estimate", "people"])
    faults = []
    for name, rows in distinct[distinct["id"].duplicated(keep=False)].groupby("id", sort=True):
        found = " and ".join(f"{row.estimate:g} of {row.people:g} ({row.page})" for row in rows.head(2).itertuples())
        faults.append(Fault(EDITIONS, str(rows["page"].iloc[1]), f"{name}: {found}", "Make all editions in one run."))
    public = figures["edition"] == PUBLIC
    if not public.all():
        alone = figures[public & ~figures["id"].isin(figures.loc[~public, "id"])]
        remedy = "Make all editions in one run, from the same claims."
        faults += [Fault(EDITIONS, row.page, f"{row.id}: in no other edition", remedy) for row in alone.itertuples()]
    return faults


def between(earlier: pd.DataFrame, later: pd.DataFrame, fewest: int, *, waves: bool = False) -> tuple[list[Fault], int]:
    """What two releases tell together about fewer than `fewest`; and how many claims both have."""
    both = earlier.drop_duplicates("id").merge(later.drop_duplicates("id"), on="id", suffixes=("_a", "_b"))
    compared = both[both["measure_a"].isin(_carried(both))] if waves else both
    return list(_faults(compared, compared["id"], fewest, "")), len(compared)


def _carried(both: pd.DataFrame) -> set[str]:
    """Measures most of whose rows are the same in both."""
    same = (both["estimate_a"] == both["estimate_b"]) & (both["people_a"] == both["people_b"])
    by_measure = same.groupby(both["measure_a"]).agg(["mean", "sum"])
    return set(by_measure.index[(by_measure["mean"] > MOST) & (by_measure["sum"] > 1)])


def twins(figures: pd.DataFrame, fewest: int) -> tuple[list[Fault], int]:
    """What two measures that are one thing tell together about fewer than `fewest`; and how many such pairs there are."""
    import numpy as np

    alone = figures[figures["other"].isna()].drop_duplicates("id").assign(row=figures["group"].fillna(""))
    faults, found = [], 0
    for _, rows in alone.groupby("unit", sort=True):
        means = rows.pivot_table(index="row", columns="measure", values="estimate", sort=True)
        people = rows.pivot_table(index="row", columns="measure", values="people", sort=True).to_numpy()
        values, names = means.to_numpy(), list(means.columns)
        for a, b in combinations(range(len(names)), 2):
            alike = people[:, a] == people[:, b]
            apart = (np.abs(people[:, a] - people[:, b]) < fewest) & ~alike
            same = values[alike, a] == values[alike, b]
            if not apart.any() or not same.any() or same.mean() < NEARLY or len(set(values[alike, a][same])) < LEAST_ROWS:
                continue
            found += 1
            by_row = rows.set_index("row")
            first, second = (by_row[by_row["measure"] == names[one]].add_suffix(end) for one, end in ((a, "_a"), (b, "_b")))
            joined = first.join(second, how="inner")
            faults += _faults(joined, joined["id_a"] + " and " + joined["id_b"], fewest, str(joined["page_a"].iloc[0]))
    return faults, found


def _faults(both: pd.DataFrame, names: pd.Series, fewest: int, page: str) -> Iterator[Fault]:
    for name, row in zip(names, both.itertuples(), strict=True):
        fewer, more = sorted(((row.people_a, row.estimate_a), (row.people_b, row.estimate_b)))
        by = more[0] - fewer[0]
        if not 0 < by < fewest:
            continue
        middle, slack = more[0] * more[1] - fewer[0] * fewer[1], rounded_to(row.unit_a) / 2 * (more[0] + fewer[0])
        least, greatest = RANGES.get(row.unit_a, (0.0, 2 * max(abs(fewer[1]), abs(more[1]))))
        least, greatest = min(least, fewer[1], more[1]), max(greatest, fewer[1], more[1])
        low, high = max((middle - slack) / by, least), min((middle + slack) / by, greatest)
        if low <= high and high - low < PROTECTION * (greatest - least):
            found = f"{name}: {more[0]:g} less {fewer[0]:g} people are {by:g}: mean {low:.3g} to {high:.3g}"
            yield Fault(DIFFERENCE, page or row.page_b, found, "Publish one of the two only, or both of the same people.")
