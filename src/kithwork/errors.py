"""The one error an analyst sees: what happened, where, what was found, what to do.

Whatever goes wrong in a client's files or settings is collected as `Problem`s and raised once as a `UserError`.
Neither Jupyter nor the pipeline shows a traceback for it. Faults of our own stay ordinary exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN = 3
"""Problems spelled out in a message; the rest are counted, and listed in `UserError.problems`."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place.

    `row` is the line of the file as an editor numbers it (the header is line 1), or None where the whole file is meant.
    """

    what: str
    file: str
    do: str
    found: str = ""
    row: int | None = None
    column: str | None = None

    @property
    def place(self) -> str:
        """`people.csv, row 12, column level`, leaving out what does not apply."""
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        found = f" (found: {self.found})" if self.found else ""
        return f"{self.place}: {self.what}{found}. {self.do}"


class UserError(Exception):
    """Every problem found in one pass, for the person who can mend them."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        more = len(self.problems) - SHOWN
        if more > 0:
            lines.append(f"and {more} more like these")
        return "\n".join(lines)

    def _render_traceback_(self) -> list[str]:
        """What IPython prints in place of a traceback."""
        return [f"kithwork stopped: {line}" if i == 0 else line for i, line in enumerate(str(self).splitlines())]


def nearest(word: str, known: Iterable[str]) -> str:
    """A remedy that names the closest known spelling, or else all that is known."""
    known = sorted(known)
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Did you mean '{close[0]}'?" if close else f"Known: {', '.join(known)}."
