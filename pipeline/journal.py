"""What one run does: the stages that it may have to run, and each of them as it ends, written by the stages themselves.

Stages are processes that dvc starts, one after another or side by side; the file that KITHWORK_JOURNAL names is what they
share with whoever started the run. Without that name nothing is written, and stages tell of themselves alone.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMED_BY = "KITHWORK_JOURNAL"


def begin(path: Path, planned: Iterable[str]) -> None:
    """Start a journal, and have the stages of this run write into it. `planned`: the most that it may have to run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_line({"planned": list(planned), "began": time.time()}), encoding="utf-8")
    os.environ[NAMED_BY] = str(path)


def end() -> list[dict[str, Any]]:
    """Close the journal; what the stages wrote, in the order in which they ended: `stage`, `seconds`, `done`."""
    entries = _entries()[1:]
    os.environ.pop(NAMED_BY, None)
    return entries


@contextmanager
def entry(stage: str) -> Iterator[None]:
    """Write a stage down when it ends, well or not."""
    began, done = time.monotonic(), False
    try:
        yield
        done = True
    finally:
        if is_kept():
            line = _line({"stage": stage, "seconds": round(time.monotonic() - began, 1), "done": done})
            with open(os.environ[NAMED_BY], "a", encoding="utf-8") as file:
                file.write(line)


def place(stage: str) -> str:
    """Where a stage that runs stands in its run, `1 of at most 9, 1:05`; nothing outside of one."""
    entries = _entries()
    if not entries:
        return ""
    planned, ended = {*entries[0]["planned"]} | {stage}, {one["stage"] for one in entries[1:]}
    return f"{len((ended & planned) - {stage}) + 1} of at most {len(planned)}, {so_far()}"


def left() -> int:
    """How many of the planned stages may still run. Where the report of a study has ended, those before it have nothing to
    do: dvc left them as they were.
    """
    entries = _entries()
    ended = {one["stage"] for one in entries[1:]}
    settled = {study for stage, _, study in (name.partition("@") for name in ended) if stage in ("report", "publish")}
    waiting = {*entries[0]["planned"]} - ended
    return sum(name.startswith("publish@") or name.partition("@")[2] not in settled for name in waiting)


def so_far() -> str:
    """How long the run has taken, `1:05`."""
    return clock(time.time() - _entries()[0]["began"])


def is_kept() -> bool:
    """Whether this process is a stage of a run that keeps a journal."""
    return NAMED_BY in os.environ


def clock(seconds: float) -> str:
    """Minutes and seconds, `1:05`."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _entries() -> list[dict[str, Any]]:
    try:
        lines = Path(os.environ.get(NAMED_BY, "")).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    return [json.loads(line) for line in lines]


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content) + "\n"
