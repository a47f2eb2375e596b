"""Reads a GEXF file, as of Gephi: its edges as nominations, or its nodes as a staff list.

By the GEXF primer, versions 1.2 and 1.3: an edge is directed, undirected or mutual by its `type` or else by its graph's
`defaultedgetype`; a mutual one is read as one without direction. `label` of a node, and `label`, `kind` and `weight` of an
edge, are attributes beside those the file declares. Nodes within nodes are read as nodes. A network that changes over time
is refused: which of its ties hold on the day of the study nobody here can say. Colours, sizes and places are passed over.
Parsed by expat, for the reasons given in `graphml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers.parts import graphxml, xmlfile
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.graphxml import Declared, Edge, Node
from kithwork.readers.parts.rows import Rows, in_batches

SOURCES, TAKES, OPTIONS = graphxml.SOURCES, graphxml.TAKES, graphxml.OPTIONS

WANTED = ("graph", "attributes", "attribute", "default", "node", "edge", "attvalue")
OWN = {"node": ("label",), "edge": ("label", "kind", "weight")}
"""Attributes that stand in the tag itself."""

SPOKEN = ("default",)
AGAIN = "Export the network again, as GEXF."

Titles = dict[str, dict[str, str]]
"""By node and edge: the title of each declared attribute by its id, or its default by its title."""


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The nominations or the staff in a GEXF file. Raises `UserError`."""
    declared = Declared(set(OWN["node"]), set(OWN["edge"]))
    return in_batches(source, given.name, graphxml.records(source, spec, given.name, declared, items(given, declared)))


def items(given: Given, declared: Declared) -> Iterator[Node | Edge]:
    """Nodes and edges as their elements end; fills `declared` before the first. Raises `UserError`."""
    titles: Titles = {"node": {}, "edge": {}}
    defaults: Titles = {"node": {}, "edge": {}}
    opened: list[tuple[int, str, dict[str, str], dict[str, str]]] = []
    of, title, default = "node", "", "undirected"
    for line, name, tag, text in xmlfile.elements(given, "gexf", WANTED, SPOKEN, AGAIN):
        if tag is None:
            if name in OWN:
                yield _item(*opened.pop(), default)
            elif name == "default":
                defaults[of][title] = text.strip()
        elif name in OWN:
            opened.append((line, name, tag, defaults[name] | {own: tag[own] for own in OWN[name] if own in tag}))
        elif name == "attvalue" and opened:
            _, item, _, about = opened[-1]
            key = tag.get("for", tag.get("id", ""))
            if key in titles[item]:
                about[titles[item][key]] = tag.get("value", "")
        elif name == "attributes":
            of = "edge" if tag.get("class") == "edge" else "node"
        elif name == "attribute":
            title = tag.get("title", tag.get("id", ""))
            titles[of][tag.get("id", "")] = title
            (declared.node if of == "node" else declared.edge).add(title)
        elif name == "graph":
            default = tag.get("defaultedgetype", "undirected")
            _static(line, tag, given.name)


def _item(line: int, name: str, tag: dict[str, str], about: dict[str, str], default: str) -> Node | Edge:
    if name == "node":
        return Node(line, tag.get("id", ""), about)
    directed = tag.get("type", default) == "directed"
    return Edge(line, tag.get("source", ""), tag.get("target", ""), directed, about)


def _static(line: int, graph: dict[str, str], name: str) -> None:
    if graph.get("mode") == "dynamic":
        do = "Export the network as it is on one day, without a timeline."
        raise UserError(Problem("holds a network that changes over time", name, do, "dynamic", line))
