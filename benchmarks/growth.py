"""How a cost grows with the size of what is worked on: the exponent of a power of it, and how sure that is.

cost = c · size^b, fitted as a line through logarithms by least squares; b's standard error is that of the line's slope,
√(Σr² / (n − 2) / Σ(x − x̄)²) with r the residuals and x the logarithms of n sizes, and its interval that of Student's t on
n − 2 degrees of freedom. What any size costs, above all imports, is to be taken away first: it makes growth look slower.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np


class Growth(NamedTuple):
    """The exponent, its standard error, and the ends of its 95 % interval: NaN from two sizes, which any line fits."""

    exponent: float
    error: float
    low: float
    high: float

    @property
    def interval(self) -> tuple[float, float] | None:
        """The ends, where they are known."""
        return None if math.isnan(self.error) else (self.low, self.high)


def fitted(sizes: list[float], costs: list[float]) -> Growth:
    """The exponent of growth. Raises `ValueError` from fewer than two sizes, or costs that are not above 0."""
    from scipy import stats

    if len(set(sizes)) < 2 or min(*sizes, *costs) <= 0:
        raise ValueError(f"no growth can be fitted to {costs} at {sizes}")
    line = stats.linregress(np.log(sizes), np.log(costs))
    free = len(sizes) - 2
    if free < 1:
        return Growth(float(line.slope), math.nan, math.nan, math.nan)
    reach = float(stats.t.ppf(0.975, free)) * line.stderr
    return Growth(float(line.slope), float(line.stderr), float(line.slope - reach), float(line.slope + reach))
