"""Who begins each scenario: people by a rule, anew in each world where chance decides, or nobody.

Starters are chosen among those who have not taken the change up. Chance is the same for every scenario: two that name one
way to start and one number are begun by the same people.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from kithwork.change.starts import Missing, drawn_in_each, starters
from kithwork.params import Settings

EVERYBODY = "Somebody who has not taken the change up yet: everybody has."


def beginnings(
    net: sparse.csr_array,
    people: pd.DataFrame,
    readiness: np.ndarray,
    adopted: np.ndarray,
    teams: Sequence[np.ndarray],
    settings: Settings,
    rng: np.random.Generator,
) -> dict[str, np.ndarray | str]:
    """By scenario: row numbers, booleans (worlds, people) for random starters, or what there would have to be.

    `readiness`: (people,) in standard deviations, 0 where unknown; `adopted`: (people,) whether each has adopted already;
    `teams`: row numbers of small teams, the best first.
    """
    seed, candidates, found = rng.integers(2**63), ~adopted, {}
    for name, scenario in settings.change.scenarios.items():
        size, again = scenario.starters or settings.change.starters, np.random.default_rng(seed)
        if scenario.start != "nobody" and not candidates.any():
            found[name] = EVERYBODY
        elif scenario.start == "random":
            found[name] = drawn_in_each(candidates, size, settings.change.worlds, again)
        else:
            chosen = starters(scenario.start, net, people, readiness, candidates, size, settings, again, teams)
            found[name] = chosen.needs if isinstance(chosen, Missing) else chosen
    return found
