"""What a person waits for many times a day: commands that answer at once.

    make bench-calls

Each figure is the median over runs of a whole process, from start to end, with the compiled files of an earlier run.
"""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks import studies
from benchmarks.figures import Figure, publish

ENGAGEMENT = "aarhus"
RUNS = 9
CALLS = (
    ("python -c 'import kithwork'", ("-c", "import kithwork"), None),
    ("kithwork --help", ("-m", "kithwork", "--help"), 0.3),
    (f"kithwork check {ENGAGEMENT}, 61 people", ("-m", "kithwork", "check", ENGAGEMENT), 2),
    (f"kithwork status {ENGAGEMENT}, nothing stale", ("-m", "kithwork", "status", ENGAGEMENT), None),
)
"""Its name, how it is called, and the seconds it may take."""


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    for _, words, _ in CALLS:
        waited(words)
    return publish(
        "calls", [Figure(name, tuple(waited(words) for _ in range(RUNS)), "s", goal) for name, words, goal in CALLS]
    )


def waited(words: tuple[str, ...]) -> float:
    """Seconds until a command of this environment's Python has ended."""
    started = time.monotonic()
    subprocess.run([sys.executable, *words], cwd=studies.HOME, env=studies.environment(), check=True, **studies.QUIET)
    return time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main())
