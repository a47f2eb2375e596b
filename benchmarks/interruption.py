"""Whether a run can be repeated and interrupted: the same bytes twice, and again after `dvc` was killed.

    make bench-interruption

Two clean runs of everything are compared byte by byte. Then dvc is killed (SIGKILL) at ten random moments of a run of one
engagement; each time the run is started again, and its bytes are compared with those of the undisturbed one.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import studies
from benchmarks.figures import Figure, publish

KILLS = 10
SEED = 2026
GRACE = 5
"""Seconds within which what a killed dvc had started must be gone."""
TARGET = "publish@aarhus"


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        one, two = (studies.copied(Path(folder) / name) for name in ("one", "two"))
        for root in (one, two):
            studies.forget(root)
            studies.dvc(root, "repro")
        twice = differing(studies.published(one), studies.published(two))
        studies.forget(one)
        whole = studies.dvc(one, "repro", TARGET)
        expected = studies.published(one)
        dice = random.Random(SEED)
        changed, survivors = [], []
        for _ in range(KILLS):
            studies.forget(one)
            survivors.append(killed(one, dice.uniform(1, whole)))
            studies.dvc(one, "repro", TARGET)
            changed.append(differing(expected, studies.published(one)))
    return publish(
        "interruption",
        [
            Figure("files that differ between two clean runs", (twice,), "files", 0, "exactly"),
            Figure("files compared", (len(expected),), "files", 20, "at least"),
            Figure(f"files that differ after any of {KILLS} kills and a rerun", (sum(changed),), "files", 0, "exactly"),
            Figure(f"processes left {GRACE} s after any of {KILLS} kills", (sum(survivors),), "processes", 0, "exactly"),
        ],
    )


def killed(root: Path, after: float) -> int:
    """Start a run, kill dvc after so many seconds; how many processes of the run are left soon after."""
    command = [sys.executable, "-m", "dvc", "repro", TARGET]
    run = subprocess.Popen(command, cwd=root, env=studies.environment(), start_new_session=True, **studies.QUIET)
    time.sleep(after)
    run.send_signal(signal.SIGKILL)
    run.wait()
    time.sleep(GRACE)
    left = inside(root)
    for process in left:
        os.kill(process, signal.SIGKILL)
    return len(left)


def inside(root: Path) -> list[int]:
    """Processes that work in a folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if Path(os.readlink(entry / "cwd")).is_relative_to(root):
                found.append(int(entry.name))
        except OSError:  # it has ended, or is not ours to look at
            continue
    return found


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> int:
    """How many files two runs do not have in common, byte by byte."""
    return sum(one.get(name) != other.get(name) for name in one.keys() | other.keys())


if __name__ == "__main__":
    sys.exit(main())
