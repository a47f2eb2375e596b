"""Reads a Qualtrics survey export: CSV or a workbook with three header rows and one line per respondent.

Row 1 holds question codes, row 2 question texts, row 3 `{"ImportId": …}` as JSON (Qualtrics, Support: "Understanding Your
Dataset"). Choices may be exported as values or as words. A respondent is `RecipientEmail`, else `ExternalReference`, else
what `columns` names as `person`. Responses of a preview or test are left out; unfinished ones are kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers.parts import questionnaire, surveyrows
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows

SOURCES = questionnaire.SOURCES
TAKES = ("columns", "encoding", "timezone", "options")
OPTIONS = questionnaire.OPTIONS


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The records of one source in a Qualtrics export. Raises `UserError`."""
    heads, blocks = surveyrows.read(given, spec.encoding, 3)
    _import_ids(heads[2] if heads[2:] else None, given.name)
    (_, codes), (_, texts) = heads[:2]
    words = [*texts, *[""] * len(codes)][: len(codes)]
    table = questionnaire.sheet(codes, words, spec.columns, spec.options, given.name)
    questionnaire.expect(source, [table])
    yield from questionnaire.found(source, table, blocks)


def _import_ids(third: surveyrows.Line | None, name: str) -> None:
    """That the third row is of import ids. Raises `UserError`."""
    other = next((cell for cell in third[1] if cell and not _import_id(cell)), None) if third else None
    if third is None or other is not None:
        found = "no third row" if other is None else other[:40]
        do = "Export it from Qualtrics as CSV, and leave its three header rows as they are."
        row = third[0] if third else None
        raise UserError(Problem('has no {"ImportId": …} in its third header row', name, do, found, row))


def _import_id(cell: str) -> bool:
    try:
        return "ImportId" in json.loads(cell)
    except (ValueError, TypeError, RecursionError):
        return False
