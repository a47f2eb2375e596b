"""What an engine refuses, told as a `Problem` that can be mended: it is away, slow, full, without a right or a driver.

PostgreSQL says what is wrong by a code ("PostgreSQL Error Codes", SQLSTATE); other engines by words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kithwork.errors import Problem

if TYPE_CHECKING:
    from kithwork.engines.engine import Engine

SHOWN = 120
"""Characters of what an engine says that a message repeats."""

WRITING = "cannot be worked on"
"""What is told of an engine that fails while it makes a table."""

HIDDEN, OVERDUE, FULL, CROWDED = "42501", "57014", "53100", "53200"
"""PostgreSQL's codes for what needs a privilege, what it ended by itself, a full disk and want of memory."""

LINE_LOST = re.compile(
    r"server closed the connection|connection (is|was) (lost|closed|terminated|already closed)|terminating connection"
    r"|SparkContext (was|has been) shut ?down|stopped SparkContext|All masters are unresponsive"
    r"|Master removed our application"
    r"|StatusCode\.UNAVAILABLE|SESSION_CLOSED|Connection (refused|reset)|EOF detected",
    re.IGNORECASE,
)
WORKER_LOST = re.compile(r"ExecutorLostFailure|Worker (was )?lost|FetchFailed|executor \S+ exited", re.IGNORECASE)
RISING = re.compile(r"system is (starting up|shutting down|in recovery)|not yet accepting connections", re.IGNORECASE)
NO_ROOM = re.compile(r"no space left on device|disk quota exceeded", re.IGNORECASE)
NO_RIGHT = re.compile(r"permission denied|INSUFFICIENT_PERMISSIONS|access denied|insufficient privileges", re.IGNORECASE)

AWAY = "FATAL:"
"""What stands before the reason where a server that answers lets nobody in."""

AGAIN = "then run again: nothing half-made was kept."


def problem(engine: Engine, error: Exception, doing: str) -> Problem:
    """What to tell of what an engine raised while it was asked for something."""
    code, words, said = getattr(error, "sqlstate", None) or "", str(error), _said(engine, error)
    if engine.stopped.is_set() or code == OVERDUE:
        do = "Try again when it is less busy, or allow more: `seconds` under options, or behind the `?` of `engine`."
        return Problem("gives no answer", engine.name, do, f"nothing after {engine.seconds} s")
    if isinstance(error, ImportError):
        do = f"Install kithwork with its `{engine.extra}` extra, which brings it: `pip install -e '.[{engine.extra}]'`."
        return Problem("needs a driver that is not installed", engine.name, do, said)
    if code == HIDDEN or NO_RIGHT.search(words):
        return _forbidden(engine, doing, said)
    if code == FULL or (not engine.path and NO_ROOM.search(words)):
        return Problem("has no room left on its disk", engine.name, f"Ask for room there, {AGAIN}", said)
    if code == CROWDED:
        return Problem("has no memory left", engine.name, f"Try when it is less busy, {AGAIN}", said)
    if WORKER_LOST.search(words):
        do = f"See the cluster's own log, give its workers more memory, {AGAIN}"
        return Problem("loses the workers that were to do it", engine.name, do, said)
    if RISING.search(words):
        do = f"Wait until it is up, {AGAIN}"
        return Problem("is starting up or shutting down", engine.name, do, said.split(AWAY)[-1].strip())
    if not engine.path and AWAY in words and "connection" in words.split(AWAY)[0]:
        do = "See the user and the database; a password comes from PGPASSWORD or libpq's password file."
        return Problem("turns us away", engine.name, do, said.split(AWAY)[-1].strip())
    if doing == WRITING and LINE_LOST.search(words):
        return Problem("breaks off while it is worked on", engine.name, f"See whether it is up, {AGAIN}", said)
    do = "Export it again." if engine.path else "See whether the server is up and the address right, then run again."
    return Problem(doing, engine.name, do, said)


def _forbidden(engine: Engine, doing: str, said: str) -> Problem:
    if doing != WRITING or re.search(r"for (table|view|materialized view|relation|sequence)\b", said):
        return Problem("may not be read", engine.name, "Ask its owner for the right to SELECT from it.", said)
    do = "Ask its owner for a schema of your own, named as `?schema=`, and for TEMPORARY on the database."
    return Problem("may not be written into", engine.name, do, said)


def _said(engine: Engine, error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].replace(str(engine.path), engine.name)[:SHOWN]
