"""Simulated organisations for the tests: small ones under any knobs, and their contacts. Nobody in them exists."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from hypothesis import strategies as st

from kithwork import simulation
from kithwork.simulation import files, rhythms
from kithwork.simulation.knobs import Knobs

RANGES = {
    name: tuple(getattr(bound, side) for side, bound in zip(("ge", "le"), field.metadata, strict=True))
    for name, field in Knobs.model_fields.items()
}
"""The lowest and the highest of each knob."""


@lru_cache
def small(number: int) -> simulation.World:
    """An organisation of 20 to 80 people and 8 to 12 weeks; each knob at an end, at its usual value, or between."""
    rng = np.random.default_rng(number)
    knobs = {}
    for name, (low, high) in RANGES.items():
        usual = Knobs.model_fields[name].default
        value = (low, high, usual, rng.uniform(low, high))[rng.integers(4)]
        knobs[name] = round(value) if isinstance(usual, int) and name == "segments" else float(value)
    knobs["contact"] = min(knobs["contact"], 40)  # only more of the same, and slow
    return simulation.simulate(
        int(rng.integers(20, 81)), int(rng.integers(8, 13)), int(rng.integers(2**32)), Knobs(**knobs)
    )


worlds = st.integers(0, 19).map(small)
"""Small organisations of every sort; each is drawn once, for whichever tests ask for it."""


def contacts(world: simulation.World) -> rhythms.Contacts:
    """All contacts of a world."""
    seeds = simulation.seeds(world.seed, "contacts")
    return files._joined(rhythms.contacts(world.org, world.bonds, world.weeks, world.knobs, seeds))


def written(folder: Path, people: int, weeks: int, seed: int, **knobs: float) -> SimpleNamespace:
    """A `world`, the `folder` of its files, and the `dirt` planted in them."""
    world = simulation.simulate(people, weeks, seed, Knobs(**knobs))
    return SimpleNamespace(world=world, folder=folder, dirt=files.write(world, folder))
