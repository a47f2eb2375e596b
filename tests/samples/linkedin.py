"""`Connections.csv`: as it comes now, and as it came before there were notes and addresses of profiles in it."""

from __future__ import annotations

from kithwork.readers.parts.given import Given
from samples import Sample

SAID = {"options": {"owner": "anna@north.example"}}
NOTES = b'Notes:\n"When exporting your connection data, some of the email addresses may be missing."\n\n'
HEADER = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"

SAMPLES = [
    Sample(
        "Connections.csv",
        "nominations",
        NOTES
        + HEADER
        + b"Bo,Ek,https://www.linkedin.example/in/bo,bo@north.example,North,Planner,07 Sep 2026\n"
        + b'Cid,"Dahl, MBA",https://www.linkedin.example/in/cid,,South,Designer,01 Jan 2024\n'
        + b",,,,,,18 Jul 2022\n",
        SAID,
    ),
    Sample(
        "Connections 2021.csv",
        "nominations",
        b"First Name,Last Name,Email Address,Company,Position,Connected On\nBo,Ek,,North,Planner,07 Sep 2020",
        SAID,
    ),
]


def many(n: int) -> bytes:
    """An export of n connections, one in ten with an address."""
    rows = (
        f"Bo,Ek {i},https://www.linkedin.example/in/bo-{i},{'' if i % 10 else f'bo{i}@north.example'},North,Planner,"
        "07 Sep 2026\n"
        for i in range(n)
    )
    return NOTES + HEADER + "".join(rows).encode()


def plain(given: Given) -> None:
    """pandas reads all cells as text."""
    import pandas as pd

    with given.open() as file:
        pd.read_csv(file, dtype=str, keep_default_na=False, skiprows=3)
