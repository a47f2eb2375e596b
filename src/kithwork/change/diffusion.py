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

from dataclasses import dataclass

import numpy as np
from scipy import sparse

NEVER = np.iinfo(np.int16).max
"""The week of who does not adopt."""


@dataclass(frozen=True)
class Worlds:
    """What is decided beforehand in each world for each person, (worlds, people) each.

    `alone`: the week in which the person would adopt on one's own, from 1, or NEVER; `enough`: the share of one's ties, by
    weight, that have to have adopted, 0 to 1; `delay`: weeks from then to adopting, at least 1.
    """

    alone: np.ndarray
    enough: np.ndarray
    delay: np.ndarray


def thresholds(net: sparse.csr_array, starters: np.ndarray, worlds: Worlds, weeks: int) -> np.ndarray:
    """The week in which each person adopts, (worlds, people) int16: 0 for starters, NEVER beyond `weeks`.

    `net`: (people, people), [i, j] how far i heeds j, at least 0. `starters`: row numbers, the same in every world, or
    booleans (worlds, people).
    """
    started = np.zeros(worlds.alone.shape, dtype=bool)
    if starters.dtype == bool:
        started |= starters
    else:
        started[:, starters] = True
    when = np.where(started, 0, np.where(worlds.alone <= weeks, worlds.alone, NEVER)).astype(np.int16)
    heed = np.asarray(net.sum(axis=1)).ravel()
    for week in range(1, weeks + 1):
        adopted = (when < week).astype(float)
        exposed = (net @ adopted.T).T / np.where(heed > 0, heed, 1)
        follows = (exposed >= worlds.enough) & (heed > 0)
        when = np.minimum(when, np.where(follows, week - 1 + worlds.delay, NEVER)).astype(np.int16)
    return np.where(when <= weeks, when, NEVER).astype(np.int16)


def cascade(net: sparse.csr_array, starters: np.ndarray, chance: np.ndarray, weeks: int, rng) -> np.ndarray:
    """The same where each tie passes on once; `chance`: (worlds,) that a tie of weight 1 does."""
    when = np.full((len(chance), net.shape[0]), NEVER, dtype=np.int16)
    when[starters if starters.dtype == bool else (slice(None), starters)] = 0
    entries = net.tocoo()
    for world, passes in enumerate(chance):
        live = rng.random(net.nnz) < passes * entries.data
        to, by = entries.row[live], entries.col[live]
        for week in range(1, weeks + 1):
            reached = to[when[world, by] == week - 1]
            new = reached[when[world, reached] == NEVER]
            when[world, new] = week
    return when


def curves(when: np.ndarray, weeks: int) -> np.ndarray:
    """Share of people who have adopted by the end of each week from 0 to `weeks`, (worlds, weeks + 1)."""
    return np.stack([(when <= week).mean(axis=1) for week in range(weeks + 1)], axis=1)
