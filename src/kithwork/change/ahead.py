"""What lies ahead of an organisation, drawn before anybody starts: the same worlds for every way to start.

Where dates of adoption tell how people take the change up, worlds are drawn from what they tell, its uncertainty included;
else from stated ranges (`change.assumed`). Either way each world has its own assumptions, so that the range over worlds
holds both chance and what nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kithwork.change.assumptions import Assumptions, campaigns, stated
from kithwork.change.diffusion import Worlds
from kithwork.change.estimated import Estimated
from kithwork.estimates import TAILS
from kithwork.params import Settings


@dataclass(frozen=True)
class Ahead:
    """`worlds`: from how many times likelier a campaign makes adopting on one's own, to worlds that differ in nothing else;
    `assumptions`: those of each world; `told`: how they came about, for a claim's method."""

    worlds: Callable[[float], Worlds]
    assumptions: Assumptions
    told: str


NAMES = {
    "alone": "chance a week to take it up on one's own",
    "readiness": "log of how much likelier per standard deviation of readiness",
    "follow": "chance a week to follow once enough have",
    "enough": "share of ties that is enough",
    "spread": "its standard deviation between people",
    "pass_on": "chance that a tie passes it on",
}
"""What is assumed, in words."""


def ahead(fitted: Estimated | None, readiness: np.ndarray, settings: Settings, rng: np.random.Generator) -> Ahead:
    """Worlds of what was estimated, or of the stated ranges without it. `readiness`: (people,) in standard deviations, 0
    where unknown."""
    return assumed(readiness, settings, rng) if fitted is None else of_dates(fitted, settings, rng)


def assumed(readiness: np.ndarray, settings: Settings, rng: np.random.Generator) -> Ahead:
    """Worlds of stated ranges."""
    given = settings.change.assumed
    assumptions, seed = stated(given, settings.change.worlds, rng), rng.integers(2**63)

    worlds = campaigns(assumptions, readiness, np.random.default_rng(seed))
    return Ahead(worlds, assumptions, f"assumed, drawn evenly in each world: {_ranges(given.model_dump())}")


def of_dates(fitted: Estimated, settings: Settings, rng: np.random.Generator) -> Ahead:
    """Worlds of what dates of adoption tell, each person's own history included; that a tie passes it on stays assumed."""
    set_to, seed = settings.change, rng.integers(2**63)

    worlds = fitted.worlds(set_to.worlds, set_to.weeks, np.random.default_rng(seed))
    assumptions = fitted.values(set_to.worlds, np.random.default_rng(seed))
    sure = {name: np.percentile(values, TAILS) for name, values in vars(assumptions).items() if name != "pass_on"}
    told = "estimated from dates of adoption, few taken to need no more than a first tie or all of them, drawn as sure "
    told += f"as that makes them (95 %): {_ranges(sure)}; assumed: {_ranges({'pass_on': set_to.assumed.pass_on})}"
    return Ahead(worlds, assumptions, told)


def _ranges(ends: dict) -> str:
    return "; ".join(f"{NAMES[name]} {low:.2g} to {high:.2g}" for name, (low, high) in ends.items())
