"""A survey with a column a question: which reader knows it, which sources it holds, and where it names its respondents."""

from __future__ import annotations

import json

from rapidfuzz import fuzz, process

from kithwork.arrival import evidence, headings
from kithwork.arrival.facts import ADDRESS, Column
from kithwork.arrival.sampled import Table
from kithwork.errors import UserError
from kithwork.readers import odk
from kithwork.readers.parts import headings as codes_of
from kithwork.readers.parts import questionnaire
from kithwork.survey import wording

FEWEST = 3
"""Questions of ours that a table must have to be taken for a survey."""
ALIKE = 90
"""Likeness of wording, in percent, from which a heading is taken for an item of ours."""


def sources(table: Table) -> tuple[str, dict[str, str], tuple[str, ...]]:
    """The reader of a survey, the columns that it must be told, and its sources; nothing where the table is none."""
    reader, heads, belows = _heads(table)
    columns = _alike(heads, belows)
    codes = codes_of.resolved(list(heads), list(belows), columns)
    if len({code for code in codes if code and code not in codes_of.ABOUT}) < FEWEST:
        return "", {}, ()
    held = tuple(source for source in questionnaire.SOURCES if _holds(source, heads, belows, columns))
    return reader, columns, held


def respondent(table: Table, people: frozenset[str]) -> tuple[str, float]:
    """The column that names respondents, where no reader knows it by its heading, and how sure that is."""
    _, heads, belows = _heads(table)
    if "person" in codes_of.resolved(list(heads), list(belows), {}):
        return "", 1.0
    found = [(_names(column, people), column.heading) for column in table.columns if column.filled]
    score, heading = max(found, default=(0.0, ""))
    return (heading, round(score, 3)) if score >= 0.4 else ("", 0.0)


def _names(column: Column, people: frozenset[str]) -> float:
    """How far a column names respondents: each once, people of the staff list, or addresses."""
    if column.unlike < 0.9 or column.long:
        return 0.0
    said = max(headings.of_field(column.heading, "answers", "person"), headings.of_field(column.heading, "staff", "email"))
    known = column.among(people)
    if people and known < evidence.LEAST:
        return 0.0
    return 1 - (1 - 0.9 * said) * (1 - 0.85 * known) * (1 - 0.5 * column.share(ADDRESS))


def _heads(table: Table) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The reader by the heading rows, the headings, and what a second row says below them."""
    second, third = (*table.raw[1:3], (), ())[:2]
    blank = ("",) * len(table.header)
    if third and all(map(_import_id, filter(None, third))) and any(third):
        return "qualtrics", table.header, (*second, *blank)[: len(blank)]
    if any(key in table.header for key, _ in odk.JOINS) and not table.header[0].casefold().startswith("response id"):
        return "odk", table.header, blank
    return "forms", table.header, blank


def _import_id(cell: str) -> bool:
    try:
        return "ImportId" in json.loads(cell)
    except (ValueError, TypeError, RecursionError):
        return False


def _alike(heads: tuple[str, ...], belows: tuple[str, ...]) -> dict[str, str]:
    """Items of ours whose words a heading has nearly: told to the reader as columns."""
    known = codes_of.resolved(list(heads), list(belows), {})
    asked = {code: codes_of.plain(words) for code, words in wording.ITEMS.items() if code not in known}
    found: dict[str, str] = {}
    for heading, code in zip(heads, known, strict=True):
        if not code and len(heading.split()) >= 4 and asked:
            like = process.extractOne(codes_of.plain(heading), asked, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
            if like and like[2] not in found:
                found[like[2]] = heading
    return found


def _holds(source: str, heads: tuple[str, ...], belows: tuple[str, ...], columns: dict[str, str]) -> bool:
    """Whether a reader of surveys finds this source in these columns; who responds may still have to be told."""
    person = {} if "person" in codes_of.resolved(list(heads), list(belows), columns) else {"person": heads[0] or belows[0]}
    try:
        sheet = questionnaire.sheet(list(heads), list(belows), columns | person, {}, "")
        questionnaire.expect(source, [sheet])
    except UserError:
        return False
    return True
