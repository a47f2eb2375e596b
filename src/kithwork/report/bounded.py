"""How many groups a page shows: all up to forty; beyond, a figure has the ends of its scale and a table the largest groups.

A page stays small and can be read however many groups there are. What is left out is said beside it, and is whole in the
CSV there and on the groups' own pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from kithwork.report import sentences as say

MOST = 40
"""Groups that a figure or a table shows at most."""


def ends(ordered: Collection, most: int = MOST) -> list[int]:
    """The places of those shown of a list in order: all, or as many from its beginning as from its end."""
    if len(ordered) <= most:
        return list(range(len(ordered)))
    return [*range(most // 2), *range(len(ordered) - most + most // 2, len(ordered))]


def first_and_last(rows: pd.DataFrame, most: int = MOST) -> pd.DataFrame:
    """The rows at both ends of a frame in order."""
    return rows.iloc[ends(rows, most)].reset_index(drop=True)


def largest(frames: Iterable[pd.DataFrame], most: int = MOST) -> set[str]:
    """The groups of some frames of claims that a table shows: those that most people are counted in, then by name."""
    people = pd.concat([frame[["group", "people"]] for frame in frames]).groupby("group")["people"].max()
    ordered = people.sort_index().sort_values(ascending=False, kind="stable")
    return set(ordered.index[:most])


def told_of_figure(groups: int, word: str, most: int = MOST) -> str:
    """What is said under a figure of so many groups; nothing where all are drawn."""
    if groups <= most:
        return ""
    half = most // 2
    return (
        f" Drawn are the {half} {say.plural(word)} at either end; the {groups - 2 * half:,} between are in the CSV and on "
        "their own pages."
    )


def told_of_table(groups: int, word: str, most: int = MOST) -> str:
    """What the caption of a table of so many groups adds; nothing where all are shown."""
    if groups <= most:
        return ""
    return f". The {most} {say.plural(word)} of most people; all {groups:,} are in the CSV"
