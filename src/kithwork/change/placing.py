"""The start chosen to reach most: greedily for a cascade, with its bound, then bettered by swaps for thresholds.

How a change spreads is not known beforehand. The start that is best under a cascade comes with a bound (`change.seeding`);
in organisations up to SWAPPED people it is then bettered under thresholds (`change.swaps`), from that start, from those
with most ties and from neighbourhoods, and the bound is told of the start that comes out, by sets that had no part in it.
The worlds it is chosen in are drawn for that alone: its reach is to be told in others.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from kithwork.change.assumptions import Assumptions, drawn, stated
from kithwork.change.hitting import Sets, joined
from kithwork.change.reversed_sets import reverse_reachable
from kithwork.change.seeding import Placed, measured, placed
from kithwork.change.swaps import bettered, neighbourhoods
from kithwork.params import Settings

WORLDS = 128
"""Worlds that starts are bettered in."""
SWAPPED = 3_000
"""People up to whom swaps are tried."""
TRIED = 400
"""People who are tried as starters in swaps: those with most ties."""
DRAWN = 1_000
"""Values drawn of what is assumed."""
CHANCES = 16
"""Values of the chance that a tie passes it on, evenly many sets each: the middles of as many parts of those assumed."""


def placing(
    net: sparse.csr_array,
    readiness: np.ndarray,
    candidates: np.ndarray,
    size: int,
    settings: Settings,
    rng: np.random.Generator,
    given: Assumptions | None = None,
) -> Placed:
    """The start of `size` candidates, (people,) booleans, and what is certain of it under a cascade.

    `net`: [i, j] how far i heeds j; `readiness`: (people,) in standard deviations, 0 where unknown; `given`: what is
    assumed, if not the ranges of the settings.
    """
    assumed = given or stated(settings.change.assumed, DRAWN, rng)
    chances = np.quantile(assumed.pass_on, (np.arange(CHANCES) + 0.5) / CHANCES)

    def draw(sets: int) -> Sets:
        return joined([reverse_reachable(net, float(chance), sets // CHANCES, rng) for chance in chances])

    found = placed(draw, candidates, size)
    own = len(found.rows)
    if net.shape[0] > SWAPPED or not 0 < own < candidates.sum():
        return found
    tied = np.argsort(np.where(candidates, -np.asarray(net.sum(axis=0)).ravel(), np.inf), kind="stable")
    tied = tied[: min(TRIED, int(candidates.sum()))]
    tries = np.isin(np.arange(len(candidates)), np.r_[tied, found.rows])
    starts = np.vstack([found.rows, tied[:own], neighbourhoods(net, tries, own)])
    some = rng.choice(len(assumed.alone), WORLDS)
    worlds = drawn(assumed[some], readiness, rng)
    rows = bettered(net, starts, tries, worlds, settings.change.weeks)
    return measured(rows, found.most, draw(found.sets), net.shape[0])
