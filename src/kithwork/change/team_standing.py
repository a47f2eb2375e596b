"""Where a chosen team stands: beside other teams of the same candidates, and beside itself without each member.

Weights decide only between teams of which neither is as good as the other on every part (Pareto): `no_worse` says how many
others the choice would have to give way to under any weights. It is 0 for the best team of all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.change.team_search import SPAN, Search
from kithwork.change.team_worth import WEIGHTS, Candidates


@dataclass(frozen=True)
class Standing:
    """`worth`: 0 as random teams, at most 1; `beats`: share of other teams that are worth no more; `no_worse`: share of
    them that are as good on every part and better on one; `exact`: whether they are all there are, and not random ones.

    `parts`: the team's own, by name; `reaches`, `adds`: (members,) people whom each reaches alone in two steps, and how
    many fewer are reached without each.
    """

    worth: float
    beats: float
    no_worse: float
    exact: bool
    parts: pd.Series
    reaches: np.ndarray
    adds: np.ndarray


def stands(among: Candidates, found: Search, weights: np.ndarray) -> Standing:
    """Where the team that was found stands; of a team after others, `adds` and `worth` count whom those do not reach."""
    team, up = found.team, np.sign(weights)
    own, value = among.parts(team[None])[0], found.worth(team[None])[0]
    rest = np.array([np.delete(team, at) for at in range(len(team))])
    gap = (found.others - own) * up
    no_worse = (gap >= -SPAN).all(axis=1) & (gap > SPAN).any(axis=1)
    return Standing(
        worth=float(value),
        beats=float((found.values <= value + SPAN).mean()),
        no_worse=float(no_worse.mean()),
        exact=found.exact,
        parts=pd.Series(own, index=list(WEIGHTS)),
        reaches=(1 - among.missed[team]).sum(axis=1),
        adds=own[0] - among.parts(rest)[:, 0],
    )
