"""With whom a change is started, for each way that `change.scenarios` may name: row numbers of people, or what is missing.

random      drawn evenly
managers    those whom others name as their manager, the top of the tree first, then those who report to the top
most_tied   whom others heed most, summed over their ties
ready       highest readiness for the change
placed      chosen to reach most: `change.placing`
teams       small teams, whole, in the order given
nobody      nobody
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from kithwork.change.placing import placing
from kithwork.chapters import Start
from kithwork.params import Settings


@dataclass(frozen=True)
class Missing:
    """Why there is no such start: what would have to be brought."""

    needs: str


MANAGERS = Missing("Who reports to whom: manager_id in the staff list, with managers among those who may start.")
TIES = Missing("Ties between people.")
ANSWERS = Missing("Answers to the items on readiness (CC1 to CE3) that make a scale and differ between people.")
CANDIDATES = Missing("People who may start.")
TEAMS = Missing("Small teams: as many who may start, and change.starters, as one team has members (change.teams.size).")
CALLED = {
    "nobody": "nobody asked to start",
    "random": "{} people drawn at random",
    "managers": "{} managers",
    "most_tied": "the {} people with the most ties",
    "ready": "the {} readiest people",
    "placed": "{} people placed to reach the most",
    "teams": "{} people in small teams",
}
"""Who starts, in words for readers."""


def starters(
    start: Start,
    net: sparse.csr_array,
    people: pd.DataFrame,
    readiness_z: np.ndarray,
    candidates: np.ndarray,
    size: int,
    settings: Settings,
    rng: np.random.Generator,
    teams: Sequence[np.ndarray] = (),
) -> np.ndarray | Missing:
    """Row numbers of `size` of the `candidates`, (people,) booleans: fewer where there are fewer. Equals: lower row first.

    `net`: [i, j] how far i heeds j; `readiness_z`: (people,) in standard deviations, 0 where unknown. `teams`: row numbers
    of each, best first, of which as many start as have `size` people together, but one at least.
    """
    if start != "nobody" and not candidates.any():
        return CANDIDATES
    size = min(size, int(candidates.sum()))
    match start:
        case "nobody":
            return np.zeros(0, dtype=int)
        case "random":
            return np.sort(rng.choice(np.flatnonzero(candidates), size, replace=False))
        case "managers":
            return _first(managing(people), candidates, size, MANAGERS)
        case "most_tied":
            return _first(-np.asarray(net.sum(axis=0)).ravel() if net.nnz else None, candidates, size, TIES)
        case "ready":
            return _first(-readiness_z if np.ptp(readiness_z[candidates]) > 0 else None, candidates, size, ANSWERS)
        case "placed":
            return np.sort(placing(net, readiness_z, candidates, size, settings, rng).rows) if net.nnz else TIES
        case "teams":
            return _of_teams(teams, size) if len(teams) else TEAMS


def drawn_in_each(candidates: np.ndarray, size: int, worlds: int, rng: np.random.Generator) -> np.ndarray:
    """`size` of the candidates drawn anew in each world: booleans (worlds, people)."""
    started = np.zeros((worlds, len(candidates)), dtype=bool)
    started[np.arange(worlds)[:, None], rows_in_each(np.flatnonzero(candidates), size, worlds, rng)] = True
    return started


def rows_in_each(rows: np.ndarray, size: int, worlds: int, rng: np.random.Generator) -> np.ndarray:
    """`size` of these rows, or all where they are fewer, drawn anew in each world: (worlds, size)."""
    size = min(size, len(rows))
    if not size:
        return np.zeros((worlds, 0), dtype=int)
    return rows[np.argpartition(rng.random((worlds, len(rows))), size - 1, axis=1)[:, :size]]


def managing(people: pd.DataFrame) -> np.ndarray | None:
    """(people,) place in the order in which managers start, inf outside the tree; None where no manager is known.

    Managers before others; of each the nearest to the top first, then who has most direct reports. Who stands in a ring of
    managers without a top is of the lowest level.
    """
    ids = pd.Index(people["person_id"])
    above = ids.get_indexer(people["manager_id"])
    above = np.where(above == np.arange(len(ids)), -1, above)
    reports = np.bincount(above[above >= 0], minlength=len(ids))
    if not reports.any():
        return None
    level = np.where((above < 0) & (reports > 0), 0, len(ids))
    for depth in range(1, len(ids)):
        new = (above >= 0) & (level == len(ids)) & (level[above] == depth - 1)
        if not new.any():
            break
        level[new] = depth
    order = np.lexsort((-reports, level, reports == 0))
    place = np.empty(len(ids))
    place[order] = np.arange(len(ids))
    return np.where((above < 0) & (reports == 0), np.inf, place)


def _first(place: np.ndarray | None, candidates: np.ndarray, size: int, missing: Missing) -> np.ndarray | Missing:
    """The `size` candidates with the lowest place, or what is missing where none has one."""
    rows = np.flatnonzero(candidates)
    if place is None or not np.isfinite(place[rows]).any():
        return missing
    rows = rows[np.isfinite(place[rows])]
    return np.sort(rows[np.argsort(place[rows], kind="stable")[:size]])


def _of_teams(teams: Sequence[np.ndarray], size: int) -> np.ndarray:
    """Members of the first teams that have `size` people together at most, of the first one in any case."""
    members = np.unique(teams[0])
    for team in teams[1:]:
        joined = np.union1d(members, team)
        if len(joined) > size:
            break
        members = joined
    return members
