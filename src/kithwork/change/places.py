"""From which groups a start goes far: people drawn at random from each, in the same worlds.

What a start adds are weeks that others, who do not start, work the new way beyond those they would have if nobody did:

    added = Σ over others of (weeks since adopting with the start − without it) / (weeks · others · starters)

Weeks, since in the long run all starts may end alike; for each starter, since a small group has few. Who starts is
drawn anew in each world, and so is what is assumed of people (`change.assumptions`). A group is held against the mean
of all groups, weighted by their people, in the same worlds (common random numbers: Law 2015, *Simulation Modeling and
Analysis*, ch. 11), and so is a start spread over everybody. Worlds are those in which nobody has
taken the change up before. How many times as far one goes is a ratio of means over worlds, whose error is that of
linearised residuals (Cochran 1977, *Sampling Techniques*, 6.4). A scenario, no forecast.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
import pandas as pd
from scipy import sparse

from kithwork.change.assumptions import Assumptions, drawn, stated
from kithwork.change.crossing import Heeding
from kithwork.change.diffusion import parts
from kithwork.change.sooner import Course
from kithwork.change.starts import rows_in_each
from kithwork.claims import Ledger
from kithwork.estimates import LEVEL, Estimate
from kithwork.params import Settings

METHOD = (
    "Threshold model (Granovetter 1978; Centola & Macy 2007) played in {worlds} worlds in which nobody has taken it up "
    "before, starters drawn anew in each, less the same world without a start; ratio of means over worlds, interval by "
    "linearisation (Cochran 1977)"
)
NOTHING = 1e-6
"""Share of others' weeks for each starter below which a start in a group adds nothing to hold others against."""
PLAYED, FEWEST = 400_000_000, 25
"""People × groups × worlds played, about: with more people and groups each is played in fewer worlds, and at least so many.
Intervals are over worlds, so that they are the wider: twice as wide of a quarter of the worlds."""
MOST = 1_000
"""Groups that are tried: of more, those with most people."""
NORMAL = NormalDist().inv_cdf((1 + LEVEL) / 2)


@dataclass(frozen=True)
class Places:
    """`groups`: names, of the largest `MOST`; `people`: (groups,) in each; `size`: who start, or all of a smaller group;
    `added`: (groups, worlds) share of others' weeks that each starter of a group adds; `spread`: (worlds,) the same of a
    start over everybody; `all_groups`: how many there are, those not tried too."""

    groups: list[str]
    people: np.ndarray
    size: int
    added: np.ndarray
    spread: np.ndarray
    all_groups: int

    @property
    def told(self) -> str:
        """Which groups were tried, where others are left out; else nothing."""
        if len(self.groups) == self.all_groups:
            return ""
        return f"the {len(self.groups):,} with most people, of {self.all_groups:,}"

    @property
    def typical(self) -> np.ndarray:
        """(worlds,) what a start in one group adds, mean over groups weighted by their people."""
        return self.people @ self.added / max(int(self.people.sum()), 1)

    def claims(self, ledger: Ledger) -> None:
        """Add how far a start in each group goes, and one spread over everybody, beside one in a group as others are; and
        how many groups were tried, where others are left out.

        Nothing where there is but one group, or where a start in a group adds nothing.
        """
        if len(self.groups) < 2 or self.typical.mean() < NOTHING:
            return
        told = {
            "unit": "times",
            "method": METHOD.format(worlds=f"{len(self.spread):,}"),
            "reference": 1.0,
            "reference_label": f"a start in one group, mean over groups{self.told and f', {self.told},'} by their people",
        }
        for group, people, added in zip(self.groups, self.people, self.added, strict=True):
            label = f"How far a start by {min(self.size, people)} people of {group} goes, for each of them"
            ledger.add("start_in", label, _ratio(added, self.typical, int(people)), scope="group", group=group, **told)
        if self.told:
            tried = float(len(self.groups))
            ledger.add(
                "start_tried",
                "Groups in which a start was tried: those with most people",
                Estimate(tried, tried, tried, int(self.people.sum())),
                unit="count",
                method="Counted",
                reference=float(self.all_groups),
                reference_label="all groups",
            )
        if self.spread.mean() < NOTHING:  # nobody is left to reach
            return
        everybody = _ratio(self.spread, self.typical, int(self.people.sum()))
        label = f"How far a start by {self.size} people spread over everybody goes, for each of them"
        ledger.add("start_spread", label, everybody, scope="scenario", **told)


def places(
    net: sparse.csr_array,
    people: pd.DataFrame,
    readiness: np.ndarray,
    size: int,
    settings: Settings,
    rng: np.random.Generator,
    given: Assumptions | None = None,
) -> Places:
    """What `size` people drawn from each unit add, or the whole unit where it has fewer, and as many from everybody.

    `net`: [i, j] how far i heeds j; `readiness`: (people,) in standard deviations, 0 where unknown; `given`: what is
    assumed, one world each, if not the ranges of the settings. People without a unit start only among everybody.
    """
    set_to = settings.change
    codes, names = pd.factorize(people["unit"], sort=True)
    many = np.bincount(codes[codes >= 0], minlength=len(names))
    tried = np.sort(np.argsort(-many, kind="stable")[:MOST])
    assumed = given or stated(set_to.assumed, set_to.worlds, rng)
    worlds = drawn(assumed[: max(PLAYED // max(len(people) * len(tried), 1), FEWEST)], readiness, rng)
    heeding, among = Heeding.of(net), [np.arange(len(people)), *(np.flatnonzero(codes == code) for code in tried)]
    starters = [rows_in_each(rows, size, len(worlds.alone), rng) for rows in among]
    weeks = np.empty((len(among), len(worlds.alone)))
    for part in parts(worlds.alone.shape):
        course = Course.of(heeding, worlds[part], set_to.weeks)
        weeks[:, part] = [course.gained(rows[part]) for rows in starters]
    own = np.array([[rows.shape[1]] for rows in starters])
    added = weeks / (set_to.weeks * np.maximum(len(people) - own, 1) * np.maximum(own, 1))
    return Places(list(names[tried]), many[tried], size, added[1:], added[0], len(names))


def _ratio(top: np.ndarray, bottom: np.ndarray, people: int) -> Estimate:
    """Σ top / Σ bottom over worlds with its interval, at least 0."""
    ratio = top.mean() / bottom.mean()
    half = NORMAL * float((top - ratio * bottom).std(ddof=1)) / (sqrt(len(top)) * bottom.mean())
    return Estimate(float(ratio), float(max(ratio - half, 0)), float(ratio + half), people)
