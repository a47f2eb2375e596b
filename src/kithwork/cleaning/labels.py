"""What people said outright of the kinds of single ties: volunteers of their own, an analyst of anybody's.

`labels.csv` holds a tie a line: `person`, `colleague`, and under `personal`, `functional` and `strategic` yes or no, or
nothing where it stays open. `kithwork volunteers` writes the list to fill in. `overruled.csv` holds an analyst's last word,
whatever else is known: `person`, `colleague`, `kind`, `is` (yes or no) and `why`. Both lie in
`data/raw/<engagement>/decided/`; people are named as in any file. Lines of people who opted out are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pandas as pd

from kithwork.cleaning.consent import WITHDRAWS, Consent
from kithwork.cleaning.known import TWO_PEOPLE, Known
from kithwork.errors import Problem, UserError, nearest
from kithwork.setting import KINDS
from kithwork.tables import ANALYST, EGO, LABELS

FILES = {
    "decided/labels.csv": ("person", "colleague", *KINDS),
    "decided/overruled.csv": ("person", "colleague", "kind", "is", "why"),
}
"""The two files, and the columns of each that are read."""
YES_OR_NO = {"yes": 1, "no": 0}

Lines = list[tuple[int, dict[str, str]]]
"""Lines of a file with their numbers, cells by column."""


class Word(NamedTuple):
    """One cell that says of what kind a tie is, and where it stands."""

    file: str
    line: int
    column: str
    person: str
    colleague: str
    kind: str
    says: str
    by: str


def words(asked: Lines, overruled: Lines, folder: str) -> list[Word]:
    """Every cell of the lines of either file that says something; `folder` is where messages say they lie."""
    places = [f"{folder}/{name}" for name in FILES]
    return [*_of_volunteers(asked, places[0]), *_of_analysts(overruled, places[1])]


def _of_volunteers(lines: Lines, file: str) -> Iterator[Word]:
    for line, cells in lines:
        for kind in KINDS:
            if cells[kind].strip():
                yield Word(file, line, kind, cells["person"], cells["colleague"], kind, cells[kind], EGO)


def _of_analysts(lines: Lines, file: str) -> Iterator[Word]:
    for line, cells in lines:
        yield Word(file, line, "is", cells["person"], cells["colleague"], cells["kind"], cells["is"], ANALYST)


def labels(said: list[Word], known: Known, agreed: Consent, pseudonym: Callable[[str], str]) -> pd.DataFrame:
    """The table `labels`. Raises `UserError` with every word at fault: nothing that a person decided is passed over."""
    out = {side: agreed.of(WITHDRAWS["nominations"][side]) for side in ("ego", "alter")}
    found: dict[tuple[str, str, str, str], tuple[int, Word]] = {}
    problems: list[Problem] = []
    ends = known.resolve(pd.Series([end for word in said for end in (word.person, word.colleague)], dtype="str"), "person")
    for word, ego, alter in zip(said, ends[::2], ends[1::2], strict=True):
        kind, says = (text.strip().casefold() for text in (word.kind, word.says))
        if fault := _fault(word, ego, alter, kind, says):
            problems.append(fault)
            continue
        if ego in out["ego"] or {ego, alter} & out["alter"]:
            continue
        pair = tuple(map(pseudonym, (ego, alter)))
        pair = pair if word.by == EGO else tuple(sorted(pair))
        before = found.setdefault((*pair, kind, word.by), (YES_OR_NO[says], word))
        if before[0] != YES_OR_NO[says]:
            do = f"Keep one of the two: row {before[1].line} says {before[1].says.strip()}."
            problems.append(Problem("contradicts an earlier line", word.file, do, word.says, word.line, word.column))
    if problems:
        raise UserError(problems)
    rows = [(*key, is_so) for key, (is_so, _) in found.items()]
    return LABELS.checked(pd.DataFrame(rows, columns=list(LABELS.columns)))


def _fault(word: Word, ego: object, alter: object, kind: str, says: str) -> Problem | None:
    for column, written, person in (("person", word.person, ego), ("colleague", word.colleague, alter)):
        if not isinstance(person, str) or person == TWO_PEOPLE:
            what = "is two people of the staff list" if person == TWO_PEOPLE else "is not on the staff list"
            return Problem(what, word.file, "Write the person's id as the staff list has it.", written, word.line, column)
    if ego == alter:
        do = "Name two people, or take the line out."
        return Problem("is a tie of a person to itself", word.file, do, word.colleague, word.line, "colleague")
    if kind not in KINDS:
        return Problem("is not a kind of tie", word.file, nearest(kind, KINDS), word.kind, word.line, "kind")
    if says not in YES_OR_NO:
        do = "Write yes or no" + (", or leave the cell empty." if word.by == EGO else ", or take the line out.")
        return Problem("is neither yes nor no", word.file, do, word.says, word.line, word.column)
    return None
