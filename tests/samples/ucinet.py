"""UCINET DL files, one of each format."""

from __future__ import annotations

import numpy as np

from kithwork.readers.parts.given import Given
from samples import Sample

SAID = {"options": {"relation": "advice"}}
FULL = b"dl n=3 format = fullmatrix\nlabels:\nanna,bo,cid\ndata:\n0 1 0\n1 0 2\n0 na 0\n"
EXPORTED = b"""dl nr = 2, nc = 3 format = fullmatrix
row labels:
"Anna Holm"
"Bo Lund"
column labels:
x
y
z
data:
 1 0 0
 0 1 1
"""
MANY = b'DL N=2 NM=2\nLABELS:\nanna bo\nMATRIX LABELS:\nadvice "likes"\nDATA:\n0 1\n1 0\n\n0 0\n1 0\n'
SAMPLES = [
    Sample("full.dl", "nominations", FULL, SAID),
    Sample("exported.dl", "nominations", EXPORTED, SAID),
    Sample("many.dl", "nominations", MANY),
    Sample("embedded.dl", "nominations", b"dl n=2\nlabels embedded\ndata:\n anna bo\nanna 0 1\nbo 0 0\n", SAID),
    Sample("absent.dl", "nominations", b"dl n=3 diagonal=absent\ndata:\n1 0\n0 1\n0 0\n", SAID),
    Sample("lower.dl", "nominations", b"dl n=3, format=lowerhalf, diagonal absent\ndata:\n1\n0 1\n", SAID),
    Sample("nodes.dl", "nominations", b"dl n=3 format=nodelist1\nlabels:\nanna bo cid\ndata:\n1 2 3\n3 1\n", SAID),
    Sample("edges.dl", "nominations", b"dl n=3 format=edgelist1\nlabels embedded:\ndata:\nanna bo 2\ncid anna\n", SAID),
    Sample("two.dl", "nominations", b"dl nr=2 nc=1 format=edgelist2\ncol labels:\nx\ndata:\n1 1\n2 1 3\n", SAID),
]


def many(n: int) -> bytes:
    """A full matrix of about n ties, a quarter of all there can be."""
    size = max(12, int(2 * n**0.5))
    lines = [f"dl n={size}", "data:"]
    for row in range(size):
        tied = {(row * 7 + step * 13) % size for step in range(size // 4)}
        lines.append(" ".join("1" if column in tied else "0" for column in range(size)))
    return "\n".join(lines).encode()


def plain(given: Given) -> None:
    """The values by numpy."""
    with given.open() as file:
        np.loadtxt(file, skiprows=2)
