"""Does adoption travel along ties? Whether people adopt when those they heed do, more than chance within groups would give.

The likeness of ego and alter is the correlation of their weeks of adoption over all ties, each by its weight (Pearson's r;
on 0/1 ties the numeric assortativity of Newman 2003, Phys. Rev. E 67:026126):

    r = corr(t_i, t_j) over ties i → j;   who had not adopted has the week after the last one watched

It is set against the same where the weeks of adoption are dealt anew within each group: groups that adopt early or late as
a whole, and tie among themselves, are then no likeness. The verdict, by p two-sided:

    found           p ≤ .05 and r above the mean of the deals
    not found       otherwise, where an excess of .3, a medium correlation (Cohen 1988, Statistical Power Analysis), would
                    be found in four studies of five: (1.96 + 0.84) standard deviations of the deals are no more than that
    too few to tell otherwise, and wherever fewer than ten people have adopted (Peduzzi et al. 1996, J. Clin. Epidemiol.
                    49:1373)

No verdict says why. People tied within a group may be alike in what nobody measured, or hear of the change from elsewhere
at one time; data of adoption and ties alone cannot tell that from a peer effect (Shalizi & Thomas 2011, Sociol. Methods
Res. 40:211; Aral, Muchnik & Sundararajan 2009, PNAS 106:21544).
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from kithwork.change.adoption import Adoptions
from kithwork.change.exposure import without_loops
from kithwork.change.hazard import at_risk, log_odds
from kithwork.claims import Ledger
from kithwork.estimates import LEVEL, Estimate, p_value, proportion
from kithwork.network.jackknife import leaving_out
from kithwork.params import Settings

if TYPE_CHECKING:
    from scipy import sparse

FOUND, NOT_FOUND, TOO_FEW = VERDICTS = ("found", "not found", "too few to tell")
MEDIUM, POWER, FEWEST = 0.3, 0.8, 10
"""The excess that a study must be able to find before it may say there is none, how surely, and the fewest adopters."""

STEP = 0.1
"""The rise in exposure that the odds are given for: a tenth of those one heeds."""

CELLS = 8_000_000
"""Weeks of adoption dealt at a time."""


@dataclass(frozen=True)
class PeerEffect:
    """What adoption along ties amounts to.

    `likeness`: r, −1 to 1, n the people with a tie; `expected`, `spread`: mean and standard deviation of the deals; `p`
    two-sided, `p_above` one-sided; `hazard`: times the odds of adopting in a week for a tenth more of those one heeds, None
    where its interval has no end; `adopted`: the share of people who had at the end; `verdict`: one of `VERDICTS`.
    """

    likeness: Estimate
    expected: float
    spread: float
    p: float
    p_above: float
    hazard: Estimate | None
    adopted: Estimate
    verdict: str

    def claims(self, ledger: Ledger) -> None:
        """peer_likeness, peer_hazard where it can be told, adopted_by."""
        ledger.add(
            "peer_likeness",
            f"Likeness of people and those they heed in when they took up the change ({self.verdict})",
            self.likeness,
            unit="index",
            method="Correlation of weeks of adoption over ties, non-adopters in the week after the last; against weeks "
            f"dealt anew within groups, p = {self.p:.3f} two-sided; delete-d jackknife over people (Shao & Wu 1989)",
            reference=self.expected,
            reference_label="mean where chance alone decides within groups",
        )
        if self.hazard is not None:
            ledger.add(
                "peer_hazard",
                "Odds of taking up the change in a week, for each tenth more of those one heeds who had by the week before",
                self.hazard,
                unit="times",
                method="Discrete-time logit of adopting on exposure, conditional on group and week (Cox 1972); likelihood "
                "interval",
                reference=1.0,
                reference_label="no difference",
            )
        ledger.add(
            "adopted_by",
            "People who had taken up the change by the end of the watch",
            self.adopted.times(100),
            unit="%",
            method="Share of people, Wilson's interval (Wilson 1927)",
        )


def likeness(net: sparse.csr_array, times: np.ndarray) -> np.ndarray:
    """Correlation of `times` over the ties of `net`, weighted by its entries, for each row of (draws, people): (draws,).

    Every entry counts as it stands, loops too. NaN where there is no tie, or nothing differs at either end.
    """
    away, towards = np.asarray(net.sum(axis=1)).ravel(), np.asarray(net.sum(axis=0)).ravel()
    whole = away.sum()
    if whole == 0:
        return np.full(len(times), np.nan)
    times = times - (times @ (away + towards) / (2 * whole))[:, None]
    ego, alter = times @ away / whole, times @ towards / whole
    together = (times * (net @ times.T).T).sum(axis=1) / whole - ego * alter
    spread = (times**2 @ away / whole - ego**2) * (times**2 @ towards / whole - alter**2)
    known = spread > 1e-12
    return np.divide(together, np.sqrt(np.where(known, spread, 1)), out=np.full(len(times), np.nan), where=known)


def dealt(times: np.ndarray, groups: np.ndarray, draws: int, rng: np.random.Generator) -> np.ndarray:
    """`times` (people,) dealt anew within groups, (draws, people). `groups`: codes; −1, no known group, is one too."""
    found = np.empty((draws, len(times)))
    for code in np.unique(groups):
        who = np.flatnonzero(groups == code)
        found[:, who] = rng.permuted(np.tile(times[who], (draws, 1)), axis=1)
    return found


def by_chance(
    net: sparse.csr_array, times: np.ndarray, groups: np.ndarray, draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Likeness of so many deals, (draws,)."""
    step = max(CELLS // max(len(times), 1), 1)
    parts = [likeness(net, dealt(times, groups, min(step, draws - first), rng)) for first in range(0, draws, step)]
    return np.concatenate(parts)


def peer_effect(
    net: sparse.csr_array, adoptions: Adoptions, groups: np.ndarray, settings: Settings, rng: np.random.Generator
) -> PeerEffect | None:
    """The peer effect of who heeds whom, loops left out; None where no two tied people can differ.

    `net`: (people, people), [i, j] how far i heeds j, at least 0, directed or symmetric. `groups`: (people,) codes; −1, no
    known group, is a group of its own.
    """
    net = without_loops(net)
    times = np.minimum(adoptions.week, adoptions.weeks).astype(float)
    observed = float(likeness(net, times[None, :])[0])
    if np.isnan(observed):
        return None
    chance = by_chance(net, times, groups, settings.change.permutations, rng)
    chance = chance[~np.isnan(chance)]
    tied = np.flatnonzero(np.asarray(net.sum(axis=1)).ravel() + np.asarray(net.sum(axis=0)).ravel())
    within = leaving_out(
        net[tied][:, tied],
        lambda part, kept: {"likeness": float(likeness(part, times[tied][None, kept])[0])},
        settings.change.resamples,
        rng,
        signed=("likeness",),
    )
    if "likeness" not in within:
        return None
    p, spread, expected = p_value(observed, chance), float(chance.std()), float(chance.mean())
    odds = log_odds(at_risk(net, adoptions), groups)
    return PeerEffect(
        within["likeness"],
        expected,
        spread,
        p,
        float((1 + (chance >= observed - 1e-12).sum()) / (len(chance) + 1)),
        None if odds is None else _times(odds, len(tied)),
        proportion(int(adoptions.adopted.sum()), len(times)),
        verdict(observed, expected, spread, p, int(adoptions.adopted.sum())),
    )


def _times(odds: Estimate, people: int) -> Estimate:
    """Log odds for an exposure from 0 to 1 as times the odds for a step of it."""
    return Estimate(*(float(np.exp(STEP * end)) for end in (odds.estimate, odds.low, odds.high)), people)


def verdict(observed: float, expected: float, spread: float, p: float, adopters: int) -> str:
    """One of `VERDICTS`, by the rule of the module."""
    if adopters < FEWEST:
        return TOO_FEW
    if p <= 1 - LEVEL and observed > expected:
        return FOUND
    sure = NormalDist().inv_cdf((1 + LEVEL) / 2) + NormalDist().inv_cdf(POWER)
    return NOT_FOUND if 0 < sure * spread <= MEDIUM else TOO_FEW
