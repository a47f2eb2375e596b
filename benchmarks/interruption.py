"""Whether a run can be repeated and interrupted: the same bytes twice, and again after `dvc` was killed.

    make bench-interruption

Two clean runs of everything are compared byte by byte. Then dvc is killed (SIGKILL) at ten random moments of a run of one
engagement, in two copies side by side; each time the run is started again, and its bytes are compared with the undisturbed.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks import studies
from benchmarks.figures import Figure, publish

KILLS = 10
SEED = 2026
GRACE = 5
"""Seconds within which what a killed dvc had started must be gone."""
ENGAGEMENT = "aarhus"


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as hands:
        roots = [studies.copied(Path(folder) / name) for name in ("one", "two")]
        for root in roots:
            studies.forget(root)
        seconds = list(hands.map(lambda root: studies.dvc(root, "repro"), roots))
        one, two = (studies.published(root) for root in roots)
        dice = random.Random(SEED)
        moments = [dice.uniform(1, min(seconds) / 2) for _ in range(KILLS)]
        expected = {name: content for name, content in one.items() if ENGAGEMENT in name}
        found = list(hands.map(lambda at: disturbed(*at, expected), zip(roots, (moments[::2], moments[1::2]), strict=True)))
    changed, survivors = (sum(counts) for counts in zip(*found, strict=True))
    return publish(
        "interruption",
        [
            Figure("files that differ between two clean runs of everything", (differing(one, two),), "files", 0, "exactly"),
            Figure("files compared there", (len(one),), "files", 40, "at least"),
            Figure(f"files that differ after any of {KILLS} kills and a rerun", (changed,), "files", 0, "exactly"),
            Figure(f"files compared there, {KILLS} times", (len(expected),), "files", 20, "at least"),
            Figure(f"processes left {GRACE} s after any of {KILLS} kills", (survivors,), "processes", 0, "exactly"),
        ],
    )


def disturbed(root: Path, moments: list[float], expected: dict[str, bytes]) -> tuple[int, int]:
    """Kill a run at each moment and run again: how many files then differ in all, how many processes were left."""
    changed = survivors = 0
    for moment in moments:
        studies.forget(root)
        survivors += killed(root, moment)
        studies.dvc(root, "repro", f"publish@{ENGAGEMENT}")
        found = {name: content for name, content in studies.published(root).items() if ENGAGEMENT in name}
        changed += differing(expected, found)
    return changed, survivors


def killed(root: Path, after: float) -> int:
    """Start a run, kill dvc after so many seconds; how many processes of the run are left soon after."""
    command = [sys.executable, "-m", "dvc", "repro", f"publish@{ENGAGEMENT}"]
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
