"""How right the probabilities of kinds are, on organisations whose truth is known (`labelled.py` has real ones).

    make bench-kinds

Three organisations of 400 people for each strength of the signs that contact gives (`tie_signal`). The ties found are told
by what people said and contact together, by either alone, and by the vote of signs over both, which is what there is where
nobody said of what kind a tie is; and by votes with the planted share of each kind stated (`base_rates`). Each score is
over all ties found, against the planted kinds. The goal is a calibration error of at most .03 at the default signal, where
both are there.
"""

from __future__ import annotations

import sys
from statistics import mean

import ibis
import numpy as np
import pandas as pd

from benchmarks.figures import Figure, publish
from benchmarks.recovery import planted, quick
from kithwork.setting import KINDS
from kithwork.simulation import World, simulate
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.tables import interactions, tables
from kithwork.tables import TABLES
from kithwork.ties import accuracy, contact, dyads, features, kinds, told

SEEDS, PEOPLE, WEEKS = (31, 32, 33), 400, 26
DEFAULT = Knobs().tie_signal
SIGNALS = (0.0, DEFAULT, 1.0)
RATED = " at the planted rate"
WAYS = (
    "answers and contact",
    "answers alone",
    *(f"{way}{rated}" for way in ("contact alone", "vote of signs") for rated in ("", RATED)),
)
SCORES = ("auc", "brier", "calibration_error")
OFF = 0.03
"""Calibration error that may be."""


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    figures = []
    for signal in SIGNALS:
        worlds = [simulate(PEOPLE, WEEKS, seed, Knobs(tie_signal=signal)) for seed in SEEDS]
        for way in WAYS:
            found = [scored(world, way) for world in worlds]
            for kind in found[0]:
                for score in SCORES:
                    runs = tuple(one[kind][score] for one in found)
                    wanted = way == WAYS[0] and score == "calibration_error" and signal == DEFAULT
                    name = f"{kind}, {way}, tie_signal {signal:g}: {score.replace('_', ' ')}"
                    figures.append(Figure(name, runs, "", OFF if wanted else None))
            macro = tuple(mean(scores["auc"] for scores in one.values()) for one in found)
            figures.append(Figure(f"kinds told, {way}, tie_signal {signal:g}: mean auc", macro, ""))
    return publish("kinds", figures)


def scored(world: World, way: str) -> dict[str, dict[str, float]]:
    """The scores of each kind's probabilities over the ties found, told in this way; of kinds that it can tell."""
    settings, brought = quick(), tables(world)
    people, nominations = brought["people"], brought["nominations"]
    met = pd.concat(interactions(world), ignore_index=True)
    if way == "answers alone":
        met = TABLES["interactions"].empty()
    if way.startswith("contact alone"):
        nominations = nominations.iloc[:0]
        signs = {kind: derived(strengths) for kind, strengths in settings.engagement.signs.items()}
        settings = settings.model_copy(update={"engagement": settings.engagement.model_copy(update={"signs": signs})})
    pairs = contact.between(ibis.memtable(met), people)
    measured = features.measure(features.relations(nominations, people), pairs, people, settings)
    rng, said = np.random.default_rng(1), {}
    if way.startswith("answers"):
        sides = dyads.of(measured, pairs, nominations, TABLES["labels"].empty(), brought["answers"]["person_id"], settings)
        said = told.by_reports(sides, settings, rng)
    truth = planted(world).set_index(["a_id", "b_id"])[list(KINDS)]
    true = truth.reindex(pd.MultiIndex.from_frame(measured[["a_id", "b_id"]]), fill_value=False).astype(int)
    if way.endswith(RATED):
        rates = {"base_rates": {kind: [rate, rate] for kind, rate in true.mean().items()}}
        settings = settings.model_copy(update={"engagement": settings.engagement.model_copy(update=rates)})
    ties = kinds.probabilities(measured, settings, rng, said)
    once = np.ones(len(ties))
    return {
        kind: {score: accuracy.SCORES[score](true[kind].to_numpy(), ties[f"p_{kind}"].to_numpy(), once) for score in SCORES}
        for kind in kinds.tellable(ties)
    }


def derived(strengths: dict) -> dict:
    """Signs that nobody needs to name."""
    return {sign: strength for sign, strength in strengths.items() if sign in features.DERIVED}


if __name__ == "__main__":
    sys.exit(main())
