"""How fast every reader is, beside the plain library call for its format, and whether its memory stays flat.

    make bench-readers

Each measurement is a process of its own. Memory is the highest resident size, asked two hundred times a second, less what
the process held before the file was opened; the file lies on disk, so that only what a reader itself holds counts. A reader
may take 1.5 times as long as the plain call, the median of paired runs. Where a file grows tenfold, memory may grow by a
fifth, since what is handed on comes in batches of one size, and by 32 MiB besides: what Python and Arrow keep aside for
reuse varies by about as much. Times are of the processor, so that other work on the machine does not count.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median

import psutil

from benchmarks.figures import Figure, publish
from benchmarks.sampled import samples
from kithwork.readers.parts.given import Given

RECORDS = 20_000
TIMES = 10
"""The larger file has so many times the records."""

RUNS = 3
SLOWEST = 1.5
GROWTH, ASIDE = 1.2, 32
"""How many times the memory, and how many MiB besides, the larger file may need."""

MIB = 2**20


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    return publish("readers", [figure for reader in samples.SAMPLED for figure in figures_of(reader)])


def figures_of(reader: str) -> list[Figure]:
    """One reader's figures."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = (written(reader, count, Path(folder) / str(count)) for count in (RECORDS, TIMES * RECORDS))
        timed = apart(pairs, reader, large)
        peaks = [tuple(apart(held, reader, given)[1] for _ in range(3)) for given in (small, large)]
    count = timed[0][0]
    rates = tuple(count / own for _, own, _ in timed)
    ratios = tuple(own / plain for _, own, plain in timed)
    bound = GROWTH * median(peaks[0]) + ASIDE
    return [
        Figure(f"{reader}: records in the larger file", (count,), "records"),
        Figure(f"{reader}: records a second", rates, "records"),
        Figure(f"{reader}: time beside the plain call", ratios, "times", SLOWEST),
        Figure(f"{reader}: memory for a tenth of it", peaks[0], "MiB"),
        Figure(f"{reader}: memory for the larger file", peaks[1], "MiB", round(bound, 1)),
    ]


def written(reader: str, count: int, folder: Path) -> Given:
    """A file or folder of so many records, on disk."""
    module = samples.module(reader)
    name, content = samples.grown(reader).name, module.many(count)
    folder.mkdir()
    if isinstance(content, dict):
        return samples.given(name, content, folder)
    (folder / name).write_bytes(content)
    return Given(name, folder / name)


def apart(measure: Callable, reader: str, given: Given):
    """What a measurement finds in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (reader, given))


def pairs(reader: str, given: Given) -> list[tuple[int, float, float]]:
    """Records, seconds of the reader and seconds of the plain call, run by run; the first run only warms up."""
    found = []
    for _ in range(RUNS + 1):
        began = time.process_time()
        count = records(reader, given)
        between = time.process_time()
        quietly(samples.module(reader).plain, given)
        found.append((count, between - began, time.process_time() - between))
    return found[1:]


def held(reader: str, given: Given) -> tuple[int, float]:
    """Records, and MiB held at most while they were read."""
    warm(reader)
    before = psutil.Process().memory_info().rss
    done, peak = threading.Event(), [before]
    watch = threading.Thread(target=_watch, args=(done, peak))
    watch.start()
    count = records(reader, given)
    done.set()
    watch.join()
    return count, (peak[0] - before) / MIB


def _watch(done: threading.Event, peak: list[int]) -> None:
    own = psutil.Process()
    while not done.wait(0.005):
        peak[0] = max(peak[0], own.memory_info().rss)


def warm(reader: str) -> None:
    """Import what it needs."""
    with tempfile.TemporaryDirectory() as folder:
        quietly(samples.read, reader, samples.module(reader).SAMPLES[0], Path(folder))


def records(reader: str, given: Given) -> int:
    """Read batch by batch, keeping none; how many records there were."""
    sample = samples.grown(reader)
    parse = import_module(f"kithwork.readers.{reader}").parse
    return quietly(lambda: sum(len(rows.frame) for rows in parse(sample.source, sample.spec(reader), given)))


def quietly(do: Callable, *words: object):
    """Call without warnings being shown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return do(*words)


if __name__ == "__main__":
    sys.exit(main())
