"""Whether a fault ever gives a wrong result: stages killed, engines too, disks full, memory short, parts of tables spoilt.

    make bench-faults

On each ground (`fault_grounds.py`) a stage's results are taken away, a fault is made while it runs (`fault_kinds.py`,
`fault_engines.py`), and what is there then is held against the undisturbed run byte by byte: a file may be lacking, never
different. Where the run failed, it must say so in words for people, and no report may look current. After three faults
the stage runs undisturbed, and must give the same bytes. Last, dvc brings all up to date, and every page must be as it was.
It mounts a small disk of its own, and so is for root.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import fault_engines, fault_grounds, fault_kinds
from benchmarks.fault_grounds import Ground
from benchmarks.fault_kinds import HUNG, Kind
from benchmarks.figures import Figure, publish
from benchmarks.interruption import inside

SEED = 2026
GRACE = 20
"""Seconds within which what a fault left running must be gone."""

DISK = "size=1g"
KILLED, DONE = 9, "All reports: "
OURS = ("kithwork stopped", "Stopped in ", "Without a current report")
NOT_OURS = ("Traceback", "full traceback")

KINDS = {
    "dvc killed": fault_kinds.dvc,
    "what dvc started killed": fault_kinds.runner_below_dvc,
    "two runs at once": fault_kinds.two_at_once,
    "kernel killed": fault_kinds.kernel,
    "what watches the kernel killed": fault_kinds.runner,
    "disk full": fault_kinds.full_disk,
    "memory short": fault_kinds.short_memory,
    "a file cut short": fault_kinds.cut,
    "a bit turned": fault_kinds.flipped,
}
PLAN = {
    "none": {"dvc killed": 5, "what dvc started killed": 3, "two runs at once": 2, "kernel killed": 9,
             "what watches the kernel killed": 8, "disk full": 9, "memory short": 6},
    "parquet": {"kernel killed": 4, "what watches the kernel killed": 3, "a file cut short": 9, "a bit turned": 18},
    "postgres": {"server's process killed": 8, "server killed": 6, "kernel killed": 3,
                 "what watches the kernel killed": 2},
    "spark": {"worker's process killed": 3, "kernel killed": 1, "what watches the kernel killed": 1},
}  # fmt: skip
"""How many faults of each kind, by where the log lies."""

STAGES = ("clean", "ties", "people", "values", "market", "change", "report")
READING = STAGES[:-1]
"""Stages that read parquet files of the client, or of the first stage."""

IN_A_ROW = 3
"""Faults of one stage, at most, before it runs again undisturbed."""


@dataclass(frozen=True)
class Found:
    """What came of one fault: the exit code, the files that were wrong, words that are not ours, processes left; and of
    the last one, the passing files that lay there in the end."""

    engine: str
    kind: str
    stage: str
    code: int
    wrong: tuple[str, ...]
    untold: str
    looked_current: bool
    left: int
    files: int = 0


def main() -> int:
    """Make every fault, print, write; 1 if a goal is missed."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(len(PLAN)) as hands:
        place = Path(folder)
        survey = hands.submit(_lane, "none", _on_small_disk, place)
        client = fault_grounds.client(place / "client")
        parts = fault_grounds.in_parts(place / "parquet" / "project", client)
        engines = {"postgres": fault_engines.on_postgres, "spark": fault_engines.on_spark}
        lanes = [hands.submit(_lane, name, on, place, client, parts) for name, on in engines.items()]
        found = [*_lane("parquet", lambda _: nullcontext((parts, {})), place)]
        for lane in (survey, *lanes):
            found += lane.result()
    return publish("faults", _figures(found, time.monotonic() - began))


@contextmanager
def _on_small_disk(folder: Path) -> Iterator[tuple[Ground, Mapping[str, Kind]]]:
    """A survey on a disk of its own, which can be filled."""
    folder.parent.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", DISK, "tmpfs", str(folder.parent)], check=True)
    try:
        yield fault_grounds.survey(folder), {}
    finally:
        subprocess.run(["umount", "-l", str(folder.parent)], check=True)


def _lane(engine: str, on: Callable, place: Path, *more: object) -> list[Found]:
    """All faults where the log lies at one engine, one after another, and what came of them."""
    dice = random.Random(f"{SEED} {engine}")
    kinds = [kind for kind, count in PLAN[engine].items() for _ in range(count)]
    dice.shuffle(kinds)
    found = []
    with on(place / engine / "project", *more) as (ground, own):
        while kinds:
            some, kinds = kinds[:IN_A_ROW], kinds[IN_A_ROW:]
            stage = "clean" if own else dice.choice(READING if engine == "parquet" else STAGES)
            these = [_faulty(ground, kind, (KINDS | own)[kind], stage, dice) for kind in some]
            found += [*these[:-1], _run_again(ground, these[-1])]
        if not own:
            found[-1] = _brought_up(ground, found[-1])
    return found


def _faulty(ground: Ground, kind: str, make: Kind, stage: str, dice: random.Random) -> Found:
    """Make one fault while a stage runs, and look."""
    code = make(ground, stage, dice)
    said, left = ground.said(), _left(ground.root)
    told = not code or code == KILLED or (code != HUNG and _is_ours(said))
    current = bool(code) and " of 7: " in said and DONE not in said and ground.looks_current()
    found = Found(ground.engine, kind, stage, code, _differing(ground), "" if told else said[-800:], current, left)
    print(found, file=sys.stderr, flush=True)
    return found


def _run_again(ground: Ground, last: Found) -> Found:
    """The stage undisturbed: what is there then must be all of it, and the same."""
    wrong = () if ground.begin(last.stage).wait() == 0 else (f"cannot be run again: {ground.said()[-300:]}",)
    lacking = tuple(sorted(ground.expected.keys() - ground.made().keys()))
    return _worse(last, (*wrong, *_differing(ground), *lacking))


def _brought_up(ground: Ground, last: Found) -> Found:
    """Everything by dvc: pages are as they were; and the passing files that are left."""
    wrong = () if ground.start("repro", ground.study).wait() == 0 else (ground.said()[-300:],)
    wrong = (*wrong, *_differing(ground))
    last = replace(last, files=len(ground.left_over()))
    return _worse(last, wrong if ground.looks_current() else (*wrong, "the report is stale"))


def _worse(found: Found, wrong: tuple[str, ...]) -> Found:
    if wrong:
        print(found, wrong, file=sys.stderr, flush=True)
    return replace(found, wrong=(*found.wrong, *wrong))


def _is_ours(said: str) -> bool:
    return any(words in said for words in OURS) and not any(words in said for words in NOT_OURS)


def _differing(ground: Ground) -> tuple[str, ...]:
    """Files that are there and hold something else than after the undisturbed run."""
    return tuple(name for name, content in ground.made().items() if ground.expected.get(name) != content)


def _left(root: Path) -> int:
    """Processes that still work there when they have had time to end; they are ended."""
    last = time.monotonic() + GRACE
    while (found := inside(root)) and time.monotonic() < last:
        time.sleep(0.2)
    for process in found:
        os.kill(process, signal.SIGKILL)
    return len(found)


def _figures(found: Sequence[Found], seconds: float) -> list[Figure]:
    def count(which: Callable[[Found], object]) -> tuple[int]:
        return (sum(bool(which(one)) for one in found),)

    of, ended = (Counter((one.engine, one.kind) for one in found if not one.code or whole) for whole in (True, False))
    by_kind = [
        Figure(f"{kind}; log: {engine}; {ended[engine, kind]} completed", (number,), "faults")
        for (engine, kind), number in sorted(of.items())
    ]
    return [
        Figure("faults", (len(found),), "faults", 100, "at least"),
        Figure(
            "faults with a wrong file, at once or after running again", count(lambda one: one.wrong), "faults", 0, "exactly"
        ),
        Figure("failures not told in our words", count(lambda one: one.untold), "faults", 0, "exactly"),
        Figure("failures with a report that looked current", count(lambda one: one.looked_current), "faults", 0, "exactly"),
        Figure(f"faults with processes left {GRACE} s later", count(lambda one: one.left), "faults", 0, "exactly"),
        Figure("passing files left after the last runs, Jupyter's among them", (sum(one.files for one in found),), "files"),
        *by_kind,
        Figure("time taken", (seconds / 60,), "minutes"),
    ]


if __name__ == "__main__":
    sys.exit(main())
