"""Reads what LimeSurvey, Google Forms, SurveyMonkey or a hand-typed table gives: CSV or a workbook, a row a respondent.

Headers are codes of the survey (`V1a`, LimeSurvey's `V1[a]` and `V1a. I have …`) or the very words of its questions; of
SurveyMonkey's two header rows the second names the rows of a question (LimeSurvey manual: "Exporting results"; SurveyMonkey
Help: "Exporting Survey Data & Results"). `columns` maps what is called otherwise: `person`, or any code. Unfinished
responses are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kithwork.engagement import Reader
from kithwork.readers.parts import questionnaire, surveyrows
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.headings import plain
from kithwork.readers.parts.rows import Rows

SOURCES = questionnaire.SOURCES
TAKES = ("columns", "encoding", "timezone", "options")
OPTIONS = questionnaire.OPTIONS | {"sheet": "the sheet of a workbook, where it is not the first"}
SURVEYMONKEY = ("respondent id", "collector id")
"""What the header of SurveyMonkey begins with."""


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The records of one source in a table of responses. Raises `UserError`."""
    heads, blocks = surveyrows.read(given, spec.encoding, 2, spec.options.get("sheet", ""))
    tops, second = heads[0][1], heads[1][1] if heads[1:] else []
    belows = [""] * len(tops)
    if second and tuple(map(plain, tops[:2])) == SURVEYMONKEY and not any(map(str.strip, second[:2])):
        belows = [*second, *belows][: len(tops)]
        tops = _filled(tops, belows)
    elif second:
        blocks = chain([surveyrows.block(heads[1:], len(tops))], blocks)
    table = questionnaire.sheet(tops, belows, spec.columns, spec.options, given.name)
    questionnaire.expect(source, [table])
    yield from questionnaire.found(source, table, blocks)


def _filled(tops: list[str], belows: list[str]) -> list[str]:
    """The first header row with a question's words repeated over all of its columns."""
    found, last = [], ""
    for top, below in zip(tops, belows, strict=True):
        last = top if top.strip() or not below.strip() else last
        found.append(last)
    return found
