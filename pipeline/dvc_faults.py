"""What keeps dvc itself from running, in words for people: another run, a lock that is broken, a project without `.dvc`."""

from __future__ import annotations

import re
from typing import Any

from dvc.exceptions import NotDvcRepoError
from dvc.lock import LockError
from dvc.rwlock import RWLockFileCorruptedError, RWLockFileFormatError

from kithwork import mishaps, params
from kithwork.errors import Problem

LOCK, BROKEN = ".dvc/tmp/lock", ".dvc/tmp/rwlock"
AGAIN = "run this again"
ENDED = re.compile(r"exited with (-\d+|137)$")
"""How dvc tells of a stage that a signal ended, or the shell that it was called by."""


def told(cause: BaseException, log: str) -> Problem:
    """What to tell where dvc could not run; `log` is where it wrote what it did."""
    said = " ".join(str(cause).split())
    if isinstance(cause, LockError):
        do = f"Let it finish, then {AGAIN}. If none is (`ps aux | grep dvc`), remove {LOCK} and {BROKEN}."
        return Problem("is held: another run of dvc is under way", LOCK, do, _blocking(said))
    if isinstance(cause, RWLockFileCorruptedError | RWLockFileFormatError):
        do = f"Remove that file, and {AGAIN}: it only notes which runs are under way."
        return Problem("is broken, as after a disk that was full", BROKEN, do)
    if isinstance(cause, NotDvcRepoError):
        do = "Take it back: git checkout .dvc (or without git: dvc init --no-scm)."
        return Problem("is missing", ".dvc", do)
    if was_ended(cause):
        do = f"Close other programs and notebooks, or go to a machine with more memory; then {mishaps.AGAIN}."
        return Problem("was ended from outside, most often for want of memory", "the stage under way", do, said)
    refused = mishaps.of(cause, params.ROOT) or (cause.__cause__ and mishaps.of(cause.__cause__, params.ROOT))
    return refused or Problem("cannot be run", "dvc.yaml", f"Mend that; {log} says more.", found=said)


def was_ended(cause: BaseException) -> bool:
    """Whether a stage was killed, and so could not tell of it itself."""
    return bool(ENDED.search(str(cause)))


def _blocking(said: str) -> str:
    """Who holds it, where dvc says so."""
    return said[said.index("(PID") :].partition(" If there")[0] if "(PID" in said else ""


def without_git() -> dict[str, Any] | None:
    """What dvc must be told where the project is no repository of git, which it would else refuse."""
    return None if (params.ROOT / ".git").exists() else {"core": {"no_scm": True}}
