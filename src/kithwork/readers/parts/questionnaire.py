"""What one person's answers say, whatever tool they were given in: the records of each source from rows of cells.

A cell without an answer is counted, and so are answers that no table holds, by name. Who was asked for consent and did not
tick "I take part" is left out of every source but `responses`, which says so. A cell that means nothing is refused alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from kithwork import market_tables, tables
from kithwork.errors import Problem, UserError, nearest
from kithwork.readers.parts import headings, meanings
from kithwork.readers.parts.meanings import UnknownChoiceError
from kithwork.readers.parts.rows import BATCH, Fault, Left, Record, Rows, in_batches
from kithwork.readers.parts.surveyrows import Block, Line
from kithwork.survey import instrument, wording
from kithwork.survey.instrument import AGREEMENT, MOST_ALTERS, Question

SOURCES = ("answers", "nominations", "comments", "interpreters", "responses")
OPTIONS = {
    "labels": "words of the five points of agreement, from 1 to 5, as a|b|c|d|e; numbers and our own words are known",
    "change": "the name of the change, where headers are the words of the questions",
    "dates": "how times are written, as %m/%d/%Y %H:%M:%S, where it is not as 2026-09-07 14:30",
}
PERSON = dict.fromkeys(SOURCES, "person") | {"nominations": "ego", "interpreters": "ego"}
"""The field of each source that the respondent fills."""
RELATIONS = {"1": "friends", "2": "jobs", "3": "widens"}
"""Relations by the code of their tick."""
INTERPRETERS = tuple(one.code for one in instrument.ABOUT_EACH.questions if one.code != "T1")
"""What is asked of each person named, beside the ticks."""
STATES = dict(zip(instrument.STATES, tables.STATES, strict=True))
"""Where a person stands with the change, by the code of the choice."""
OFFERS = {"start": "HS", "own_page": "HP"}
"""What is answered with yes or no, by the field of a response."""
TRIALS = ("1", "2", "9", "17", "survey preview", "survey test", "spam survey preview", "offline survey preview")
"""Statuses of responses that a survey's makers gave while trying it (Qualtrics)."""
GENERATOR = re.compile(r"(GF|GP|GS|GM)(?:_\d+)?")
NOTE = re.compile(r"(M[123])(?:_\d+)?")
ABOUT_A_NOTE = {"K": "about", "L": "learned", "S": "sure", "Q": "quote"}
"""Fields of a comment by the letter that a question about it adds to the code of its prompt."""
MEANT = {
    "about": instrument.TAGS,
    "learned": dict(zip(instrument.LEARNED, market_tables.LEARNED, strict=True)),
    "sure": {code: code for code in instrument.SURENESS},
    "quote": dict(zip(instrument.QUOTING, market_tables.QUOTING, strict=True)),
}
"""What each of these fields holds, by the code of the choice."""
SEVERAL = re.compile(r"[;\n]")
"""What stands between names written into one cell."""
JUDGED = ("status", "review", "CN")
"""Columns by which a response may be left out, beside the ticks of consent."""
CODED = re.compile(r"[A-Za-z]\w*\d\w*")
"""A header that is a code; one in words may name a person."""
LISTED = 20
"""Columns that a message lists."""
NO_ANSWER = "cells without an answer"

Found = tuple[str | None, "dict[str, str] | UnknownChoiceError | str"]
"""A client's column, and what it says: fields, nothing that can be understood, or in words why it holds no record."""
Read = Callable[[list[str]], Iterator[Found]]


@dataclass
class Sheet:
    """The columns of one table: the code of each, the client's own header of it, and the words of its scale; places and
    headers by code."""

    codes: list[str]
    own: list[str]
    options: dict[str, str]
    file: str
    points: dict[str, str] = field(default_factory=dict)
    at: dict[str, list[int]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.points = meanings.points(self.options.get("labels", ""))
        for place, code in enumerate(self.codes):
            if code:
                self.at.setdefault(code, []).append(place)

    def cell(self, row: list[str], code: str) -> str:
        """The first of the columns of this code that is filled in."""
        for place in self.at.get(code, ()):
            if text := row[place].strip():
                return text
        return ""

    def name(self, code: str) -> str:
        """The client's own header of a code, or of its first tick."""
        if code not in self.names:
            own = (self.own[at] for one, (at, *_) in self.at.items() if one == code or one.startswith(f"{code}/"))
            self.names[code] = next(own, code)
        return self.names[code]

    def holds(self, code: str) -> bool:
        """Whether there is a column of it, or one of a tick of it."""
        return any(one == code or one.startswith(f"{code}/") for one in self.at)

    def ticks(self, row: list[str], code: str, choices: dict[str, str]) -> list[str]:
        """The choices ticked, in one cell or in columns of their own. Raises `UnknownChoiceError`."""
        if code in self.at:
            return meanings.ticks(self.cell(row, code), choices)
        return [one for one in choices if meanings.ticked(self.cell(row, f"{code}/{one}"), one, choices[one])]


def sheet(tops: list[str], belows: list[str], columns: dict[str, str], options: dict[str, str], file: str) -> Sheet:
    """The columns of a table, told by its header. Raises `UserError` where one is missing or stands twice."""
    own = [top.strip() or below.strip() for top, below in zip(tops, belows, strict=True)]
    problems = [*_unfit(columns, options)]
    problems += [
        Problem("is not in the header", file, f"{nearest(column, own)} params.yaml names it.", row=1, column=column)
        for column in columns.values()
        if column not in own
    ]
    found = Sheet(headings.resolved(tops, belows, columns, options.get("change", "")), own, options, file)
    problems += [
        Problem("stands twice in the header", file, "Rename or drop one of the two.", row=1, column=own[places[1]])
        for code, places in found.at.items()
        if len(places) > 1 and code not in headings.ABOUT
    ]
    if problems:
        raise UserError(problems)
    return found


def _unfit(columns: dict[str, str], options: dict[str, str]) -> Iterator[Problem]:
    labels = options.get("labels")
    if labels is not None and len([word for word in labels.split("|") if word.strip()]) != len(AGREEMENT):
        do = "Write the words of the points from 1 to 5, with | between them."
        yield Problem("are not five labels", "params.yaml", do, labels[:60], column="options.labels")
    fit = {*headings.known(), *headings.ABOUT}
    for name in columns:
        if name not in fit:
            do = nearest(name, fit) if len(name) > 1 else "Name a code of the survey, or person."
            yield Problem("is not a column of the survey", "params.yaml", do, name, column="columns")


def expect(source: str, tables: list[Sheet]) -> None:
    """That the first table says who answered, and one of them has a column of the source. Raises `UserError`."""
    first, problems = tables[0], []
    if "person" not in first.at:
        do = "Export it with who answered, or name that column in params.yaml: `columns: {person: …}`."
        problems.append(Problem("has no column of the respondent", first.file, do, ", ".join(first.own)[:80], 1))
    if not any(map(HOLDS[source], (code for table in tables for code in table.at))):
        do = f"Export the whole questionnaire, or take sources.{source} out of params.yaml."
        others = f"{sum(len(table.own) for table in tables)} other columns"
        problems.append(Problem(f"has no column of {source}", first.file, do, others, 1))
    if problems:
        raise UserError(problems)


def header(source: str, table: Sheet) -> dict[str, str]:
    """The client's own columns of the respondent, by the source's field."""
    return {PERSON[source]: " or ".join(dict.fromkeys(table.own[place] for place in table.at.get("person", ())))}


def found(source: str, table: Sheet, blocks: Iterable[Block]) -> Iterator[Rows]:
    """One source in a table of responses, in batches. Raises `UserError` where there is no response at all."""
    blocks = some(blocks, table.file)
    if source == "answers":
        return answered(table, blocks)
    return in_batches(source, table.file, records(source, table, one_by_one(blocks)), header(source, table))


def some(blocks: Iterable[Block], file: str) -> Iterator[Block]:
    """The rows of a table, of which there is one at least. Raises `UserError`."""
    empty = True
    for block in blocks:
        empty = False
        yield block
    if empty:
        raise UserError(Problem("has a header but no rows", file, "Export it again, with its rows."))


def one_by_one(blocks: Iterable[Block]) -> Iterator[Line | Fault]:
    """The rows of a table, and the faults."""
    return chain.from_iterable(block.told() for block in blocks)


def answered(table: Sheet, blocks: Iterable[Block]) -> Iterator[Rows]:
    """The answers to items, worked out by column."""
    items = [(code, table.at[code][0]) for code in table.at if code in wording.ITEMS]
    points, step = Points(table.points), max(1, BATCH // max(1, len(items)))
    left_out = Counter({one.what: one.count for one in unread(table)})
    for block in blocks:
        for part in block.parts(step):
            yield _answers(table, items, points, part, left_out)
            left_out = Counter()


def _answers(table: Sheet, items: list[tuple[str, int]], points: Points, block: Block, left_out: Counter[str]) -> Rows:
    """The answers of a block: each distinct cell of a column is looked up once."""
    import numpy as np
    import pyarrow as pa

    passed = np.array(_passed_over("answers", table, block), dtype=object)
    read = passed == ""
    left_out = left_out + Counter(passed[~read].tolist())
    numbers, chosen = {"": 0}, np.zeros((len(passed), len(items)), dtype="int64")
    for at, (_, place) in enumerate(items):
        column = block.cells.column(place).combine_chunks().dictionary_encode()
        meant = [numbers.setdefault(points[cell], len(numbers)) for cell in column.dictionary.to_pylist()]
        chosen[:, at] = np.array(meant, dtype="int64")[column.indices.to_numpy()]
    chosen = chosen[read]
    if silent := int((chosen == 0).sum()):
        left_out[NO_ANSWER] += silent
    rows, columns = np.nonzero(chosen)
    people = [person for person, kept in zip(_people(table, block), read, strict=True) if kept]
    own = np.array([table.own[place] for _, place in items], dtype=object)
    told = (
        ("person", people, rows),
        ("item", [code for code, _ in items], columns),
        ("value", list(numbers), chosen[rows, columns]),
    )
    cells = {name: pa.array(words, pa.large_string()).take(pa.array(places)) for name, words, places in told}
    return Rows(
        "answers",
        table.file,
        pa.table(cells).to_pandas().rename_axis("row"),
        header("answers", table),
        lines=block.lines[read][rows].tolist(),
        cells=own[columns].tolist(),
        faults=block.faults,
        left_out=left_out,
    )


def _passed_over(source: str, table: Sheet, block: Block) -> list[str]:
    """Why each response is left out, in words; nothing where it is read."""
    places = [at for code, ats in table.at.items() if code in JUDGED or code.startswith("CN/") for at in ats]
    told = list(zip(*map(block.column, places), strict=True)) if places else [()] * len(block.lines)
    passed_over = judge(source, table)
    meant = {cells: passed_over(dict(zip(places, cells, strict=True))) for cells in set(told)}
    return [meant[cells] for cells in told]


def _people(table: Sheet, block: Block) -> list[str]:
    """Who answered: the first of the columns of the respondent that is filled in."""
    columns = [map(str.strip, block.column(at)) for at in table.at.get("person", ())]
    return [next(filter(None, cells), "") for cells in zip(*columns, strict=True)]


class Points(dict[str, str]):
    """The point of agreement that a cell means, worked out once for each cell's text; so many texts at most are kept."""

    MOST = 10_000

    def __init__(self, labels: dict[str, str]) -> None:
        super().__init__({code: code for code in AGREEMENT})
        self.labels = labels

    def __missing__(self, text: str) -> str:
        value = meanings.point(text.strip(), self.labels)
        if len(self) < self.MOST:
            self[text] = value
        return value


def records(source: str, table: Sheet, lines: Iterable[Line | Fault]) -> Iterator[Record | Fault | Left]:
    """What the responses of a table say of one source."""
    yield from unread(table)
    read, passed_over = READS[source](table), judge(source, table)
    for line in lines:
        if isinstance(line, Fault):
            yield line
        elif passed := passed_over(line[1]):
            yield Left(passed)
        else:
            yield from told(read(line[1]), line[0], source, table.cell(line[1], "person"))


def unread(table: Sheet) -> Iterator[Left]:
    """The columns that are neither of the survey nor mapped: by their code, or by their number where they have none."""
    places = [place for place, code in enumerate(table.codes) if not code]
    named = [own if CODED.fullmatch(own := table.own[place]) else f"no. {place + 1}" for place in places[:LISTED]]
    if places:
        more = ", …" if len(places) > LISTED else ""
        yield Left(f"columns that are not of the survey ({', '.join(named)}{more})", len(places))


def judge(source: str, table: Sheet) -> Callable[[list[str]], str]:
    """What tells of a response why it is left out, in words; nothing where it is read."""
    tried, reviewed = "status" in table.at, "review" in table.at
    asked = source != "responses" and table.holds("CN")

    def passed_over(row: list[str]) -> str:
        if tried and headings.plain(table.cell(row, "status")) in TRIALS:
            return "responses of a preview or test"
        if reviewed and headings.plain(table.cell(row, "review")) == "rejected":
            return "responses that a reviewer rejected"
        return "responses without consent to take part" if asked and "1" not in _ticked_consent(table, row) else ""

    return passed_over


def told(found: Iterable[Found], line: int, source: str, person: str) -> Iterator[Record | Fault | Left]:
    """What was found in a row, as said by a person."""
    who = PERSON[source]
    for cell, values in found:
        if isinstance(values, dict):
            yield Record(line, {who: person, **values}, cell)
        elif isinstance(values, UnknownChoiceError):
            yield Fault(line, cell or "", "is none of the choices", values.remedy, values.found)
        else:
            yield Left(values)


def about(table: Sheet, row: list[str], turn: str, alter: str) -> Iterator[Found]:
    """The relations ticked of an alter: a record each. `turn` leads the codes, as `3_`; `alter` is the code of the name."""
    code, named = f"{turn}T1", table.cell(row, alter)
    try:
        ticked = table.ticks(row, code, instrument.TICKS)
    except UnknownChoiceError as fault:
        yield table.name(code), fault
        return
    for tick in ticked:
        yield table.name(code), {"alter": meanings.word(named), "relation": RELATIONS[tick]}
    if not ticked:
        yield table.name(code), NO_ANSWER


def interpreted(table: Sheet, row: list[str], turn: str, alter: str) -> Iterator[Found]:
    """What else is said of an alter: a record each."""
    named = table.cell(row, alter)
    for question in INTERPRETERS:
        if (code := turn + question) not in table.at:
            continue
        try:
            value = _value(table, row, code)
        except UnknownChoiceError as fault:
            yield table.name(code), fault
            continue
        said = {"alter": meanings.word(named), "question": question, "value": value}
        yield table.name(code), said if value else NO_ANSWER


def _comments(table: Sheet) -> Read:
    asked = [(note[1], code, table.name(code)) for code in table.at if (note := NOTE.fullmatch(code))]
    follows = {code: _asked_about(table, code) for _, code, _ in asked}
    unanswered = dict.fromkeys(chain.from_iterable(follows.values()), "")

    def read(row: list[str]) -> Iterator[Found]:
        for prompt, code, own in asked:
            text, said = meanings.word(table.cell(row, code)), dict(unanswered)
            for name, follow in follows[code].items():
                try:
                    said[name] = MEANT[name].get(_value(table, row, follow), "")
                except UnknownChoiceError as fault:
                    yield table.name(follow), fault
                if said[name] and not text:
                    yield None, "answers about a note that has no words"
            yield own, {"prompt": prompt, "text": text} | said if text else NO_ANSWER

    return read


def _asked_about(table: Sheet, code: str) -> dict[str, str]:
    """The codes of what is asked about a note, by field, of those that the table has: `M1K_2` of the note `M1_2`."""
    prompt, line, box = code.partition("_")
    codes = {field: f"{prompt}{letter}{line}{box}" for letter, field in ABOUT_A_NOTE.items()}
    return {field: one for field, one in codes.items() if one in table.at}


def _nominations(table: Sheet) -> Read:
    asked = [(by[1], code, table.name(code)) for code in table.at if (by := GENERATOR.fullmatch(code))]
    turns = [number for number in range(1, MOST_ALTERS + 1) if table.holds(f"{number}_T1")]

    def read(row: list[str]) -> Iterator[Found]:
        for relation, code, own in asked:
            names = [name for part in SEVERAL.split(table.cell(row, code)) if (name := meanings.word(part.strip()))]
            for name in names or [""]:
                yield own, {"alter": name, "relation": relation} if name else NO_ANSWER
        for number in turns:
            yield from about(table, row, f"{number}_", f"A{number}")

    return read


def _interpreters(table: Sheet) -> Read:
    asked = [number for number in range(1, MOST_ALTERS + 1) if any(f"{number}_{code}" in table.at for code in INTERPRETERS)]

    def read(row: list[str]) -> Iterator[Found]:
        for number in asked:
            yield from interpreted(table, row, f"{number}_", f"A{number}")

    return read


def _responses(table: Sheet) -> Read:
    def read(row: list[str]) -> Iterator[Found]:
        fault, values = "", {}
        for name, code in (("attention", "S7"), ("state", "ST"), ("threshold", "TH"), *OFFERS.items()):
            try:
                values[name] = _value(table, row, code)
            except UnknownChoiceError as meant:
                fault = code
                yield table.name(code), meant
        if not fault:
            values["state"] = STATES.get(values["state"], "")
            values |= {name: instrument.OFFER.get(values[name], "") for name in OFFERS}
            yield None, _handed_in(table, row) | values | _consent(table, row)
        if meanings.word(table.cell(row, "STM")):
            yield None, "answers to STM, which no table holds,"

    return read


def _handed_in(table: Sheet, row: list[str]) -> dict[str, str]:
    """When a response was begun and handed in, how long it took, of which form it is and whether it is finished."""
    dates = table.options.get("dates", "")
    started, ended = (meanings.moment(table.cell(row, code), dates) for code in ("started", "ended"))
    finished = meanings.yes_or_no(table.cell(row, "finished"))
    if not finished and "ended" in table.at:
        finished = "yes" if ended else "no"
    seconds = table.cell(row, "seconds") or meanings.between(started, ended)
    form = table.cell(row, "form")
    return {"started": started, "ended": ended, "seconds": seconds, "form": form, "finished": finished}


def _consent(table: Sheet, row: list[str]) -> dict[str, str]:
    """What a person agreed to; nothing where nobody was asked."""
    if not table.holds("CN"):
        return dict.fromkeys(("take_part", "use_records", "use_reports"), "")
    ticked = _ticked_consent(table, row)
    return {
        "take_part": "yes" if "1" in ticked else "no",
        "use_records": "no" if "2" in ticked else "yes",
        "use_reports": "no" if "3" in ticked else "yes",
    }


def _ticked_consent(table: Sheet, row: list[str]) -> list[str]:
    """The ticks of the notice; what cannot be understood is no consent, and forbids both uses."""
    try:
        return table.ticks(row, "CN", instrument.CONSENT)
    except UnknownChoiceError:
        return ["2", "3"]


def _value(table: Sheet, row: list[str], code: str) -> str:
    """The code of what was chosen, or the number written; nothing where there is no answer. Raises `UnknownChoiceError`."""
    asked: Question = headings.known()[code]
    text = table.cell(row, code)
    if asked.choices is None:
        return meanings.word(text)
    agreement = asked.choices.get("1") == AGREEMENT["1"]
    return meanings.choice(text, asked.choices, table.points if agreement else {})


READS: dict[str, Callable[[Sheet], Read]] = {
    "nominations": _nominations,
    "comments": _comments,
    "interpreters": _interpreters,
    "responses": _responses,
}
HOLDS: dict[str, Callable[[str], object]] = {
    "answers": wording.ITEMS.__contains__,
    "nominations": re.compile(rf"{GENERATOR.pattern}|(?:\d+_)?T1(?:/\d)?").fullmatch,
    "comments": NOTE.fullmatch,
    "interpreters": re.compile(r"(?:\d+_)?T(?:[2-9]|10)").fullmatch,
    "responses": bool,
}
"""Whether a column, by its code, holds records of each source."""
