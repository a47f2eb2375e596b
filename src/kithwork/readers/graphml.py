"""Reads a GraphML file: its edges as nominations, or its nodes as a staff list.

By the GraphML specification (Brandes, Eiglsperger, Lerner & Pich, "Graph Markup Language", in Handbook of Graph Drawing
and Visualization, 2013): an edge is directed by its own word or else by its graph's `edgedefault`; attributes are declared
by `key`, with defaults. Nested graphs and several graphs of one file are read. Hyperedges are counted only, as they name no
pair; ports, and elements of other namespaces such as drawings, are passed over. Parsed by expat: the parsers of graph
libraries build the whole network before they hand on any of it, and name no line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kithwork.engagement import Reader
from kithwork.readers.parts import graphxml, xmlfile
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.graphxml import Declared, Edge, Node
from kithwork.readers.parts.rows import Left, Rows, in_batches

SOURCES, TAKES, OPTIONS = graphxml.SOURCES, graphxml.TAKES, graphxml.OPTIONS

WANTED = ("key", "default", "graph", "node", "edge", "hyperedge", "port", "data")
SPOKEN = ("data", "default")
AGAIN = "Export the network again, as GraphML."
HYPEREDGE = Left("hyperedges")


class Key(NamedTuple):
    """An attribute that a file declares: of what, by which name, and what it is where nothing is said."""

    of: str
    name: str
    default: str | None


Open = tuple[int, str, dict[str, str], dict[str, str]]
"""An element that has begun: line, name, what it says in its tag, and its data by key."""


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The nominations or the staff in a GraphML file. Raises `UserError`."""
    declared = Declared()
    return in_batches(source, given.name, graphxml.records(source, spec, given.name, declared, items(given, declared)))


def items(given: Given, declared: Declared) -> Iterator[Node | Edge | Left]:
    """Nodes and edges as their elements end; fills `declared` before the first. Raises `UserError`."""
    keys: dict[str, Key] = {}
    opened: list[Open] = []
    for line, name, tag, text in xmlfile.elements(given, "graphml", WANTED, SPOKEN, AGAIN):
        if tag is not None:
            opened.append((line, name, tag, {}))
            continue
        one = opened.pop()
        if name == "data":
            if opened and "key" in one[2]:
                opened[-1][3][one[2]["key"]] = text.strip()
        elif name == "edge":
            yield _edge(one, keys, opened)
        elif name == "node":
            yield Node(one[0], one[2].get("id", ""), _about(one, keys))
        elif name == "default":
            if opened:
                opened[-1][3]["default"] = text.strip()
        elif name == "key":
            _declare(one, keys, declared)
        elif name == "hyperedge":
            yield HYPEREDGE


def _declare(one: Open, keys: dict[str, Key], declared: Declared) -> None:
    _, _, tag, data = one
    key = Key(tag.get("for", "all"), tag.get("attr.name", ""), data.get("default"))
    if key.name and "id" in tag:
        keys[tag["id"]] = key
        if key.of in ("node", "all"):
            declared.node.add(key.name)
        if key.of in ("edge", "all"):
            declared.edge.add(key.name)


def _edge(one: Open, keys: dict[str, Key], opened: list[Open]) -> Edge:
    line, _, tag, _ = one
    if "directed" in tag:
        directed = tag["directed"] in ("true", "1")
    else:
        graph = next((tag for _, name, tag, _ in reversed(opened) if name == "graph"), {})
        directed = graph.get("edgedefault") == "directed"
    return Edge(line, tag.get("source", ""), tag.get("target", ""), directed, _about(one, keys))


def _about(one: Open, keys: dict[str, Key]) -> dict[str, str]:
    """The attributes of a node or edge by name, with the file's defaults."""
    _, of, _, data = one
    about = {}
    for key in keys.values():
        if key.default is not None and key.of in (of, "all"):
            about[key.name] = key.default
    for said, text in data.items():
        if said in keys:
            about[keys[said].name] = text
    return about
