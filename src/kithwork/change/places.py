"""From which groups a start goes far: as many people drawn at random from each, in the same worlds.

A start of k people of a group reaches, of all weeks of those who do not start, the share after they have adopted:

    reach = Σ over others of weeks since adopting / (weeks · others)

It is counted in weeks since in the long run all starts may end alike. Who starts is drawn anew in each world, and so is
what is assumed of people (`change.assumptions`). The range over worlds is wide for what is assumed; how far one group
lies from a start drawn from everybody is told within worlds, where what is assumed is the same (common random numbers:
Law 2015, *Simulation Modeling and Analysis*, ch. 11). A scenario, no forecast.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
import pandas as pd
from scipy import sparse

from kithwork.change.assumptions import Assumptions, drawn, stated
from kithwork.change.diffusion import thresholds
from kithwork.change.starts import drawn_in_each
from kithwork.claims import Ledger
from kithwork.estimates import LEVEL, Estimate, from_draws
from kithwork.params import Settings

METHOD = (
    "Threshold model (Granovetter 1978; Centola & Macy 2007) played in {worlds} worlds, starters drawn anew in each; range "
    "holding 95 % of worlds"
)
PAIRED = "The same, less a start drawn from everybody in the same world"
NORMAL = NormalDist().inv_cdf((1 + LEVEL) / 2)


@dataclass(frozen=True)
class Places:
    """`reached`: (groups, worlds) share of others' weeks that a start in each group reaches, 0 to 1; `everybody`:
    (worlds,) that of a start drawn from all. `groups`: names; `people`: (groups,) in each; `size`: starters;
    `weeks`: how long."""

    groups: list[str]
    people: np.ndarray
    reached: np.ndarray
    everybody: np.ndarray
    size: int
    weeks: int

    def claims(self, ledger: Ledger) -> None:
        """Add each group's reach beside that of a start drawn from everybody, and by how much it leads, paired by world."""
        worlds, method = len(self.everybody), METHOD.format(worlds=f"{len(self.everybody):,}")
        whole = from_draws(self.everybody.mean(), self.everybody, int(self.people.sum())).times(100)
        for group, people, reached in zip(self.groups, self.people, self.reached, strict=True):
            who = f"{min(self.size, people)} people of {group}"
            ledger.add(
                "start_in",
                f"Share of all others' weeks, of {self.weeks}, after they took it up, at a start with {who}",
                from_draws(reached.mean(), reached, int(people)).times(100),
                unit="%",
                method=method,
                reference=whole.estimate,
                reference_label=f"as many people drawn from everybody, {self.size} at most",
                scope="group",
                group=group,
            )
            lead = reached - self.everybody
            half = NORMAL * float(lead.std(ddof=1)) / sqrt(worlds)
            ledger.add(
                "start_in_lead",
                f"Reach of a start with {who} less that of a start drawn from everybody",
                Estimate(lead.mean(), lead.mean() - half, lead.mean() + half, int(people)).times(100),
                unit="points",
                method=f"{PAIRED}; mean over {worlds:,} worlds with its interval",
                reference=0,
                reference_label="no difference",
                scope="group",
                group=group,
            )


def places(
    net: sparse.csr_array,
    people: pd.DataFrame,
    readiness: np.ndarray,
    size: int,
    settings: Settings,
    rng: np.random.Generator,
    given: Assumptions | None = None,
) -> Places:
    """The reach of `size` people drawn from each unit, or of the whole unit where it has fewer, and from everybody.

    `net`: [i, j] how far i heeds j; `readiness`: (people,) in standard deviations, 0 where unknown; `given`: what is
    assumed, one world each, if not the ranges of the settings. People without a unit start only among everybody.
    """
    set_to = settings.change
    worlds = drawn(given or stated(set_to.assumed, set_to.worlds, rng), readiness, rng)
    codes, names = pd.factorize(people["unit"], sort=True)

    def reached(candidates: np.ndarray) -> np.ndarray:
        started = drawn_in_each(candidates, size, len(worlds.alone), rng)
        when = thresholds(net, started, worlds, set_to.weeks)
        since = np.where(started, 0, np.maximum(set_to.weeks + 1.0 - when, 0))
        return since.sum(axis=1) / (set_to.weeks * np.maximum((~started).sum(axis=1), 1))

    everybody = reached(np.ones(len(people), dtype=bool))
    by_group = [reached(codes == code) for code in range(len(names))]
    sizes = np.bincount(codes[codes >= 0], minlength=len(names))
    return Places(list(names), sizes, np.array(by_group), everybody, size, set_to.weeks)
