"""The faults: what is done to a stage of a study while it runs, or to what it reads. Each gives the exit code of the run.

Moments are counted in processor time of the process aimed at, so that they spread over its work however busy a machine is.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from operator import itemgetter
from pathlib import Path

import psutil
import yaml

from benchmarks.fault_grounds import Ground

LOOK_AGAIN = 0.02
LONGEST, HUNG = 900, 124
"""Seconds after which a run is ended that hangs, and its exit code then."""

KERNEL_WORKS, RUNNER_WORKS = 3.0, 1.0
"""Processor seconds within which each is killed."""

ADDRESSES = (2**29, 3 * 2**30)
"""Bytes of addresses that a run may have where memory is short."""

ROOM = (0, 200_000)
"""Bytes that are left where a disk is full."""

KERNEL, RUNNER = "ipykernel_launcher", "pipeline run"
Kind = Callable[[Ground, str, random.Random], int]
Strike = Callable[[subprocess.Popen, float], bool]


def kernel(ground: Ground, stage: str, dice: random.Random) -> int:
    """The kernel is killed."""
    return until_struck(lambda: ground.begin(stage), partial(_at_work, KERNEL, False), dice, KERNEL_WORKS)


def runner(ground: Ground, stage: str, dice: random.Random) -> int:
    """What watches the kernel is killed."""
    return until_struck(lambda: ground.begin(stage), partial(_at_work, RUNNER, False), dice, RUNNER_WORKS)


def dvc(ground: Ground, stage: str, dice: random.Random) -> int:
    """dvc is killed in the midst of a stage."""
    return until_struck(lambda: ground.bring(stage), partial(_at_work, RUNNER, True), dice, RUNNER_WORKS)


def runner_below_dvc(ground: Ground, stage: str, dice: random.Random) -> int:
    """What dvc started is killed."""
    return until_struck(lambda: ground.bring(stage), partial(_at_work, RUNNER, False), dice, RUNNER_WORKS)


def two_at_once(ground: Ground, stage: str, dice: random.Random) -> int:
    """A second run is started while one is under way: the worse of the two exit codes."""
    first = ground.bring(stage)
    time.sleep(dice.uniform(0, 5))
    second = ground.start("repro", ground.study)
    return max(ended(first), ended(second))


def short_memory(ground: Ground, stage: str, dice: random.Random) -> int:
    """No process of the run may have more than so many addresses."""
    limit = int(dice.uniform(*ADDRESSES))
    return ended(ground.begin(stage, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))))


def full_disk(ground: Ground, stage: str, dice: random.Random) -> int:
    """The disk that the project and its passing files lie on is filled, but for a little."""
    run = ground.begin(stage)  # which first makes the room that an earlier run's results took
    with _filled(ground.root.parent, int(dice.uniform(*ROOM))):
        return ended(run)


def cut(ground: Ground, stage: str, dice: random.Random) -> int:
    """A parquet file that the stage reads ends too early."""
    return _spoilt(ground, stage, dice, lambda content: content[: dice.randrange(1, len(content))])


def flipped(ground: Ground, stage: str, dice: random.Random) -> int:
    """One bit of a parquet file that the stage reads is turned, and its date is kept."""

    def turned(content: bytes) -> bytes:
        place = dice.randrange(len(content))
        return content[:place] + bytes([content[place] ^ 1 << dice.randrange(8)]) + content[place + 1 :]

    return _spoilt(ground, stage, dice, turned)


def read_by(ground: Ground, stage: str) -> list[Path]:
    """Parquet files that a stage reads: the client's parts for the first; for others the tables that dvc.yaml names."""
    if stage == "clean":
        return sorted((ground.root / "data" / "raw" / ground.study / "mails").glob("*.parquet"))
    stages = yaml.safe_load((ground.root / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    named = [ground.root / one.replace("${key}", ground.study) for one in stages[stage]["do"]["deps"]]
    files = [file for path in named for file in (path.rglob("*.parquet") if path.is_dir() else [path])]
    return sorted(file for file in files if file.suffix == ".parquet" and "raw" not in file.parts)


def _spoilt(ground: Ground, stage: str, dice: random.Random, change: Callable[[bytes], bytes]) -> int:
    path = dice.choice(read_by(ground, stage))
    content, dates = path.read_bytes(), (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    path.write_bytes(change(content))
    os.utime(path, ns=dates)
    try:
        return ended(ground.begin(stage))
    finally:
        path.write_bytes(content)
        os.utime(path, ns=dates)


@contextmanager
def _filled(disk: Path, but: int) -> Iterator[None]:
    """A file that takes all room of a disk but so much."""
    ballast = disk / "ballast"
    room = os.statvfs(disk)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, room.f_bavail * room.f_frsize - but))
    try:
        yield
    finally:
        ballast.unlink()


def until_struck(begin: Callable[[], subprocess.Popen], strike: Strike, dice: random.Random, longest: float) -> int:
    """Begin a run and strike it after a time drawn at random; anew, and sooner, where it ended before. Its exit code."""
    while True:
        after = dice.uniform(0, longest)
        run = begin()
        struck = strike(run, after)
        code = ended(run)
        if struck:
            return code
        longest = after


def _at_work(words: str, dvc_itself: bool, run: subprocess.Popen, after: float) -> bool:
    """Kill a process of a run, known by words of its command, or what started it, once it has worked for so long."""
    while run.poll() is None:
        with suppress(psutil.Error):
            first = psutil.Process(run.pid)
            found = [one for one in (first, *first.children(recursive=True)) if words in " ".join(one.cmdline())]
            worked, target = max(((sum(one.cpu_times()[:2]), one) for one in found), key=itemgetter(0), default=(-1, first))
            if worked >= after:
                (first if dvc_itself else target).kill()
                return True
        time.sleep(LOOK_AGAIN)
    return False


def ended(run: subprocess.Popen) -> int:
    """Wait for a run: its exit code, `HUNG` for one that hangs and had to be ended."""
    try:
        return abs(run.wait(LONGEST))
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        return HUNG
