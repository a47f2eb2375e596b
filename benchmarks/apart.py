"""What work takes in a process of its own, from start to end, imports included."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

GIB = 2**20
"""KiB in a GiB: Linux tells the largest memory of a process in KiB."""

BLOCK = 512
"""Bytes of a block, in which Linux tells what was written."""

HOME = Path(__file__).resolve().parents[1]


class Cost(NamedTuple):
    """Seconds of the processor, user and system, so that other work does not count; seconds on the clock; the largest
    resident memory in GiB; GB written to files; and what was printed."""

    seconds: float
    clock: float
    memory: float
    written: float
    said: str


def cost(
    code: str, more: Mapping[str, str] | None = None, packages: Path | None = None, folder: Path | None = None
) -> Cost:
    """Run Python code apart: with these variables of the environment, packages of a folder before all others, in a folder.

    Raises `RuntimeError` where it fails. What processes that it starts take counts once they have ended.
    """
    places = [str(place) for place in (packages, HOME / "src", HOME) if place]
    paths = os.pathsep.join([*places, *filter(None, [os.environ.get("PYTHONPATH")])])
    begun = time.perf_counter()
    run = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": paths} | dict(more or {}),
    )
    said = run.stdout.read()
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise RuntimeError(f"{code}: ended with status {run.returncode}")
    clock = time.perf_counter() - begun
    return Cost(used.ru_utime + used.ru_stime, clock, used.ru_maxrss / GIB, used.ru_oublock * BLOCK / 1e9, said)
