"""How likely dates of adoption are under thresholds that nobody saw, with the gradient.

    P(i adopts in week t) = 1 − p_i (1 − follow · [exposure_i(t) ≥ threshold_i]),   p_i = (1 − alone)^exp(readiness · z_i)

(complex contagion: Granovetter 1978, Am. J. Sociol. 83:1420; Centola & Macy 2007, Am. J. Sociol. 113:702). Thresholds are
Beta with mean `enough` and standard deviation `spread`, F its distribution. Exposure e_s steps up in week s, and never
down, so that the threshold is integrated out exactly (q = 1 − follow; k weeks lived, a_s weeks since step s, e the last
exposure):

    lived through    p^k · [Σ_s (F(e_s) − F(e_{s−1})) q^{a_s} + 1 − F(e)]
    adopted then     p^k · [Σ_s (F(e_s) − F(e_{s−1})) q^{a_s} (1 − p q) + (1 − F(e)) (1 − p)]

Points are on a scale without ends: logit alone, readiness, logit follow, logit enough, logit of spread beside the widest
there is for that mean, √(enough (1 − enough)). The penalty on the four shares is log-F(1, 1) (Greenland & Mansournia 2015,
Stat. Med. 34:3133), the weight of one observation each: no estimate runs away, and most of its bias is gone.
"""

from __future__ import annotations

import numpy as np
from scipy.special import betainc, expit

from kithwork.change.histories import Histories
from kithwork.change.knots import Knots

STEP = 1e-4
"""How far the mean and the spread are moved for the slope of the Beta's distribution."""
SMALLEST = 1e-300
MANY = 5_000
"""Shares above which the Beta's distribution is worked out at knots, as of more than some 5,000 people."""
SHARES = [0, 2, 3, 4]
"""Which of the five are shares; readiness has no penalty."""


def shape(enough: np.ndarray, relative: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The Beta's two parameters, of its mean and its standard deviation beside the widest there is for that mean."""
    size = 1 / relative**2 - 1
    return enough * size, (1 - enough) * size


def shares_of(points: np.ndarray) -> np.ndarray:
    """alone, readiness, follow, enough and spread, each as itself, of points (..., 5)."""
    found = expit(points)
    found[..., 1] = points[..., 1]
    found[..., 4] *= np.sqrt(found[..., 3] * (1 - found[..., 3]))
    return found


def met(shares: np.ndarray, point: np.ndarray) -> np.ndarray:
    """F: the share of people whose threshold is met at each exposure."""
    return betainc(*shape(expit(point[3]), expit(point[4])), shares)


class Likelihood:
    """The log-likelihood of histories, at points (5,). `z`: readiness of each of the histories' people."""

    def __init__(self, seen: Histories, z: np.ndarray) -> None:
        self.seen, self.z = seen, z
        self.knots = Knots(seen.shares) if len(seen.shares) > MANY else None
        self.ages = np.arange(seen.age.max(initial=0) + 1)

    def _met(self, point: np.ndarray) -> np.ndarray:
        """`met` of the histories' shares."""
        if self.knots is None:
            return met(self.seen.shares, point)
        return self.knots.met(*shape(expit(point[3]), expit(point[4])))

    def _summed(self, of_steps: np.ndarray) -> np.ndarray:
        return np.bincount(self.seen.who, of_steps, minlength=len(self.z))

    def __call__(self, point: np.ndarray) -> float:
        return self.with_slope(point, slope=False)[0]

    def unmet(self, point: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Chances that each person's threshold was met and yet not followed until the end, and that it was not met."""
        seen, steps = self.seen, self._met(point)
        weight = (expit(-point[2]) ** self.ages)[seen.age]
        return self._summed((steps[seen.after] - steps[seen.before]) * weight), 1 - steps[seen.end]

    def with_slope(self, point: np.ndarray, slope: bool = True) -> tuple[float, np.ndarray]:
        """The log-likelihood, and its slope along each of the five; without `slope`, zeros."""
        seen, adopts = self.seen, self.seen.adopts
        alone, follow = expit(point[0]), expit(point[2])
        likelier = np.exp(point[1] * self.z)
        rate = -np.log1p(-alone) * likelier
        p, q = np.exp(-rate), 1 - follow
        held, free = self.unmet(point)
        by_held, by_free = np.where(adopts, 1 - p * q, 1.0), np.where(adopts, -np.expm1(-rate), 1.0)
        whole = np.maximum(held * by_held + free * by_free, SMALLEST)
        value = float(np.log(whole).sum() - (seen.lived * rate).sum())
        found = np.zeros(5)
        if not slope:
            return value, found
        of_rate = np.where(adopts, (held * q + free) * p / whole, 0) - seen.lived
        found[0] = (of_rate * likelier).sum() * alone
        found[1] = (of_rate * rate * self.z).sum()
        steps = self._met(point)
        aged = np.r_[0.0, self.ages[1:] * q ** self.ages[:-1]]
        of_held = self._summed((steps[seen.after] - steps[seen.before]) * aged[seen.age])
        found[2] = -((of_held * by_held - np.where(adopts, held * p, 0)) / whole).sum() * follow * q
        weight = (q**self.ages)[seen.age]
        for along in (3, 4):
            off = STEP * np.eye(5)[along]
            moved = (self._met(point + off) - self._met(point - off)) / (2 * STEP)
            change = self._summed((moved[seen.after] - moved[seen.before]) * weight)
            found[along] = ((change * by_held - moved[seen.end] * by_free) / whole).sum()
        return value, found


def penalty(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Σ log-F(1, 1) of the four shares at points (..., 5), and its slope along each of the five."""
    of = points[..., SHARES]
    slope = np.zeros_like(points)
    slope[..., SHARES] = 0.5 - expit(of)
    return -(np.logaddexp(0, of) + np.logaddexp(0, -of)).sum(axis=-1) / 2, slope
