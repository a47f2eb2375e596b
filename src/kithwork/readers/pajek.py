"""Reads a Pajek network (.net): its arcs and edges as nominations.

By the Pajek reference manual (Mrvar & Batagelj): `*Vertices` with labels, `*Arcs` and `*Edges` with a weight, `*Arcslist`
and `*Edgeslist`, `*Matrix`, several relations as `*Arcs :2 "friends"` or as `2: 1 5` on the line itself. Sections and
numbers are Pajek's, words are the labels; a vertex without one is called by its number. Coordinates, colours and times
are passed over, and lines of partitions, vectors and other parts of a project are counted. Read here line by line: the
parsers of graph libraries drop relations and take broken lines for something else without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers.parts import nominated, numbered
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.nominated import Asked
from kithwork.readers.parts.rows import Fault, Left, Record, Rows, in_batches

SOURCES = ("nominations",)
TAKES = ("encoding", "options")
OPTIONS = {
    "relation": nominated.RELATION,
    "at_least": nominated.AT_LEAST,
    "undirected": nominated.UNDIRECTED,
}

SECTION = re.compile(r'\*\s*(\w+)\s*(?::\s*(\d{1,9}))?\s*(?:"([^"]*)")?')
SIZE = re.compile(r"\*\s*vert\w*\s+(\d{1,9})(?:\s+(\d{1,9}))?", re.IGNORECASE)
VERTEX = re.compile(r'(\d{1,9})(?:\s+(?:"([^"]*)"|(\S+)))?(?=\s|$)', re.ASCII)
NUMBER = re.compile(r"\d{1,9}", re.ASCII)

OTHER = Left("lines of other parts of a project")
AGAIN = "Save the network from Pajek again."
NO_VERTEX = "names a vertex that the network does not have"


@dataclass
class Network:
    """Its file, how many vertices there are, how many are rows of two-mode data, their words, and names of relations."""

    file: str
    size: int = 0
    first_mode: int = 0
    words: dict[str, str] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)
    relation: str = ""
    row: int = 0

    def word(self, number: str) -> str | None:
        """What the vertex of this number is called; nothing where there is no such vertex."""
        found = self.words.get(number)
        if found is None and NUMBER.fullmatch(number) and 1 <= int(number) <= self.size:
            found = self.words.setdefault(number, self.words.get(str(int(number)), str(int(number))))
        return found


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The nominations in a Pajek network. Raises `UserError`."""
    return in_batches(source, given.name, _found(given, spec.encoding, nominated.asked(spec)))


def _found(given: Given, encoding: str, asked: Asked) -> Iterator[Record | Fault | Left]:
    network, kind, labels = Network(given.name), "", set()
    for line, text in numbered.lines(given, encoding):
        text = text.strip()
        if not text or text[0] == "%":
            continue
        if text[0] == "*":
            kind = _section(line, text, network, asked, given.name)
            labels = set() if kind == "vertices" else labels
        elif not kind:
            raise UserError(Problem("does not begin with a section, as *Vertices", given.name, AGAIN, text[:40], line))
        elif kind == "vertices":
            _vertex(line, text, network, labels, given.name)
        elif kind in TIES:
            yield from TIES[kind](line, text.split(), network, asked)
        else:
            yield OTHER
    if not kind:
        raise UserError(Problem("is empty", given.name, AGAIN))


def _section(line: int, text: str, network: Network, asked: Asked, name: str) -> str:
    """What the lines that follow are. Raises `UserError`."""
    found = SECTION.match(text)
    kind, number, label = (found[1].lower(), found[2], found[3]) if found else ("", None, None)
    if kind.startswith("vert"):
        if not (size := SIZE.match(text)):
            raise UserError(Problem("does not say how many vertices there are", name, AGAIN, text[:40], line))
        network.size, network.first_mode = int(size[1]), int(size[2] or 0)
        network.words = {}
        return "vertices"
    if kind in TIES:
        if not network.size:
            raise UserError(Problem("has ties before it has vertices", name, AGAIN, text[:40], line))
        network.row = 0
        network.relation = label or " ".join(filter(None, (asked.relation, number)))
        if number:
            network.relations[number] = network.relation
    return kind or "other"


def _vertex(line: int, text: str, network: Network, labels: set[str], name: str) -> None:
    """Learn what a vertex is called. Raises `UserError`."""
    found = VERTEX.match(text)
    if not found or not 1 <= int(found[1]) <= network.size:
        raise UserError(Problem("is no vertex of the network", name, AGAIN, text[:40], line))
    label = (found[2] if found[2] is not None else found[3] or "").strip()
    if label and label in labels:
        do = "Give every vertex a label of its own, so that people are told apart."
        raise UserError(Problem("is the label of another vertex too", name, do, label[:40], line))
    if label:
        labels.add(label)
        network.words[str(int(found[1]))] = label


def _pair(line: int, cells: list[str], network: Network, asked: Asked, directed: bool) -> Iterator[Record | Fault | Left]:
    relation = network.relation
    if cells[0].endswith(":"):
        number = cells[0][:-1]
        relation = network.relations.get(number, " ".join(filter(None, (asked.relation, number))))
        cells = cells[1:]
    if not relation:
        raise nominated.unnamed(network.file, line)
    if len(cells) < 2:
        yield Fault(line, "edge", "names no pair of vertices", "Write two numbers and a weight.", " ".join(cells)[:40])
        return
    ego, alter = network.word(cells[0]), network.word(cells[1])
    if ego is None or alter is None:
        yield Fault(line, "edge", NO_VERTEX, AGAIN, (cells[0] if ego is None else cells[1])[:40])
    else:
        yield from asked.tie(line, (ego, alter), relation, cells[2] if len(cells) > 2 else "1", directed)


def _list(line: int, cells: list[str], network: Network, asked: Asked, directed: bool) -> Iterator[Record | Fault | Left]:
    if len(cells) < 2:
        yield Fault(line, "edge", "names no pair of vertices", "Write a number and those it is tied to.", cells[0][:40])
    for alter in cells[1:]:
        yield from _pair(line, [cells[0], alter], network, asked, directed)


def _row(line: int, cells: list[str], network: Network, asked: Asked) -> Iterator[Record | Fault | Left]:
    network.row += 1
    rows, width = network.first_mode or network.size, network.size - network.first_mode
    if network.row > rows or len(cells) != width:
        found = f"row {network.row} of {rows}, {len(cells)} values for {width}"
        yield Fault(line, "row", "is no row of the matrix", "Give the matrix a row and a value per vertex.", found)
        return
    ego = str(network.row)
    none = cells.count("0")
    if none:
        yield Left("cells without a tie", none)
    for at, cell in enumerate(cells, start=network.first_mode + 1):
        if cell != "0":
            yield from _pair(line, [ego, str(at), cell], network, asked, directed=True)


TIES: dict[str, Callable[[int, list[str], Network, Asked], Iterator[Record | Fault | Left]]] = {
    "arcs": lambda *given: _pair(*given, directed=True),
    "edges": lambda *given: _pair(*given, directed=False),
    "arcslist": lambda *given: _list(*given, directed=True),
    "edgeslist": lambda *given: _list(*given, directed=False),
    "matrix": _row,
}
"""How a line of each section that holds ties is read."""
