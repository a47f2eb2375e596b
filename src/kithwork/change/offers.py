"""Who offered to help start the change, and the list of them for those who plan it: nobody else may be named.

An offer is a plain yes to the survey's own question (`cleaning.consent.said_yes`).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.change import team_worth
from kithwork.change.dice import Dice
from kithwork.change.heeding import heeded
from kithwork.change.readiness import z
from kithwork.change.scales import reliability, score
from kithwork.change.teams import Teams, teams, trusted
from kithwork.cleaning.consent import said_yes
from kithwork.errors import Problem
from kithwork.params import Settings

SMALLEST = 3
"""People of the smallest team."""


def offered(responses: pd.DataFrame, opt_outs: pd.DataFrame, people: pd.DataFrame) -> np.ndarray:
    """(people,) whether each offered to help start the change, and may be named to those who plan it."""
    return people["person_id"].isin(said_yes(responses, "start", opt_outs)).to_numpy()


def too_few(volunteers: int, responses: pd.DataFrame, size: int, engagement: str) -> Problem | None:
    """That so many volunteers make no team of a size, and what to do."""
    place = f"data/clean/{engagement}/responses"
    if not volunteers and responses["start"].isna().all():
        do = "Ask it in the survey (question HS), or map its column, yes or no, as `start` of the source responses."
        return Problem("has nobody who was asked to help start the change", place, do)
    if not volunteers:
        return Problem("has nobody who offers to help start the change", place, "Ask in person: only who offers is named.")
    if volunteers < size:
        smaller = f", or name smaller teams: --size {volunteers}" if volunteers >= SMALLEST else ""
        do = f"Ask for more offers{smaller}."
        return Problem(f"has too few volunteers for a team of {size}", place, do, f"{volunteers}")
    return None


def listed(
    ties: pd.DataFrame, people: pd.DataFrame, answers: pd.DataFrame, volunteers: np.ndarray, settings: Settings
) -> tuple[pd.DataFrame, Teams]:
    """The volunteers, those of a team first: person_id, unit, team (absent for who is in none) and why, in words; and the
    teams among them, chosen by the rule and the dice of the sixth chapter: readiness counts where its items make a scale.

    `volunteers`: (people,) of whom there is one at least.
    """
    net, trust, dice = heeded(ties, people, settings.change.heed), trusted(ties, people), Dice(settings.change.seed)
    scores, reliable = score(answers, "readiness"), reliability(answers, settings, dice["reliability"]).reliable
    ready = z(scores if "readiness" in reliable else scores.iloc[:0], people)
    chosen = teams(net, trust, people, volunteers, ready, settings, dice["teams"])
    rows = np.flatnonzero(volunteers)
    among = team_worth.candidates(net, trust, people, rows, ready)
    reached = (1 - among.missed).sum(axis=1) - 1
    unit = people["unit"].to_numpy()
    known = [pd.Series(unit[net.indices[net.indptr[row] : net.indptr[row + 1]]]).nunique() for row in rows]
    found = pd.DataFrame(
        {
            "person_id": people["person_id"].to_numpy()[rows],
            "unit": unit[rows],
            "why": [_why(round(float(many)), units) for many, units in zip(reached, known, strict=True)],
        }
    ).merge(chosen.table[["team", "person_id"]].astype({"team": "Int64"}), on="person_id", how="left")
    return found.sort_values(["team", "person_id"], ignore_index=True)[["person_id", "unit", "team", "why"]], chosen


def told(chosen: Teams) -> list[str]:
    """A line on each team, for those who have its members' names."""
    lines = []
    for number, one in enumerate(chosen.standing, start=1):
        beside = "all" if one.exact else "random"
        lines.append(
            f"Team {number}: about {one.parts['reach']:.0f} {'more ' if number > 1 else ''}people within two steps, up to "
            f"{max(one.adds.max(), 0):.0f} fewer without one member; worth at least as much as "
            f"{np.floor(one.beats * 1000) / 10:g} % of {beside} teams of volunteers; whatever the weights, "
            f"{np.ceil(one.no_worse * 1000) / 10:g} % of them would be better"
        )
    return lines


def _why(people: int, units: int) -> str:
    if not people:
        return "tied to nobody"
    reached, tied = ("1 person" if people == 1 else f"{people} people"), ("1 unit" if units == 1 else f"{units} units")
    return f"reaches about {reached} in two steps, tied to {tied}"
