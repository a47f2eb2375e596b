"""What GraphML and GEXF share: nodes and edges with attributes become a staff list or nominations.

People are called by their node's id, or by the attribute that the option `person` names. An edge that comes before its
nodes waits for them; one whose nodes never come is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError, nearest
from kithwork.readers.parts import nominated
from kithwork.readers.parts.nominated import Asked
from kithwork.readers.parts.rows import FIELDS, Fault, Left, Record

SOURCES = ("staff", "nominations")
TAKES = ("columns", "options")
OPTIONS = {
    "person": "the node attribute that people are called by; as it stands, the node's id",
    "relation": nominated.RELATION,
    "weight": "the edge attribute that is the strength of a tie; as it stands, weight",
    "at_least": nominated.AT_LEAST,
    "undirected": nominated.UNDIRECTED,
}
MAPPED = {"staff": tuple(name for name in FIELDS["staff"] if name != "person"), "nominations": ("relation",)}
"""Fields that `columns` may take from attributes: of nodes for staff, of edges for nominations."""


class Node(NamedTuple):
    """One node, and its attributes by name."""

    line: int
    id: str
    about: dict[str, str]


class Edge(NamedTuple):
    """One edge, from node to node by their ids, and its attributes by name."""

    line: int
    source: str
    target: str
    directed: bool
    about: dict[str, str]


@dataclass
class Declared:
    """Names of the attributes that a file says its nodes and edges may have."""

    node: set[str] = field(default_factory=set)
    edge: set[str] = field(default_factory=set)


def records(
    source: str, spec: Reader, name: str, declared: Declared, items: Iterator[Node | Edge | Left]
) -> Iterator[Record | Fault | Left]:
    """Nodes as staff, or edges as nominations; `declared` is complete when the first of them comes. Raises `UserError`."""
    asked = nominated.asked(spec)
    if wrong := [column for column in spec.columns if column not in MAPPED[source]]:
        where = f"sources.{source}.columns"
        raise UserError(
            [
                Problem("is no field taken from attributes", "params.yaml", nearest(one, MAPPED[source]), one, column=where)
                for one in wrong
            ]
        )
    if source == "nominations" and not (asked.relation or spec.columns):
        raise nominated.unnamed(name)
    read = _staff(spec, items) if source == "staff" else _nominations(spec, asked, items)
    first = next(read, None)
    _has(source, spec, name, declared)
    if first is not None:
        yield first
    yield from read


def _has(source: str, spec: Reader, name: str, declared: Declared) -> None:
    """That the file has each attribute that params.yaml names. Raises `UserError`."""
    wanted = [(column, declared.node if source == "staff" else declared.edge) for column in spec.columns.values()]
    wanted += [(spec.options[one], have) for one, have in _options(declared) if one in spec.options]
    problems = [
        Problem("is not an attribute in the file", name, nearest(one, have) if have else "It has none.", one, column=one)
        for one, have in wanted
        if one not in have
    ]
    if problems:
        raise UserError(problems)


def _options(declared: Declared) -> list[tuple[str, set[str]]]:
    return [("person", declared.node), ("weight", declared.edge)]


def _staff(spec: Reader, items: Iterator[Node | Edge | Left]) -> Iterator[Record | Fault | Left]:
    person = spec.options.get("person")
    for item in items:
        if isinstance(item, Node):
            word = item.about.get(person, "") if person else item.id
            mapped = {name: item.about.get(attribute, "") for name, attribute in spec.columns.items()}
            yield Record(item.line, {"person": word, **mapped})
        elif isinstance(item, Left):
            yield item


def _nominations(spec: Reader, asked: Asked, items: Iterator[Node | Edge | Left]) -> Iterator[Record | Fault | Left]:
    person, weight = spec.options.get("person"), spec.options.get("weight", "weight")
    relation = spec.columns.get("relation", "")
    words: dict[str, str] = {}
    waiting: list[Edge] = []

    def named(edge: Edge) -> Iterator[Record | Fault | Left]:
        pair = words[edge.source], words[edge.target]
        word = edge.about.get(relation, asked.relation) if relation else asked.relation
        return asked.tie(edge.line, pair, word, edge.about.get(weight, "1"), edge.directed)

    for item in items:
        if isinstance(item, Node):
            words[item.id] = item.about.get(person, "") if person else item.id
        elif isinstance(item, Left):
            yield item
        elif item.source in words and item.target in words:
            yield from named(item)
        else:
            waiting.append(item)
    for edge in waiting:
        lost = next((one for one in (edge.source, edge.target) if one not in words), None)
        if lost is None:
            yield from named(edge)
        else:
            do = "Export the network again, with all its nodes."
            yield Fault(edge.line, "edge", "names a node that the file does not have", do, lost[:40])
