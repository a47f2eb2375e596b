"""Corrections as data: single cells of the client's files that a person put right, each with what stood there and why.

`data/raw/<engagement>/decided/corrections.csv` has the columns `file`, `row`, `column`, `was`, `becomes` and `why`. A
cell is named as messages name it: its file, its line (the header being line 1) and the client's own column, or the field
where the format has no columns. A correction whose expectation is not met, as after the source itself was mended, is an
error and never passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kithwork.errors import Problem, UserError
from kithwork.readers.parts.rows import Rows
from kithwork.tables import CORRECTIONS

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("file", "row", "column", "was", "becomes", "why")
FILE = "decided/corrections.csv"
ROW = re.compile(r"[1-9][0-9]{0,11}")


@dataclass(frozen=True)
class Correction:
    """One cell put right; `line` is where in corrections.csv it stands."""

    line: int
    file: str
    row: int
    column: str
    was: str
    becomes: str
    why: str


@dataclass
class Corrections:
    """All corrections of an engagement, to be applied to its files batch by batch; `name` is what messages call their
    file."""

    name: str
    entries: list[Correction]
    applied: Counter[Correction] = field(default_factory=Counter)

    def correct(self, batches: Iterable[Rows]) -> Iterator[Rows]:
        """The batches with their cells put right. Raises `UserError` where a cell holds another thing than expected."""
        for rows in batches:
            mine = self.of(rows.file)
            yield self._corrected(rows, mine) if mine else rows

    def of(self, file: str) -> list[Correction]:
        """Those that speak of a file."""
        return [one for one in self.entries if f"/{file}".endswith(f"/{one.file}")]

    def _corrected(self, rows: Rows, mine: list[Correction]) -> Rows:
        import numpy as np

        frame, problems = rows.frame.copy(), []
        lines = np.asarray(rows.frame.index if rows.lines is None else rows.lines)
        for one in mine:
            for at in np.flatnonzero(lines == one.row):
                held = {name: str(rows.frame[name].iloc[at]) for name in _fields(rows, one.column, int(at))}
                if not held:
                    continue
                name = next((name for name, text in held.items() if text == one.was), None)
                self.applied[one] += 1
                if name is None:
                    problems.append(self._unmet(one, "is not what stands there", " / ".join(held.values())))
                else:
                    frame.iloc[at, frame.columns.get_loc(name)] = one.becomes
        if problems:
            raise UserError(problems)
        return replace(rows, frame=frame)

    def _unmet(self, one: Correction, what: str, found: str) -> Problem:
        told = f"{one.file}, row {one.row}, column {one.column}"
        do = f"It speaks of {told}. Correct the line, or take it out where the source was mended."
        return Problem(what, self.name, do, found[:40], one.line, "was")

    def finish(self) -> pd.DataFrame:
        """The corrections made, as the table CORRECTIONS. Raises `UserError` naming those that met no cell."""
        import pandas as pd

        missed = [one for one in self.entries if not self.applied[one]]
        if missed:
            raise UserError(self._unmet(one, "meets no such file, row and column", "") for one in missed)
        made = [(one.file, one.row, one.column, one.why) for one in self.entries]
        return CORRECTIONS.checked(pd.DataFrame(made, columns=list(CORRECTIONS.columns)))


def _fields(rows: Rows, column: str, at: int) -> list[str]:
    """The fields of a record that a column fills: its own column fills those that the header does not."""
    if rows.cells is not None and rows.cells[at] == column:
        return [name for name in rows.frame if name not in rows.header]
    return [name for name in rows.frame if rows.header.get(name, name) == column]


def listed(rows: list[tuple[int, dict[str, str]]], name: str) -> Corrections:
    """The corrections in these lines of corrections.csv. Raises `UserError` with every line at fault."""
    entries, problems, seen = [], [], {}
    for line, cells in rows:
        number = cells["row"].strip()
        if not ROW.fullmatch(number):
            do = "Write the line of the file, the header being 1."
            problems.append(Problem("is not a line number", name, do, number[:40], line, "row"))
            continue
        empty = [column for column in ("file", "column", "why") if not cells[column].strip()]
        problems += [Problem("is empty", name, "Fill it in, or take the line out.", "", line, column) for column in empty]
        one = Correction(line, cells["file"], int(number), cells["column"], cells["was"], cells["becomes"], cells["why"])
        first = seen.setdefault((one.file, one.row, one.column), line)
        if first != line:
            do = f"Keep one of the two: row {first} is of the same cell."
            problems.append(Problem("corrects a cell a second time", name, do, "", line, "column"))
        entries.append(one)
    if problems:
        raise UserError(problems)
    return Corrections(name, entries)
