"""What another month of contact costs beside the history before it: parquet files here, and a table at PostgreSQL.

    make bench-months

A client's log of a year is cleaned up to its last four weeks; then as it is, when nothing is new; then with the four weeks
more; and then by somebody who remembers nothing. Each is a process of its own: seconds of the processor from start to end,
those of the server's processes included. What a run with nothing new takes is reading the record and holding it against
what was seen of it; what goes beyond that is the month's own, and is held against what cleaning the whole goes beyond it,
divided by the thirteen months of the year. A month makes two blocks, its own and the last before it. The tables must be
those of the one who remembers nothing. `python -m benchmarks.months --events 2000000` takes a longer log.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path

import pandas as pd
import psutil
import yaml

from benchmarks import apart, contact_log, events, raw_log
from benchmarks.figures import Figure, publish
from benchmarks.sampled import postgres

EVENTS = 300_000
MONTHS = 13
LAST = pd.Timestamp(contact_log.START + contact_log.YEAR - contact_log.YEAR // MONTHS, unit="s", tz="UTC")
"""When the last four weeks begin."""

BLOCKS = "from kithwork.cleaning import blocks; blocks.FEWEST = 100_000\n"
"""A record of a year is cut into blocks, however short it is."""

TYPES = {"at": "timestamptz", "minutes": "double precision", "size": "double precision"}
RUNS = ("all but a month", "nothing new", "another month", "the whole anew")

Add = Callable[[], None]
"""Brings the last month."""


def main(words: list[str]) -> int:
    """Measure, print, write; 1 if a goal is missed."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.months")
    asked.add_argument("--events", type=int, default=EVENTS, help="events of the year")
    count = asked.parse_args(words).events
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        raw_log.write(Path(folder) / "year", count)
        for name, place in {"files": _here, "PostgreSQL": _at_a_server}.items():
            root = Path(folder) / name
            shutil.copytree(Path(folder) / "year", root)
            with place(root) as (add, server):
                figures += told_of(name, costs(root, add, server))
    return publish("months", figures)


@contextmanager
def _here(root: Path):
    """The log in files, the last month not among them yet."""
    log = root / "data" / "raw" / raw_log.STUDY / raw_log.LOG
    late = _parted(log)
    yield partial(late.to_parquet, log / "last.parquet", index=False, row_group_size=contact_log.GROUP), lambda: 0.0


@contextmanager
def _at_a_server(root: Path):
    """The log in a table of a server, which is named in params.yaml."""
    log = root / "data" / "raw" / raw_log.STUDY / raw_log.LOG
    late = _parted(log)
    with postgres.server() as server:
        server.run("CREATE SCHEMA kithwork AUTHORIZATION analyst", "GRANT TEMPORARY ON DATABASE study TO analyst")
        columns = ", ".join(f'"{name}" {TYPES.get(name, "text")}' for name in late)
        server.run(f"CREATE TABLE log ({columns})", "GRANT SELECT ON log TO analyst")
        for file in sorted(log.iterdir()):
            _brought(server, pd.read_parquet(file))
        shutil.rmtree(log)
        _settle(root, server.url())
        yield partial(_brought, server, late), partial(_seconds, server)


def _parted(log: Path) -> pd.DataFrame:
    """Take the last month out of the files of a log, and give it back."""
    found = []
    for file in sorted(log.iterdir()):
        rows = pd.read_parquet(file)
        found.append(rows[rows["at"] >= LAST])
        rows[rows["at"] < LAST].to_parquet(file, index=False, row_group_size=contact_log.GROUP)
    return pd.concat(found, ignore_index=True)


def _brought(server: postgres.Server, rows: pd.DataFrame) -> None:
    import psycopg
    import pyarrow as pa
    from pyarrow import csv

    written = io.BytesIO()
    csv.write_csv(pa.Table.from_pandas(rows, preserve_index=False), written, csv.WriteOptions(include_header=False))
    told = {"host": "127.0.0.1", "port": server.port, "user": "owner", "dbname": "study"}
    with psycopg.connect(**told) as line, line.cursor() as cursor, cursor.copy("COPY log FROM STDIN (FORMAT csv)") as copy:
        copy.write(written.getbuffer())


def _settle(root: Path, address: str) -> None:
    path = root / "params.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    entry = content["engagements"][raw_log.STUDY]
    entry["engine"] = f"{address}?schema=kithwork"
    entry["sources"]["interactions"] |= {"file": address, "options": {"table": "log"}}
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def _seconds(server: postgres.Server) -> float:
    """Seconds of the processor that all processes of a server took, those that ended too."""
    first = psutil.Process(int((server.folder / "postmaster.pid").read_text(encoding="utf-8").split()[0]))
    running = [sum(one.cpu_times()[:2]) for one in first.children(recursive=True)]
    return sum(first.cpu_times()[:4]) + sum(running)


def costs(root: Path, add: Add, server: Callable[[], float]) -> dict[str, float]:
    """Seconds of each run. Raises `RuntimeError` where the month gave other tables than the whole."""
    found, tables = {}, {}
    for run in RUNS:
        if run == "another month":
            add()
        if run == "the whole anew":
            shutil.rmtree(root / "build")
        before = server()
        cost = apart.cost(BLOCKS + events.CLEANING, folder=root)
        found[run] = cost.seconds + server() - before
        tables[run] = _tables(root)
        print(f"{root.name}, {run}: {found[run]:.1f} s", file=sys.stderr)
    if tables["another month"] != tables["the whole anew"] or tables["nothing new"] != tables["all but a month"]:
        raise RuntimeError(f"{root.name}: what was remembered gave other tables")
    return found


def _tables(root: Path) -> dict[str, str]:
    """A digest of each file that chapter 1 wrote."""
    found = root / "data" / "clean" / raw_log.STUDY
    return {
        str(path.relative_to(found)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(found.rglob("*"))
        if path.is_file()
    }


def told_of(name: str, found: dict[str, float]) -> list[Figure]:
    """The runs, and the month beside its share of the whole."""
    idle = found["nothing new"]
    month, share = found["another month"] - idle, (found["the whole anew"] - idle) / MONTHS
    figures = [
        Figure(
            f"{name}, {run}: time", (found[run],), "s", floor=None if run == "nothing new" else f"{name}, nothing new: time"
        )
        for run in RUNS
    ]
    return [
        *figures,
        Figure(f"{name}: months that a month costs beyond a run with nothing new", (month / share,), "months", 3),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
