"""GraphML as networkx and igraph write it, and as the specification allows it."""

from __future__ import annotations

import networkx

from kithwork.readers.parts.given import Given
from samples import Sample

HEAD = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
ADVICE = f"""<?xml version="1.0" encoding="utf-8"?>
{HEAD}<key id="u" for="node" attr.name="unit" attr.type="string"><default>North</default></key>
<key id="e" for="node" attr.name="email" attr.type="string"/>
<key id="w" for="edge" attr.name="weight" attr.type="double"/>
<key id="r" for="edge" attr.name="kind" attr.type="string"/>
<graph edgedefault="directed">
<node id="n0"><data key="e">anna@kith.example</data></node>
<node id="n1"><data key="e">bo@kith.example</data><data key="u">South</data></node>
<edge source="n0" target="n1"><data key="r">advice</data><data key="w">2</data></edge>
<edge source="n1" target="n0" directed="false"><data key="r">friends</data></edge>
</graph>
</graphml>
""".encode()
SAMPLES = [
    Sample("a.graphml", "nominations", ADVICE, {"columns": {"relation": "kind"}, "options": {"person": "email"}}),
    Sample("a.graphml", "staff", ADVICE, {"columns": {"unit": "unit", "email": "email"}}),
    Sample("a.graphml", "nominations", ADVICE, {"options": {"relation": "work", "at_least": "2", "undirected": "once"}}),
]

GROWN = Sample("a.graphml", "nominations", b"", {"options": {"relation": "work"}})
"""How what `many` makes is read."""


def many(n: int) -> bytes:
    """A directed graph of n weighted edges."""
    size = max(10, n // 10)
    nodes = "\n".join(f'<node id="p{number}"/>' for number in range(size))
    edges = "\n".join(
        f'<edge source="p{number % size}" target="p{number * 7 % size}"><data key="w">{number % 5 + 1}</data></edge>'
        for number in range(n)
    )
    key = '<key id="w" for="edge" attr.name="weight" attr.type="double"/>'
    return f'{HEAD}{key}<graph edgedefault="directed">\n{nodes}\n{edges}\n</graph></graphml>'.encode()


def plain(given: Given) -> None:
    """The graph by networkx."""
    with given.open() as file:
        networkx.read_graphml(file, force_multigraph=True)
