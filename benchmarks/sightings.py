"""Whether it is told rightly who writes of topics first: intervals of concordance, false alarms, and power.

    make bench-sightings

Studies of 150 people in ten groups and ten topics. How much people write differs (gamma, shape 2), what a topic draws
differs, and so may how far ties help from topic to topic; groups may differ in ties (a fifth of the variance) and in how
soon they hear, of each topic or of all. The concordance to be held is the mean over 40 studies of 1,500 people each of the
same make, by the same strata.

Where ties help by topic more or less, intervals are wider than they need be: people of a stratum wrote as much over all
topics, so that topics' differences cancel in part. Where some groups are quicker whatever the topic, they are too narrow:
people of such a group are not draws of their own, and with ten groups those that hold more ties are quicker by chance.

Then simulated organisations of 400 people, whose holders of strategic ties outside hear earlier or do not, with topics and
ties as planted.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from benchmarks.figures import Figure, publish
from kithwork.estimates import Estimate, proportion
from kithwork.market.earlier import earlier
from kithwork.market.sightings import ACTIVITY, sightings
from kithwork.market.texts import prepared
from kithwork.market_tables import ROLES
from kithwork.params import load
from kithwork.setting import KINDS
from kithwork.simulation import simulate
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.tables import tables

STUDIES, PEOPLE, TOPICS, GROUP = 2000, 150, 10, 15
LARGE, LARGE_STUDIES = 1500, 40
ALIKE = 0.2
"""Share of the variance of ties that lies between groups, where there are any."""


class Make(NamedTuple):
    """How far one standard deviation more of ties quickens, on the log, and its spread between topics; how far groups
    differ in how soon they hear of each topic, and of all."""

    helps: float = 0.0
    by_topic: float = 0.0
    group_in_topic: float = 0.0
    group: float = 0.0


MAKES = {
    "nothing helps": Make(),
    "nothing helps, groups hear of topics together": Make(group_in_topic=0.5),
    "nothing helps, some groups are quicker": Make(group=0.5),
    "ties help": Make(helps=0.3),
    "ties help, groups hear of topics together": Make(helps=0.3, group_in_topic=0.5),
    "ties help, by topic more or less": Make(helps=0.3, by_topic=0.3),
}
WORLDS, FIRST_SEED = 20, 9000
FALSE, HELD = 0.05, 0.93
"""Goals: false alarms, and intervals that hold."""


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    figures = []
    with ProcessPoolExecutor(2) as hands:
        for name, make in MAKES.items():
            large = hands.map(partial(study, make, LARGE), range(STUDIES + 1, STUDIES + 1 + LARGE_STUDIES), chunksize=4)
            truth = 0.5 if make.helps == 0 else float(np.mean([one.estimate for one in large]))
            found = list(hands.map(partial(study, make, PEOPLE), range(1, STUDIES + 1), chunksize=20))
            held = [one.low <= truth <= one.high for one in found]
            figures.append(_share(f"{name}: intervals that hold {truth:.3f}", held, HELD, "at least"))
            if make.helps == 0:
                told = [one.low > 0.5 or one.high < 0.5 for one in found]
                figures.append(_share(f"{name}: differences told all the same", told, FALSE))
            else:
                figures.append(_share(f"{name}: told", [one.low > 0.5 for one in found]))
        for heard, knobs in (("as by default", Knobs()), ("by nobody", Knobs(heard_early=0))):
            worlds = list(hands.map(partial(world, knobs), range(FIRST_SEED, FIRST_SEED + WORLDS)))
            for kind in ("strategic", "outside"):
                low = [one[kind].low > 0.5 for one in worlds]
                figures.append(_share(f"organisations, heard early {heard}: {kind} ties told to be earlier", low))
    return publish("sightings", figures)


def study(make: Make, people: int, seed: int) -> Estimate:
    """Concordance in one study."""
    rng = np.random.default_rng([77, seed])
    group = np.arange(people) // GROUP
    groups, grouped = group.max() + 1, make.group_in_topic > 0 or make.group > 0
    between, within = rng.normal(size=groups)[group], rng.normal(size=people)
    ties = np.sqrt(ALIKE) * between + np.sqrt(1 - ALIKE) * within if grouped else within
    writes, draws = rng.gamma(2, 0.5, people), rng.gamma(2, 0.5, TOPICS)
    quick = rng.normal(make.helps, make.by_topic, TOPICS) * ties[:, None]
    quick += rng.normal(0, make.group_in_topic, (groups, TOPICS))[group] + rng.normal(0, make.group, (groups, 1))[group]
    wait = rng.exponential(1 / (0.5 * writes[:, None] * draws * np.exp(quick)))
    first = np.where(wait < 1, wait, np.inf)
    count = np.isfinite(first).sum(axis=1) + rng.poisson(2 * writes)
    wrote = count > 0
    return earlier(first[wrote], ties[wrote], np.digitize(count[wrote], ACTIVITY))


def world(knobs: Knobs, seed: int) -> dict[str, Estimate]:
    """Concordance by kind of tie in a simulated organisation."""
    made = simulate(400, 26, seed, knobs)
    rows, notes, planted = tables(made), made.voices.notes, made.voices.topics
    ids = np.array([f"en-{topic:02d}" for topic in range(len(planted))], dtype=object)
    of = pd.Series(np.where(notes["topic"] >= 0, ids[notes["topic"]], None), index=[str(row) for row in range(len(notes))])
    topics = pd.DataFrame({"topic_id": ids}).assign(
        **{f"p_{role}": (planted["role"] == role).astype(float) for role in ROLES}
    )
    person, bonds = made.org.people["person"].to_numpy(), made.bonds.ties
    ties = pd.DataFrame({"a_id": person[bonds["a"]], "b_id": person[bonds["b"]]})
    ties = ties.assign(**{f"p_{kind}": bonds[kind].astype(float).to_numpy() for kind in KINDS})
    texts = prepared(rows["comments"], load("demo"))
    return sightings(texts, of, topics, ties, rows["people"], rows["nominations"], rows["parties"]).by_tie


def _share(name: str, held: list[bool], goal: float | None = None, sense: str = "at most") -> Figure:
    share = proportion(sum(held), len(held))
    return Figure(name, (share.estimate,), "", goal, sense, (share.low, share.high))


if __name__ == "__main__":
    sys.exit(main())
