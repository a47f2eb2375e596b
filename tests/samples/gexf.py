"""GEXF as Gephi and networkx write it."""

from __future__ import annotations

import networkx

from kithwork.readers.parts.given import Given
from samples import Sample

HEAD = '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
ADVICE = b"""<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
<meta><creator>us</creator></meta>
<graph defaultedgetype="undirected" mode="static">
<attributes class="node"><attribute id="0" title="unit" type="string"><default>North</default></attribute></attributes>
<attributes class="edge"><attribute id="0" title="since" type="integer"/></attributes>
<nodes>
<node id="n0" label="anna@kith.example"><viz:size value="10"/></node>
<node id="n1" label="bo@kith.example"><attvalues><attvalue for="0" value="South"/></attvalues></node>
</nodes>
<edges>
<edge id="0" source="n0" target="n1" kind="advice" type="directed" weight="2.0"/>
<edge id="1" source="n0" target="n1" kind="friends"/>
</edges>
</graph>
</gexf>
"""
SAMPLES = [
    Sample("a.gexf", "nominations", ADVICE, {"columns": {"relation": "kind"}, "options": {"person": "label"}}),
    Sample("a.gexf", "staff", ADVICE, {"columns": {"unit": "unit"}, "options": {"person": "label"}}),
]


def many(n: int) -> bytes:
    """A directed graph of n weighted edges."""
    size = max(10, n // 10)
    nodes = "\n".join(f'<node id="p{number}" label="p{number}"/>' for number in range(size))
    edges = "\n".join(
        f'<edge id="{number}" source="p{number % size}" target="p{number * 7 % size}" weight="{number % 5 + 1}"/>'
        for number in range(n)
    )
    graph = f'<graph defaultedgetype="directed">\n<nodes>{nodes}</nodes>\n<edges>{edges}</edges>\n</graph>'
    return f"{HEAD}{graph}</gexf>".encode()


def plain(given: Given) -> None:
    """The graph by networkx."""
    with given.open() as file:
        networkx.read_gexf(file)
