"""Adoption: on one's own at the stated rate; through others only where contagion is planted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from simulated import worlds

from kithwork import simulation
from kithwork.simulation.adoption import LAUNCH, NEVER, weeks_of_adoption
from kithwork.simulation.knobs import Knobs

PEOPLE, WEEKS = 700, 26


def adopted_ties(world: simulation.World, adopted: np.ndarray) -> int:
    """Ties between two who adopted."""
    ties = world.bonds.ties
    return int((adopted[ties["a"]] & adopted[ties["b"]]).sum())


def beyond_chance(world: simulation.World) -> float:
    """Share of permutations, within deciles of readiness, in which as many adopters are tied to one another."""
    rng = np.random.default_rng(1)
    adopted = world.adopted != NEVER
    decile = np.argsort(np.argsort(world.minds.readiness)) * 10 // len(adopted)
    seen, more = adopted_ties(world, adopted), 0
    for _ in range(199):
        order = np.lexsort((rng.random(len(adopted)), decile))
        shuffled = np.empty_like(adopted)
        shuffled[np.argsort(decile, kind="stable")] = adopted[order]
        more += adopted_ties(world, shuffled) >= seen
    return (1 + more) / 200


def spread(contagion: float, seed: int, spontaneous: float = 0.006) -> simulation.World:
    """A world in which readiness is nobody's in common, so that only contagion ties adoption to ties."""
    return simulation.simulate(PEOPLE, WEEKS, seed, Knobs(contagion=contagion, spontaneous=spontaneous, unit_effect=0))


def test_without_contagion_adoption_does_not_follow_ties():
    """At 0, among people equally ready, adopters are tied as by chance: in four worlds p is not small more than once."""
    small = [beyond_chance(spread(0, seed)) < 0.05 for seed in (1, 2, 3, 4)]
    assert sum(small) <= 1


def test_with_contagion_adopters_are_tied():
    """At the usual knobs, as many ties between adopters come in at most 2 % of the permutations."""
    assert beyond_chance(spread(0.15, 1)) <= 0.02


def test_spontaneous_adoption_has_the_stated_hazard():
    """At contagion 0 the expected number is Σ 1 − (1 − ρe^r)^weeks; met within four standard errors."""
    world = spread(0, 5)
    weeks = world.org.employed[:, LAUNCH:].sum(axis=1)
    chance = 1 - (1 - np.clip(0.006 * np.exp(world.minds.readiness), 0, 1)) ** weeks
    error = np.sqrt((chance * (1 - chance)).sum())
    assert (world.adopted != NEVER).sum() == pytest.approx(chance.sum(), abs=4 * error)


def test_nobody_begins_nobody_follows():
    """Without anybody who adopts alone, contagion has nothing to spread."""
    assert (spread(1, 1, spontaneous=0).adopted == NEVER).all()


def test_thresholds_hold():
    """At contagion 1, whoever is past the threshold one week has adopted the next."""
    world = spread(1, 3)
    ties, adopted = world.bonds.ties, world.adopted
    ends, others = np.r_[ties["a"], ties["b"]], np.r_[ties["b"], ties["a"]]
    degree = np.maximum(np.bincount(ends, minlength=PEOPLE), 1)
    for week in range(LAUNCH + 1, WEEKS):
        before = (adopted != NEVER) & (adopted < week)
        share = np.bincount(ends, before[others], minlength=PEOPLE) / degree
        met = (share >= world.minds.threshold) & world.org.employed[:, week]
        assert ((adopted[met] != NEVER) & (adopted[met] <= week)).all()
    assert (adopted != NEVER).mean() > 0.5


@given(worlds)
def test_adoption_is_possible(world):
    """Nobody adopts before the change begins, before joining, or after leaving."""
    who = np.flatnonzero(world.adopted != NEVER)
    when = world.adopted[who]
    assert ((when >= LAUNCH) & (when < world.weeks)).all()
    assert world.org.employed[who, when].all()


def test_the_same_dice_give_the_same_weeks(world):
    """Adoption is drawn from its own numbers alone."""
    again = [
        weeks_of_adoption(world.org, world.bonds, world.minds, world.weeks, world.knobs, np.random.default_rng(1))
        for _ in range(2)
    ]
    assert again[0].tolist() == again[1].tolist()
