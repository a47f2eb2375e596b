"""What a second Spark worker costs: features of contact on one worker of two cores, and on two workers of one core each.

    make bench-workers

The cores, the memory and the log are the same, so that what differs is what the workers have to send one another. A query
sums up every feature of every pair, which leaves nothing out and brings one row back; the sums must be those that DuckDB
finds by the same expression, and those that our own reader finds. Seconds of the processor are those of master, workers,
executors and driver together; those on the clock are told, too. One run warms each cluster up and is not counted.
`python -m benchmarks.workers --events 100000` takes a shorter log.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil

import benchmarks.sampled  # noqa: F401  puts the tests' own modules in reach
from benchmarks import contact_log
from benchmarks.figures import Figure, publish

import spark  # isort: skip

EVENTS = 1_000_000
RUNS = 3
SHAPES = {"1 worker, 2 cores": (1, 2), "2 workers, 1 core each": (2, 1)}
"""How many workers, and cores of each."""

TOLERANCE = 1e-9
"""Sums of floats differ by the order in which they are added."""


class Took(NamedTuple):
    """A query: seconds of the processor of all programs, seconds on the clock, and the sums that it gave."""

    seconds: float
    clock: float
    sums: dict[str, float]


def main(words: list[str]) -> int:
    """Measure, print, write; 1 if a goal is missed."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.workers")
    asked.add_argument("--events", type=int, default=EVENTS, help="events of the log")
    events = asked.parse_args(words).events
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.parquet"
        contact_log.write(path, events)
        here = [by_duckdb(path) for _ in range(RUNS)]
        found = {}
        for name, (workers, cores) in SHAPES.items():
            place = Path(folder) / f"workers-{workers}"
            place.mkdir()
            found[name] = by_spark(path, place, workers, cores)
            print(f"{name}: {found[name][0].clock:.1f} s on the clock", file=sys.stderr)
        expected = by_reader(path)
    return publish("workers", figures(events, found, here, expected))


def figures(events: int, found: dict[str, list[Took]], here: list[Took], expected: dict[str, float]) -> list[Figure]:
    """Time of each cluster beside DuckDB's, two workers over one, and how far any sum is from ours."""
    one, two = found.values()
    log, least = f"{events:,} events", "DuckDB, the same expression"
    told = []
    for name, runs in {**found, least: here}.items():
        floor = {"floor": f"{log}, {least}: time"} if name != least else {}
        told.append(Figure(f"{log}, {name}: time", tuple(run.seconds for run in runs), "s", **floor))
        told.append(Figure(f"{log}, {name}: on the clock", tuple(run.clock for run in runs), "s"))
    pairs = list(zip(one, two, strict=True))
    over = {
        "time": (tuple(b.seconds / a.seconds for a, b in pairs), 1.5),
        "on the clock": (tuple(b.clock / a.clock for a, b in pairs), 1.5),
    }
    told += [Figure(f"two workers over one, {what}", runs, "times", goal) for what, (runs, goal) in over.items()]
    apart = max(difference(run.sums, expected) for runs in (*found.values(), here) for run in runs)
    return [*told, Figure("largest difference of a sum from ours", (apart,), "of it", TOLERANCE)]


def by_spark(path: Path, folder: Path, workers: int, cores: int) -> list[Took]:
    """The query on a cluster of its own, after a run that is not counted."""
    import ibis

    with spark.cluster(folder, workers, cores) as running, running.session() as session:
        log = ibis.pyspark.connect(session).read_parquet(path)
        return [asked(summed(log)) for _ in range(RUNS + 1)][1:]


def by_duckdb(path: Path) -> Took:
    """The same query in this process."""
    import ibis

    return asked(summed(ibis.duckdb.connect(threads=2).read_parquet(path)))


def by_reader(path: Path) -> dict[str, float]:
    """The sums of what our own reader finds."""
    from kithwork.ties import local

    found = local.features([path]).drop(columns=["a_id", "b_id"])
    return {"pairs": float(len(found)), **found.sum().astype(float).to_dict()}


def summed(log):
    """One row: how many pairs there are, and the sum of each of their features."""
    from kithwork.ties import contact

    found = contact.features(log)
    names = [name for name in found.columns if name not in ("a_id", "b_id")]
    return found.aggregate(pairs=found.count(), **{name: found[name].cast("float64").sum() for name in names})


def asked(query) -> Took:
    """Answer a query and say what it took."""
    begun, spent = time.perf_counter(), processor()
    row = query.to_pandas().iloc[0]
    return Took(processor() - spent, time.perf_counter() - begun, row.astype(float).to_dict())


def processor() -> float:
    """Seconds of the processor that this process and all that came of it have taken so far."""
    here = psutil.Process()
    spent = [one.cpu_times() for one in [here, *here.children(recursive=True)]]
    return sum(times.user + times.system for times in spent)


def difference(one: dict[str, float], other: dict[str, float]) -> float:
    """The largest difference of two rows of sums, in parts of the sum; infinite where one has another column."""
    if one.keys() != other.keys():
        return float("inf")
    return max(abs(one[name] - other[name]) / max(abs(other[name]), np.finfo(float).tiny) for name in one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
