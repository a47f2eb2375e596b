"""What a machine refuses, told as a `Problem` that can be mended: no room, no right, no memory, no such package, no line to
the engine that records lie at.

An exception comes as itself, or from a notebook's kernel as its name and words: both are read the same way.
"""

from __future__ import annotations

import errno
import re
import sys
from io import TextIOWrapper
from pathlib import Path

from kithwork.engines import refusals
from kithwork.errors import Problem

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
MEMORY = {"MemoryError", "_ArrayMemoryError", "ArrowMemoryError", "OutOfMemoryException"}
MUTE = {"DeadKernelError", "CellExecutionError"}
"""A kernel that is gone, and one that had no memory left to say what failed."""
PACKAGE = {"ModuleNotFoundError"}
ENGINE = re.compile("OperationalError|InterfaceError|(Admin|Crash)Shutdown|Py4J|Spark|Connection(Refused|Reset)Error")
"""What the drivers of PostgreSQL and Spark raise where the line is lost."""

NO_MEMORY = re.compile(
    "cannot allocate memory|failed to map segment|can't start new thread|bad_alloc|unable to allocate|out of memory", re.I
)
NO_ROOM = re.compile("no space left on device|disk quota exceeded|disk is full|file too large", re.I)
"""How libraries that name neither an exception of their own nor a number say it."""

NUMBERED = re.compile(r"\[errno (\d+)\]", re.IGNORECASE)
QUOTED = re.compile(r"'([^']+)'")

AGAIN = "run the same again: it goes on from the last stage that was finished"


def speak_in_any_alphabet() -> None:
    """Lets a sign that the terminal has no letter for be shown as ?, where it would stop the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def of(error: BaseException, folder: Path) -> Problem | None:
    """What to tell of an exception met in a study's folder; nothing where it is none of the machine's."""
    return problem(type(error).__name__, str(error), folder)


def problem(name: str, words: str, folder: Path) -> Problem | None:
    """What to tell of an exception of this name and these words; nothing where it is none of the machine's."""
    do = f"Close other programs and notebooks, or go to a machine with more memory; then {AGAIN}."
    if name in MUTE:
        return Problem("ended without a word, most often for want of memory", "the notebook's kernel", do)
    if name in MEMORY or NO_MEMORY.search(words):
        return Problem("needs more memory than there is", "this computer", do, _said(words))
    if name in PACKAGE:
        do = "Run `make setup`, and begin with `make …` or `. .venv/bin/activate`."
        return Problem("lacks a package", sys.prefix, do, _quoted(words) or _said(words))
    number = int(found[1]) if (found := NUMBERED.search(words)) else None
    place = _within(_quoted(words), folder)
    if number in FULL or NO_ROOM.search(words):
        do = f"Make room (`dvc gc --workspace` removes what earlier runs left), then {AGAIN}."
        return Problem("cannot be written: the disk is full, or your share of it", place, do, _room(folder))
    if number in FORBIDDEN:
        do = f"Give yourself the right to (chmod -R u+rwX), or copy the project into a folder of your own; then {AGAIN}."
        return Problem("may not be read or written by you", place, do)
    if ENGINE.match(name) and (refusals.LINE_LOST.search(words) or refusals.WORKER_LOST.search(words)):
        do = f"See whether it and its workers are up, {refusals.AGAIN}"
        return Problem("breaks off while it is worked on", "what `engine` names", do, _said(words))
    return None


def _quoted(words: str) -> str:
    found = QUOTED.search(words)
    return found[1] if found else ""


def _within(path: str, folder: Path) -> str:
    """A path as messages call it: from the study's folder on where it lies there; that folder where there is none."""
    return path.removeprefix(f"{folder}/") if path else str(folder)


def _said(words: str) -> str:
    return words.strip().partition("\n")[0][:120]


def _room(folder: Path) -> str:
    """How much is free, where results and where passing files lie: one of the two is full."""
    import shutil
    import tempfile

    places = dict.fromkeys([str(folder), tempfile.gettempdir()])
    return ", ".join(f"{shutil.disk_usage(place).free / 2**20:,.0f} MB free in {place}" for place in places)
