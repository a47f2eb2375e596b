"""What each person had seen adopt, week by week, until adopting or the end of the watch.

    exposure of i in week t = Σ_j net[i, j] · [j adopted before t] / Σ_j net[i, j]

It never falls, so that a threshold is met in the week in which exposure steps past it, and a person's history is a few
steps. Week 0 is taken as given: who adopted then may have been asked to begin, and where nobody said when the change
began it is the week of the first adoption. Exposures are told apart to one in 10,000.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kithwork.change.adoption import Adoptions
from kithwork.change.diffusion import NEVER

FINEST = 10_000
"""Steps between no exposure and all of it."""


@dataclass(frozen=True)
class Histories:
    """`people`: row numbers of those at risk in some week from week 1 on; what follows has one entry for each of them.

    `adopts`: whether they do so while watched; `lived`: weeks at risk in which they did not; `end`: exposure in the last
    week at risk. Steps of exposure: `who` (place in `people`), `before` and `after` it, and `age`, the weeks at risk from
    the step's own until the week of adopting, that one not counted, or the end of the watch. `exposure`: (people, weeks)
    NaN in weeks not at risk. Exposures are row numbers of `shares`, which rise from 0.
    """

    people: np.ndarray
    adopts: np.ndarray
    lived: np.ndarray
    end: np.ndarray
    who: np.ndarray
    before: np.ndarray
    after: np.ndarray
    age: np.ndarray
    shares: np.ndarray
    exposure: np.ndarray

    def __getitem__(self, some: np.ndarray) -> Histories:
        """Those of some of the people, booleans: the same, with fewer `shares`."""
        steps = some[self.who]
        old = [self.end[some], self.before[steps], self.after[steps]]
        used, places = np.unique(np.concatenate(old), return_inverse=True)
        end, before, after = np.split(places, np.cumsum([len(one) for one in old[:-1]]))
        return Histories(
            people=self.people[some],
            adopts=self.adopts[some],
            lived=self.lived[some],
            end=end,
            who=(np.cumsum(some) - 1)[self.who[steps]],
            before=before,
            after=after,
            age=self.age[steps],
            shares=self.shares[used],
            exposure=self.exposure[some],
        )


def exposures(net: sparse.csr_array, week: np.ndarray, weeks: int) -> np.ndarray:
    """(people, weeks) share of those each heeds, by weight, who had adopted before each week; 0 for who heeds nobody."""
    heed = np.asarray(net.sum(axis=1)).ravel()
    came = np.zeros((len(week), weeks))
    dated = np.flatnonzero(week < weeks - 1)
    came[dated, week[dated] + 1] = 1
    seen = np.cumsum(net @ came, axis=1) / np.where(heed > 0, heed, 1)[:, None]
    return np.rint(np.minimum(seen, 1) * FINEST) / FINEST


def histories(
    net: sparse.csr_array, adoptions: Adoptions, first: np.ndarray | None = None, last: np.ndarray | None = None
) -> Histories:
    """The histories of everybody at risk. `net`: (people, people), [i, j] how far i heeds j.

    `first`, `last`: (people,) weeks between which each could adopt, both of them counted; the whole watch unless said.
    """
    week, weeks = adoptions.week.astype(int), adoptions.weeks
    start = np.maximum(1, np.zeros(len(week), int) if first is None else first)
    stop = np.minimum(weeks - 1, np.full(len(week), weeks) if last is None else last)
    adopted = week != NEVER
    stop = np.where(adopted, np.minimum(week, stop), stop)
    people = np.flatnonzero(stop >= start)
    start, stop = start[people], stop[people]
    adopts = adopted[people] & (week[people] == stop)
    seen = exposures(net, week, weeks)[people]
    times = np.arange(weeks)
    at_risk = (times >= start[:, None]) & (times <= stop[:, None])
    end = seen[np.arange(len(people)), stop]
    path = np.where(times < start[:, None], 0, np.minimum(seen, end[:, None]))
    who, when = np.nonzero(np.diff(path, axis=1) > 0)
    shares, places = np.unique(np.append(path, 0), return_inverse=True)
    places = places[:-1].reshape(path.shape)
    return Histories(
        people=people,
        adopts=adopts,
        lived=stop - start + 1 - adopts,
        end=places[np.arange(len(people)), stop],
        who=who,
        before=places[who, when],
        after=places[who, when + 1],
        age=stop[who] + 1 - adopts[who] - (when + 1),
        shares=shares,
        exposure=np.where(at_risk, seen, np.nan),
    )
