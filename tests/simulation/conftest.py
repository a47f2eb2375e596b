"""Worlds that the tests of the simulation share, each drawn once."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import simulated

from kithwork import simulation
from kithwork.simulation import files
from kithwork.simulation.knobs import Knobs


@pytest.fixture(scope="session")
def world():
    """A small organisation under the usual knobs."""
    return simulation.simulate(120, 12, 5)


@pytest.fixture(scope="session")
def crowd():
    """One large enough for shares: 1500 people, 26 weeks, with its contacts."""
    world = simulation.simulate(1500, 26, 3)
    return SimpleNamespace(world=world, contacts=simulated.contacts(world))


def written(where, people: int, weeks: int, seed: int, **knobs) -> SimpleNamespace:
    """A world, the folder of its files, and the dirt planted in them."""
    world = simulation.simulate(people, weeks, seed, Knobs(**knobs))
    return SimpleNamespace(world=world, folder=where, dirt=files.write(world, where))


@pytest.fixture(scope="session")
def dirty(tmp_path_factory):
    """A client's files with five times the usual dirt."""
    return written(tmp_path_factory.mktemp("dirty"), 150, 10, 11, dirt=5)


@pytest.fixture(scope="session")
def spotless(tmp_path_factory):
    """A client's files without any dirt."""
    return written(tmp_path_factory.mktemp("spotless"), 60, 8, 11, dirt=0)
