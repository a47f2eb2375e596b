"""Whether a topic has a larger share of the texts in the second of two waves than in the first.

Of the k texts on a topic in both waves, those in the second follow, where their rates are as 1 to R,

    k₂ ~ Binomial(k, R n₂ / (n₁ + R n₂))        n₁, n₂: all texts of each wave

so that an exact interval of a share (Clopper & Pearson 1934, Biometrika 26:404) is one of R, and the test that R = 1 is an
exact binomial one (Przyborowski & Wilenski 1940, Biometrika 31:313).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kithwork.estimates import LEVEL


@dataclass(frozen=True)
class Ratio:
    """R with its 95 % interval, infinite where the first wave has no text on the topic, and the two-sided P of R = 1."""

    estimate: float
    low: float
    high: float
    p: float


def ratio(texts: np.ndarray, of: np.ndarray) -> Ratio:
    """The ratio of rates of the second wave to the first; `texts`, one at least, and `of`: counts by wave, in order."""
    from scipy.stats import binomtest

    (first, second), (before, after) = (np.asarray(one, dtype=int) for one in (texts, of))
    found = binomtest(int(second), int(first + second), after / (before + after))
    ends = found.proportion_ci(LEVEL, method="exact")
    odds = [share / (1 - share) if share < 1 else np.inf for share in (found.statistic, ends.low, ends.high)]
    return Ratio(*(float(one * before / after) for one in odds), float(found.pvalue))
