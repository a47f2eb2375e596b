"""Adjacency matrices as CSV."""

from __future__ import annotations

import pandas as pd

from kithwork.readers.parts.given import Given
from samples import Sample

ADVICE = b""",anna@kith.example,bo@kith.example,cid@kith.example
anna@kith.example,0,1,0
bo@kith.example,1,0,2
cid@kith.example,0,NA,0
"""
SAMPLES = [
    Sample("advice.csv", "nominations", ADVICE, {"options": {"relation": "advice"}}),
    Sample("firm.csv", "nominations", b"who,North Ltd\nanna,3\nbo,\n", {"options": {"relation": "buys", "at_least": "2"}}),
]


def many(n: int) -> bytes:
    """A matrix of about n ties, a quarter of all there can be."""
    size = max(12, int(2 * n**0.5))
    people = [f"p{number}@kith.example" for number in range(size)]
    lines = [",".join(["", *people])]
    for row, person in enumerate(people):
        tied = {(row * 7 + step * 13) % size for step in range(size // 4)}
        lines.append(",".join([person, *("1" if column in tied else "0" for column in range(size))]))
    return "\n".join(lines).encode()


def plain(given: Given) -> None:
    """The cells by pandas, as text."""
    with given.open() as file:
        pd.read_csv(file, dtype="str", index_col=0)
