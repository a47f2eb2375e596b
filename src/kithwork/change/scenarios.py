"""Ways to start a change, each played in the same worlds: scenarios beside one another, no forecast.

Every scenario goes from where the organisation stands now (who has adopted stays adopted; starters are chosen among the
others) to `change.weeks` weeks on, by thresholds and, as a second assumption, as a cascade (`kithwork.change.diffusion`).
All share their random numbers (common random numbers: Law 2015, Simulation Modeling and Analysis, 5th ed., ch. 11.2), so

    lead of a scenario in world w = mean over weeks of (its share adopted − share adopted under the first scenario)

is free of what differs between worlds alike for both, and is 0 for a scenario against itself. It is a mean over weeks since
in the long run all starts may end alike: what a better one gives is weeks worked the new way. Ranges hold the middle 95 %
of worlds: they hold chance and assumptions, not the doubt whether people behave so at all. Random starters are drawn anew
in each world, the others are the same in all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from kithwork.change.ahead import Ahead
from kithwork.change.diffusion import cascade, curves, thresholds
from kithwork.change.starts import Missing
from kithwork.chapters import Scenario
from kithwork.estimates import TAILS
from kithwork.tables import CURVES, STARTERS


@dataclass(frozen=True)
class Played:
    """One scenario. `starters`: row numbers, or booleans (worlds, people) where each world has its own; `shares`: (worlds,
    weeks + 1) adopted by the end of each week, 0 to 1; `passed_on`: (worlds,) adopted in the end if it spread as a cascade,
    None where nobody starts one."""

    scenario: Scenario
    starters: np.ndarray
    shares: np.ndarray
    passed_on: np.ndarray | None

    @property
    def size(self) -> int:
        """How many people start."""
        return int(self.starters[0].sum()) if self.starters.dtype == bool else len(self.starters)

    @property
    def ever(self) -> int:
        """How many people start in any world."""
        return int(self.starters.any(axis=0).sum()) if self.starters.dtype == bool else len(self.starters)


@dataclass(frozen=True)
class Scenarios:
    """Scenarios by name, in the order of the settings, and what it would take to play the others."""

    played: dict[str, Played]
    missing: dict[str, str]
    ahead: Ahead
    people: pd.DataFrame
    weeks: int

    @property
    def first(self) -> str | None:
        """The one that the others are held against: the first that could be played."""
        return next(iter(self.played), None)

    @cached_property
    def leads(self) -> dict[str, np.ndarray]:
        """(worlds,) lead of each scenario over the first, a share of people, mean over the weeks, world by world."""
        first = self.played[self.first].shares if self.played else None
        return {name: (one.shares - first)[:, 1:].mean(axis=1) for name, one in self.played.items()}

    @property
    def table(self) -> pd.DataFrame:
        """The table `curves`."""
        frames = []
        for name, one in self.played.items():
            low, median, high = np.percentile(one.shares, [TAILS[0], 50, TAILS[1]], axis=0)
            weeks = {"scenario": name, "week": range(self.weeks + 1)}
            frames.append(pd.DataFrame(weeks | {"median": median, "low": low, "high": high}))
        return CURVES.checked(pd.concat(frames, ignore_index=True)) if frames else CURVES.empty()

    @property
    def starters(self) -> pd.DataFrame:
        """The table `starters`: of the scenarios whose starters are the same people in every world."""
        ids = self.people["person_id"].to_numpy()
        fixed = {name: one.starters for name, one in self.played.items() if one.starters.dtype != bool}
        rows = [(name, ids[row]) for name, chosen in fixed.items() for row in chosen]
        return STARTERS.checked(pd.DataFrame(rows, columns=list(STARTERS.columns))) if rows else STARTERS.empty()


def play(
    net: sparse.csr_array,
    people: pd.DataFrame,
    starts: Mapping[str, np.ndarray | Missing],
    adopted: np.ndarray,
    ahead: Ahead,
    scenarios: Mapping[str, Scenario],
    weeks: int,
    rng: np.random.Generator,
) -> Scenarios:
    """Play each scenario that somebody, or nobody, can start.

    `starts`: by scenario, row numbers of its starters, booleans (worlds, people), or what it would take to have any;
    `adopted`: (people,) whether each has adopted already.
    """
    seed, played, drawn = int(rng.integers(2**63)), {}, {}
    for name, scenario in scenarios.items():
        starters = starts[name]
        if isinstance(starters, Missing):
            continue
        gone = starters | adopted if starters.dtype == bool else np.union1d(starters, np.flatnonzero(adopted))
        if scenario.campaign not in drawn:
            drawn[scenario.campaign] = ahead.worlds(scenario.campaign)
        when = thresholds(net, gone, drawn[scenario.campaign], weeks)
        spread = _cascaded(net, starters, adopted, ahead.assumptions.pass_on, weeks, seed)
        played[name] = Played(scenario, starters, curves(when, weeks), spread if starters.size else None)
    missing = {name: start.needs for name, start in starts.items() if isinstance(start, Missing)}
    return Scenarios(played, missing, ahead, people, weeks)


def _cascaded(
    net: sparse.csr_array, starters: np.ndarray, adopted: np.ndarray, chance: np.ndarray, weeks: int, seed: int
) -> np.ndarray:
    """(worlds,) share adopted in the end of a cascade; who had adopted before has passed it on already, or has not."""
    fresh = np.flatnonzero(~adopted)
    place = np.cumsum(~adopted) - 1
    begin = starters[:, fresh] if starters.dtype == bool else place[starters]
    when = cascade(net[fresh][:, fresh], begin, chance, weeks, seed)
    return ((when <= weeks).sum(axis=1) + adopted.sum()) / len(adopted)
