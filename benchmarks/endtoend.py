"""From raw files to the report: 10,000 people and ten million contacts, what each stage costs, and how that grows.

    make bench-endtoend

Studies of four sizes are run as `make report` runs them, and the largest once more with two stages at a time
(`KITHWORK_JOBS=2`). What each stage takes is looked up while it runs, of its process
and its kernel together: processor time (of a process as it was last seen), memory at its height, bytes left in its folder.
The exponent of growth is the slope of log processor time on log people; a stage that only starts up has one near 0.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks import endtoend_study, studies
from benchmarks.figures import Figure, publish
from kithwork.tables import STAGES
from pipeline.sidebyside import JOBS

SIZES = (1_000, 2_000, 5_000, 10_000)
MINUTES, GIB = 5, 6
AT_A_TIME = 2
LOOK = 0.1
"""Seconds between two looks at the processes."""
WORK = (*STAGES, "publish")
REST = "the runner"


@dataclass
class Spent:
    """What one stage took: seconds that it was seen for, processor seconds by process, bytes of memory at its height."""

    wall: float = 0.0
    cpu: dict[int, float] = field(default_factory=dict)
    memory: int = 0


@dataclass
class Run:
    """One study's run: its records, seconds of all of it, bytes of memory of all together at their height, and what each
    stage took and left."""

    records: dict[str, int]
    wall: float
    memory: int
    spent: dict[str, Spent]
    left: dict[str, int]

    def cpu(self, stage: str) -> float:
        """Processor seconds of a stage."""
        return sum(self.spent[stage].cpu.values())


def main(words: list[str]) -> int:
    """Measure, print, write; 1 if a goal is missed. `words`: other numbers of people, from few to many."""
    sizes = tuple(map(int, words)) or SIZES
    runs = [ran(people) for people in sizes]
    beside = ran(sizes[-1], AT_A_TIME)
    fitted = (*WORK, REST) if len(sizes) > 2 else ()  # through two points no line has an error
    return publish("endtoend", [*figures(runs[-1], beside), *(growth(stage, sizes, runs) for stage in fitted)])


def ran(people: int, jobs: int = 1) -> Run:
    """Run one study from nothing, so many stages at a time. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        records = endtoend_study.prepared(root, people)
        surroundings = studies.environment() | {"PYTHONPATH": f"{root / 'src'}:{root}", JOBS: str(jobs)}
        spent = {stage: Spent() for stage in (*WORK, REST)}
        memory, started = 0, time.monotonic()
        command = [sys.executable, "-m", "pipeline", "repro"]
        process = subprocess.Popen(command, cwd=root, env=surroundings, **studies.QUIET)
        seen = started
        while process.poll() is None:
            now = time.monotonic()
            memory = max(memory, look(process.pid, spent, now - seen))
            seen = now
            time.sleep(LOOK)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        return Run(records, time.monotonic() - started, memory, spent, {stage: left(root, stage) for stage in WORK})


def look(pid: int, spent: dict[str, Spent], since: float) -> int:
    """Note what the processes of a run have taken so far, each under the stage that it belongs to; the memory of all."""
    import psutil

    memory = dict.fromkeys(spent, 0)
    for stage, process in belonging(psutil.Process(pid), REST):
        try:
            times, resident = process.cpu_times(), process.memory_info().rss
        except psutil.Error:
            continue
        spent[stage].cpu[process.pid] = times.user + times.system
        memory[stage] += resident
    at_work = [stage for stage in WORK if memory[stage]]
    for stage in at_work or [REST]:
        spent[stage].wall += since / max(len(at_work), 1)
        spent[stage].memory = max(spent[stage].memory, memory[stage])
    return sum(memory.values())


def belonging(process, stage: str) -> Iterator[tuple[str, object]]:
    """A process and all below it, each with the stage whose command it or one above it runs."""
    import psutil

    try:
        command, below = process.cmdline(), process.children()
    except psutil.Error:
        return
    if command[1:3] == ["-m", "pipeline"] and command[-1] == endtoend_study.NAME:
        stage = command[-2]
    yield stage, process
    for child in below:
        yield from belonging(child, stage)


def left(root: Path, stage: str) -> int:
    """Bytes that a stage wrote for the study."""
    folder = root / ("reports" if stage == "publish" else f"data/{stage}") / endtoend_study.NAME
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def figures(run: Run, beside: Run) -> list[Figure]:
    """What the largest study took as a whole, also with stages side by side, and each stage of it."""
    told = ", ".join(f"{count:,} {what}" for what, count in run.records.items())
    found = [Figure(f"raw files to report: {told}", (run.wall / 60,), "minutes", MINUTES)]
    for of, end in ((run, ""), (beside, f", {AT_A_TIME} stages at a time")):
        if end:
            found.append(Figure(f"raw files to report{end}", (of.wall / 60,), "minutes", MINUTES))
        found.append(Figure(f"processor time of all of it{end}", (sum(map(of.cpu, of.spent)) / 60,), "minutes"))
        found.append(Figure(f"memory of all its processes together, at most{end}", (of.memory / 2**30,), "GiB", GIB))
    whole = sum(one.wall for one in run.spent.values())
    for stage, one in run.spent.items():
        found.append(Figure(f"{stage}: share of the time", (one.wall / whole * 100,), "%"))
        found.append(Figure(f"{stage}: processor time", (run.cpu(stage),), "s"))
        found.append(Figure(f"{stage}: memory", (one.memory / 2**30,), "GiB"))
        if stage in run.left:
            found.append(Figure(f"{stage}: written", (run.left[stage] / 2**20,), "MiB"))
    return found


def growth(stage: str, sizes: tuple[int, ...], runs: list[Run]) -> Figure:
    """The exponent of a stage's processor time in the number of people, with its 95 % interval by Student's t."""
    times = [run.cpu(stage) for run in runs]
    slope, low, high = exponent(np.array(sizes, float), np.array(times))
    return Figure(f"{stage}: exponent of growth", (slope,), "power", interval=(low, high))


def exponent(sizes: np.ndarray, times: np.ndarray) -> tuple[float, float, float]:
    """The least-squares slope of log time on log size and the ends of its interval, slope ± t · s / √Σ(x − x̄)²."""
    from scipy.stats import linregress, t

    fitted = linregress(np.log(sizes), np.log(times))
    half = t.ppf(0.975, len(sizes) - 2) * fitted.stderr
    return fitted.slope, fitted.slope - half, fitted.slope + half


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
