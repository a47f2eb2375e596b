"""What the network is like as a whole: each measure with its interval, beside what chance gives networks of the same make.

Raw values mislead: a dense network is clustered, and one with a few busy people has a core, by arithmetic. So each is set
beside networks with every degree kept (`nulls.rewired`; for directed ones, in- and out-degrees). Intervals are by leaving
people out (`jackknife`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kithwork.estimates import TAILS, Estimate, p_value
from kithwork.network.jackknife import leaving_out

if TYPE_CHECKING:
    from scipy import sparse


@dataclass(frozen=True)
class Whole:
    """One measure of a whole network: with its interval, and the values (draws,) that chance gave it."""

    estimate: Estimate
    chance: np.ndarray

    @property
    def expected(self) -> float:
        """The mean under chance."""
        return float(self.chance.mean())

    @property
    def range(self) -> tuple[float, float]:
        """The middle 95 % under chance."""
        low, high = np.percentile(self.chance, TAILS)
        return float(low), float(high)

    @property
    def p(self) -> float:
        """Two-sided Monte Carlo p of the value under chance."""
        return p_value(self.estimate.estimate, self.chance)


def beside_chance(
    net: sparse.csr_array,
    measures: Callable[[sparse.csr_array], dict[str, float]],
    chance: Iterable[sparse.csr_array],
    draws: int,
    rng: np.random.Generator,
) -> dict[str, Whole]:
    """Each measure, between 0 and 1, of a network; `draws` sets of people left out; none where it cannot be computed."""
    found = leaving_out(net, lambda part, _: measures(part), draws, rng)
    drawn: dict[str, list[float]] = {name: [] for name in found}
    for other in chance:
        values = measures(other)
        for name, kept in drawn.items():
            kept.append(values[name])
    chances = {name: np.array([value for value in values if not np.isnan(value)]) for name, values in drawn.items()}
    return {name: Whole(estimate, chances[name]) for name, estimate in found.items() if len(chances[name])}
