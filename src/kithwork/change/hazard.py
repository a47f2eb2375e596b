"""How much likelier people take up a change in a week, the more of those they heed had by the week before.

The log odds of adopting in a week, of who has not yet, among the people of one group in that week:

    logit P(i adopts in week t) = α[group, t] + β · exposure of i at the end of week t − 1

α is free for every group in every week, so that what reaches a whole group at once (a course, a manager, readiness that
differs between groups) is no peer effect. It is conditioned away: given how many of a group adopt in a week, β alone says
which (Cox 1972, J. R. Stat. Soc. B 34:187, discrete times; the sum over all who might have, by recursion: Gail, Lubin &
Rubinstein 1981, Biometrika 68:703). Each week is conditioned on all weeks before, so the product is a partial likelihood
(Cox 1975, Biometrika 62:269): that exposure comes of the same people's adoptions needs no correction, and the interval is
where twice the log likelihood lies within χ² of its top. It fails where tied people of one group are alike in what nobody
measured: likeness then looks like a peer effect (Shalizi & Thomas 2011, Sociol. Methods Res. 40:211; Aral, Muchnik &
Sundararajan 2009, PNAS 106:21544).
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from kithwork.change.adoption import Adoptions
from kithwork.change.exposure import exposures
from kithwork.estimates import LEVEL, Estimate

if TYPE_CHECKING:
    from scipy import sparse

FAR = 40.0
"""Log odds beyond which nothing can be told: all who adopt are the most exposed, or the least."""
FINE = 1e-9
"""How near to the top the log odds are told."""


@dataclass(frozen=True)
class PersonWeeks:
    """Weeks of people who had not adopted before, (rows,) each: who, which week, exposure by then, whether adopting."""

    person: np.ndarray
    week: np.ndarray
    exposure: np.ndarray
    adopts: np.ndarray


def at_risk(net: sparse.csr_array, adoptions: Adoptions) -> PersonWeeks:
    """Every week from the second on of everybody who heeds somebody, up to adopting or to the end of the watch."""
    exposed = exposures(net, adoptions)[:-1]
    weeks = np.arange(1, adoptions.weeks)[:, None]
    row, person = np.nonzero((adoptions.week >= weeks) & ~np.isnan(exposed))
    week = row + 1
    return PersonWeeks(person, week, exposed[row, person], adoptions.week[person] == week)


def log_odds(rows: PersonWeeks, groups: np.ndarray) -> Estimate | None:
    """β with its 95 % interval, for an exposure from 0 to 1; n: the person-weeks that tell. None where none do, or no end.

    `groups`: (people,) codes; −1, no known group, is a group of its own.
    """
    from scipy.optimize import brentq

    strata = _Strata.of(rows, groups)
    if strata is None or not strata.slope(-FAR) > 0 > strata.slope(FAR):
        return None
    top = float(brentq(strata.slope, -FAR, FAR, xtol=FINE))
    drop = NormalDist().inv_cdf((1 + LEVEL) / 2) ** 2 / 2
    highest = strata.log_likelihood(top)

    def below(beta: float) -> float:
        return strata.log_likelihood(beta) - highest + drop

    if below(-FAR) > 0 or below(FAR) > 0:
        return None
    low, high = brentq(below, -FAR, top, xtol=1e-6), brentq(below, top, FAR, xtol=1e-6)
    return Estimate(top, float(low), float(high), strata.rows)


@dataclass(frozen=True)
class _Strata:
    """The groups' weeks in which some adopt, some do not, and exposure differs; the largest first.

    `exposure`: (strata, most people) less the stratum's mean, NaN beyond its people; `adopters`: (strata,) how many adopt,
    or do not, whichever are fewer; `sum`: (strata,) their exposure. `exposure` and `sum` bear the sign of that choice.
    """

    exposure: np.ndarray
    people: np.ndarray
    adopters: np.ndarray
    sum: np.ndarray

    @property
    def rows(self) -> int:
        return int(self.people.sum())

    @classmethod
    def of(cls, rows: PersonWeeks, groups: np.ndarray) -> _Strata | None:
        """None where no group's week tells anything."""
        code = np.unique(np.column_stack([groups[rows.person], rows.week]), axis=0, return_inverse=True)[1].ravel()
        people, adopt = np.bincount(code), np.bincount(code, rows.adopts).astype(int)
        apart = rows.exposure - (np.bincount(code, rows.exposure) / np.maximum(people, 1))[code]
        tells = (adopt > 0) & (adopt < people) & (np.bincount(code, apart**2) > 1e-12)
        if not tells.any():
            return None
        order = np.flatnonzero(tells)[np.argsort(-people[tells], kind="stable")]
        few = 2 * adopt[order] <= people[order]
        filled = np.full((len(order), people[order[0]]), np.nan)
        for place, stratum in enumerate(order):
            filled[place, : people[stratum]] = apart[code == stratum] * (1 if few[place] else -1)
        fewer = np.where(few, adopt[order], people[order] - adopt[order])
        return cls(filled, people[order], fewer, np.bincount(code, apart * rows.adopts)[order])

    def log_likelihood(self, beta: float) -> float:
        """Σ over strata of β · sum − log Σ over all choices of as many people of e^(β · their exposure)."""
        return float(beta * self.sum.sum() - self._chosen(beta)[0].sum())

    def slope(self, beta: float) -> float:
        """By β: the sums less their means over all choices. Its root is told to more places than the top, which is flat."""
        return float(self.sum.sum() - self._chosen(beta)[1].sum())

    def _chosen(self, beta: float) -> tuple[np.ndarray, np.ndarray]:
        """(strata,) log Σ over the choices, and the mean over them of the exposure chosen."""
        ways = np.full((len(self.people), self.adopters.max() + 1), -np.inf)
        ways[:, 0], mean = 0, np.zeros(ways.shape)
        for place in range(self.exposure.shape[1]):
            of = int(np.searchsorted(-self.people, -place, side="left"))
            exposure = self.exposure[:of, place, None]
            within = ways[:of, :-1] + beta * exposure
            both = np.logaddexp(ways[:of, 1:], within)
            share = np.exp(within - np.where(np.isinf(both), 0, both))
            mean[:of, 1:] += share * (mean[:of, :-1] + exposure - mean[:of, 1:])
            ways[:of, 1:] = both
        last = np.arange(len(ways)), self.adopters
        return ways[last], mean[last]
