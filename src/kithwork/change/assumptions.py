"""What a spread is assumed to rest on, drawn anew in each world: nobody's single guess decides.

    week of adopting alone   geometric, hazard 1 − (1 − alone)^(campaign · e^(readiness · z))
    enough                   Beta with mean `enough` and standard deviation `spread`
    delay                    geometric, hazard `follow`

z is readiness in standard deviations, 0 where unknown; `campaign` how many times likelier a campaign makes the first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kithwork.change.diffusion import NEVER, Worlds
from kithwork.chapters import Assumed


@dataclass(frozen=True)
class Assumptions:
    """One value a world, (worlds,) each; what they mean is said of `kithwork.chapters.Assumed`."""

    alone: np.ndarray
    readiness: np.ndarray
    follow: np.ndarray
    enough: np.ndarray
    spread: np.ndarray
    pass_on: np.ndarray

    def __getitem__(self, some: slice | np.ndarray) -> Assumptions:
        """Those of some worlds."""
        return Assumptions(**{name: values[some] for name, values in vars(self).items()})


def stated(assumed: Assumed, worlds: int, rng: np.random.Generator) -> Assumptions:
    """Each drawn evenly from its stated range."""
    return Assumptions(**{name: rng.uniform(*ends, worlds) for name, ends in assumed.model_dump().items()})


def drawn(given: Assumptions, readiness: np.ndarray, rng: np.random.Generator) -> Worlds:
    """What is decided beforehand in each world. `readiness`: (people,) in standard deviations, 0 where unknown."""
    return campaigns(given, readiness, rng)(1.0)


def campaigns(given: Assumptions, readiness: np.ndarray, rng: np.random.Generator) -> Callable[[float], Worlds]:
    """The same, of how many times likelier a campaign makes adopting on one's own: nothing else differs by it."""
    shape = (len(given.alone), len(readiness))
    with np.errstate(divide="ignore"):
        alone, follow = (-np.log1p(-share[:, None]) for share in (given.alone, given.follow))
    size = given.enough * (1 - given.enough) / given.spread**2 - 1
    enough = rng.beta((given.enough * size)[:, None], ((1 - given.enough) * size)[:, None], shape)
    waits, delay = rng.standard_exponential(shape), _weeks(rng.standard_exponential(shape), follow)

    def worlds(campaign: float) -> Worlds:
        rate = campaign * alone * np.exp(given.readiness[:, None] * readiness) if campaign else np.zeros(shape)
        return Worlds(_weeks(waits, rate), enough, delay)

    return worlds


def _weeks(waits: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """Weeks until something happens whose chance a week is 1 − e^(−rate), from 1; NEVER where it is too far away to count.

    A geometric number is an exponential one, rounded up. `waits`: exponential numbers of mean 1.
    """
    with np.errstate(divide="ignore"):
        weeks = waits / rate
    return np.clip(np.ceil(weeks, out=weeks), 1, NEVER, out=weeks).astype(np.int16)
