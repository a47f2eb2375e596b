"""Reads a Qualtrics survey export: CSV with three header rows and one line per respondent.

Row 1 holds question codes, row 2 question texts, row 3 `{"ImportId": …}` as JSON (Qualtrics, Support: "Understanding Your
Dataset"). One file serves `answers`, `nominations` and `comments`. A respondent is `RecipientEmail`, else
`ExternalReference`. Responses of a preview or test are left out; unfinished ones are kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from kithwork.errors import Problem, UserError
from kithwork.params import Reader
from kithwork.readers import csvfile
from kithwork.readers.given import Given
from kithwork.readers.rows import Left, Record, Rows, in_batches

SOURCES = ("answers", "nominations", "comments")
TAKES = ("encoding", "timezone")

ITEM = re.compile(r"V(10|[1-9])[abc]|CC[1-3]|CE[1-3]|AP[12]|MS[12]|PV[12]|AW|DE|KN|AB|RE|PS[1-4]|PE[1-4]|S7")
"""Codes of the questionnaire's items."""

NAMED = re.compile(r"(GF|GS)_[1-8]|(GP|GM)_[1-5]")
"""Columns that name somebody, each in one relation."""

ALTER = re.compile(r"A(\d+)")
"""Columns that hold the distinct alters; `<number>_T1` holds what was ticked of each."""

TICKED = re.compile(r"\d+_T1")
TICKS = {"1": "friends", "2": "jobs", "3": "widens"}
"""Relations by the code of their tick."""

COMMENT = re.compile(r"(M[123])_[1-3]")
"""Columns of words in the respondent's own hand, three to a prompt."""

RESPONDENT = ("RecipientEmail", "ExternalReference")
SILENT = ("", "-99", "-98")
"""Cells that hold no answer: empty, seen but unanswered, cannot say."""

TRIALS = ("1", "2", "9", "17", "Survey Preview", "Survey Test", "Spam Survey Preview", "Offline Survey Preview")
"""`Status` of responses that a survey's makers gave while trying it."""

Cell = tuple[str, dict[str, str] | None]
"""A column, and what it says of this source; nothing where it holds no answer."""


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The records of one source in a Qualtrics export. Raises `UserError`."""
    header = {FIRST[source]: " or ".join(RESPONDENT)}
    return in_batches(source, given.name, _found(source, spec, given), header)


def _found(source: str, spec: Reader, given: Given) -> Iterator[Record | Left]:
    name = given.name
    text, _ = csvfile.decoded(given.read(), spec.encoding, name)
    lines, rows = csvfile.split(text, name)
    codes = [cell.strip() for cell in rows[0]]
    _three_headers(lines, rows, name)
    used, respondent = _used(source, codes, name)
    body = csvfile.filled(list(zip(lines[3:], rows[3:], strict=True)), len(codes), name)
    responses = [(line, dict(zip(codes, (cell.strip() for cell in row), strict=True))) for line, row in body]
    real = [(line, cells) for line, cells in responses if cells.get("Status") not in TRIALS]
    _known_ticks(real, used, name)
    if len(responses) > len(real):
        yield Left("responses of a preview or test", len(responses) - len(real))
    for line, cells in real:
        person = next((cells[code] for code in respondent if cells[code]), "")
        for column, record in READS[source](cells, used):
            if record is None:
                yield Left("cells without an answer")
            else:
                yield Record(line, {FIRST[source]: person, **record}, column)


def _three_headers(lines: list[int], rows: list[list[str]], name: str) -> None:
    """That the third row is of import ids. Raises `UserError`."""
    third = rows[2] if len(rows) > 2 else []
    other = next((cell for cell in third if not _import_id(cell)), None)
    if not third or other is not None:
        found = "no third row" if other is None else other[:40]
        row = lines[2] if third else None
        do = "Export it from Qualtrics as CSV, and leave its three header rows as they are."
        raise UserError(Problem('has no {"ImportId": …} in its third header row', name, do, found, row))


def _import_id(cell: str) -> bool:
    try:
        return "ImportId" in json.loads(cell)
    except (ValueError, TypeError, RecursionError):
        return False


def _used(source: str, codes: list[str], name: str) -> tuple[list[str], list[str]]:
    """The columns that hold records of this source, and those that say whose. Raises `UserError`."""
    used = [code for code in codes if any(form.fullmatch(code) for form in COLUMNS[source])]
    respondent = [code for code in RESPONDENT if code in codes]
    twice = sorted({code for code in (*used, *respondent, "Status") if codes.count(code) > 1})
    problems = [
        Problem("stands twice in the header", name, "Rename or drop one of the two.", "", 1, code) for code in twice
    ]
    if not respondent:
        do = "Export it with the respondents' e-mail addresses or external references."
        problems.append(Problem("is not in the header", name, do, row=1, column=" or ".join(RESPONDENT)))
    if not used:
        do = f"Export the whole questionnaire, or take sources.{source} out of params.yaml."
        problems.append(Problem(f"has no column of {source}", name, do, f"{len(codes)} other columns", 1))
    if problems:
        raise UserError(problems)
    return used, respondent


def _answers(cells: dict[str, str], used: list[str]) -> Iterator[Cell]:
    for code in used:
        yield code, None if cells[code] in SILENT else {"item": code, "value": cells[code]}


def _comments(cells: dict[str, str], used: list[str]) -> Iterator[Cell]:
    for code in used:
        yield code, None if cells[code] in SILENT else {"prompt": code.partition("_")[0], "text": cells[code]}


def _nominations(cells: dict[str, str], used: list[str]) -> Iterator[Cell]:
    for code in used:
        if NAMED.fullmatch(code):
            yield code, None if cells[code] in SILENT else {"alter": cells[code], "relation": code.partition("_")[0]}
        elif ALTER.fullmatch(code):
            yield from _ticked(cells[code], f"{code[1:]}_T1", cells)


def _ticked(alter: str, column: str, cells: dict[str, str]) -> Iterator[Cell]:
    for tick in _ticks(cells.get(column, "")):
        named = "" if alter in SILENT else alter
        yield column, None if tick in SILENT else {"alter": named, "relation": TICKS[tick]}


def _ticks(cell: str) -> list[str]:
    return [tick.strip() for tick in cell.split(",")]


def _known_ticks(responses: list[tuple[int, dict[str, str]]], used: list[str], name: str) -> None:
    """That what was ticked of alters has a meaning here. Raises `UserError`."""
    columns = [code for code in used if TICKED.fullmatch(code)]
    do = f"Known: {', '.join(TICKS)}. Export the numeric values, not the words of the choices."
    problems = [
        Problem("holds a tick that is not known", name, do, cells[column][:40], line, column)
        for line, cells in responses
        for column in columns
        if not set(_ticks(cells[column])) <= {*TICKS, *SILENT}
    ]
    if problems:
        raise UserError(problems)


READS: dict[str, Callable[[dict[str, str], list[str]], Iterator[Cell]]] = {
    "answers": _answers,
    "nominations": _nominations,
    "comments": _comments,
}
COLUMNS = {"answers": (ITEM,), "nominations": (NAMED, ALTER, TICKED), "comments": (COMMENT,)}
"""Columns of each source."""

FIRST = {"answers": "person", "nominations": "ego", "comments": "person"}
"""The field of each source that the respondent fills."""
