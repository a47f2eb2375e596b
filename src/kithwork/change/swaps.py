"""A start bettered by swaps where people follow once enough of those they heed have.

Under thresholds two starters may do together what neither does alone, so that what a further one adds can grow: greedy
choice has no bound there (Kempe, Kleinberg & Tardos 2003, KDD, 137, section 4), and a start spread out for a cascade may be
the wrong one: starters next to one another are what a threshold needs (Guilbeault & Centola 2021, Nat. Commun. 12:4430).
Starts of several kinds are therefore tried, the best few are bettered by swapping one person at a time until no swap helps,
and the best is taken: not always the best there is.

All starts are played in the same worlds. Most swaps are told apart in few of them, so all are tried in a few and the better
ones in more (successive halving: Jamieson & Talwalkar 2016, AISTATS, 240). A choice flatters itself in the worlds it was
chosen in (Smith & Winkler 2006, Manage. Sci. 52:311): reach has to be told in others.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from kithwork.change.diffusion import NEVER, Worlds, thresholds

ROUNDS = (16, 64)
"""Worlds in which all swaps and the better ones are tried; all worlds for those left."""
KEPT = 6
"""Of so many swaps one goes on to the next round."""
POOL = 60
"""People who may be swapped in: those who add most to the start as it is."""
FEWEST = 4
"""Swaps that go on at least."""
BETTERED = 2
"""Starts that are bettered by swaps."""
PASSES = 4
"""Times that every starter may be swapped."""
CELLS = 4_000_000
"""Worlds × people played at a time."""


def bettered(net: sparse.csr_array, starts: np.ndarray, candidates: np.ndarray, worlds: Worlds, weeks: int) -> np.ndarray:
    """Row numbers of the best start found from `starts`, (starts, size) row numbers, in name order of rows.

    `candidates`: (people,) who may start. The first of equal starts is taken, and of equal swaps that of the lowest row.
    """
    kept = _best(net, starts, worlds, weeks, BETTERED)
    ended = np.array([_swapped(net, starts[one], candidates, worlds, weeks) for one in kept])
    return np.sort(ended[_best(net, ended, worlds, weeks, 1)[0]])


def reach(net: sparse.csr_array, starts: np.ndarray, worlds: Worlds, weeks: int) -> np.ndarray:
    """Share of people who have adopted after `weeks` weeks, of each start in each world: (starts, worlds)."""
    many, people = worlds.alone.shape
    at_once = max(CELLS // (many * people), 1)
    found = []
    for begin in range(0, len(starts), at_once):
        part = starts[begin : begin + at_once]
        started = np.zeros((len(part), people), dtype=bool)
        started[np.arange(len(part))[:, None], part] = True
        again = Worlds(*(np.tile(drawn, (len(part), 1)) for drawn in (worlds.alone, worlds.enough, worlds.delay)))
        when = thresholds(net, np.repeat(started, many, axis=0), again, weeks)
        found.append((when != NEVER).mean(axis=1).reshape(len(part), many))
    return np.concatenate(found)


def neighbourhoods(net: sparse.csr_array, candidates: np.ndarray, size: int) -> np.ndarray:
    """For each candidate the start of that one and those tied most to him or her, (starts, size), where there are enough.

    `net`: [i, j] how far i heeds j; those who heed the candidate most come first, ties to the lower row number.
    """
    towards = sparse.csc_array(net)
    found = []
    for row in np.flatnonzero(candidates):
        span = slice(towards.indptr[row], towards.indptr[row + 1])
        near, weight = towards.indices[span], towards.data[span]
        near, weight = near[candidates[near]], weight[candidates[near]]
        if len(near) >= size - 1:
            found.append([row, *near[np.lexsort((near, -weight))[: size - 1]]])
    return np.array(found, dtype=int).reshape(len(found), size)


def _swapped(net, start: np.ndarray, candidates: np.ndarray, worlds: Worlds, weeks: int) -> np.ndarray:
    """The start after swaps, each of which reaches more by more than its standard error over worlds."""
    others = np.setdiff1d(np.flatnonzero(candidates), start)
    added = np.column_stack([np.repeat(start[None], len(others), axis=0), others])
    adds = reach(net, added, worlds[: ROUNDS[0]], weeks).mean(axis=1)
    pool = np.union1d(others[np.argsort(-adds, kind="stable")[:POOL]], start)
    start, unchanged = start.copy(), 0
    for turn in range(PASSES * len(start)):
        at = turn % len(start)
        others = np.setdiff1d(pool, start)
        trials = np.repeat(start[None], len(others) + 1, axis=0)
        trials[1:, at] = others
        best = trials[_best(net, trials, worlds, weeks, 1)[0]]
        own, new = reach(net, np.stack([start, best]), worlds, weeks)
        gain = new - own
        unchanged += 1
        if gain.mean() > gain.std(ddof=1) / np.sqrt(len(gain)):
            start, unchanged = best, 0
        if unchanged == len(start):
            break
    return start


def _best(net, trials: np.ndarray, worlds: Worlds, weeks: int, count: int) -> np.ndarray:
    """Numbers of the `count` trials that reach most, best first, tried in more and more worlds."""
    kept = np.arange(len(trials))
    for many in (*ROUNDS, len(worlds.alone)):
        reached = reach(net, trials[kept], worlds[:many], weeks).mean(axis=1)
        stay = count if many == len(worlds.alone) else max(len(kept) // KEPT, FEWEST, count)
        kept = kept[np.argsort(-reached, kind="stable")[:stay]]
    return kept
