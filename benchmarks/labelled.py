"""How well a relation is told by all the others, on real data: what people said of dyads that no model saw.

    make bench-labelled                      the relations of aarhus, which this repository holds
    python -m benchmarks.labelled <folder> [relation ...] [options]      nodes.csv and edges.csv of another organisation

Three ways of holding out:

- egos unseen: a tenth of the people at a time, as where some were asked and others were not, and what these say of them is
  not learned from;
- egos unseen, others heard: how those who were asked speak of ego, the alter and those around is known, and learned from;
- both ends unseen: a quarter of the people at a time, and what is judged lies among them, what is learned among the others,
  as where a whole department was never asked; three times, by quarters drawn anew.

In each the models are those of the product, chosen and calibrated on what they may see (`kithwork.ties.learned`). Beside
them: its plain logistic regression, calibrated likewise; and the guess, which says of every dyad the base rate of those
learned from (its AUC is below .5, for a part with many ties leaves few to learn from). Intervals are by a bootstrap over
egos, or over people where both ends are unseen. With `--to` the models are carried to another folder with the features that
both have, as they are and with the base rate there learned from other egos of that folder.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks import relations
from benchmarks.datasets import HOME
from benchmarks.figures import Figure, publish
from benchmarks.relations import Organisation
from kithwork.estimates import Estimate, from_draws
from kithwork.ties import accuracy, learned

FOLDS, BLOCKS, REPEATS, RESAMPLES, SEED = 10, 4, 3, 400, 1
WAYS = ("egos unseen", "egos unseen, others heard", "both ends unseen")
OURS, PLAIN, GUESS = "as the product learns it", learned.LOGISTIC, "guess"
OFF, ENOUGH = 0.03, 1_000
"""Calibration error that may be, where so many dyads are judged: with fewer it is above 0 by chance."""


@dataclass(frozen=True)
class Split:
    """Dyads learned from and judged, as rows of the features; `heard`: (n,) whose answers they may hold, if anybody's."""

    seen: np.ndarray
    judged: np.ndarray
    heard: np.ndarray | None = None


@dataclass(frozen=True)
class Judged:
    """Dyads held out, all splits together. `p`: the chance that each model gave; `names`: what was chosen, by split."""

    said: np.ndarray
    ego: np.ndarray
    alter: np.ndarray
    p: dict[str, np.ndarray]
    names: list[str]


def main(arguments: list[str]) -> int:
    """Measure and print; for the bundled data also write, and 1 if a goal is missed."""
    if not arguments:
        return publish("labelled", [one for label in aarhus().values for one in figures(aarhus(), label)])
    given = _parser().parse_args(arguments)
    of = _read(given, given.folder)
    for label in given.relation or of.values:
        if given.to:
            show(f"{label}: {given.folder.name} to {given.to.name}", carried(of, _read(given, given.to), label), False)
            continue
        for way in WAYS:
            found = judged(of, label, way, among(of, given.among, given.within))
            show(f"{label}, {way}", found, way == WAYS[-1])
    return 0


def aarhus() -> Organisation:
    """The bundled organisation; nobody was asked on one side only."""
    folder = HOME / "data/raw/aarhus"
    return relations.read(folder / "people.csv", folder / "relations.csv", directed=False)


def figures(of: Organisation, label: str) -> list[Figure]:
    """All scores of a relation, and whether what the product learns is worse than what needs no learning."""
    found = []
    for way in WAYS:
        of_way, both = judged(of, label, way), way == WAYS[-1]
        for model in of_way.p:
            for score, one in scored(of_way, model, both).items():
                wanted = model == OURS and score == "calibration_error" and len(of_way.said) >= ENOUGH
                name, goal = f"{label}, {way}, {model}: {score.replace('_', ' ')}", OFF if wanted else None
                found.append(Figure(name, (one.estimate,), "", goal, interval=(one.low, one.high)))
        for other in (PLAIN, GUESS):
            more = worse(of_way, other, both)
            name = f"{label}, {way}: brier above that of {other}, low end"
            found.append(Figure(name, (more.low,), "", 0.0, interval=(more.low, more.high)))
    return found


def among(of: Organisation, others: list[str], alike: str | None) -> np.ndarray:
    """The dyads to be told apart, as booleans: those that any of these relations makes, whose ends share this attribute."""
    ego, alter = of.dyads
    wanted = np.ones(len(ego), dtype=bool)
    if others:
        wanted &= np.any([of.holds(name)[ego, alter] > 0 for name in others], axis=0)
    if alike:
        entries = of.people[alike].to_numpy()
        wanted &= entries[ego] == entries[alter]
    return wanted


def judged(of: Organisation, label: str, way: str, wanted: np.ndarray | None = None) -> Judged:
    """The dyads wanted (all, unless given) of people who were asked, with their chances by models that did not see them."""
    ego, alter = of.dyads
    said, tie = of.holds(label)[ego, alter].astype(int), _ties(of)
    wanted = of.asked[ego] & (True if wanted is None else wanted)
    rows, names, chances = [], [], {OURS: [], PLAIN: [], GUESS: []}
    with learned.one_thread():
        for split in splits(of, way, wanted):
            x = relations.features(of, label, split.heard).to_numpy(dtype=float)
            known = x[split.seen], said[split.seen], ego[split.seen], tie[split.seen]
            name = chosen(*known)
            for model, kind in ((OURS, name), (PLAIN, PLAIN)):
                chances[model].append(fitted(kind, *known).predict_proba(x[split.judged])[:, 1])
            chances[GUESS].append(np.full(len(split.judged), said[split.seen].mean()))
            rows.append(split.judged)
            names.append(name)
    row = np.concatenate(rows)
    p = {model: np.concatenate(found) for model, found in chances.items()}
    return Judged(said[row], ego[row], alter[row], p, names)


def chosen(x: np.ndarray, said: np.ndarray, egos: np.ndarray, ties: np.ndarray) -> str:
    """The model that the product takes; where it learns nothing, the base rate."""
    return learned.chosen(x, said, egos, SEED, ties) if learned.learnable(said, egos) else learned.BASE


def fitted(name: str, x: np.ndarray, said: np.ndarray, egos: np.ndarray, ties: np.ndarray):
    """A calibrated model of this name."""
    return learned.calibrated(learned.MODELS[name](SEED), x, said, egos, SEED, ties)


def _ties(of: Organisation) -> np.ndarray:
    """Of which tie each dyad is, (n,): the same from either side."""
    ends = np.sort(np.stack(of.dyads), axis=0)
    return ends[0] * len(of.people) + ends[1]


def splits(of: Organisation, way: str, wanted: np.ndarray) -> Iterator[Split]:
    """The splits of one way. `wanted`: the dyads to be told, as booleans. Of an undirected relation a pair is learned from
    once, so that no fold within has its other half."""
    ego, alter = of.dyads
    once = np.ones(len(ego), dtype=bool) if of.directed else (ego < alter) == ((ego + alter) % 2 == 0)
    both = way == WAYS[-1]
    for away in _people(len(of.people), BLOCKS if both else FOLDS, REPEATS if both else 1):
        unseen = away[ego] & away[alter] if both else away[ego]
        apart = ~away[ego] & (True if of.directed and way == WAYS[1] else ~away[alter])
        judged = unseen & (once if both else True)
        heard = (~away & of.asked).astype(float) if way == WAYS[1] else None
        yield Split(np.flatnonzero(wanted & apart & once), np.flatnonzero(wanted & judged), heard)


def _people(count: int, parts: int, repeats: int) -> Iterator[np.ndarray]:
    """(count,) booleans, one part of the people after the other, by parts drawn anew for each repeat."""
    rng = np.random.default_rng(SEED)
    for _ in range(repeats):
        part = rng.permutation(np.arange(count) % parts)
        yield from (part == one for one in range(parts))


def carried(one: Organisation, other: Organisation, label: str) -> Judged:
    """All dyads of the other organisation by models of this one, as they are and with the base rate set right there."""
    ego, alter = other.dyads
    asked = other.asked[ego]
    here, there = relations.features(one, label), relations.features(other, label)[asked]
    shared = [name for name in here if name in there]
    said, ego, alter = other.holds(label)[ego, alter][asked].astype(int), ego[asked], alter[asked]
    own = one.dyads[0]
    seen = np.flatnonzero(one.asked[own])
    known = here[shared].to_numpy(dtype=float), one.holds(label)[one.dyads].astype(int), own, _ties(one)
    known = tuple(column[seen] for column in known)
    p = {}
    with learned.one_thread():
        name = chosen(*known)
        for model, kind in ((OURS, name), (PLAIN, PLAIN)):
            p[model] = fitted(kind, *known).predict_proba(there[shared].to_numpy(dtype=float))[:, 1]
    p[GUESS] = np.full(len(said), known[1].mean())
    p |= {f"{model}, base rate learned there": shifted(chances, said, ego) for model, chances in p.items()}
    return Judged(said, ego, alter, p, [name])


def shifted(p: np.ndarray, said: np.ndarray, egos: np.ndarray) -> np.ndarray:
    """The chances with their log odds moved so that they add up to what was said, by egos other than each one's own."""
    from scipy.optimize import brentq
    from scipy.special import expit, logit

    odds, moved = logit(p.clip(1e-6, 1 - 1e-6)), np.empty(len(p))
    for seen, unseen in learned.folds(egos, FOLDS, SEED):
        by = brentq(lambda by, seen=seen: expit(odds[seen] + by).mean() - said[seen].mean(), -20, 20)
        moved[unseen] = expit(odds[unseen] + by)
    return moved


def scored(found: Judged, model: str, both: bool) -> dict[str, Estimate]:
    """The scores of one model. `both`: whether an interval is over people, not over egos."""
    rng = np.random.default_rng(SEED)
    return accuracy.scores(found.said, found.p[model], found.ego, RESAMPLES, rng, found.alter if both else None)


def worse(found: Judged, other: str, both: bool) -> Estimate:
    """By how much the Brier score of what the product learns is above that of another model, with its interval."""
    more = np.square(found.p[OURS] - found.said) - np.square(found.p[other] - found.said)
    drawn = accuracy.resampled(found.ego, RESAMPLES, np.random.default_rng(SEED), found.alter if both else None)
    return from_draws(more.mean(), np.concatenate([times @ more / times.sum(axis=1) for times in drawn]), len(more))


def show(title: str, found: Judged, both: bool) -> None:
    """Print the scores, a row each model."""
    rate = f"{int(found.said.sum()):,} of {len(found.said):,} dyads"
    table = Table("", *(score.replace("_", " ") for score in accuracy.SCORES), box=box.SIMPLE, title=f"{title}; {rate}")
    for model in found.p:
        row = scored(found, model, both).values()
        table.add_row(model, *(f"{one.estimate:.4f} ({one.low:.3f} to {one.high:.3f})" for one in row))
    counts = pd.Series(found.names).value_counts()
    Console(width=170).print(table, "chosen: " + ", ".join(f"{name} {count}" for name, count in counts.items()))


def _read(given: argparse.Namespace, folder: Path) -> Organisation:
    names = (folder / given.nodes, folder / given.edges)
    return relations.read(*names, given.attributes, given.counts_from, not given.undirected)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.labelled", description="How well a relation is told.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("relation", nargs="*", help="relations to be told, each by all others; every one unless named")
    parser.add_argument("--nodes", default="nodes.csv", help="file of people: ids first, then attributes")
    parser.add_argument("--edges", default="edges.csv", help="file of source, target, relation and perhaps weight")
    parser.add_argument("--attributes", nargs="+", help="columns of the people to be used, if not all")
    parser.add_argument("--counts-from", type=float, default=1, help="weight from which a relation holds")
    parser.add_argument("--undirected", action="store_true", help="nobody was asked on one side only")
    parser.add_argument("--among", nargs="+", default=[], help="only dyads that one of these relations makes")
    parser.add_argument("--within", help="only dyads of people who share this attribute")
    parser.add_argument("--to", type=Path, help="another folder, to which what is learned is carried")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
