"""What running stages side by side saves: the reports of two studies from nothing, one stage at a time beside two.

    make bench-sidebyside

Both are run in turn, so that a busy machine is as busy for either; wall and processor time are told as ratios. The studies
are the bundled real ones, with few resamples: what a stage costs beside its own work weighs as much as it ever does.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import yaml

from benchmarks import studies
from benchmarks.figures import Figure, publish
from pipeline.sidebyside import JOBS

STUDIES = ("aarhus", "office")
FEWER = {
    "ties": {"draws": 100},
    "people": {"resamples": 20, "most_segments": 2},
    "values": {"resamples": 200},
    "change": {"resamples": 200, "permutations": 199, "worlds": 100},
}
ROUNDS = 2


class Run(NamedTuple):
    """Seconds that a run took, of the wall and of all processors, and what it left: files, and what dvc wrote down."""

    wall: float
    cpu: float
    files: dict[str, bytes]
    lock: dict


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        root = prepared(Path(folder) / "study")
        rounds = [(ran(root, 1), ran(root, 2)) for _ in range(ROUNDS)]
    same = tuple(float(one.files == two.files and one.lock == two.lock) for one, two in rounds)
    figures = [
        Figure("wall time of two at a time, beside one", tuple(two.wall / one.wall for one, two in rounds), "times", 0.9),
        Figure("processor time of two at a time, beside one", tuple(two.cpu / one.cpu for one, two in rounds), "times"),
        Figure("same bytes and same dvc.lock", same, "times", 1.0, "at least"),
    ]
    return publish("sidebyside", figures)


def prepared(root: Path) -> Path:
    """A copy of the project with two studies and few resamples."""
    studies.copied(root)
    settings = yaml.safe_load((root / "params.yaml").read_text(encoding="utf-8"))
    settings["engagements"] = {name: settings["engagements"][name] for name in STUDIES}
    settings["simulations"] = {}
    for section, values in FEWER.items():
        settings[section] |= values
    (root / "params.yaml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    return root


def ran(root: Path, jobs: int) -> Run:
    """A run from nothing."""
    studies.forget(root)
    surroundings = studies.environment() | {JOBS: str(jobs), "PYTHONPATH": f"{root / 'src'}:{root}"}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "pipeline", "repro"]
    subprocess.run(command, cwd=root, env=surroundings, check=True, **studies.QUIET)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - started
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, studies.published(root), yaml.safe_load((root / "dvc.lock").read_text(encoding="utf-8")))


if __name__ == "__main__":
    sys.exit(main())
