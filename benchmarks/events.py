"""What a log of contact costs from a client's parquet to features of pairs, beside reading it and beside counting pairs.

    make bench-events

A client's log of 1, 3, 10 and 100 million events lies in files of a million each; each has about 1.7 records. Chapter 1
judges and cleans it and writes its tables; then the features of recorded contact are computed, as chapter 2 does. Each is a
process of its own from start to end: seconds of the processor, so that other work on the machine does not count, the
largest resident memory, and what was written to disk, results and what lies there for a while alike. The floors are DuckDB
on the same files: every value read once, and contacts counted per pair. Growth is fitted to what goes beyond the smallest
log, which is little more than imports. `python -m benchmarks.events --most 10` stops at ten million.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import apart, growth
from benchmarks.apart import Cost
from benchmarks.figures import Figure, publish

MILLIONS = (1, 3, 10, 100)
TOLD = (10, 100)
"""Of these everything is told; of the others the time."""

SMALLEST = 10_000
"""Events of the log that is taken away from the others before growth is fitted."""

WRITING = """
from pathlib import Path
from benchmarks import raw_log
print(raw_log.write(Path(), {events}))
"""
SCAN = """
import duckdb
duckdb.sql("SET enable_progress_bar = false")
columns = 'ego, alter, channel, "at", minutes, size, message'
print(duckdb.sql(f"SELECT bit_xor(hash({columns})) FROM 'data/raw/bank/log/*.parquet'").fetchone())
"""
PAIRS = """
import duckdb
duckdb.sql("SET enable_progress_bar = false")
log = "'data/raw/bank/log/*.parquet'"
pairs = f"SELECT count(*) FROM {log} GROUP BY least(ego, alter), greatest(ego, alter)"
print(duckdb.sql(f"SELECT count(*) FROM ({pairs})").fetchone())
"""
CLEANING = """
from kithwork import cleaning, params, readers, store
settings = params.load("bank")
tables = cleaning.clean(readers.read(settings), settings)
for name, table in tables.items():
    store.save(name, table, "bank")
print(int(tables["intake"].query("source == 'interactions'")["rows_in"].sum()))
"""
FEATURES = """
from kithwork import store
from kithwork.ties import contact
print(len(contact.between(store.scan("interactions", "bank"), store.load("people", "bank"))))
"""
STEPS = {"reading every value": SCAN, "counting pairs": PAIRS, "cleaning": CLEANING, "features": FEATURES}
"""Code by what it does, in the order in which each needs what those before it wrote."""

FLOORS = {"cleaning": "reading every value", "features": "counting pairs"}


def main(words: list[str]) -> int:
    """Measure, print, write; 1 if a goal is missed."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.events")
    asked.add_argument("--most", type=int, default=MILLIONS[-1], help="millions of events of the longest log")
    most = asked.parse_args(words).most
    sizes = [size * 1_000_000 for size in MILLIONS if size <= most]
    with tempfile.TemporaryDirectory() as folder:
        found = {events: costs(Path(folder) / str(events), events) for events in (SMALLEST, *sizes)}
    least = found.pop(SMALLEST)
    told = [figure for events, steps in found.items() for figure in told_of(events, steps)]
    return publish("events", [*told, *grown(found, least)])


def costs(root: Path, events: int) -> dict[str, Cost]:
    """Each step on a log of so many events, which is gone afterwards. Raises `RuntimeError` where a record was lost."""
    root.mkdir()
    rows = int(apart.cost(WRITING.format(events=events), folder=root).said)
    found = {}
    for name, code in STEPS.items():
        found[name] = apart.cost(code, folder=root)
        print(f"{events:,} events, {name}: {found[name].seconds:.1f} s, {found[name].memory:.2f} GiB", file=sys.stderr)
    shutil.rmtree(root)
    counted = int(found["cleaning"].said.split()[-1])  # after what DuckDB may have said of its progress
    if counted != rows:
        raise RuntimeError(f"of {rows} records {counted} were told")
    return found


def told_of(events: int, steps: dict[str, Cost]) -> list[Figure]:
    """The time of each step, ours beside its floor; of some lengths memory and what was written, too."""
    size = f"{events // 1_000_000} million events"
    figures = []
    for name, cost in steps.items():
        floor = f"{size}, {FLOORS[name]}: time" if name in FLOORS else None
        figures.append(Figure(f"{size}, {name}: time", (cost.seconds,), "s", floor=floor))
        if events // 1_000_000 in TOLD and name in FLOORS:
            figures.append(Figure(f"{size}, {name}: memory", (cost.memory,), "GiB", 8))
            figures.append(Figure(f"{size}, {name}: written", (cost.written,), "GB"))
            figures.append(Figure(f"{size}, {name}: a second", (events / cost.seconds / 1000,), "thousand events"))
    return figures


def grown(found: dict[int, dict[str, Cost]], least: dict[str, Cost]) -> list[Figure]:
    """The exponent of growth of each step; none from one length alone."""
    if len(found) < 2:
        return []
    figures = []
    for name in STEPS:
        beyond = [max(steps[name].seconds - least[name].seconds, 0.001) for steps in found.values()]
        one = growth.fitted(list(found), beyond)
        goal = 1.1 if name in FLOORS else None
        figures.append(Figure(f"{name}: exponent of growth", (one.exponent,), "", goal, interval=one.interval))
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
