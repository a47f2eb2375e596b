"""How alike people of one group are: ICC(1) and ICC(2) of a one-way analysis of variance with random groups.

With mean squares B between and W within groups, J groups and n = people / J (Bliese 2000, in Klein & Kozlowski, Multilevel
Theory, Research, and Methods in Organizations, 349; the package `multilevel` for R):

    ICC(1) = (B − W) / (B + (n − 1) W)      share of the differences between people that lies between groups
    ICC(2) = (B − W) / B                    reliability of a group's mean: n · ICC(1) / (1 + (n − 1) ICC(1))

The interval of ICC(1) is Wald's, exact also where groups are of many sizes (Wald 1940, Ann. Math. Stat. 11:96): with the
means m of groups of n_g people and w_g = n_g / (1 + n_g θ), where θ is the variance between groups over that within,

    Σ w_g (m_g − Σ w m / Σ w)² / ((J − 1) W)   is distributed as F

so that θ ends where that sum passes the quantiles of F; ICC(1) = θ / (1 + θ). Where groups are of one size it is that of
McGraw & Wong (1996, Psychol. Methods 1:30). ICC(1) may be below 0, where groups differ less than by chance; ICC(2), a
share of variance, is then 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kithwork.estimates import TAILS, Estimate

EDGE = 1e-9
"""How near the least and the most that ICC(1) can be the ends of its interval are looked for."""


@dataclass(frozen=True)
class Anova:
    """`means` and `sizes` of the groups, (groups,) each; mean square `within` them."""

    means: np.ndarray
    sizes: np.ndarray
    within: float

    @property
    def people(self) -> int:
        """How many people there are."""
        return int(self.sizes.sum())

    @property
    def between(self) -> float:
        """Mean square between groups."""
        return self._apart(self.sizes)

    @property
    def f(self) -> float:
        """Between over within; infinite where people of a group are all alike and groups are not."""
        return self.between / self.within if self.within > 0 else np.inf

    @property
    def p(self) -> float:
        """P of so large an F where groups do not differ."""
        from scipy.special import fdtrc

        return float(fdtrc(*self._freedom, self.f)) if self.within > 0 else 0.0

    def icc1(self) -> Estimate:
        """Share of the differences between people that lies between groups.

        Where groups of one make the mean size less than two the formula may fall below what a share can be: then that.
        """
        if self.within == 0:
            return Estimate(1.0, 1.0, 1.0, self.people)
        size = self.people / len(self.sizes)
        share = max((self.f - 1) / (self.f + size - 1), self._least) if self.f + size > 1 else self._least
        return Estimate(share, self._end(TAILS[1]), self._end(TAILS[0]), self.people)

    def icc2(self) -> Estimate:
        """Reliability of a group's mean."""
        one, size = self.icc1(), self.people / len(self.sizes)
        ends = (max(size * share, 0.0) / (1 + (size - 1) * max(share, 0.0)) for share in (one.estimate, one.low, one.high))
        return Estimate(*ends, self.people)

    @property
    def _least(self) -> float:
        """The least that ICC(1) can be, in the largest group."""
        return -1 / (self.sizes.max() - 1)

    @property
    def _freedom(self) -> tuple[int, int]:
        return len(self.sizes) - 1, self.people - len(self.sizes)

    def _apart(self, weights: np.ndarray) -> float:
        """Weighted squares of the groups' means about their weighted mean, over one less than groups."""
        return float(weights @ (self.means - np.average(self.means, weights=weights)) ** 2) / self._freedom[0]

    def _end(self, tail: float) -> float:
        """ICC(1) at which the sum takes that quantile of F, in %; the least it can be where no share has so high a one."""
        from scipy.optimize import brentq
        from scipy.special import fdtri

        def above(share: float) -> float:
            return self._apart(self.sizes * (1 - share) / (1 + (self.sizes - 1) * share)) / self.within - quantile

        quantile, least = fdtri(*self._freedom, tail / 100), self._least + EDGE
        return float(brentq(above, least, 1 - EDGE)) if above(least) > 0 else float(least)


def anova(scores: np.ndarray, codes: np.ndarray) -> Anova | None:
    """Of (people,) scores by (people,) group codes; None without two groups, two people in one, or any difference."""
    codes = np.unique(codes, return_inverse=True)[1]
    people, groups = len(scores), int(codes.max(initial=-1)) + 1
    if groups < 2 or people <= groups or np.ptp(scores) == 0:
        return None
    sizes = np.bincount(codes)
    means = np.bincount(codes, scores - scores.mean()) / sizes
    apart = scores - scores.mean() - means[codes]
    apart[np.abs(apart) < EDGE * np.ptp(scores)] = 0.0
    return Anova(means, sizes, float(apart @ apart) / (people - groups))
