"""Who begins each scenario: people by a rule, anew in each world where chance decides, or nobody.

Starters are chosen among those who have not taken the change up; those placed to reach most, for these alone and by the
ties between them, since a start can win nobody else. Chance is the same for every scenario: two that name one way to start
and one number are begun by the same people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse

from kithwork.change import seeding
from kithwork.change.assumptions import Assumptions
from kithwork.change.placing import placing
from kithwork.change.seeding import Placed
from kithwork.change.starts import TIES, Missing, drawn_in_each, starters
from kithwork.claims import Ledger
from kithwork.params import Settings

OTHERS = Missing("Somebody who has not taken the change up yet: everybody has.")


@dataclass(frozen=True)
class Beginnings:
    """`of`: by scenario, row numbers, booleans (worlds, people) for random starters, or what there would have to be.
    `placed`: the first start that was chosen to reach most, None without one; `people`: those it was chosen for."""

    of: dict[str, np.ndarray | Missing]
    placed: Placed | None
    people: int

    def claims(self, ledger: Ledger) -> None:
        """Add what is certain of the start that was chosen to reach most."""
        if self.placed is not None:
            seeding.claims(self.placed, self.people, ledger)


def beginnings(
    net: sparse.csr_array,
    people: pd.DataFrame,
    readiness: np.ndarray,
    adopted: np.ndarray,
    teams: Sequence[np.ndarray],
    settings: Settings,
    rng: np.random.Generator,
    given: Assumptions | None = None,
) -> Beginnings:
    """Who begins each scenario of the settings; nobody where there are no ties, since then nothing spreads.

    `net`: [i, j] how far i heeds j; `readiness`: (people,) in standard deviations, 0 where unknown; `adopted`: (people,)
    whether each has adopted already; `teams`: row numbers of small teams, the best first; `given`: what a placed
    start is chosen by, if not the ranges of the settings.
    """
    set_to, candidates, found, placed = settings.change, ~adopted, {}, []
    seed, fresh = rng.integers(2**63), np.flatnonzero(~adopted)
    for name, scenario in set_to.scenarios.items():
        size, again = scenario.starters or set_to.starters, np.random.default_rng(seed)
        if not net.nnz:
            found[name] = TIES
        elif scenario.start != "nobody" and not candidates.any():
            found[name] = OTHERS
        elif scenario.start == "random":
            found[name] = drawn_in_each(candidates, size, set_to.worlds, again)
        elif scenario.start == "placed":
            among, everyone = net[fresh][:, fresh], np.ones(len(fresh), dtype=bool)
            best = placing(among, readiness[fresh], everyone, min(size, len(fresh)), settings, again, given)
            placed.append(replace(best, rows=fresh[best.rows]))
            found[name] = placed[-1].rows
        else:
            found[name] = starters(scenario.start, net, people, readiness, candidates, size, settings, again, teams)
    return Beginnings(found, next(iter(placed), None), len(fresh))
