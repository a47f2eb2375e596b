"""What a spread rests on, estimated from dates of adoption: how often people adopt alone, when they follow, how fast.

The model is that of `diffusion.thresholds`; its likelihood is in `likelihood.py`, whether anybody follows in
`following.py`, the values and how sure they are in `fitting.py`. Where it cannot be told that anybody follows, thresholds
are not to be told either (any would do, followed by nobody): none is claimed, and worlds to come have following only as
far as the dates allow for it, with whatever thresholds then fit.

Alone, the chance is taken to be the same in every week. A campaign that lifts it halfway, or readiness that is shared among
those tied and not known, look like following: `peers.py` asks whether ties matter at all, within groups.
Ties that are not known make alone too large, as who followed unseen seems to have adopted alone, and follow too small;
enough is hardly off (`benchmarks/thresholds.py` has how far).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.special import expit

from kithwork.change import fitting
from kithwork.change.adoption import Adoptions
from kithwork.change.assumptions import Assumptions, stated
from kithwork.change.diffusion import Worlds
from kithwork.change.following import Following, following
from kithwork.change.histories import histories
from kithwork.change.hump import hump
from kithwork.change.likelihood import Likelihood, shape, shares_of
from kithwork.chapters import Assumed
from kithwork.claims import Ledger
from kithwork.estimates import Estimate, from_draws, proportion
from kithwork.params import Settings

LEAST = 1e-12
"""Hazard a week of what does not happen."""
FEWEST = 30
"""Adoptions after week 0 below which five values are not estimated: six for each."""
FEWEST_WEEKS = 3
"""Weeks with an adoption after week 0 below which nobody can be told to have waited."""
DRAWN = 2000
"""Points drawn of how sure the estimates are."""
SURE = 0.04
"""p from which on nobody is said to follow. The law is a little short of large ratios where few adopt: of simulated studies
without following about one in twenty has a smaller p (`benchmarks/thresholds.py`)."""
QUANTILES = 2001
"""Shares at which the distribution of thresholds is tabulated to draw from it."""
METHOD = (
    "Threshold model fitted to the dates of adoption, thresholds integrated out (Granovetter 1978); "
    "log-F(1, 1) penalty (Greenland & Mansournia 2015); interval by sampling-importance resampling (Rubin 1987)"
)
TEST = "Likelihood ratio against nobody following, law by simulation (Andrews 2001); Wilson interval (Wilson 1927)"


@dataclass(frozen=True)
class Estimated:
    """`alone`, `follow`: chances a week; `enough`, `spread`: mean and standard deviation of the share of ties that is
    enough; `readiness`: log of how much likelier the first is per standard deviation. Where nobody can be told to follow,
    `alone` and `readiness` are of the model without it, and the others are None.

    `test`: the likelihood ratio. `points`: (draws, 5), on the likelihood's scale, how sure all five are, following or not.
    """

    alone: Estimate
    readiness: Estimate
    follow: Estimate | None
    enough: Estimate | None
    spread: Estimate | None
    test: Following
    points: np.ndarray
    likelihood: Likelihood
    everybody: int
    z: np.ndarray
    assumed: Assumed

    @property
    def follows(self) -> bool:
        """Whether somebody can be told to follow."""
        return self.follow is not None

    def values(self, worlds: int, rng: np.random.Generator) -> Assumptions:
        """Values drawn as sure as the dates make them: those of each of as many `worlds`, for the same generator; of
        `pass_on` no date tells: it is as stated."""
        return self._drawn(self._picked(worlds, rng), stated(self.assumed, worlds, rng).pass_on)

    def worlds(self, worlds: int, weeks: int, rng: np.random.Generator) -> Callable[[float], Worlds]:
        """What comes next, for `diffusion.thresholds` with those who had adopted as its starters, booleans (people,).

        Of how many times likelier a campaign makes taking the change up alone; nothing else differs by it. Week 0 there is
        the last week watched. Each one's threshold is drawn given what that person saw and did not follow, in each world by
        its values; following is allowed for as far as the dates do, and where the watch did not come to a threshold it is
        taken to lie under a hump (`hump.py`). A threshold once met stays met: where below the exposure it lies changes
        nothing; of those seen to adopt it is 1. Weeks beyond `weeks` are not told apart.
        """
        points = self._picked(worlds, rng)
        given = self._drawn(points, np.zeros(worlds))
        rate = -np.log1p(-given.alone[:, None]) * np.exp(given.readiness[:, None] * self.z)
        waits = rng.exponential(size=rate.shape)
        delay = np.minimum(rng.geometric(given.follow[:, None], rate.shape), weeks + 1).astype(np.int16)
        enough = self._thresholds(points, rng)

        def ahead(campaign: float) -> Worlds:
            hazard = np.maximum(rate * campaign, LEAST)
            return Worlds(np.minimum(np.ceil(waits / hazard), weeks + 1).astype(np.int16), enough, delay)

        return ahead

    def _thresholds(self, points: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """(worlds, people) drawn by the values of each world, given each one's history; whoever was not at risk from the
        whole distribution."""
        from scipy.special import betainc

        seen, grid = self.likelihood.seen, np.linspace(0, 1, QUANTILES)
        waiting = Likelihood(seen[~seen.adopts], self.likelihood.z[~seen.adopts])
        who, open_ = waiting.seen.people, np.setdiff1d(np.arange(self.everybody), seen.people[seen.adopts])
        found = np.ones((len(points), self.everybody))
        for enough, point in zip(found, points, strict=True):
            u, luck = rng.random(self.everybody), rng.random(len(seen.people))[~seen.adopts]
            held, free = waiting.unmet(point)
            u[who] = np.where(luck * (held + free) < held, u[who] * (1 - free), 1 - free * u[who])
            enough[open_] = np.interp(u[open_], betainc(*shape(expit(point[3]), expit(point[4])), grid), grid)
        return found

    def _picked(self, worlds: int, rng: np.random.Generator) -> np.ndarray:
        return self.points[rng.choice(len(self.points), worlds, p=hump(self.points))]

    @staticmethod
    def _drawn(points: np.ndarray, pass_on: np.ndarray) -> Assumptions:
        alone, readiness, follow, enough, spread = shares_of(points).T
        return Assumptions(alone, readiness, follow, enough, spread, pass_on)

    def claims(self, ledger: Ledger) -> None:
        """Add what was found to the ledger of the change chapter."""
        many = self.alone.n
        ledger.add(
            "follow_p",
            "Chance of dates that fit following so well where nobody follows",
            replace(proportion(self.test.as_large, self.test.drawn), n=many),
            unit="index",
            method=TEST,
            reference=SURE,
            reference_label="from here on nobody is said to follow",
        )
        ledger.add("alone", "Chance a week to take it up on one's own", self.alone.times(100), unit="%", method=METHOD)
        for name, label in (
            ("follow", "Chance a week to follow, once enough of those one heeds have"),
            ("enough", "Share of those one heeds that is enough, mean over people"),
        ):
            found = getattr(self, name)
            if found is not None:
                ledger.add(name, label, found.times(100), unit="%", method=METHOD)


def estimated(
    net: sparse.csr_array,
    adoptions: Adoptions,
    readiness_z: np.ndarray,
    settings: Settings,
    rng: np.random.Generator,
    first: np.ndarray | None = None,
    last: np.ndarray | None = None,
) -> Estimated | None:
    """The five values and how sure they are; None with too few dates to tell five, or nobody who saw another adopt.

    `net`: (people, people), [i, j] how far i heeds j. `readiness_z`: (people,) in standard deviations, 0 where unknown.
    `first`, `last`: (people,) weeks between which each could adopt, both of them counted; the whole watch unless said.
    """
    seen = histories(net, adoptions, first, last)
    dates = adoptions.week[seen.people[seen.adopts]]
    if len(dates) < FEWEST or len(np.unique(dates)) < FEWEST_WEEKS or len(seen.who) == 0:
        return None
    likelihood = Likelihood(seen, readiness_z[seen.people])
    alone = fitting.alone_only(likelihood)
    top = fitting.highest(likelihood, alone)
    test = following(likelihood, top, alone, rng)
    points = fitting.draws(likelihood, top, alone, DRAWN, rng)
    if test.p < SURE:
        values = _intervals(top, points, len(seen.people))
    else:
        sure = fitting.draws_alone(likelihood, alone, DRAWN, rng)
        values = [*_intervals(alone, sure, len(seen.people))[:2], None, None, None]
    return Estimated(
        *values,
        test=test,
        points=points,
        likelihood=likelihood,
        everybody=len(readiness_z),
        z=readiness_z,
        assumed=settings.change.assumed,
    )


def _intervals(top: np.ndarray, points: np.ndarray, people: int) -> list[Estimate]:
    return [from_draws(value, drawn, people) for value, drawn in zip(shares_of(top), shares_of(points).T, strict=True)]
