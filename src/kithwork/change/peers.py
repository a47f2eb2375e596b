"""Does adoption travel along ties? Whether people adopt when those they heed do, more than chance within groups would give.

Two figures tell:

- likeness, the correlation of ego's and alter's weeks of adoption over ties (`alike.py`; who had not adopted has the week
  after the last), against the same with weeks dealt anew within each group: groups that adopt early or late as a whole, and
  tie among themselves, are then no likeness;
- the odds of adopting in a week by exposure the week before, within a group's week (`hazard.py`).

The verdict:

    found           p of likeness, one-sided, is at most .025, or the odds lie above 1 by their interval widened to 99 %:
                    levels that give 3 % of studies without an effect at most, where deals and odds are right
    not found       otherwise, where a medium correlation, .3 (Cohen 1988, Statistical Power Analysis), of what differs
                    within groups would be found in four studies of five: (1.96 + 0.84) · sd of the deals is at most
                    .3 · the share of the variance of weeks that lies within groups
    too few to tell otherwise, and wherever fewer than ten have adopted in groups whose people differ (Peduzzi et al.
                    1996, J. Clin. Epidemiol. 49:1373)

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
from kithwork.change.alike import by_chance, interval
from kithwork.change.exposure import without_loops
from kithwork.change.hazard import at_risk, log_odds
from kithwork.claims import Ledger
from kithwork.estimates import LEVEL, Estimate, p_value, proportion
from kithwork.params import Settings

if TYPE_CHECKING:
    from scipy import sparse

FOUND, NOT_FOUND, TOO_FEW = VERDICTS = ("found", "not found", "too few to tell")
MEDIUM, POWER, FEWEST, SURELY = 0.3, 0.8, 10, 0.99
"""The likeness that a study must be able to find before it may say there is none, how surely, and the fewest adopters; the
level at which odds alone tell."""

STEP = 0.1
"""The rise in exposure that the odds are given for: a tenth of those one heeds."""


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
            f"dealt anew within groups, p = {self.p:.3f} two-sided; interval clustered by person (Aronow et al. 2015)",
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


def peer_effect(
    net: sparse.csr_array, adoptions: Adoptions, groups: np.ndarray, settings: Settings, rng: np.random.Generator
) -> PeerEffect | None:
    """The peer effect of who heeds whom, loops left out; None where no two tied people can differ.

    `net`: (people, people), [i, j] how far i heeds j, at least 0, directed or symmetric. `groups`: (people,) codes; −1, no
    known group, is a group of its own.
    """
    net = without_loops(net)
    times = np.minimum(adoptions.week, adoptions.weeks).astype(float)
    found, odds = interval(net, times), log_odds(at_risk(net, adoptions), groups)
    chance = by_chance(net, times, groups, settings.change.permutations, rng)
    if found is None or len(chance) == 0:
        return None
    p_above = float((1 + (chance >= found.estimate - 1e-12).sum()) / (len(chance) + 1))
    within, telling = _within(times, groups)
    adopters = int((adoptions.adopted & telling).sum())
    shown = p_above <= (1 - LEVEL) / 2 or (odds is not None and above(odds))
    spread = float(chance.std())
    return PeerEffect(
        found,
        float(chance.mean()),
        spread,
        p_value(found.estimate, chance),
        p_above,
        None if odds is None else _times(odds, found.n),
        proportion(int(adoptions.adopted.sum()), len(times)),
        verdict(shown, spread, within, adopters),
    )


def verdict(shown: bool, spread: float, within: float, adopters: int) -> str:
    """One of `VERDICTS`, by the rule of the module.

    `spread`: standard deviation of likeness by chance; `within`: share of the variance of weeks that lies within groups;
    `adopters`: how many adopted in groups whose people differ.
    """
    if adopters < FEWEST:
        return TOO_FEW
    if shown:
        return FOUND
    sure = NormalDist().inv_cdf((1 + LEVEL) / 2) + NormalDist().inv_cdf(POWER)
    return NOT_FOUND if sure * spread <= MEDIUM * within else TOO_FEW


def above(odds: Estimate) -> bool:
    """Whether log odds lie above 0 at the level `SURELY`, by the lower side of their 95 % interval."""
    wider = NormalDist().inv_cdf((1 + SURELY) / 2) / NormalDist().inv_cdf((1 + LEVEL) / 2)
    return odds.estimate - wider * (odds.estimate - odds.low) > 0


def verdict_of(label: str) -> str:
    """The verdict that the label of a claim of likeness ends in."""
    return next(one for one in VERDICTS if label.endswith(f"({one})"))


def _within(times: np.ndarray, groups: np.ndarray) -> tuple[float, np.ndarray]:
    """Share of the variance of weeks that lies within groups, and (people,) whether those of one's group differ."""
    code = np.unique(groups, return_inverse=True)[1]
    means = np.bincount(code, times) / np.bincount(code)
    apart = (times - means[code]) ** 2
    return float(apart.mean() / times.var()), np.bincount(code, apart)[code] > 1e-9


def _times(odds: Estimate, people: int) -> Estimate:
    """Log odds for an exposure from 0 to 1 as times the odds for a step of it."""
    return Estimate(*(float(np.exp(STEP * end)) for end in (odds.estimate, odds.low, odds.high)), people)
