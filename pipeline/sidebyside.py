"""Stages that do not rest on one another, run side by side: the studies, and the chapters of a study where it forks.

dvc runs one stage at a time, but several of it may be at work in a folder if each runs a single stage and waits for the
locks of the others: every stage keeps its own files, and dvc.lock is read, changed and written under a lock. So each
stage that is out of date is a process of its own (`python -m pipeline.sidebyside STAGE`, which is `dvc --wait-for-lock
repro --single-item STAGE`), started when all that it rests on is done. It costs a second of imports a stage, and a kernel's
memory for each that runs; a plain `dvc repro` follows, and finds nothing to do or does it.

A process ends with the one that started it, and its stage and kernel with it: nothing is left running.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from kithwork import params
from kithwork.errors import Problem, UserError
from pipeline import failure

if TYPE_CHECKING:
    from dvc.repo import Repo

JOBS = "KITHWORK_JOBS"
"""What says how many stages may run at a time."""

ALONE = {"prepare", "index"}
"""Stages of all studies, which run before and after the others: they read or write what others do."""

LOOK_AGAIN = 0.1
"""Seconds between two looks at the processes under way."""

ENDING = 10
"""Seconds that stages have to end by themselves after Ctrl-C."""


def jobs() -> int:
    """How many stages may run at a time: `KITHWORK_JOBS`. Raises `UserError` where that is no such number."""
    asked = os.environ.get(JOBS, "1")
    if not asked.isdecimal() or int(asked) < 1:
        raise UserError(Problem("is not a number of stages", JOBS, "Set it to 1, 2 or more, or unset it.", found=asked))
    return int(asked)


def run(repo: Repo, jobs: int, targets: Iterable[str] | None = None) -> set[str]:
    """Run what is out of date of what the targets need, `jobs` stages at a time; the stages that failed.

    What rests on a failed stage is not run. A stage that fails has told of it itself.
    """
    graph = repo.index.graph  # an edge goes from a stage to one that it rests on
    rests = {stage.addressing: {other.addressing for other in graph.successors(stage)} for stage in graph}
    return _all(waits(rests, repo.status(), targets), jobs)


def waits(rests: Mapping[str, set[str]], stale: Iterable[str], targets: Iterable[str] | None = None) -> dict[str, set[str]]:
    """The stages to run, each with those of them that it waits for: what is stale, and what rests on it.

    `rests`: of every stage, those it rests on without another between them.
    """
    below = {name: _below(rests, name) for name in rests}
    changed = set(stale)
    behind = {name for name, rest in below.items() if changed & {name, *rest}} - ALONE
    if targets is not None:
        behind &= {name for target in targets for name in {target, *below[target]}}
    return {name: below[name] & behind for name in sorted(behind)}


def _below(rests: Mapping[str, set[str]], name: str) -> set[str]:
    """All that a stage rests on, however far down."""
    found: set[str] = set()
    waiting = set(rests[name])
    while waiting:
        found |= waiting
        waiting = {other for one in waiting for other in rests[one]} - found
    return found


def _all(waits_for: dict[str, set[str]], jobs: int) -> set[str]:
    waiting = dict(waits_for)
    running: dict[str, subprocess.Popen] = {}
    failed: set[str] = set()
    try:
        while waiting or running:
            for name in [name for name, process in running.items() if process.poll() is not None]:
                done = running.pop(name).returncode == 0
                failed |= set() if done else {name}
                waiting = {other: rests - {name} for other, rests in waiting.items() if done or name not in rests}
            for name in [name for name, rests in waiting.items() if not rests][: jobs - len(running)]:
                del waiting[name]
                running[name] = _begun(name)
            time.sleep(LOOK_AGAIN)
    finally:
        _end(running.values())
    return failed


def _begun(name: str) -> subprocess.Popen:
    """A stage under way; it tells of itself in plain lines, as others do so beside it."""
    plain = os.environ | {"TTY_COMPATIBLE": "0"}
    return subprocess.Popen([sys.executable, "-m", "pipeline.sidebyside", name], cwd=params.ROOT, env=plain)


def _end(running: Iterable[subprocess.Popen]) -> None:
    """Let stages end that Ctrl-C reached too, then end the others."""
    last = time.monotonic() + ENDING
    for process in running:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, last - time.monotonic()))
        process.terminate()
        process.wait()


def _end_with(parent: int) -> None:
    """End this process soon after the one that started it."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_AGAIN)
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    _end_with(os.getppid())
    from pipeline import repro

    try:
        sys.exit(repro.alone(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(failure.INTERRUPTED)
