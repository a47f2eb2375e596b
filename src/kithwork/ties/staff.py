"""What the staff list says of a pair: whether they share a role or a place, and how far apart they stand in the reporting
tree. Each feature is absent where the list does not know it of both."""

from __future__ import annotations

import numpy as np
import pandas as pd

DEEPEST = 50
"""Levels of a reporting tree; a longer chain of managers is taken for a circle, and its people have no level."""


def apart(a: pd.Series, b: pd.Series, people: pd.DataFrame) -> pd.DataFrame:
    """The features of pairs, (pairs,) ids each, in their order; see the functions. Index as of `a`."""
    known = people.set_index("person_id")
    shared = {f"same_{name}": same(a.map(known[name]), b.map(known[name])) for name in ("role", "site")}
    tenure = known["tenure_months"].astype("float64")
    return pd.DataFrame(
        {
            **shared,
            "tree_distance": tree_distance(a, b, people),
            "level_gap": _gap(a, b, level(people)),
            "tenure_gap": _gap(a, b, tenure),
        },
        index=a.index,
    )


def _gap(a: pd.Series, b: pd.Series, of: pd.Series) -> pd.Series:
    """How far apart the two are in a number of theirs; of no pairs no number."""
    one, other = (side.map(of).astype("float64") for side in (a, b))
    return (one - other).abs()


def same(a: pd.Series, b: pd.Series) -> pd.Series:
    """1 where both are alike, 0 where not. Those alike are drawn to each other (McPherson, Smith-Lovin & Cook 2001, Annu.
    Rev. Sociol. 27:415): personal; one role, or one place, is also where work is shared: functional."""
    return (a == b).astype("float64").where(a.notna() & b.notna())


def level(people: pd.DataFrame) -> pd.Series:
    """Steps up to who has no manager, by person_id: 0 at the top; absent in or below a circle of managers, and for all
    where nobody has a manager. Help across levels is asked for by role: functional; or opens doors: strategic."""
    above = _managers(people)
    found = np.zeros(len(above))
    at = above
    for _ in range(DEEPEST):
        found += at >= 0
        at = np.where(at >= 0, above[at], -1)
    known = (at < 0) & (above >= 0).any()
    return pd.Series(np.where(known, found, np.nan), index=pd.Index(people["person_id"]))


def tree_distance(a: pd.Series, b: pd.Series, people: pd.DataFrame) -> pd.Series:
    """Steps from one to the other in the reporting tree: 1 to one's manager, 2 to who shares it; absent in different trees.
    Work is given along its lines, so short ones are functional; what is far crosses the organisation: strategic."""
    above, order = _managers(people), pd.Index(people["person_id"])
    levels = level(people).to_numpy()
    one, other = order.get_indexer(a), order.get_indexer(b)
    known = ~np.isnan(levels[one]) & ~np.isnan(levels[other])
    steps = np.zeros(len(one))
    for _ in range(2 * DEEPEST):
        differ = known & (one != other) & (one >= 0) & (other >= 0)
        deeper = levels[one] >= levels[other]
        one, other = np.where(differ & deeper, above[one], one), np.where(differ & ~deeper, above[other], other)
        steps += differ
    return pd.Series(np.where(known & (one == other), steps, np.nan), index=a.index)


def lines(people: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Everybody with each one above in the reporting tree: (pairs,) row numbers of those below and of those above. Nobody
    who has no level."""
    above = _managers(people)
    below = np.flatnonzero(~np.isnan(level(people).to_numpy()) & (above >= 0))
    at, pairs = above[below], [np.zeros((0, 2), dtype=int)]
    while len(below):
        pairs.append(np.column_stack([below, at]))
        further = above[at] >= 0
        below, at = below[further], above[at[further]]
    found = np.concatenate(pairs)
    return found[:, 0], found[:, 1]


def _managers(people: pd.DataFrame) -> np.ndarray:
    """The place of each person's manager in the list, -1 where there is none: (people,)."""
    return pd.Index(people["person_id"]).get_indexer(people["manager_id"])
