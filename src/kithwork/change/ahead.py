"""What lies ahead of an organisation, drawn before anybody starts: the same worlds for every way to start.

Where dates of adoption tell how people take the change up, worlds are drawn from what they tell, its uncertainty included;
else from stated ranges (`change.assumed`). Either way each world has its own assumptions, so that the range over worlds
holds both chance and what nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kithwork.change.assumptions import Assumptions, drawn, stated
from kithwork.change.diffusion import Worlds
from kithwork.params import Settings


@dataclass(frozen=True)
class Ahead:
    """`worlds`: from how many times likelier a campaign makes adopting on one's own, to worlds that differ in nothing else;
    `assumptions`: those of each world; `told`: how they came about, for a claim's method."""

    worlds: Callable[[float], Worlds]
    assumptions: Assumptions
    told: str


def assumed(readiness: np.ndarray, settings: Settings, rng: np.random.Generator) -> Ahead:
    """Worlds of stated ranges. `readiness`: (people,) in standard deviations, 0 where unknown."""
    given = settings.change.assumed
    assumptions, seed = stated(given, settings.change.worlds, rng), rng.integers(2**63)
    ranges = "; ".join(f"{NAMES[name]} {low:g} to {high:g}" for name, (low, high) in given.model_dump().items())

    def worlds(campaign: float) -> Worlds:
        return drawn(assumptions, readiness, np.random.default_rng(seed), campaign)

    return Ahead(worlds, assumptions, f"assumed, drawn evenly in each world: {ranges}")


NAMES = {
    "alone": "chance a week to take it up on one's own",
    "readiness": "log of how much likelier per standard deviation of readiness",
    "follow": "chance a week to follow once enough have",
    "enough": "share of ties that is enough",
    "spread": "its standard deviation between people",
    "pass_on": "chance that a tie passes it on",
}
"""What is assumed, in words."""
