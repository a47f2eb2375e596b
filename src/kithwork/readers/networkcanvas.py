"""Reads a Network Canvas export, a zip file or folder of CSV or GraphML files: whom each participant named.

By Network Canvas, Documentation: "Data Export", and its GraphML schemas: a `…_ego.csv` with a row per session, an
`…_attributeList_<type>.csv` per type of alter and an `…_edgeList_<type>.csv` per type of tie between alters, joined by
`networkCanvasEgoUUID` and `networkCanvasUUID`; in GraphML a graph per session, whose own data are the participant's. CSV
files are known by their headers. Where both forms are there CSV is read, as both tell of the same sessions. Participants
are called by their case id, alters by their name, unless options say otherwise. Adjacency matrices repeat the edge lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import compress, groupby
from pathlib import PurePosixPath

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError, nearest
from kithwork.readers import graphml
from kithwork.readers.parts import archive, nominated, numbered, personal, xmlfile
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.graphxml import MAPPED
from kithwork.readers.parts.nominated import Asked
from kithwork.readers.parts.personal import Found, Row
from kithwork.readers.parts.rows import Fault, Left, Rows, Several, in_batches

SOURCES = ("nominations", "staff")
TAKES = ("columns", "options")
OPTIONS = {
    "ego": "what participants are called by: an attribute of theirs; as it stands, networkCanvasCaseID",
    "person": "what alters are called by: an attribute of theirs; as it stands, name",
    "relations": personal.RELATIONS,
    "relation": "the one relation all alters are named in; as it stands, their type",
    "between": "yes reads ties between alters too, by their type, as the participant tells them",
    "at_least": nominated.AT_LEAST,
    "undirected": nominated.UNDIRECTED,
}

EGO, ALTER, CASE = "networkCanvasEgoUUID", "networkCanvasUUID", "networkCanvasCaseID"
ENDS = ("networkCanvasSourceUUID", "networkCanvasTargetUUID")
TYPE = "networkCanvasType"
FORMULA = frozenset({"'=", "'+", "'-", "'@"})
"""How an export begins a cell that a spreadsheet would take for a formula."""

AGAIN = "Export the sessions from Network Canvas again, as CSV."
NO_SESSION = "belongs to a session whose participant is not in the export"

About = dict[str, str]
Columns = dict[str, list[str]]


@dataclass
class Session:
    """One interview: what is known of the participant, of alters by their node, and of ties between them."""

    line: int
    ego: About
    alters: list[tuple[int, str, About]] = field(default_factory=list)
    ties: list[tuple[int, str, str, About]] = field(default_factory=list)


@dataclass(frozen=True)
class Wish:
    """What the options ask for."""

    source: str
    ego: str
    person: str
    relations: list[str]
    asked: Asked
    between: bool
    columns: dict[str, str]

    def staff(self, lines: list[int], egos: Columns) -> Several:
        """Participants as staff."""
        mapped = {name: egos[attribute] for name, attribute in self.columns.items()}
        return Several(lines, {"person": egos[self.ego], **mapped})

    def named(self, lines: list[int], egos: list[str], kind: str, alters: Columns) -> Found:
        """What participants say of alters of one type, which is the relation unless one is stated."""
        asked = self.asked if self.asked.relation else replace(self.asked, relation=kind)
        pairs = list(zip(egos, alters[self.person], strict=True))
        return personal.named(lines, pairs, self.relations, alters, asked)


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The nominations or the participants in a Network Canvas export. Raises `UserError`."""
    said = spec.options
    if wrong := [one for one in spec.columns if source != "staff" or one not in MAPPED["staff"]]:
        do = nearest(wrong[0], MAPPED["staff"]) if source == "staff" else "Take it out: nominations take options only."
        raise UserError(Problem("is no field taken from attributes", "params.yaml", do, wrong[0], column="columns"))
    wish = Wish(
        source,
        said.get("ego", CASE),
        said.get("person", "name"),
        personal.listed(said.get("relations", "")),
        nominated.asked(spec),
        said.get("between") == "yes",
        spec.columns,
    )
    return in_batches(source, given.name, _found(given, wish))


def _found(given: Given, wish: Wish) -> Found:
    with archive.files(given, AGAIN) as files:
        tables = {role: [] for role in ("ego", "alters", "ties")}
        for name, file in files.items():
            if name.lower().endswith(".csv") and (role := _role(file)):
                tables[role].append(file)
        graphs = [file for name, file in files.items() if name.lower().endswith(".graphml")]
        if any(tables.values()):
            yield from _tables(tables, wish, given.name)
            if graphs:
                yield Left("GraphML files beside CSV files", len(graphs))
        elif graphs:
            for file in graphs:
                for session in _sessions(file):
                    yield from _session(session, wish)
        else:
            raise UserError(Problem("holds no file of Network Canvas", given.name, AGAIN, f"{len(files)} files"))


def _role(file: Given) -> str | None:
    """What a CSV file holds, by its header."""
    header = {cell.strip().lstrip("\ufeff") for cell in next(numbered.cells(file, "utf-8"), (1, []))[1]}
    if EGO not in header:
        return None
    if set(ENDS) <= header:
        return "ties"
    return "alters" if ALTER in header else "ego"


def _read(file: Given, wanted: list[str], tell: Callable[[list[int], Columns], Found]) -> Found:
    """What the rows of a CSV file tell, by their lines and the columns wanted. Raises `UserError`."""
    body = numbered.cells(file, "utf-8")
    header = [cell.strip() for cell in next(body)[1]]
    personal.has(wanted, header, file.name)
    at = {column: header.index(column) for column in wanted}

    def clean(block: list[Row]) -> Found:
        return tell([line for line, _ in block], {column: _clean(block, place) for column, place in at.items()})

    return personal.told(personal.rows(header, body, AGAIN), clean)


def _clean(block: list[Row], place: int) -> list[str]:
    return [cell[1:] if cell[:2] in FORMULA else cell for cell in (row[place] for _, row in block)]


def _tables(tables: dict[str, list[Given]], wish: Wish, name: str) -> Found:
    """The records of an export as CSV. Raises `UserError`."""
    egos: dict[str, str] = {}
    if not tables["ego"]:
        raise UserError(Problem("holds no list of participants, as …_ego.csv", name, AGAIN))

    def participants(lines: list[int], about: Columns) -> Found:
        egos.update(zip(about[EGO], map(str.strip, about[wish.ego]), strict=True))
        if wish.source == "staff":
            yield wish.staff(lines, about)

    for file in tables["ego"]:
        yield from _read(file, [EGO, wish.ego, *wish.columns.values()], participants)
    if wish.source == "nominations":
        words: dict[tuple[str, str], str] = {}
        for file in tables["alters"]:
            tell = partial(_alters, wish, egos, words, _kind(file, "_attributeList_"))
            yield from _read(file, [EGO, ALTER, wish.person, *wish.relations], tell)
        for file in tables["ties"]:
            yield from _read(file, [EGO, *ENDS], partial(_ties, wish, words, _kind(file, "_edgeList_")))


def _alters(
    wish: Wish, egos: About, words: dict[tuple[str, str], str], kind: str, lines: list[int], about: Columns
) -> Found:
    known = [session in egos for session in about[EGO]]
    if not all(known):
        unknown = [(line, ego) for line, ego in zip(lines, about[EGO], strict=True) if ego not in egos]
        yield from (Fault(line, EGO, NO_SESSION, AGAIN, ego[:40]) for line, ego in unknown)
        lines = list(compress(lines, known))
        about = {column: list(compress(cells, known)) for column, cells in about.items()}
    if wish.between:
        words.update(zip(zip(about[EGO], about[ALTER], strict=True), about[wish.person], strict=True))
    yield from wish.named(lines, [egos[session] for session in about[EGO]], kind, about)


def _ties(wish: Wish, words: dict[tuple[str, str], str], kind: str, lines: list[int], about: Columns) -> Found:
    if not wish.between:
        yield personal.TOLD._replace(count=len(lines))
        return
    for line, session, *ends in zip(lines, *(about[column] for column in (EGO, *ENDS)), strict=True):
        yield from _tie(line, kind, [words.get((session, end)) for end in ends], wish)


def _tie(line: int, kind: str, pair: list[str | None], wish: Wish) -> Found:
    if None in pair:
        yield Fault(line, "edge", "names an alter that the export does not have", AGAIN)
    else:
        yield from wish.asked.tie(line, (pair[0], pair[1]), kind, "1", directed=False)


def _kind(file: Given, mark: str) -> str:
    """The type that the name of a file ends with."""
    stem = PurePosixPath(file.name).stem
    return stem.partition(mark)[2] or stem


def _session(session: Session, wish: Wish) -> Found:
    """The records of one session in GraphML."""
    ego = {attribute: session.ego.get(attribute, "") for attribute in (wish.ego, *wish.columns.values())}
    if wish.source == "staff":
        yield wish.staff([session.line], {attribute: [said] for attribute, said in ego.items()})
        return
    words = {node: about.get(wish.person, "") for _, node, about in session.alters}
    for kind, alike in groupby(session.alters, key=lambda alter: alter[2].get(TYPE, "alter")):
        lines, _, alters = zip(*alike, strict=True)
        columns = {column: [about.get(column, "") for about in alters] for column in (wish.person, *wish.relations)}
        yield from wish.named(list(lines), [ego[wish.ego]] * len(lines), kind, columns)
    for line, start, end, about in session.ties:
        if wish.between:
            yield from _tie(line, about.get(TYPE, "edge"), [words.get(start), words.get(end)], wish)
        else:
            yield personal.TOLD


def _sessions(file: Given) -> Iterator[Session]:
    """The graphs of a GraphML file, each when it ends. Raises `UserError`."""
    keys: dict[str, str] = {}
    opened: list[tuple[int, dict[str, str], About]] = []
    session = Session(0, {})
    for line, name, tag, text in xmlfile.elements(file, "graphml", graphml.WANTED, graphml.SPOKEN, AGAIN):
        if tag is not None:
            opened.append((line, tag, {}))
            if name == "graph":
                session = Session(line, {})
            continue
        begun, tag, data = opened.pop()
        if name == "data" and opened:
            opened[-1][2][keys.get(tag.get("key", ""), "")] = text.strip()
        elif name == "key":
            keys[tag.get("id", "")] = tag.get("attr.name", tag.get("id", ""))
        elif name == "node":
            session.alters.append((begun, tag.get("id", ""), data))
        elif name == "edge":
            session.ties.append((begun, tag.get("source", ""), tag.get("target", ""), data))
        elif name == "graph":
            case = next((said for one, said in tag.items() if one.rpartition(" ")[2].lower() == "caseid"), "")
            session.ego = {CASE: case, **data}
            yield session
