"""Reads personal networks as EgoNet and EgoWeb export them: rows of alters, rows of pairs of alters, or matrices.

A file is known by its header (EgoWeb 2.0, Manual: "Data Processing"; McCarty, EgoNet): with `EgoID` and `Alter Name` each
row is what a respondent says of one alter, and may go on with a column per other alter by number, as `knows_1`; with
`Alter 1 Name` and `Alter 2 Name` each row is what a respondent says of two alters; any other is a matrix of a respondent's
alters, whose file is named after the respondent. Several files are a folder or a zip file. Other columns are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError, nearest
from kithwork.readers.parts import archive, nominated, numbered, personal
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.graphxml import MAPPED
from kithwork.readers.parts.nominated import Asked
from kithwork.readers.parts.personal import Found, Row
from kithwork.readers.parts.rows import Fault, Left, Record, Rows, in_batches

SOURCES = ("nominations", "staff")
TAKES = ("columns", "encoding", "options")
OPTIONS = {
    "ego": "the column that respondents are called by; as it stands, EgoID",
    "alter": "the column that alters are called by; as it stands, Alter Name",
    "relations": personal.RELATIONS,
    "relation": "the one relation all alters are named in, where relations says nothing",
    "between": "reads ties between alters: the start of columns as knows_1, the column of pairs, or a word for matrices",
    "at_least": nominated.AT_LEAST,
    "undirected": nominated.UNDIRECTED,
}

PAIR = ("Alter 1 Name", "Alter 2 Name")
MOST = 1000
"""Alters of one respondent above which rows are no personal network."""

AGAIN = "Export the interviews again, as CSV."


@dataclass(frozen=True)
class Wish:
    """What the options ask for."""

    source: str
    encoding: str
    ego: str
    alter: str
    relations: list[str]
    between: str
    asked: Asked
    columns: dict[str, str]


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The nominations or the respondents of personal networks. Raises `UserError`."""
    said, asked = spec.options, nominated.asked(spec)
    if wrong := [one for one in spec.columns if source != "staff" or one not in MAPPED["staff"]]:
        do = nearest(wrong[0], MAPPED["staff"]) if source == "staff" else "Take it out: nominations take options only."
        raise UserError(Problem("is no field taken from columns", "params.yaml", do, wrong[0], column="columns"))
    relations = personal.listed(said.get("relations", ""))
    if source == "nominations" and not (asked.relation or relations):
        raise nominated.unnamed(given.name)
    names = said.get("ego", "EgoID"), said.get("alter", "Alter Name")
    wish = Wish(source, spec.encoding, *names, relations, said.get("between", ""), asked, spec.columns)
    return in_batches(source, given.name, _found(given, wish))


def _found(given: Given, wish: Wish) -> Found:
    with archive.files(given, AGAIN) as files:
        tables = [file for name, file in files.items() if len(files) == 1 or name.lower().endswith(".csv")]
        if not tables:
            raise UserError(Problem("holds no CSV file", given.name, AGAIN, f"{len(files)} files"))
        for file in tables:
            yield from _file(file, wish)


def _file(file: Given, wish: Wish) -> Found:
    rows = numbered.cells(file, wish.encoding)
    header = [cell.strip() for cell in next(rows, (1, []))[1]]
    if set(PAIR) <= set(header):
        yield from _pairs(file, header, rows, wish)
    elif wish.ego in header or wish.alter in header:
        yield from _alters(file, header, rows, wish)
    elif len(header) > 1:
        yield from _matrix(file, header[1:], rows, wish)
    else:
        personal.has([wish.ego, wish.alter], header, file.name)


def _alters(file: Given, header: list[str], rows: Iterator[Row], wish: Wish) -> Found:
    """Rows of alters, the rows of a respondent one after another."""
    wanted = list(wish.columns.values()) if wish.source == "staff" else [wish.alter, *wish.relations]
    personal.has([wish.ego, *wanted], header, file.name)
    if wish.source == "staff":
        yield from _respondents(header, rows, wish)
        return
    numbered = _numbered(header, wish, file.name)
    at = {column: header.index(column) for column in (wish.ego, wish.alter, *wish.relations)}
    ego_at, alter_at = at[wish.ego], at[wish.alter]

    def another(group: list[Row], row: Row) -> bool:
        ego = group[0][1][ego_at].strip()
        if ego != row[1][ego_at].strip():
            return True
        if len(group) == MOST:
            do = f"Leave out options.between: a respondent may have {MOST} alters."
            raise UserError(Problem("has more alters of one respondent than can be", file.name, do, ego[:40], row[0]))
        return False

    def tell(group: list[Row]) -> Found:
        pairs = [(row[ego_at].strip(), row[alter_at].strip()) for _, row in group]
        said = {relation: [row[at[relation]] for _, row in group] for relation in wish.relations}
        yield from personal.named([line for line, _ in group], pairs, wish.relations, said, wish.asked)
        if numbered:
            yield from _between(group, numbered, alter_at, wish)

    yield from personal.told(personal.rows(header, rows, AGAIN), tell, another if numbered else None)


def _respondents(header: list[str], rows: Iterator[Row], wish: Wish) -> Found:
    """Each respondent once, as one of the staff."""
    at = {"person": header.index(wish.ego)} | {name: header.index(column) for name, column in wish.columns.items()}
    seen: set[str] = set()
    for one in personal.rows(header, rows, AGAIN):
        if isinstance(one, Fault):
            yield one
            continue
        record = Record(one[0], {name: one[1][column].strip() for name, column in at.items()})
        yield Left("further rows of a respondent") if record.values["person"] in seen else record
        seen.add(record.values["person"])


def _numbered(header: list[str], wish: Wish, name: str) -> dict[int, int]:
    """Where the columns of ties to each other alter stand, by its number. Raises `UserError`."""
    if not wish.between:
        return {}
    form = re.compile(rf"{re.escape(wish.between)}(\d{{1,4}})", re.ASCII)
    found = {int(match[1]): at for at, column in enumerate(header) if (match := form.fullmatch(column))}
    if not found:
        personal.has([f"{wish.between}1"], header, name)
    return found


def _between(group: list[Row], numbered: dict[int, int], alter_at: int, wish: Wish) -> Found:
    """What a respondent says of ties between alters, numbered as their rows stand."""
    relation = wish.between.strip("_-. ")
    words = {number: row[alter_at].strip() for number, (_, row) in enumerate(group, start=1)}
    for line, row in group:
        for number, column in numbered.items():
            if number in words:
                pair = row[alter_at].strip(), words[number]
                yield from personal.tie(line, pair, relation, row[column], wish.asked, directed=True)
            else:
                yield personal.UNSAID


def _pairs(file: Given, header: list[str], rows: Iterator[Row], wish: Wish) -> Found:
    """Rows of two alters each."""
    if wish.source == "staff":
        return
    if wish.between:
        personal.has([wish.between], header, file.name)
    at = [header.index(column) for column in (*PAIR, wish.between) if column]
    for one in personal.rows(header, rows, AGAIN):
        if isinstance(one, Fault):
            yield one
        elif not wish.between:
            yield personal.TOLD
        else:
            line, row = one
            first, second, cell = (row[place].strip() for place in at)
            yield from personal.tie(line, (first, second), wish.between, cell, wish.asked, directed=False)


def _matrix(file: Given, alters: list[str], rows: Iterator[Row], wish: Wish) -> Found:
    """A matrix of one respondent's alters: each of them is named, and cells are ties between them."""
    ego = PurePosixPath(file.name).stem
    if wish.source == "staff":
        yield Record(1, {"person": ego})
        return
    if not wish.asked.relation:
        raise nominated.unnamed(file.name)
    yield from personal.named([1] * len(alters), [(ego, alter) for alter in alters], [], {}, wish.asked)
    for one in personal.rows(["", *alters], rows, AGAIN):
        if isinstance(one, Fault):
            yield one
            continue
        line, row = one
        for alter, cell in zip(alters, map(str.strip, row[1:]), strict=True):
            if wish.between or not cell:
                yield from personal.tie(line, (row[0].strip(), alter), wish.between, cell, wish.asked, directed=True)
            else:
                yield personal.TOLD if cell != "0" else Left("cells without a tie")
