"""What the features of recorded contact cost, beside a bare count of pairs, pandas, Polars, and one expression on DuckDB.

    make bench-contact

Each measurement is a process of its own from start to end, imports included: seconds of the processor, user and system, so
that other work on the machine does not count, and the largest resident memory. All read the same made-up log, whose ids are
as the toolkit makes them. The bare count is of contacts per pair, and gives no more than the number of pairs; the others
give the whole table of features, pandas and Polars by the files beside this one. `python -m benchmarks.contact <folder>`
keeps the logs there, 3 GB, and uses those it finds.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks import apart
from benchmarks.figures import Figure, publish

EVENTS = 10_000_000
TIMES = 10
"""The larger log has so many times the events."""

OWN = "this toolkit"
RUNS = 3
"""Of the two that are compared most closely; the others take minutes, and run once."""

BARE = """
import duckdb
duckdb.sql("SET enable_progress_bar = false")
pairs = f"SELECT count(*) FROM '{path}' GROUP BY least(ego_id, alter_id), greatest(ego_id, alter_id)"
print(duckdb.sql(f"SELECT count(*) FROM ({pairs})").fetchone())
"""
EXPRESSION = """
import ibis
from kithwork.ties import contact
log = ibis.duckdb.connect().read_parquet(path)
print(len(contact.features(log).order_by("a_id", "b_id").to_pandas()))
"""
OURS = "from kithwork.ties.local import features; print(len(features([path])))"
PANDAS, POLARS = (
    f"from {module} import features; print(len(features(path)))"
    for module in ("benchmarks.contact_pandas", "benchmarks.contact_polars")
)
SLOW = {"pandas": PANDAS, "Polars": POLARS, "one expression on DuckDB": EXPRESSION}


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(sys.argv[1] if len(sys.argv) > 1 else folder)
        small, large = (log(kept, events) for events in (EVENTS, TIMES * EVENTS))
        ours, bare = ([alone(code, small) for _ in range(RUNS)] for code in (OURS, BARE))
        others = {name: alone(code, small) for name, code in SLOW.items()}
        grown = alone(OURS, large)
    engines = {OWN: ours, "bare count": bare, **{name: [run] for name, run in others.items()}}
    costs = [figure for name, runs in engines.items() for figure in costs_of(name, runs)]
    return publish("contact", [*costs, *beside(ours, bare, others), *larger(ours, grown)])


def log(folder: Path, events: int) -> Path:
    """The log of so many events, written where it is not there yet; apart, for a child is held to what its parent held."""
    path = folder / f"{events}.parquet"
    if not path.is_file():
        unfinished = path.with_suffix(".unfinished")
        alone(f"from benchmarks import contact_log; contact_log.write(path, {events})", unfinished)
        unfinished.rename(path)
    return path


def alone(code: str, path: Path) -> tuple[float, float]:
    """Do something in a process of its own: seconds of the processor, and the largest memory in GiB."""
    took = apart.cost(f"path = {str(path)!r}\n{code}")
    return took.seconds, took.memory


def costs_of(name: str, runs: list[tuple[float, float]]) -> list[Figure]:
    """One engine's time and memory."""
    seconds, memory = zip(*runs, strict=True)
    return [_beside(f"{name}: time", seconds, "s"), _beside(f"{name}: memory", memory, "GiB")]


def _beside(name: str, runs: tuple[float, ...], unit: str) -> Figure:
    """The toolkit's own figures beside those of pandas and of the bare count."""
    engine, _, what = name.partition(": ")
    others = {"peer": f"pandas: {what}", "floor": f"bare count: {what}"} if engine == OWN else {}
    return Figure(name, runs, unit, **others)


def beside(ours: list[tuple], bare: list[tuple], others: dict[str, tuple]) -> list[Figure]:
    """Ours over the others', or theirs over ours, run by run."""
    over_bare = tuple(own[0] / count[0] for own, count in zip(ours, bare, strict=True))
    slower = {name: tuple(cost[0] / own[0] for own in ours) for name, cost in others.items()}
    memory = tuple(own[1] / others["pandas"][1] for own in ours)
    return [
        Figure("its time over the bare count's", over_bare, "times", 3),
        Figure("time of pandas over its", slower["pandas"], "times", 8, "at least"),
        Figure("time of Polars over its", slower["Polars"], "times"),
        Figure("time of the expression over its", slower["one expression on DuckDB"], "times"),
        Figure("its memory over that of pandas", memory, "times", 0.333),
    ]


def larger(ours: list[tuple], grown: tuple[float, float]) -> list[Figure]:
    """The larger log: time, memory, and how far its time grows beyond its length."""
    name = f"{TIMES * EVENTS // 1_000_000} million events"
    growth = tuple(grown[0] / (TIMES * seconds) for seconds, _ in ours)
    return [
        Figure(f"{name}: time", grown[:1], "s"),
        Figure(f"{name}: memory", grown[1:], "GiB", 8),
        Figure(f"{name}: time over {TIMES} times that of {EVENTS // 1_000_000} million", growth, "times", 1.2),
    ]


if __name__ == "__main__":
    sys.exit(main())
