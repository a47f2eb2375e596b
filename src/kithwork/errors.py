"""The one error an analyst sees: what happened, where, what was found, what to do.

Whatever goes wrong in a client's files or settings is collected as `Problem`s and raised once as a `UserError`.
Neither Jupyter nor the pipeline shows a traceback for it. Faults of our own stay ordinary exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN = 20
"""Kinds of fault spelled out in a message; the rest are counted, and listed in `UserError.problems`."""

NAMED = 3
"""Problems spelled out one by one, whatever their kind; of more, the rows and columns named beside a kind's first."""


UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Signs that no terminal shows as they are."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place.

    `row` is the line of the file as an editor numbers it (the header is line 1), or None where the whole file is meant.
    `unlisted` counts others of its kind that were counted and not kept word by word.
    """

    what: str
    file: str
    do: str
    found: str = ""
    row: int | None = None
    column: str | None = None
    unlisted: int = 0

    @property
    def place(self) -> str:
        """`people.csv, row 12, column level`, leaving out what does not apply."""
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    @property
    def kind(self) -> Hashable:
        """What problems of one kind share: what is wrong in rows of one file, whatever number or place the words name.

        What is wrong with no single row is a kind of its own.
        """
        return self if self.row is None else (self.file, re.sub(r"\brow \d.*|\d+", "", self.what))

    def __str__(self) -> str:
        return self.along_with([])

    def along_with(self, others: Sequence[Problem]) -> str:
        """The problem in full, with the count and the first rows of others of its kind, and other columns of theirs."""
        found = f" (found: {self.found})" if self.found else ""
        rows = _first(f"{one.row}" for one in others)
        columns = _first(one.column for one in others if one.column not in (None, self.column))
        where = f"row {rows}" + (f"; column {columns}" if columns else "")
        count = len(others) + sum(one.unlisted for one in (self, *others))
        more = f", and {count:,} more ({where})" if others else ""
        return visible(f"{self.place}{more}: {self.what}{found}. {self.do}")


def visible(words: str) -> str:
    """Words of a client on one line: signs that would move a terminal's cursor or change its colours, as their codes."""
    return UNSEEN.sub(lambda sign: ascii(sign[0])[1:-1], words)


def _first(words: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(words))
    return ", ".join([*distinct[:NAMED], *(["…"] if len(distinct) > NAMED else [])])


def by_kind(problems: Iterable[Problem]) -> list[str]:
    """A line for each kind of fault in each file, in the order met: no more than `SHOWN`, and one that counts the rest."""
    problems, kinds = list(dict.fromkeys(problems)), {}
    for one in problems:
        kinds.setdefault(one.kind if len(problems) > NAMED else one, []).append(one)
    lines = [first.along_with(others) for first, *others in kinds.values()]
    hidden = list(kinds.values())[SHOWN:]
    if hidden:
        count, files = sum(1 + one.unlisted for kind in hidden for one in kind), _first(kind[0].file for kind in hidden)
        lines[SHOWN:] = [f"and {count:,} faults of {len(hidden):,} more kinds, in {files}"]
    return lines


class UserError(Exception):
    """Every problem found in one pass, for the person who can mend them."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__(str(self))

    def __str__(self) -> str:
        return "\n".join(by_kind(self.problems))

    def _render_traceback_(self) -> list[str]:
        """What IPython prints in place of a traceback."""
        return [f"kithwork stopped: {line}" if i == 0 else line for i, line in enumerate(str(self).splitlines())]


def nearest(word: str, known: Iterable[str]) -> str:
    """A remedy that names the closest known spelling, or else all that is known."""
    known = sorted(known)
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Did you mean '{close[0]}'?" if close else f"Known: {', '.join(known)}."
