"""The Beta's distribution at thousands of shares, from a thousand of them: exact at knots, by cubics between.

Each cubic has the value and the slope of the distribution at both of its knots (Hermite; de Boor 1978, *A Practical Guide
to Splines*, ch. IV). Knots are sin²θ, evenly in θ, so that they lie close together at both ends, where it bends most:

    F as a function of θ has the slope 2 sin^(2a−1)θ cos^(2b−1)θ / B(a, b)

It is off by less than a millionth, as the tests say: much less than exposures are told apart by.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.special import betainc, betaln

KNOTS = 1_000
"""Steps between no share and all of it: the first and the last are shorter than that to the next share told apart."""


class Knots:
    """How the distribution at these shares, 0 to 1, follows from its values and slopes at the knots."""

    def __init__(self, shares: np.ndarray) -> None:
        place = np.arcsin(np.sqrt(shares)) / (np.pi / 2) * KNOTS
        first = np.minimum(place.astype(int), KNOTS - 1)
        t = place - first
        whole = t * t * (3 - 2 * t)
        parts = [1 - whole, whole, t * (1 - t) ** 2, t * t * (t - 1)]
        columns = [first, first + 1, KNOTS + 1 + first, KNOTS + 2 + first]
        rows = np.tile(np.arange(len(shares)), 4)
        shape = (len(shares), 2 * (KNOTS + 1))
        self.parts = sparse.coo_array((np.concatenate(parts), (rows, np.concatenate(columns))), shape=shape).tocsr()
        theta = np.arange(KNOTS + 1) * (np.pi / 2 / KNOTS)
        self.knots = np.sin(theta) ** 2
        self.sine, self.cosine = np.log(np.sin(theta[1:-1])), np.log(np.cos(theta[1:-1]))

    def met(self, a: float, b: float) -> np.ndarray:
        """The Beta's distribution at the shares. `a`, `b`: its parameters."""
        logs = (2 * a - 1) * self.sine + (2 * b - 1) * self.cosine - betaln(a, b)
        slopes = np.exp(logs) * (np.pi / KNOTS)
        return self.parts @ np.concatenate([betainc(a, b, self.knots), [0.0], slopes, [0.0]])
