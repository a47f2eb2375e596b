"""What a person reads when a run fails: notebook, heading, what happened, what to do, the half-run notebook.

At most ten lines, and no traceback unless KITHWORK_TRACEBACK is set.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from kithwork import mishaps, params
from kithwork.errors import UserError
from kithwork.store import NotMade

ASK = "KITHWORK_TRACEBACK"
LINES = 8
"""Lines of a message; what runs the stages adds one or two of its own."""
WIDTH = 300
"""Characters of one line; longer ones are cut."""
STEERING = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|[\x00-\x08\x0a-\x1f\x7f-\x9f]")
"""What colours a terminal or moves its cursor; a client's cell may hold it as well as an exception."""


PLAIN = (UserError.__name__, NotMade.__name__)
"""Exceptions whose words are for people as they stand."""

INTERRUPTED = 130
"""Exit status of what was stopped by Ctrl-C, as shells give it."""


class Stopped(Exception):  # noqa: N818 (an outcome, told to people; not a fault of ours)
    """A cell failed; the message is for people."""


def of_cell(notebook: str, heading: str, name: str, value: str, half_run: str, traceback: Iterable[str] = ()) -> str:
    """The message for a cell that failed with the exception `name: value`."""
    refused = mishaps.problem(name, value, params.ROOT)
    if name in PLAIN:
        happened, remedy = value.splitlines(), []
    elif refused:
        happened, remedy = [str(refused)], []
    elif name == KeyboardInterrupt.__name__:
        happened, remedy = ["It was interrupted before it had ended.", "Run the same again: nothing half-done is kept."], []
    else:
        first = value.strip().splitlines()
        happened = [f"{name}: {first[0]}" if first else name]
        remedy = ["Run that cell in JupyterLab (make lab) to look into it: only this study's data are needed."]
    told = _cut([f"Stopped in {notebook}, under '{heading}'.", *happened, *remedy])
    told.append(f"As far as it ran: {half_run}")
    if os.environ.get(ASK):
        told += [STEERING.sub("", line) for part in traceback for line in part.splitlines()]
    elif name not in PLAIN and not refused:
        told[-1] += f"   (full traceback: {ASK}=1 make report)"
    return "\n".join(told)


def of_settings(error: UserError) -> str:
    """The message for what is wrong before a notebook runs."""
    return "\n".join(_cut(["kithwork stopped.", *str(error).splitlines()]))


def _cut(lines: list[str]) -> list[str]:
    lines = [STEERING.sub("", line) for line in lines]
    short = [line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…" for line in lines]
    if len(short) >= LINES:
        more = len(short) - (LINES - 2)
        short[LINES - 2 :] = [f"and {more} lines more; `kithwork check <study>` shows those of settings and files"]
    return short
