"""What `kithwork simulate` costs: time and memory, for a client's files and for clean tables, and whether it repeats.

    make bench-simulation

Each run is a process of its own. The floor is pyarrow, which only copies the table of interactions.
"""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.figures import Figure, publish

SMALL = ("--people", "400", "--weeks", "26")
LARGE = ("--people", "10000", "--weeks", "54", "--as", "tables")
INTERACTIONS = 10_000_000
RUNS = 3
GIB = 2**20
"""KiB in a GiB: the unit in which Linux tells the largest memory of a process."""


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        places = [root / f"run{run}" / "small" for run in range(RUNS)]  # of one name, by which people are coded
        small = [alone(simulated, SMALL, place)[0] for place in places]
        differ = sum(digests(places[0]) != digests(place) for place in places[1:])
        seconds, memory = alone(simulated, LARGE, root / "large")
        again, _ = alone(simulated, LARGE, root / "again")
        differ += digests(root / "large") != digests(root / "again")
        table = root / "large" / "interactions.parquet"
        floor, _ = alone(copied, table)
        rows = counted(table)
    return publish(
        "simulation",
        [
            Figure("400 people, 26 weeks, as a client's files", tuple(small), "s", 20),
            Figure("10,000 people, as tables in chunks", (seconds, again), "s", 300),
            Figure("interactions in them", (rows,), "rows", INTERACTIONS, "at least"),
            Figure("largest memory of that run", (memory / GIB,), "GiB", 4),
            Figure("its time over that of only copying the interactions", (seconds / floor,), "times"),
            Figure("runs of the same seed with other bytes", (differ,), "runs", 0, "exactly"),
        ],
    )


def alone(work, *arguments) -> tuple[float, int]:
    """Do something in a process of its own; the seconds it says it took, and the largest memory of it in KiB."""
    with ProcessPoolExecutor(1) as hand:
        return hand.submit(work, *arguments).result()


def simulated(sizes: tuple[str, ...], out: Path) -> tuple[float, int]:
    """Simulate into a folder."""
    started = time.monotonic()
    command = [sys.executable, "-m", "kithwork", "simulate", *sizes, "--out", str(out)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def copied(table: Path) -> tuple[float, int]:
    """Read a table and write it again, row group by row group."""
    import pyarrow.parquet as pq

    started = time.monotonic()
    source = pq.ParquetFile(table)
    with pq.ParquetWriter(table.with_suffix(".copy"), source.schema_arrow) as writer:
        for group in range(source.num_row_groups):
            writer.write_table(source.read_row_group(group))
    return time.monotonic() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def counted(table: Path) -> int:
    """Rows of a table."""
    import pyarrow.parquet as pq

    return pq.ParquetFile(table).metadata.num_rows


def digests(folder: Path) -> dict[str, str]:
    """A digest of every file under a folder, by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".copy")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


if __name__ == "__main__":
    sys.exit(main())
