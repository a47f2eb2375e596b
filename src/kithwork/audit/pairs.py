"""Whether a pair of groups held back follows from the pairs shown and from how many ties each group holds.

The row of a group in the matrix of ties between groups adds up to its ties, y_a1 + … + 2 · y_aa + …; what the pairs shown
leave of it is known of every group whose ties per person are published. A hidden pair can be recovered where it is alone
in what the equations leave, that is where its unit vector lies in their row space. Pairs of two shown groups are taken for
known, printed or not: a reader may take what is not printed for none.
"""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

from kithwork.pages.fault import Fault

if TYPE_CHECKING:
    import pandas as pd

    from kithwork.audit.measures import Hidden

TIES = "ties.per_person"
"""The measure that tells how many ties a group holds."""
TOLD = "audit: pair of groups that others tell"


def attacks(figures: pd.DataFrame, fewest: int, hidden: Hidden) -> tuple[list[Fault], int]:
    """Hidden pairs with a group of fewer than `fewest` that can be recovered; and how many were attacked.

    `hidden` has the people of all groups by measure: of a measure that it lacks, no group is known to be held back.
    """
    faults, tried = [], 0
    rows_of = set(figures.loc[(figures["measure"] == TIES) & figures["group"].notna(), "group"])
    for measure, pairs in figures[figures["other"].notna()].groupby("measure", sort=True):
        sizes = hidden.get(str(measure), {})
        shown = {*pairs["group"], *pairs["other"]}
        unseen = sorted(set(sizes) - shown)
        few = {group for group in unseen if sizes[group] < fewest}
        if not few:
            continue
        told = recovered(sorted(shown | set(sizes)), unseen, rows_of or shown)
        of_few = [pair for pair in told if few & set(pair)]
        tried += len(unseen) * (len(shown) + len(unseen))
        if of_few:
            found = f"{len(of_few)} pairs with a group of fewer than {fewest} follow from the rows of the matrix"
            faults.append(Fault(TOLD, str(measure), f"{measure}: {found}", "Hold back the pairs of one more group."))
    return faults, tried


def recovered(groups: list[str], unseen: list[str], known_rows: set[str]) -> list[tuple[str, str]]:
    """The hidden pairs that follow, where all pairs without a group of `unseen` are known, and the rows of `known_rows`."""
    import numpy as np

    hidden = set(unseen)
    pairs = [pair for pair in combinations_with_replacement(groups, 2) if hidden & set(pair)]
    at = {pair: place for place, pair in enumerate(pairs)}
    rows = np.zeros((len(groups) + 1, len(pairs)))
    for number, group in enumerate(groups):
        if group in known_rows:
            for pair, place in at.items():
                rows[number, place] = (group in pair) + (pair == (group, group))
    rows[-1] = 1  # all ties together
    row_space = np.linalg.pinv(rows) @ rows
    return [pair for pair, place in at.items() if row_space[place, place] > 1 - 1e-9]
