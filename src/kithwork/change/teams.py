"""Small teams to start with: chosen for what they are worth together (`team_worth`), one after another, none twice.

Each is the best that the search finds among the candidates whom no team before it took, and counts only whom none before
it reaches. What is published is of all teams together, never of one. Choosing on the same ties that are then counted
flatters the choice; the interval takes the teams as given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from kithwork.change import team_worth
from kithwork.change.heeding import heeded
from kithwork.change.team_search import best
from kithwork.change.team_standing import Standing, stands
from kithwork.change.team_worth import weights
from kithwork.claims import Ledger
from kithwork.estimates import Estimate, from_draws, proportion
from kithwork.network.reach import touched
from kithwork.params import Settings
from kithwork.tables import TEAMS

SHORTLIST = 300
"""Candidates among whom teams are searched; of more, those with most ties and readiness, each in standard deviations."""
HELD_FIXED = "Small teams chosen for reach, variety, trust and readiness (Everett & Borgatti 1999; Reagans et al. 2004)"


@dataclass(frozen=True)
class Teams:
    """`members`: the row numbers of each team, ascending; `standing`: of each; `table`: as the contract `teams` says.

    `touched`: share of all who are in a team or tied to one, None where there is no team; `random`: the same of as many
    random candidates; `units`: how many units the teams draw on, 0 where none is known.
    """

    members: list[np.ndarray]
    standing: list[Standing]
    table: pd.DataFrame
    touched: Estimate | None
    random: Estimate | None
    margin: Estimate | None
    units: int

    def claims(self, ledger: Ledger) -> None:
        """Add what the teams reach together beside random ones; nothing without a team, or where it is tied to nobody."""
        people = sum(map(len, self.members))
        if self.touched is None or self.touched.estimate * self.touched.n <= people + 0.5:
            return
        size, number = len(self.members[0]), len(self.members)
        what = f"a team of {size}" if number == 1 else f"{number} teams of {size}"
        drawn = f"{people} candidates drawn at random"
        reference = {"reference": self.random.estimate * 100, "reference_label": drawn}
        told = {"scope": "scenario", "people": people}
        ledger.add(
            "team_reach",
            f"Share of people who are in {what} or tied to a member",
            self.touched.times(100),
            unit="%",
            method=f"{HELD_FIXED}, held fixed; Wilson interval (Wilson 1927)",
            **reference,
            **told,
        )
        ledger.add(
            "team_random",
            f"Share of people who are one of {drawn} or tied to one",
            self.random.times(100),
            unit="%",
            method="Random sets of the same candidates; range holding 95 % of them",
            **told,
        )
        ledger.add(
            "team_margin",
            f"How far the share of people touched by {what} lies above that touched by {drawn}",
            self.margin.times(100),
            unit="points",
            method=f"{HELD_FIXED} less random sets of the same candidates; range over 95 % of them",
            reference=0,
            reference_label="no more than at random",
            **told,
        )
        if self.units:
            ledger.add(
                "team_units",
                f"Units that {what} {'draws' if number == 1 else 'draw'} on",
                Estimate(self.units, self.units, self.units, people),
                unit="count",
                method="Counted",
                **told,
            )


def trusted(ties: pd.DataFrame, people: pd.DataFrame) -> sparse.csr_array:
    """(people, people) symmetric, how likely each tie is personal; 1 where its kinds cannot be told at all."""
    return heeded(ties, people, {"personal": 1, "functional": 0, "strategic": 0})


def teams(
    net: sparse.csr_array,
    trust: sparse.csr_array,
    people: pd.DataFrame,
    candidates: np.ndarray,
    readiness_z: np.ndarray,
    settings: Settings,
    rng: np.random.Generator,
) -> Teams:
    """As many disjoint teams as `change.starters` people fill and the candidates are enough for; none is no error.

    `net`: (people, people), symmetric, entries 0 to 1, how far each heeds each other; `trust`: the same with P(personal);
    `people`: the table, in that order; `candidates`: (people,) whether each is one; `readiness_z`: (people,) in standard
    deviations, 0 where unknown.
    """
    set_to = settings.change
    size = set_to.teams.size
    every = np.flatnonzero(candidates)
    rows = _shortlisted(net, every, readiness_z)
    count = min(set_to.starters // size, len(rows) // size)
    among, free = team_worth.candidates(net, trust, people, rows, readiness_z), np.arange(len(rows))
    towards = weights(set_to.teams.divergent)
    members, standing = [], []
    for _ in range(count):
        found = best(among, free, size, towards, set_to.permutations, rng)
        members.append(rows[found.team])
        standing.append(stands(among, found, towards))
        among, free = among.after(found.team), np.setdiff1d(free, found.team)
    if not members:
        return Teams([], [], TEAMS.empty(), None, None, None, 0)
    chosen, n = np.concatenate(members), net.shape[0]
    share = proportion(int(touched(net, chosen).sum()), n)
    sets = [rng.choice(every, len(chosen), replace=False) for _ in range(set_to.permutations)]
    drawn = np.array([touched(net, one).mean() for one in sets])
    units = people["unit"].iloc[chosen].nunique()
    return Teams(
        members,
        standing,
        _table(members, standing, people),
        share,
        from_draws(drawn.mean(), drawn, n),
        from_draws(share.estimate - drawn.mean(), share.estimate - drawn, n),
        int(units),
    )


def _shortlisted(net: sparse.csr_array, rows: np.ndarray, readiness_z: np.ndarray) -> np.ndarray:
    if len(rows) <= SHORTLIST:
        return rows
    ties = net.sum(axis=1)[rows]
    hoped = (ties - ties.mean()) / max(ties.std(), 1e-9) + readiness_z[rows]
    return np.sort(rows[np.argsort(-hoped, kind="stable")[:SHORTLIST]])


def _table(members: list[np.ndarray], standing: list[Standing], people: pd.DataFrame) -> pd.DataFrame:
    rows = [
        pd.DataFrame(
            {
                "team": number,
                "person_id": people["person_id"].to_numpy()[team],
                "reach": one.reaches,
                "adds": np.maximum(one.adds, 0),
            }
        )
        for number, (team, one) in enumerate(zip(members, standing, strict=True), start=1)
    ]
    return TEAMS.checked(pd.concat(rows, ignore_index=True))
