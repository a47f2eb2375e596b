"""Reads a UCINET DL file: its matrices and lists of ties as nominations.

By "DL Language" and "Data > Export > DL" of UCINET's help (Borgatti, Everett & Freeman, Analytic Technologies): `n`, `nr`,
`nc` and `nm`; the formats of `FORMATS`; labels listed or embedded, of rows, columns and matrices; the diagonal absent.
Several matrices follow one another, or, in lists, are parted by a line of `!`; each is a relation, by its label. UCINET
writes labels in capitals; here they stay as the file has them. Values may run over lines in matrices, not in lists.
No library at hand reads more of DL than full matrices, so it is read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError, nearest
from kithwork.readers.parts import nominated, numbered
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.nominated import Asked
from kithwork.readers.parts.rows import Fault, Left, Record, Rows, Several, in_batches
from kithwork.readers.parts.verdicts import NONE, TIE, UNKNOWN, WEAK, WRONG, Verdicts

SOURCES = ("nominations",)
TAKES = ("encoding", "options")
OPTIONS = {
    "relation": nominated.RELATION,
    "at_least": nominated.AT_LEAST,
    "undirected": "for lowerhalf and upperhalf: " + nominated.UNDIRECTED,
}

MATRICES = ("fullmatrix", "lowerhalf", "upperhalf")
LISTS = ("nodelist1", "nodelist2", "edgelist1", "edgelist2")
FORMATS = (*MATRICES, *LISTS)
"""Formats that are read; two-mode lists end in 2: columns are numbered and labelled apart from rows."""

WORD = re.compile(r'"([^"]*)"|\'([^\']*)\'|([^\s,="]+)')
WHOSE = {"row": "row", "rows": "row", "col": "column", "column": "column", "columns": "column", "matrix": "matrix"}
SIZES = ("n", "nr", "nc", "nm")
LARGEST = 10**6
"""Rows, columns or matrices above which a header is not believed."""

UNSAID = frozenset({".", "na", "NA", "NaN", "nan"})
"""Values that say nothing is known."""

AGAIN = "Export the data from UCINET again, as DL."


@dataclass
class Header:
    """What a DL file says before its data."""

    size: dict[str, int] = field(default_factory=lambda: {"nm": 1})
    format: str = "fullmatrix"
    diagonal: bool = True
    labels: dict[str, list[str]] = field(default_factory=dict)
    embedded: set[str] = field(default_factory=set)


class Text:
    """The lines of a file, of which the last one read is known; `again` is read before the next."""

    def __init__(self, given: Given, encoding: str) -> None:
        self.name, self.line, self.again = given.name, 0, ""
        self._lines = numbered.lines(given, encoding)

    def __iter__(self) -> Iterator[str]:
        if self.again.strip():
            yield self.again
        for line, text in self._lines:
            self.line = line
            yield text

    def wrong(self, what: str, do: str = AGAIN, found: str = "") -> UserError:
        """The error that the file has here."""
        return UserError(Problem(what, self.name, do, found[:40], self.line or None))


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The nominations in a DL file. Raises `UserError`."""
    return in_batches(source, given.name, _found(Text(given, spec.encoding), nominated.asked(spec)))


def _found(text: Text, asked: Asked) -> Iterator[Record | Several | Fault | Left]:
    header = _header(text)
    relations = _relations(text, header, asked)
    read = _matrices if header.format in MATRICES else _lists
    yield from read(text, header, relations, asked)


def words(text: str) -> list[str]:
    """The words of a line: parted by blanks, commas and equal signs; in quotes, anything."""
    if '"' not in text and "'" not in text:
        return text.replace(",", " ").replace("=", " ").split()
    return [found[1] or found[2] or found[3] or "" for found in WORD.finditer(text)]


def _header(text: Text) -> Header:
    """All before the data. Raises `UserError`."""
    header, told = Header(), _told(text)
    if next(told, "").lower() != "dl":
        raise text.wrong("does not begin with DL")
    whose = "both"
    for word in told:
        key = word.lower().rstrip(":")
        if key == "data":
            return header
        if key in WHOSE:
            whose = WHOSE[key]
            continue
        if key == "labels":
            _labels(text, header, whose, word.endswith(":"), told)
        elif key in SIZES:
            _size(text, header, key, next(told, ""))
        elif key == "format":
            header.format = next(told, "").lower()
            if header.format not in FORMATS:
                raise text.wrong("is in a format that is not read", nearest(header.format, FORMATS), header.format)
        elif key in ("diagonal", "diag"):
            header.diagonal = next(told, "").lower() != "absent"
        elif key == "title":
            next(told, "")
        else:
            raise text.wrong("says something in its header that is not known", AGAIN, word)
        whose = "both"
    raise text.wrong("has no data")


def _told(text: Text) -> Iterator[str]:
    """The words of the header; what follows `data:` on its line is left for the data."""
    length = 0
    for line in text:
        length += len(line)
        if length > numbered.LONGEST:
            raise text.wrong("has a header without end")
        begun = re.match(r"(.*?)\bdata:", line, re.IGNORECASE)
        yield from words(begun[1] if begun else line)
        if begun:
            text.again = line[begun.end() :]
            yield "data:"
            return


def _size(text: Text, header: Header, key: str, number: str) -> None:
    if not re.fullmatch(r"\d{1,9}", number, re.ASCII) or not 1 <= int(number) <= LARGEST:
        raise text.wrong(f"has a size {key} that is none", f"Write it as a number from 1 to {LARGEST}.", number)
    header.size |= {"nr": int(number), "nc": int(number)} if key == "n" else {key: int(number)}


def _labels(text: Text, header: Header, whose: str, listed: bool, told: Iterator[str]) -> None:
    """Labels listed, or the word that they are embedded. Raises `UserError`."""
    of = ("row", "column") if whose == "both" else (whose,)
    if not listed:
        word = next(told, "")
        if word.lower().rstrip(":") != "embedded":
            raise text.wrong("neither lists labels nor says that they are embedded", AGAIN, word)
        header.embedded |= set(of)
        return
    count = header.size.get({"row": "nr", "column": "nc", "matrix": "nm"}[of[0]])
    if count is None:
        raise text.wrong("has labels before it says how many there are", "Put n= before the labels.")
    labels = []
    for word in islice(told, count):
        if word == "data:":
            break
        labels.append(word)
    if len(labels) < count or len(set(labels)) < count or "" in labels:
        what = "has fewer labels than it says" if len(labels) < count else "has a label twice, or an empty one"
        raise text.wrong(what, "Give each its own label.", f"{len(labels)} labels of {count}")
    header.labels |= {one: labels for one in of}


def _relations(text: Text, header: Header, asked: Asked) -> list[str]:
    """What each matrix is of. Raises `UserError`."""
    count = header.size["nm"]
    if labels := header.labels.get("matrix"):
        return labels
    if not asked.relation:
        raise nominated.unnamed(text.name)
    return [asked.relation] if count == 1 else [f"{asked.relation} {number}" for number in range(1, count + 1)]


def _matrices(text: Text, header: Header, relations: list[str], asked: Asked) -> Iterator[Several | Fault | Left]:
    """The cells of every matrix, row by row. Raises `UserError`."""
    rows, columns = header.size.get("nr"), header.size.get("nc")
    if rows is None or columns is None:
        raise text.wrong("does not say how large its matrix is", "Put n= into its first line.")
    values, judge = chain.from_iterable(map(words, text)), asked.judge(UNSAID)
    full = header.format == "fullmatrix"
    alters = header.labels.get("column") or list(map(str, range(1, columns + 1)))
    for relation in relations:
        if "column" in header.embedded:
            alters = _taken(text, values, columns)
        for row, number in enumerate(header.labels.get("row") or range(1, rows + 1)):
            ego = _taken(text, values, 1)[0] if "row" in header.embedded else str(number)
            across = _across(header, row, alters)
            cells = _taken(text, values, len(across))
            yield from _row(text.line, ego, across, cells, relation, asked, judge.verdicts(cells), full)
    if (more := next(values, None)) is not None:
        raise text.wrong("has more values than it says", "Mend n=, nr=, nc= or nm=, or take out the rest.", more)


def _across(header: Header, row: int, alters: list[str]) -> list[str]:
    """Those whom a row has values for."""
    start = row if header.format == "upperhalf" else 0
    end = row + 1 if header.format == "lowerhalf" else len(alters)
    return alters[start:end] if header.diagonal else alters[start:row] + alters[row + 1 : end]


def _taken(text: Text, values: Iterator[str], count: int) -> list[str]:
    found = list(islice(values, count))
    if len(found) < count:
        raise text.wrong("breaks off before the end of its data", AGAIN, f"{len(found)} values where {count} were to be")
    return found


def _row(
    line: int, ego: str, across: list[str], cells: list[str], relation: str, asked: Asked, verdicts: Verdicts, full: bool
) -> Iterator[Several | Fault | Left]:
    """What the cells of one row say of its ties to those across."""
    alters = verdicts.of(TIE, across)
    egos = [ego] * len(alters)
    if not full:
        ways = [way for alter in alters for way in asked.ways(ego, alter)]
        egos, alters = [one for one, _ in ways], [other for _, other in ways]
    yield Several([line] * len(egos), {"ego": egos, "alter": alters, "relation": [relation] * len(egos)})
    for cell in verdicts.of(WRONG, cells):
        yield nominated.no_number(line, cell)
    counted = {"cells without a tie": NONE, "cells that say nothing": UNKNOWN, nominated.TOO_WEAK: WEAK}
    yield from (Left(what, verdicts.count(verdict)) for what, verdict in counted.items())


def _lists(text: Text, header: Header, relations: list[str], asked: Asked) -> Iterator[Record | Fault | Left]:
    """The lines of a list, each of one person's ties or of one tie. Raises `UserError`."""
    at, two_mode = 0, header.format.endswith("2")
    for line in text:
        told = words(line)
        if told and told[0] == "!":
            at += 1
        elif told and at >= len(relations):
            raise text.wrong("has more matrices than it says", "Mend nm=, or take out the rest.", line)
        elif len(told) < 2:
            if told and header.format.startswith("edgelist"):
                yield Fault(text.line, "edge", "names no pair", "Write who names and who is named.", line[:40])
            elif told:
                yield Left("people who name nobody")
        else:
            weight = "1"
            if header.format.startswith("edgelist"):
                told, weight = told[:2], told[2] if len(told) > 2 else "1"
            ego = _word(header, "row", told[0])
            for number in told[1:]:
                alter = _word(header, "column" if two_mode else "row", number)
                if ego is None or alter is None:
                    do = "Write a number from 1 to n, or say labels embedded."
                    found = told[0] if ego is None else number
                    yield Fault(text.line, "edge", "is not the number of anybody in the file", do, found[:40])
                else:
                    yield from asked.tie(text.line, (ego, alter), relations[at], weight, directed=True)


def _word(header: Header, of: str, number: str) -> str | None:
    """What the one of this number is called; nothing where there is none."""
    if of in header.embedded:
        return number
    size = header.size.get("nr" if of == "row" else "nc", LARGEST)
    if not re.fullmatch(r"\d{1,9}", number, re.ASCII) or not 1 <= int(number) <= size:
        return None
    labels = header.labels.get(of)
    return labels[int(number) - 1] if labels else str(int(number))
