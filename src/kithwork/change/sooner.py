"""How many weeks sooner people adopt for a start: only what differs from the same worlds without one is followed.

A start by a few changes little of what many do anyway, and nobody who adopts goes back. So worlds are played once without
it, and what each person lacks by each week is kept (`Course`). Then those who adopt sooner are followed: each adds to the
exposure of others from the week in which it does, until the week in which it would have anyway, from which it is among what
was played. Whom this makes lack nothing in an earlier week follows sooner. The least that each ever lacked, and the week
from which to be exposed comes too late, tell beforehand who cannot be made to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kithwork.change.arcs import ascending
from kithwork.change.crossing import Heeding, touched
from kithwork.change.diffusion import Worlds, adopted


@dataclass(frozen=True)
class Course:
    """Worlds without a start, by places: person · worlds + world.

    `when`: the week of adopting, weeks + 1 for who does not; `delay`: weeks from exposure to adopting; `late`: from which
    week exposure makes nobody adopt sooner; `lack`: by week, as long as anything changes, what each lacks once all of that
    week have adopted, beyond all that can come for who lacked nothing before; `least`: the least of these.
    """

    heeding: Heeding
    when: np.ndarray
    delay: np.ndarray
    late: np.ndarray
    lack: list[np.ndarray]
    least: np.ndarray
    weeks: int
    worlds: int

    @classmethod
    def of(cls, heeding: Heeding, worlds: Worlds, weeks: int) -> Course:
        """The worlds, played as `diffusion.thresholds` does."""
        nobody, lack = np.zeros(worlds.alone.T.shape, dtype=bool), []
        when = np.minimum(adopted(heeding, nobody, worlds, weeks, lacked=lack), weeks + 1).reshape(-1)
        delay = np.minimum(worlds.delay, weeks + 1).T.reshape(-1)
        lack = [one.reshape(-1) for one in lack]
        return cls(heeding, when, delay, when - delay, lack, np.minimum.reduce(lack), weeks, len(worlds.alone))

    def gained(self, starters: np.ndarray) -> np.ndarray:
        """(worlds,) weeks by which all but the starters, row numbers (worlds, starters), adopt sooner, together."""
        start = (starters * self.worlds + np.arange(self.worlds)[:, None]).ravel()
        when, more = self.when.copy(), np.zeros_like(self.least)
        when[start] = 0
        sooner, now, known, near = start, when[start], self.when[start], start[:0]
        for week in range(self.weeks):
            near = np.concatenate([near, self._nearer(more, sooner[now == week], week)])
            self._nearer(more, sooner[known == week], week, np.subtract)
            follow = week + self.delay[near]
            in_time = follow < when[near]
            near, follow = near[in_time], follow[in_time]
            lack = self.lack[min(week, len(self.lack) - 1)]
            exposed = lack[near] <= more[near]
            when[near[exposed]] = follow[exposed]
            new = ascending(near[exposed])
            sooner, now, known = (
                np.concatenate(both) for both in ((sooner, new), (now, when[new]), (known, self.when[new]))
            )
        return np.bincount(sooner % self.worlds, np.where(now > 0, known - now, 0), self.worlds)

    def _nearer(self, more: np.ndarray, new: np.ndarray, week: int, put: np.ufunc = np.add) -> np.ndarray:
        """Add to `more` what adoption at new places adds, or subtract it; places that may then be exposed, some several
        times."""
        changed, arcs = touched(self.heeding, new, self.worlds)
        still = np.flatnonzero(self.late[changed] > week)
        changed = changed[still]
        put.at(more, changed, self.heeding.heard.data[arcs[still]])
        return changed[self.least[changed] <= more[changed]]
