"""How a change spreads through ties: by thresholds, and by cascade, in many worlds at once.

Thresholds (complex contagion: Granovetter 1978, Am. J. Sociol. 83:1420; Centola & Macy 2007, Am. J. Sociol. 113:702): who
has not adopted does so on one's own, or some weeks after enough of those one heeds have. A tie counts by its weight:

    exposure of i = Σ_j net[i, j] · adopted_j / Σ_j net[i, j];   i follows once exposure ≥ enough_i

A cascade (independent cascade: Kempe, Kleinberg & Tardos 2003, KDD, 137) passes on along each tie once, in the week after
its one end has adopted, with the chance `chance` · net[i, j].

What chance decides is drawn before anybody starts (`Worlds`): starts are compared in the same worlds, and nobody who adopts
ever goes back, so that a world is played once and for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kithwork.change.arcs import Arcs
from kithwork.change.cascades import in_whole_worlds, where_it_comes
from kithwork.change.crossing import Heeding, lacking, push, satisfied

NEVER = np.iinfo(np.int16).max
"""The week of who does not adopt."""

PLACES = 1 << 19
"""Pairs of a person and a world that are played together: what is kept of them stays in the processor's cache."""

FAR = 1.4
"""People to whom each on average passes it on, from which whole worlds take less time than asking who is reached."""


@dataclass(frozen=True)
class Worlds:
    """What is decided beforehand in each world for each person, (worlds, people) each.

    `alone`: the week in which the person would adopt on one's own, from 1, or NEVER; `enough`: the share of one's ties, by
    weight, that have to have adopted, 0 to 1; `delay`: weeks from then to adopting, at least 1.
    """

    alone: np.ndarray
    enough: np.ndarray
    delay: np.ndarray

    def __getitem__(self, some: slice | tuple[slice, np.ndarray]) -> Worlds:
        """Some of the worlds, or of the people in them."""
        return Worlds(self.alone[some], self.enough[some], self.delay[some])


def thresholds(net: sparse.csr_array, starters: np.ndarray, worlds: Worlds, weeks: int) -> np.ndarray:
    """The week in which each person adopts, (worlds, people) int16: 0 for starters, NEVER beyond `weeks`.

    `net`: (people, people), [i, j] how far i heeds j, at least 0; weights count in millionths. `starters`: row numbers, the
    same in every world, or booleans (worlds, people).
    """
    started = _started(starters, worlds.alone.shape)
    fresh = np.flatnonzero(~started.all(axis=0))
    heeding, begun = Heeding.of(net).among(fresh)
    when = np.zeros(started.shape, dtype=np.int16)
    for part in parts((len(when), len(fresh))):
        when[part, fresh] = adopted(heeding, started[part, fresh].T, worlds[part, fresh], weeks, begun).T
    return when


def parts(shape: tuple[int, int]) -> Iterator[slice]:
    """As many of (worlds, people) as are played together, and the next, to the last."""
    worlds, people = shape
    together = max(PLACES // max(people, 1), 1)
    return (slice(first, first + together) for first in range(0, worlds, together))


def adopted(
    heeding: Heeding,
    started: np.ndarray,
    worlds: Worlds,
    weeks: int,
    begun: np.ndarray | None = None,
    lacked: list[np.ndarray] | None = None,
) -> np.ndarray:
    """The same of a few worlds, (people, worlds), as is `started`. `begun`: (people,) units of those each heeds who start
    everywhere and are left out. To `lacked` is added, for each week as long as anything changes, what each lacks once all
    of that week have adopted."""
    alone, enough, delay = (np.ascontiguousarray(what.T) for what in (worlds.alone, worlds.enough, worlds.delay))
    when = np.where(started, 0, np.where(alone <= weeks, alone, NEVER)).astype(np.int16, order="C")
    flat, delay = when.reshape(-1), delay.reshape(-1)
    lack = lacking(heeding, enough)
    if begun is not None:
        lack -= begun[:, None]
    exposed, last = satisfied(lack), int(flat[flat <= weeks].max(initial=0))
    for week in range(weeks):
        newest = np.flatnonzero(flat == week)
        if len(newest):
            exposed = np.r_[exposed, push(heeding, lack, newest)]
        if lacked is not None:
            lacked.append(lack.copy())
        flat[exposed] = follow = np.minimum(flat[exposed], week + np.minimum(delay[exposed], NEVER - week))
        last = max(last, int(follow[follow <= weeks].max(initial=0)))
        if last <= week:
            break
        exposed = exposed[:0]
    when[when > weeks] = NEVER
    return when


def cascade(
    net: sparse.csr_array, starters: np.ndarray, chance: np.ndarray, weeks: int, seed: int, arcs: Arcs | None = None
) -> np.ndarray:
    """The same where each tie passes on once; `chance`: (worlds,) that a tie of weight 1 does.

    The arcs that pass on in a world are those of `seed`, its number and its chance, whoever starts. `arcs`: those of
    `net.T`, where they are at hand from a call before.
    """
    arcs = Arcs.of(net.T) if arcs is None else arcs
    chance, people = np.asarray(chance, dtype=float), net.shape[0]
    when = np.full((len(chance), people), NEVER, dtype=np.int16)
    if starters.dtype == bool:
        first = np.flatnonzero(np.broadcast_to(starters, when.shape))
    else:
        first = np.add.outer(np.arange(len(chance)) * people, np.unique(starters)).ravel()
    when.reshape(-1)[first] = 0
    far = chance * arcs.growth > FAR
    where_it_comes(when, first[~far[first // people]], arcs, chance, weeks, seed)
    in_whole_worlds(when, np.flatnonzero(far), arcs, chance, weeks, seed)
    return when


def _started(starters: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """(worlds, people) booleans."""
    started = np.zeros(shape, dtype=bool)
    if starters.dtype == bool:
        started |= starters
    else:
        started[:, starters] = True
    return started


def curves(when: np.ndarray, weeks: int) -> np.ndarray:
    """Share of people who have adopted by the end of each week from 0 to `weeks`, (worlds, weeks + 1)."""
    in_week = np.array([np.bincount(one, minlength=weeks + 2) for one in np.minimum(when, weeks + 1)])
    return np.cumsum(in_week[:, :-1], axis=1) / when.shape[1]
