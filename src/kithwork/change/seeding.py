"""With whom to start so that a cascade reaches most people, and how much of the best is certain in the very case.

A reverse-reachable set is everybody from whom a cascade would have come to one person drawn at random: the share of such
sets that hold one of S is the share of people that a start with S reaches (Borgs, Brautbar, Chayes & Lucier 2014, SODA,
946; Tang, Xiao & Shi 2014, SIGMOD, 75). So whoever hits most sets, given those already chosen, is chosen next, and swapped
again where somebody else hits more in that place (`change.hitting`). Such a start reaches at least 1 − 1/e of the best of
its size on average (Kempe, Kleinberg & Tardos 2003, KDD, 137; Nemhauser, Wolsey & Fisher 1978, Math. Program. 14:265), and
mostly far more. How much is told by two collections of θ sets each, the first to choose by and the second to measure with
(Tang, Tang, Xiao & Yuan 2018, SIGMOD, 991), but for 1 case in 20:

    reach of S ≥ [(√(hit₂ + 2a/9) − √(a/2))² − a/18] / θ     hit₂: sets of the second that S hits
    best reach ≤ (√(most₁ + a/2) + √(a/2))² / θ               most₁: no start hits more of the first (`change.hitting`)
    a = ln(2 · (looks + 1) / .05)

The collections are doubled until the one is a good share of the other, or about what it could come to. Where a tie's chance
is not known, as many sets have each of its likely values: reach is then the mean over them, and all of this holds for that
mean.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from kithwork.change.hitting import Sets, hits, joined, most_hit
from kithwork.claims import Ledger
from kithwork.estimates import LEVEL, Estimate, proportion

FIRST, LOOKS = 128, 16
"""Sets of each collection at the first look, and times that they are doubled at most, less one."""
GOOD = 0.9
"""Share of the best from which a start is good enough to stop."""
NEAR = 0.97
"""Share of what the bound could come to with ever more sets, from which they are enough."""
MEMBERS = 30_000_000
"""People that the sets of one collection may hold together."""

METHOD = (
    "Greedy choice with swaps by reverse-reachable sets (Borgs et al. 2014), with a bound for the very case (Tang et al. "
    "2018): what is certain at 95 %, up to all"
)


@dataclass(frozen=True)
class Placed:
    """A start and what is certain of it.

    `share`: share of people that it reaches, starters too, in the second collection; `least` and `best`: what it reaches at
    least, and the most that any start of its size can; `most`: of the `sets` of the first collection, those that no start
    of its size hits more of.
    """

    rows: np.ndarray
    share: Estimate
    least: float
    best: float
    most: int
    sets: int

    @property
    def bound(self) -> float:
        """Share of the best start's reach that this one certainly has, 0 to 1."""
        return min(self.least / self.best, 1.0)


def placed(draw: Callable[[int], Sets], candidates: np.ndarray, size: int, good: float = GOOD) -> Placed:
    """The start of `size` candidates, (people,) booleans, that reaches most, as far as found.

    `draw`: so many reverse-reachable sets anew, for each call. Sets are added until the start certainly has `good` of the
    best reach, or more of them would make it little surer, or no more may be held: the bound holds in any case.
    """
    first, second = draw(FIRST), draw(FIRST)
    for look in range(LOOKS):
        start = most_hit(first, candidates, size)
        found = measured(start.rows, start.most, second, len(candidates))
        full = look == LOOKS - 1 or 2 * max(len(first[1]), len(second[1])) > MEMBERS
        if full or found.bound >= min(good, NEAR * start.hit / start.most):
            break
        first, second = joined([first, draw(found.sets)]), joined([second, draw(found.sets)])
    return found


def measured(rows: np.ndarray, most: int, second: Sets, people: int) -> Placed:
    """What is certain of a start by a collection that had no part in choosing it; `most`: hits of as many other sets that
    no start exceeds."""
    sets = len(second[0]) - 1
    hit, a = hits(second, rows), log(2 * (LOOKS + 1) / (1 - LEVEL))
    least = max(max(sqrt(hit + 2 * a / 9) - sqrt(a / 2), 0.0) ** 2 - a / 18, 0.0) / sets
    best = min((sqrt(most + a / 2) + sqrt(a / 2)) ** 2 / sets, 1.0)
    share = proportion(hit, sets)
    return Placed(rows, Estimate(share.estimate, share.low, share.high, people), least, best, most, sets)


def claims(start: Placed, people: int, ledger: Ledger) -> None:
    """Add what is certain of the start to the ledger: share of the best reach that it has, beside 1 − 1/e."""
    sure = Estimate(start.bound, start.bound, 1.0, people)
    ledger.add(
        "start_bound",
        "Share of the best possible reach that the chosen start certainly has, where a change is passed on along ties",
        sure,
        unit="index",
        method=METHOD,
        reference=1 - float(np.exp(-1)),
        reference_label="what choosing one by one has at worst",
        scope="scenario",
        people=len(start.rows),
    )
