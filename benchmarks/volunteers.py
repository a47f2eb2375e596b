"""What volunteers' labels buy where there was no survey, and what a single channel cannot show.

    make bench-volunteers

Organisations of 400 people whose recorded contact and staff list are known, three for each strength of the signs that
contact gives (`tie_signal`). Volunteers, those whom `kithwork volunteers` would ask, say of what kind their ties are, and
err as often as in the survey. Scores are over the ties of which none of them was asked, against the planted kinds; `open`
is the share of these that stay open. One channel alone is told at the default signal. Rhythms are what `make
bench-difficulty` calls so: contact that one of the two sought, without standing meetings, staff list and network, of
planted ties alone. At a `tie_signal` of 0 they carry no sign of any kind, and nothing should be told; units, volume and
meetings do then too.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from statistics import mean

import ibis
import numpy as np
import pandas as pd

from benchmarks.figures import Figure, publish
from benchmarks.kinds import DEFAULT, OFF, PEOPLE, SEEDS, SIGNALS, WEEKS
from benchmarks.recovery import planted, quick
from kithwork.setting import KINDS
from kithwork.simulation import World, simulate
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.questionnaire import TICK_SLIPS
from kithwork.simulation.tables import interactions, tables
from kithwork.tables import TABLES
from kithwork.ties import accuracy, contact, dyads, features, kinds, told, volunteers

COUNTS = (0, 5, 10, 20, 40)
RHYTHMS = "rhythms alone, 20 volunteers, tie_signal 0"
GOALS = {(RHYTHMS, "open"): 95, (f"20 volunteers, tie_signal {DEFAULT:g}", "calibration error"): OFF}
"""Percent of ties that should stay open where nothing tells; calibration error that may be."""
NETWORK = ("embeddedness", "span", "degree_ego", "degree_alter", "share_ego", "share_alter")
CHANNELS = ("mail", "meeting", "chat")


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    figures = []
    for signal in SIGNALS:
        worlds = [simulate(PEOPLE, WEEKS, seed, Knobs(tie_signal=signal)) for seed in SEEDS]
        studies = [Study(world) for world in worlds]
        for count in COUNTS if signal == DEFAULT else (0, 20):
            name = f"{count or 'no'} volunteers, tie_signal {signal:g}"
            figures += figures_of(name, [study.scored(count) for study in studies])
        if signal == 0:
            only = [Study(world, rhythms=True).scored(20) for world in worlds]
            figures += figures_of(RHYTHMS, only)
        if signal == DEFAULT:
            for channel in CHANNELS:
                only = [Study(world, channel).scored(20) for world in worlds]
                figures += figures_of(f"{channel} alone, 20 volunteers, tie_signal {signal:g}", only)
    return publish("volunteers", figures)


def figures_of(name: str, found: list[dict[str, dict[str, float]]]) -> list[Figure]:
    """The figures of one way over the organisations; those of kinds that any of them told."""
    figures = []
    for kind in KINDS:
        told_in = [one[kind] for one in found if kind in one]
        for score in ("auc", "brier", "calibration error", "open") if told_in else ():
            goal = GOALS.get((name, score))
            unit, sense = ("%", "at least") if score == "open" else ("", "at most")
            figures.append(Figure(f"{name}: {kind} {score}", tuple(one[score] for one in told_in), unit, goal, sense))
    return figures


class Study:
    """An organisation's contact and staff list, without a survey; of one channel where it is named. With `rhythms`, its
    planted ties alone, and of these what contact that was sought shows without staff list and network."""

    def __init__(self, world: World, channel: str | None = None, rhythms: bool = False) -> None:
        brought, settings = tables(world), quick()
        self.people = brought["people"]
        met = pd.concat(interactions(world), ignore_index=True)
        if channel:
            met = met[met["channel"] == channel]
        if rhythms:
            met = met[met["channel"] != "meeting"]
        derived = {kind: _derived(signs) for kind, signs in settings.engagement.signs.items()}
        plain = settings.engagement.model_copy(update={"signs": derived, "labels": {}})
        self.settings = settings.model_copy(update={"engagement": plain})
        self.pairs = contact.between(ibis.memtable(met), self.people)
        self.nobody = brought["nominations"].iloc[:0]
        named = features.relations(self.nobody, self.people)
        self.ties = features.measure(named, self.pairs, self.people, self.settings)
        truth = planted(world).set_index(["a_id", "b_id"])[list(KINDS)]
        self.true = truth.reindex(pd.MultiIndex.from_frame(self.ties[["a_id", "b_id"]]), fill_value=False).astype(int)
        self.rhythms = rhythms
        if rhythms:
            tied = self.true.any(axis=1).to_numpy()
            self.ties, self.true = self.ties[tied].reset_index(drop=True), self.true[tied]

    def scored(self, count: int) -> dict[str, dict[str, float]]:
        """The scores of each kind told, over ties of which no volunteer was asked."""
        rng = np.random.default_rng(1)
        voted = kinds.probabilities(self.ties, self.settings, rng)
        labels = self._labels(volunteers.asked(voted, volunteers.chosen(voted, self.people, count), rng), rng)
        none = pd.Series(dtype="str")
        sides = dyads.of(self.ties, self.pairs, self.nobody, labels, none, self.settings)
        if self.rhythms:
            sides = replace(sides, features=sides.features.drop(columns=[*NETWORK, *dyads.OF_TIES]))
        said = told.by_reports(sides, self.settings, rng)
        ties = kinds.probabilities(self.ties, self.settings, rng, said)
        asked = pd.MultiIndex.from_frame(labels[["ego_id", "alter_id"]])
        ends = (pd.MultiIndex.from_frame(ties[list(pair)]) for pair in (("a_id", "b_id"), ("b_id", "a_id")))
        rest = ~np.logical_or(*(pairs.isin(asked) for pairs in ends))
        return {kind: self._scores(ties[rest], kind, rest) for kind in (said if count else kinds.tellable(ties))}

    def _labels(self, asked: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
        """What the volunteers say of the ties they are asked about."""
        ends = np.sort(asked[["person_id", "colleague_id"]].to_numpy(dtype=str), axis=1)
        true = self.true.set_axis(pd.MultiIndex.from_frame(self.ties[["a_id", "b_id"]])).reindex(
            pd.MultiIndex.from_arrays(ends.T)
        )
        rows = [TABLES["labels"].empty()]
        for kind in KINDS:
            said = true[kind].to_numpy(dtype=bool) ^ (rng.random(len(asked)) < TICK_SLIPS)
            word = {"ego_id": asked["person_id"], "alter_id": asked["colleague_id"], "kind": kind, "by": "ego"}
            rows.append(pd.DataFrame(word | {"is": said.astype(int)}))
        return pd.concat(rows, ignore_index=True)

    def _scores(self, ties: pd.DataFrame, kind: str, rest: np.ndarray) -> dict[str, float]:
        true, p, once = self.true[kind].to_numpy()[rest], ties[f"p_{kind}"].to_numpy(), np.ones(len(ties))
        scores = {
            name: accuracy.SCORES[name.replace(" ", "_")](true, p, once) for name in ("auc", "brier", "calibration error")
        }
        return scores | {"open": 100 * mean(ties[f"told_{kind}"] == kinds.OPEN)}


def _derived(signs: dict) -> dict:
    """Signs that nobody needs to name."""
    return {sign: strength for sign, strength in signs.items() if sign in features.DERIVED}


if __name__ == "__main__":
    sys.exit(main())
