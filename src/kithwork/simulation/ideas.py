"""The client's register of ideas: what was raised, by whom and after whom, and what became of it.

The register was begun a year before the weeks watched. Half of what is raised once topics are about is of a topic, and most
of that comes from one of the parties behind it; the rest is of problems at home, many of which one unit alone has. Waiting
times are exponential, counted from the day on which an idea is raised:

    untested: tested at `TESTED` a day, given up at `DROPPED`; within t days a share `chance_tested(t)` of all is tested
    tested:   scaled in the share `SCALED` of cases, after `TO_SCALE` days on average; the others are given up in as many

What is scaled brings `GAIN` of what was expected, on average. All of this is assumed, none of it fitted to one company.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.simulation import words

if TYPE_CHECKING:
    from kithwork.simulation import World

RAISED = 0.0037
"""Ideas per person and week."""
WEEKS_BEFORE = 52
TESTED, DROPPED = 0.009, 0.004
"""Chance a day that an untested idea is tested, and that it is given up."""
SCALED, TO_SCALE = 0.5, 60
GAIN, CERTAINTY = 0.7, 4
"""Value brought over value expected: mean, and shape of its gamma distribution."""
ON_TOPIC, FROM_PARTY, AT_HOME_ALONE = 0.5, 0.7, 0.6
"""Shares: ideas of a topic, once there is one; of these, from a party; of the others, of a problem of one unit alone."""
TURNS = 12
"""A number that one, two, three and four divide: those of a topic's parties take turns."""
NAMELESS = 0.1
"""Share of ideas from a party that name no person."""
KINDS = ("product", "service", "cost", "process", "partnership", "other")
WEEK = 7
"""Days."""


def chance_tested(days: float) -> float:
    """Share of all ideas that are tested within so many days."""
    return TESTED / (TESTED + DROPPED) * (1 - np.exp(-(TESTED + DROPPED) * days))


def draw(world: World) -> pd.DataFrame:
    """The register as of the last day watched, one row per idea by day.

    `person` and `party` are rows (−1: none), `topic` a row of the topics (−1: none). `raised`, `tested`, `scaled` and
    `dropped` are days since the simulation began, absent where they lie after its end; `to_test` and `to_drop` are the days
    to the one and the other if neither stood in the way of the other.
    """
    from kithwork.simulation import seeds

    rng = np.random.default_rng(seeds(world.seed, "ideas"))
    week, person = _raised(world, rng)
    count, topics = len(week), world.voices.topics
    begun = topics["onset_week"].to_numpy() <= week[:, None]
    on_topic = (rng.random(count) < ON_TOPIC) & begun.any(axis=1)
    which = (rng.random(count) * begun.sum(axis=1)).astype(int)
    topic = np.where(on_topic, np.argsort(~begun, axis=1, kind="stable")[np.arange(count), which], -1)
    turn, told_by = rng.integers(0, TURNS, count), topics["sources"].tolist()
    sources = np.array([told_by[one][at % len(told_by[one])] for one, at in zip(topic, turn, strict=True)])
    party = np.where(on_topic & (rng.random(count) < FROM_PARTY), sources, -1)
    alone = " in " + world.org.people["unit"].to_numpy(dtype=object)[person]
    at_home = rng.choice(np.array(words.AT_HOME, dtype=object), count)
    at_home = at_home + np.where(rng.random(count) < AT_HOME_ALONE, alone, "")
    value = np.where(on_topic, topics["value"].to_numpy()[topic], 40_000) * rng.lognormal(0, 0.4, count)
    frame = pd.DataFrame(
        {
            "number": [f"I{number:04d}" for number in range(1, count + 1)],
            "person": np.where((party >= 0) & (rng.random(count) < NAMELESS), -1, person),
            "party": party,
            "topic": topic,
            "kind": rng.choice(KINDS, count),
            "problem": np.where(on_topic, topics["topic"].to_numpy(dtype=object)[topic], at_home),
            "expected": np.maximum(value.round(-3), 1000),
        }
    )
    return frame.assign(
        **_became(np.sort(week * WEEK + rng.integers(0, 5, count)), world.weeks * WEEK - 1, frame["expected"], rng)
    )


def _raised(world: World, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Week, in order, and person of each idea, who worked there then."""
    people = world.org.people
    week = np.arange(-WEEKS_BEFORE, world.weeks)
    joined = people["joined_week"].to_numpy()
    since = np.where(joined > 0, joined, np.minimum(world.weeks - people["tenure_months"] * 52 / 12, 0))
    there = (since[:, None] <= week) & (week < people["left_week"].to_numpy()[:, None])
    at_work = there.sum(axis=0)
    count = rng.multinomial(1 + rng.poisson(RAISED * at_work.sum()), at_work / at_work.sum())
    who = [rng.choice(np.flatnonzero(there[:, at]), count[at]) for at in np.flatnonzero(count)]
    return np.repeat(week, count), np.concatenate(who)


def _became(raised: np.ndarray, last: int, expected: pd.Series, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Days by the last day watched, and the value realised by then."""
    count = len(raised)
    to_test, to_drop = rng.exponential(1 / TESTED, count), rng.exponential(1 / DROPPED, count)
    is_tested, is_scaled = to_test < to_drop, rng.random(count) < SCALED
    tested = np.where(is_tested, raised + np.ceil(to_test), np.nan)
    after = tested + np.ceil(rng.exponential(TO_SCALE, count))
    days = {
        "raised": raised.astype(float),
        "tested": tested,
        "scaled": np.where(is_scaled, after, np.nan),
        "dropped": np.where(is_tested, np.where(is_scaled, np.nan, after), raised + np.ceil(to_drop)),
    }
    days = {name: np.where(day <= last, day, np.nan) for name, day in days.items()}
    brought = (expected * rng.gamma(CERTAINTY, GAIN / CERTAINTY, count)).round(-2)
    realised = np.where(np.isnan(days["scaled"]), np.nan, brought)
    return days | {"realised": realised, "to_test": to_test.round(3), "to_drop": to_drop.round(3)}
