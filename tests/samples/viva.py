"""Queries of Viva Insights: pairs of people, with what the query tells of them, and people by week."""

from __future__ import annotations

from kithwork.readers.parts.given import Given
from samples import Sample

PAIRS = (
    b"PrimaryCollaborator_PersonId,SecondaryCollaborator_PersonId,MetricDate,"
    b"Diverse_tie_score,Diverse_tie_type,Strong_tie_score,Strong_tie_type\n"
)
TIES = PAIRS + (
    b"0a1b,2c3d,2026-09-01,0.128,0,0.069,1\n"
    b"0a1b,4e5f,2026-09-01,0.301,2,0.011,2\n"
    b"2c3d,4e5f,2026-09-01,0.002,0,0.001,0\n"
    b"0a1b,2c3d,2026-10-01,0.118,0,0.071,1\n"
)
SAID = {"options": {"channel": "chat"}}

SAMPLES = [
    Sample("p2p.csv", "interactions", TIES, SAID),
    Sample("p2p.csv", "nominations", TIES),
    Sample(
        "person query.csv",
        "staff",
        b"PersonId,MetricDate,Collaboration_hours,Organization,LevelDesignation,FunctionType\n"
        b"0a1b,2026-09-06,22.9,Research,Manager,Sales\n0a1b,2026-09-13,21.4,Research,Manager,Sales\n"
        b"2c3d,2026-09-06,19.0,Finance,Junior IC,IT\n",
    ),
]


def many(n: int) -> bytes:
    """A query of n pairs and months."""
    rows = (f"{i % 997:08x},{i % 1009:08x},2026-{i % 12 + 1:02d}-01,0.128658268,{i % 3},0.069560552,1\n" for i in range(n))
    return PAIRS + "".join(rows).encode()


def plain(given: Given) -> None:
    """pandas reads all cells as text."""
    import pandas as pd

    with given.open() as file:
        pd.read_csv(file, dtype=str, keep_default_na=False)
