"""What the network part of chapter 3 takes of a firm of up to a million people: time and memory by step, and growth.

    make bench-largegraph

The ties are made up (`network_ties`): hubs, teams of a hundred, twenty to a person. Each size runs in a process of its own,
and tells what each step took of the processor and the most memory that was resident until its end; the exponent is the
slope of log time over log people, ties growing with them, between the last two sizes. Two steps that a chapter also takes
are left out: what silence does, which is not tried of so many, and news by weeks, which is of the log. Of sampled measures
the error at the smallest size, where the exact ones are affordable: the share of people whose interval holds the exact
value, and how far means are off.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pandas as pd

from benchmarks import network_ties
from benchmarks.figures import Figure, publish
from kithwork.claims import Ledger
from kithwork.network import betweenness, graph, position, reach, standing, structure, summary

SIZES = {20_000: 400_000, 100_000: 2_000_000, 1_000_000: 20_000_000}
"""People, and ties among them."""

GIB = 2**20
"""KiB in a GiB: Linux tells the largest memory of a process in KiB."""

DRAWS, RESAMPLES = 100, 1000
"""What `params.yaml` asks for."""

UNIT = 100
EGOS = 1000


def main() -> int:
    """Measure sizes up to the number of people given, or all; print, write; 1 if a goal is missed."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else max(SIZES)
    runs = {people: in_its_own(people, ties) for people, ties in SIZES.items() if people <= most}
    figures = [figure for people, steps in runs.items() for figure in of_size(people, steps)]
    return publish("largegraph", [*figures, *growth(runs), *errors()])


def in_its_own(people: int, ties: int) -> list[dict]:
    """The steps at this size, by a process of its own that prints a line of JSON each."""
    code = f"from benchmarks import largegraph; largegraph.every_step({people}, {ties})"
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    steps = []
    for line in run.stdout:
        print(f"{people:,}", line.strip(), file=sys.stderr, flush=True)
        steps.append(json.loads(line))
    if run.wait():
        raise RuntimeError(f"{people} people: ended with status {run.returncode}")
    return steps


def of_size(people: int, steps: list[dict]) -> list[Figure]:
    """Time of all and of each step, and the most memory."""
    name, whole = f"{people:,} people", sum(step["seconds"] for step in steps)
    goal = 16 if people == max(SIZES) else None
    return [
        Figure(f"{name}: time of the processor", (whole,), "s"),
        Figure(f"{name}: memory", (steps[-1]["gib"],), "GiB", goal),
        *(Figure(f"  {name}: {step['step']}", (step["seconds"],), "s") for step in steps),
    ]


def growth(runs: dict[int, list[dict]]) -> list[Figure]:
    """Exponents of time by people, between the last two sizes."""
    if len(runs) < 2:
        return []
    (few, before), (many, after) = list(runs.items())[-2:]
    apart = np.log(many / few)
    return [
        Figure(f"exponent of {one['step']}, from {few:,} to {many:,} people",
               (float(np.log(max(two["seconds"], 0.01) / max(one["seconds"], 0.01)) / apart),), "")
        for one, two in zip(before, after, strict=True)
    ]  # fmt: skip


def every_step(people: int, ties: int) -> None:
    """The network of such a firm, and all that the chapter makes of it."""
    staff, table = firm(people, ties)
    settings = SimpleNamespace(
        values=SimpleNamespace(resamples=RESAMPLES),
        people=SimpleNamespace(resamples=DRAWS),
        report=SimpleNamespace(smallest_group=5),
    )
    dice, ledger = np.random.default_rng(1), Ledger("people")
    nobody = pd.DataFrame({"ego_id": staff["person_id"][:0], "alter_id": staff["person_id"][:0]})
    found = told("build", lambda: _built(position.of(staff, table, nobody, nobody["ego_id"], True)))
    wholes = told("the whole beside chance", lambda: structure.of_ties(found.net, DRAWS, dice))
    placed = told("positions", lambda: position.positions(found, dice))
    told("standings", lambda: standing.standings(found, DRAWS, dice))
    told("claims of units", lambda: summary.units(ledger, found, settings, dice))
    told("claims of the whole", lambda: summary.whole(ledger, wholes))
    told("claims of communities", lambda: summary.chart(ledger, placed, DRAWS, dice))
    told("claims of brokers", lambda: summary.brokers(ledger, placed, RESAMPLES, dice))


def firm(people: int, ties: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A staff list in units of `UNIT` people, and its ties."""
    ego, alter, _ = network_ties.drawn(people, ties)
    ids = pd.Series(np.char.zfill(np.arange(people).astype(str), 7))
    staff = pd.DataFrame({"person_id": ids, "unit": ids.str[:-2]})
    low, high = np.minimum(ego, alter), np.maximum(ego, alter)
    strength = np.random.default_rng(2).random(ties)
    table = {"a_id": ids.take(low).array, "b_id": ids.take(high).array, "strength": strength}
    return staff, pd.DataFrame(table).assign(told_strategic="no")


def _built(found: position.Network) -> position.Network:
    """The same with its matrix made."""
    assert found.net.nnz
    return found


def told(step: str, task: Callable[[], object]) -> object:
    """The result; prints what the step took."""
    begun = time.process_time()
    result = task()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / GIB
    print(json.dumps({"step": step, "seconds": time.process_time() - begun, "gib": memory}), flush=True)
    return result


def errors() -> list[Figure]:
    """Sampled measures beside exact ones, at the smallest size."""
    people, ties = next(iter(SIZES.items()))
    ego, alter, _ = network_ties.drawn(people, ties)
    net = graph.from_pairs(ego, alter, people)
    all_, who = reach.within_two(net), np.random.default_rng(1).choice(people, EGOS, replace=False)
    paths, drawn = betweenness.exact(net).share, betweenness.sampled(net, np.random.default_rng(1))
    held = float((np.abs(drawn.share - paths) <= 1.96 * drawn.error).mean())
    name = f"{people:,} people"
    return [
        Figure(f"betweenness from pairs, {name}: intervals that hold the exact value", (held,), "of all", 0.9, "at least"),
        Figure(f"mean two-step reach of {EGOS:,} people, {name}: off by", (abs(all_[who].mean() / all_.mean() - 1),), ""),
    ]


if __name__ == "__main__":
    sys.exit(main())
