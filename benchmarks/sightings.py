"""Whether it is told rightly who writes of topics first: intervals of concordance, false alarms, and power.

    make bench-sightings

Studies of 150 people and ten topics. How much people write differs (gamma, shape 2), what a topic draws differs, and so may
how far ties help from topic to topic. The concordance to be held is that of 6,000 people of the same make, by the same
strata. Then simulated organisations of 400 people, whose holders of strategic ties outside hear earlier or do not, with
topics and ties as planted.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial

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

STUDIES, PEOPLE, LARGE, TOPICS = 400, 150, 6000, 10
MAKES = {"nothing helps": (0.0, 0.0), "ties help": (0.3, 0.0), "ties help, by topic more or less": (0.3, 0.3)}
"""How far one standard deviation more of ties quickens, on the log, and its spread between topics."""
WORLDS, FIRST_SEED = 20, 9000
FALSE, HELD, FOUND = 0.05, 0.93, 0.8
"""Goals: false alarms, intervals that hold, and planted help that is found."""


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    figures = []
    with ProcessPoolExecutor(2) as hands:
        for make, (helps, spread) in MAKES.items():
            truth = study(helps, 0.0, LARGE, 0).estimate
            found = list(hands.map(partial(study, helps, spread, PEOPLE), range(1, STUDIES + 1), chunksize=20))
            held = [one.low <= truth <= one.high for one in found]
            figures.append(_share(f"{make}: intervals that hold {truth:.3f}", held, HELD, "at least"))
            told = [one.low > 0.5 or one.high < 0.5 for one in found] if helps == 0 else [one.low > 0.5 for one in found]
            what = "differences told all the same" if helps == 0 else "told"
            figures.append(_share(f"{make}: {what}", told, FALSE if helps == 0 else None))
        for heard, knobs in (("as by default", Knobs()), ("by nobody", Knobs(heard_early=0))):
            worlds = list(hands.map(partial(world, knobs), range(FIRST_SEED, FIRST_SEED + WORLDS)))
            for kind in ("strategic", "outside"):
                low = [one[kind].low > 0.5 for one in worlds]
                figures.append(_share(f"organisations, heard early {heard}: {kind} ties told to be earlier", low))
    return publish("sightings", figures)


def study(helps: float, spread: float, people: int, seed: int) -> Estimate:
    """Concordance in one study."""
    rng = np.random.default_rng([77, seed])
    ties, writes = rng.normal(size=people), rng.gamma(2, 0.5, people)
    draws, help_in = rng.gamma(2, 0.5, TOPICS), rng.normal(helps, spread, TOPICS)
    rate = 0.5 * writes[:, None] * draws * np.exp(help_in * ties[:, None])
    wait = rng.exponential(1 / rate)
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
