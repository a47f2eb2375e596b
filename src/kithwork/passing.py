"""Folders for what a process needs for a while: gone with it, and where it was killed, with the next that needs one.

A folder is held by a lock on it, which the system lets go of when its process ends, however that was (Linux manual,
"flock(2)"). One that nobody holds was left behind. Systems without such locks keep what killed processes leave.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None

PREFIX = "kithwork-passing-"

_held: dict[Path, int] = {}


def made() -> Path:
    """A new folder, until `removed`."""
    if fcntl is None:
        return Path(tempfile.mkdtemp(prefix=PREFIX))
    sweep()
    while True:
        path = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(FileNotFoundError):  # swept by another before it was held
            line = os.open(path, os.O_RDONLY)
            fcntl.flock(line, fcntl.LOCK_EX)
            if path.exists():
                _held[path] = line
                return path
            os.close(line)


def removed(path: Path) -> None:
    """Remove such a folder with all that is in it."""
    shutil.rmtree(path, ignore_errors=True)
    if path in _held:
        os.close(_held.pop(path))


@contextmanager
def folder() -> Iterator[Path]:
    """Such a folder for a while."""
    path = made()
    try:
        yield path
    finally:
        removed(path)


def sweep() -> None:
    """Remove the folders that ended processes left."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*") if fcntl else ():
        with suppress(OSError):  # held by a process at work, another user's, or gone
            line = os.open(path, os.O_RDONLY)
            try:
                fcntl.flock(line, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(line)
