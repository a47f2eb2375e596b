"""Estimates with their intervals: the shape every published number has, and the interval methods that need no network.

All intervals are 95 %. Resampling takes an explicit generator; nothing here draws from a hidden one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np

LEVEL = 0.95
TAILS = ((1 - LEVEL) / 2 * 100, (1 + LEVEL) / 2 * 100)


@dataclass(frozen=True)
class Estimate:
    """A figure, its 95 % interval, and the number of people (or pairs) behind it.

    The interval is widened to hold the estimate where resampling is biased away from it, never moved.
    """

    estimate: float
    low: float
    high: float
    n: int

    def __post_init__(self) -> None:
        assert np.isfinite([self.estimate, self.low, self.high]).all(), "an estimate must be finite"
        object.__setattr__(self, "low", min(self.low, self.estimate))
        object.__setattr__(self, "high", max(self.high, self.estimate))

    def times(self, factor: float) -> Estimate:
        """The same figure in another unit, for example a share as a percentage."""
        return Estimate(self.estimate * factor, self.low * factor, self.high * factor, self.n)

    def _repr_html_(self) -> str:
        estimate, low, high = (f"{value:,.3g}".replace("-", "−") for value in (self.estimate, self.low, self.high))
        return f'<p><data>{estimate}</data> <span class="ci">(95% interval {low} to {high}, n = {self.n:,})</span></p>'


def from_draws(estimate: float, draws: np.ndarray, n: int, tails: tuple[float, float] = TAILS) -> Estimate:
    """Percentile interval of resampled values; draws that could not be computed (NaN) are left out."""
    low, high = np.nanpercentile(draws, tails)
    return Estimate(float(estimate), float(low), float(high), int(n))


def expanded(n: int) -> tuple[float, float]:
    """Tails of the expanded percentile interval of a resampled mean of n people, at least two: Φ(∓ t √(n / (n − 1))), in %.

    A resample varies less than its population by that root, and its tails are normal where t ones are due (Hesterberg 2015,
    Am. Stat. 69:371).
    """
    from scipy.special import stdtrit

    tail = 100 * NormalDist().cdf(float(stdtrit(n - 1, (1 - LEVEL) / 2)) * sqrt(n / (n - 1)))
    return tail, 100 - tail


def proportion(successes: float, n: int) -> Estimate:
    """A share with Wilson's score interval (Wilson 1927, JASA 22:209): never empty, also at 0 or n successes.

    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)

    Written out to spare the import of scipy.stats, which has it too and loads slowly; a test holds the two together.
    """
    p, z = successes / n, NormalDist().inv_cdf((1 + LEVEL) / 2)
    middle, half = p + z**2 / (2 * n), z * sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low, high = ((middle + side * half) / (1 + z**2 / n) for side in (-1, 1))
    return Estimate(p, max(low, 0.0), min(high, 1.0), n)


def rate(events: float, exposure: float, n: int) -> Estimate:
    """Events per unit of exposure, as Poisson's law has them (Garwood 1936, Biometrika 28:437); never empty, also at 0."""
    from scipy.special import chdtri

    low = chdtri(2 * events, (1 + LEVEL) / 2) / 2 if events > 0 else 0.0
    high = chdtri(2 * events + 2, (1 - LEVEL) / 2) / 2
    return Estimate(events / exposure, low / exposure, high / exposure, n)


def bootstrap(
    values: np.ndarray,
    statistic: Callable[[np.ndarray], np.ndarray],
    resamples: int,
    rng: np.random.Generator,
) -> Estimate:
    """A statistic of people's values with the percentile bootstrap over people (Efron 1979, Ann. Stat. 7:1).

    `values` has one row per person; `statistic` must take an `axis=-1`-style array of shape (resamples, people) for
    one-dimensional values, so that no loop runs.
    """
    values = np.asarray(values, dtype=float)
    picks = rng.integers(0, len(values), (resamples, len(values)))
    return from_draws(statistic(values[None, :])[0], statistic(values[picks]), len(values))


def mean(values: np.ndarray, resamples: int, rng: np.random.Generator) -> Estimate:
    """Mean over people with its bootstrap interval."""
    return bootstrap(values, lambda sample: sample.mean(axis=-1), resamples, rng)


def p_value(observed: float, null: np.ndarray) -> float:
    """Two-sided Monte Carlo p: (1 + draws at least as far from the null's mean) / (draws + 1) (Davison & Hinkley 1997)."""
    centre = null.mean()
    as_far = np.abs(null - centre) >= abs(observed - centre) - 1e-12
    return float((1 + as_far.sum()) / (len(null) + 1))
