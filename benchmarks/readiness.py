"""What is recovered of readiness in simulated organisations, and how often something is found where nothing is.

    make bench-readiness

200 organisations of 300 people in some 24 units are drawn with readiness that differs between units (ICC(1) .15) and a
stage that holds each unit back; 600 with nothing planted. Four in five answer the survey, fewer of the busy ones.

Units' readiness is held against that of all their people, over all chance of answering: once where everybody answers with
care, and once where three in a hundred give one answer throughout, which says nothing of them and is in no interval. A
stage that holds a unit back is right where it is the planted one. People name one another by place, level and unit, never
by readiness: whatever likeness between a person and those it listens to is found within units, by P up to .05, is false.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache

import numpy as np
import pandas as pd

from benchmarks.figures import Figure, publish
from kithwork import params
from kithwork.change import readiness
from kithwork.change.listened import listened
from kithwork.change.stages import stages
from kithwork.estimates import proportion
from kithwork.params import Settings
from kithwork.simulation import simulate, truth
from kithwork.simulation.attitudes import STAGES
from kithwork.simulation.knobs import NOTHING_THERE, Knobs
from kithwork.simulation.tables import tables
from kithwork.tables import WEIGHTS

ENGAGEMENT = "demo"
ORGANISATIONS, WITHOUT, PEOPLE, WEEKS, FIRST_SEED = 200, 600, 300, 12, 40_000
"""Organisations with something planted, and without, of which a rate of one in twenty asks for more."""
PLANTED, NOTHING = Knobs(contact=1), NOTHING_THERE.model_copy(update={"contact": 1.0})
CAREFUL = PLANTED.model_copy(update={"careless": 0.0})
FEWER = {"resamples": 100, "permutations": 399}
"""Resamples that make one organisation quick."""
HELD, RIGHT, FALSE = 0.93, 0.9, 0.05
"""Goals: intervals that hold, stages named rightly; units named falsely, and false likenesses."""
AT = 0.05


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    seeds, without = (range(FIRST_SEED, FIRST_SEED + many) for many in (ORGANISATIONS, WITHOUT))
    with ProcessPoolExecutor(2) as hands:
        planted = pd.concat(list(hands.map(units, seeds, [PLANTED] * ORGANISATIONS)), keys=seeds)
        careful = pd.concat(list(hands.map(units, seeds, [CAREFUL] * ORGANISATIONS)), keys=seeds)
        nothing = pd.concat(list(hands.map(units, without, [NOTHING] * WITHOUT)), keys=without)
    named = planted[planted["named"]]
    errors = [np.sqrt((planted[name] ** 2).mean()) for name in ("error_found", "error_shrunk")]
    figures = [
        share("intervals of units' readiness, shrunk, that hold it", careful["shrunk_held"], HELD, "at least"),
        share("– as found", careful["found_held"], HELD, "at least"),
        share("– shrunk, three in a hundred careless", planted["shrunk_held"], HELD, "at least"),
        share("– as found, three in a hundred careless", planted["found_held"], HELD, "at least"),
        share("intervals of the whole's readiness that hold it", one_each(planted, "whole_held"), HELD, "at least"),
        Figure("error of units' readiness, shrunk, beside as found", (float(errors[1] / errors[0]),), "times", 1.0),
        share("units whose stage is named", planted["named"]),
        share("stages named rightly, of those named", named["right"], RIGHT, "at least"),
        share("units whose stage is named where none holds them", nothing["named"], FALSE),
        share("likeness to those listened to, found where units alone differ", one_each(planted, "like"), FALSE),
        share("likeness to those listened to, found where nothing differs", one_each(nothing, "like"), FALSE),
    ]
    return publish("readiness", figures)


def share(name: str, hits: pd.Series, goal: float | None = None, sense: str = "at most") -> Figure:
    """The share of cases, with Wilson's interval."""
    found = proportion(int(hits.sum()), len(hits))
    return Figure(name, (found.estimate,), "share", goal, sense, (found.low, found.high))


def one_each(frame: pd.DataFrame, column: str) -> pd.Series:
    """What is the same for all units of an organisation, once for each."""
    return frame[column].groupby(level=0).first()


def units(seed: int, knobs: Knobs) -> pd.DataFrame:
    """A row per unit of one organisation: whether intervals hold its readiness, errors, whether its stage is named, and
    rightly; and of the whole whether its interval holds and a likeness is found."""
    world, settings = simulate(PEOPLE, WEEKS, seed, knobs), study()
    brought, rng = tables(world), np.random.default_rng(seed)
    answers, people = brought["answers"], brought["people"]
    reliable, weights = frozenset({"readiness"}), WEIGHTS.empty()
    found = readiness.measure(answers, people, weights, reliable, frozenset(), settings, rng)
    own = pd.Series(truth.readiness(world), index=world.org.people["unit"].to_numpy())
    frame = found.groups.set_index("unit")
    true, whole = own.groupby(level=0).mean().reindex(frame.index), found.whole["readiness"]
    rows = {}
    for name in ("found", "shrunk"):
        rows[f"{name}_held"] = frame[f"{name}_low"].le(true) & true.le(frame[f"{name}_high"])
        rows[f"error_{name}"] = frame[name] - true
    held = stages(answers, people, weights, settings, rng).holds
    holds = pd.Series({unit: stage for unit, (stage, _) in held.items()}, dtype="object").reindex(frame.index)
    codes = pd.Series(world.org.unit_of, index=own.index).groupby(level=0).first().reindex(frame.index)
    heard = listened(readiness.readiness(answers), brought["nominations"], people, settings, rng)
    return pd.DataFrame(rows).assign(
        named=holds.notna(),
        right=holds == np.array(STAGES)[world.minds.bottleneck[codes]],
        whole_held=whole.low <= own.mean() <= whole.high,
        like=heard.chance.p <= AT,
    )


@cache
def study() -> Settings:
    """The engagement's settings, with fewer resamples."""
    settings = params.load(ENGAGEMENT)
    return settings.model_copy(update={"change": settings.change.model_copy(update=FEWER)})


if __name__ == "__main__":
    sys.exit(main())
