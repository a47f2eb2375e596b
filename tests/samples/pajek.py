"""Pajek networks, with every way to write a tie."""

from __future__ import annotations

import networkx

from kithwork.readers.parts.given import Given
from samples import Sample

ADVICE = b"""% made by us
*Network advice
*Vertices 4
1 "Anna Holm" 0.1 0.5 ic Red
2 "Bo Lund"
3 cid
*Arcs :1 "advice"
1 2 2.5 c Blue
2 1
*Edges :2 "friends"
3 4 1
*Arcslist :1 "advice"
3 1 2
*Edgeslist
1 4
*Partition units
*Vertices 4
1
"""
MATRIX = b"*Vertices 3 1\r\n*Matrix\r\n1 0\r\n"
SAMPLES = [
    Sample("advice.net", "nominations", ADVICE.split(b"*Partition")[0], {"options": {"relation": "knows"}}),
    Sample("cards.net", "nominations", MATRIX, {"options": {"relation": "advice"}}),
    Sample("both.net", "nominations", b'*Vertices 2\n*Arcs :1 "advice"\n*Arcs :2 "friends"\n*Arcs\n2: 1 2 1\n1: 2 1\n'),
]


def many(n: int) -> bytes:
    """A network of n weighted arcs."""
    size = max(10, n // 10)
    vertices = "\n".join(f'{number} "p{number}@kith.example"' for number in range(1, size + 1))
    arcs = "\n".join(f"{number % size + 1} {number * 7 % size + 1} {number % 5 + 1}" for number in range(n))
    return f'*Vertices {size}\n{vertices}\n*Arcs :1 "advice"\n{arcs}\n'.encode()


def plain(given: Given) -> None:
    """The network by networkx."""
    with given.open() as file:
        networkx.read_pajek(file)
