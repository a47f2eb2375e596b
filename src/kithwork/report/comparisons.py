"""Which of many groups differ from a figure, corrected for how many are compared. Rule H of the report's sentences.

Of twenty 95% intervals of groups that do not differ one lies aside by chance. So a group is marked only where its P, taken
from its interval as a normal's on the side that faces the figure, stays below 5% after Benjamini & Hochberg's correction
over all groups of the measure (1995, JRSS B 57:289): of the groups marked about one in twenty may still be so by chance.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.report.first_place import errors_of, largest, smallest
from kithwork.report.verdicts import side

ERROR = 0.05
"""Share of those marked that may be so by chance."""
FEW = 3
"""Groups up to which a sentence names them."""


def sides(groups: pd.DataFrame, reference: float | None = None, clear: float = 0.0) -> pd.Series:
    """`above`, `below` or `between` by row: against one figure, or each group's own reference.

    `clear`: by how much the whole interval must clear it, in the claims' unit.
    """
    if groups.empty:
        return pd.Series([], index=groups.index, dtype="str")
    told = [side(row, _beyond(row, reference, clear)) for _, row in groups.iterrows()]
    kept = _adjusted(np.array([_chance(row, reference, clear) for _, row in groups.iterrows()])) <= ERROR
    return pd.Series([one if keep else "between" for one, keep in zip(told, kept, strict=True)], index=groups.index)


def highest(groups: pd.DataFrame, *, lowest: bool = False) -> str | None:
    """The group that is first of all with a chance of at least 90%; None where there are no two, or none is so sure."""
    named = {row["group"]: row for _, row in groups.iterrows()}
    return None if len(named) < 2 else (smallest if lowest else largest)(named)


def _beyond(row: pd.Series, reference: float | None, clear: float) -> float:
    """The figure that an interval must leave behind: the reference, moved towards it by `clear`."""
    at = row["reference"] if reference is None else reference
    return at + clear if row["low"] > at else at - clear


def _chance(row: pd.Series, reference: float | None, clear: float) -> float:
    """P, both tails, that a figure which lies where it is compared to would come out as far from it."""
    from scipy.special import ndtr

    at = _beyond(row, reference, clear)
    below, above = errors_of(row)
    away = (row["estimate"] - at) / below if row["low"] > at else (at - row["estimate"]) / above
    return float(2 * ndtr(-max(away, 0.0)))


def _adjusted(chances: np.ndarray) -> np.ndarray:
    from scipy.stats import false_discovery_control

    return false_discovery_control(chances)
