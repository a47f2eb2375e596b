"""Personal networks as EgoNet and EgoWeb export them."""

from __future__ import annotations

import csv
import io

from kithwork.readers.parts.given import Given
from samples import Sample

ALTERS = b"""Interview ID,EgoID,unit,Alter Number,Alter Name,advice,closeness,knows_1,knows_2
1,anna@kith.example,North,1,bo@kith.example,1,3,,1
1,anna@kith.example,North,2,cid@kith.example,0,1,1,
2,bo@kith.example,South,1,anna@kith.example,1,2,,
"""
PAIRS = b"""Interview ID,EgoID,Alter 1 Number,Alter 1 Name,Alter 2 Number,Alter 2 Name,knows
1,anna@kith.example,1,bo@kith.example,2,cid@kith.example,1
"""
MATRICES = {"anna.csv": b",bo,cid\nbo,0,1\ncid,1,0\n", "bo.csv": b",anna\nanna,0\n"}
SAID = {"options": {"relations": "advice,closeness", "at_least": "1", "between": "knows_"}}
SAMPLES = [
    Sample("alters.csv", "nominations", ALTERS, SAID),
    Sample("alters.csv", "staff", ALTERS, {"columns": {"unit": "unit"}}),
    Sample("pairs.csv", "nominations", PAIRS, {"options": {"relation": "named", "between": "knows"}}),
    Sample("matrices", "nominations", MATRICES, {"options": {"relation": "named", "between": "knows"}}),
    Sample("matrices", "staff", MATRICES),
]

GROWN = Sample("alters.csv", "nominations", b"", {"options": {"relation": "named"}})
"""How what `many` makes is read."""


def many(n: int) -> bytes:
    """Rows of n alters, ten a respondent, who answered twelve questions of each."""
    header = ",".join(["EgoID", "Alter Number", "Alter Name", *(f"question {number}" for number in range(12))])
    answers = ",".join("yes" if number % 3 else "no" for number in range(12))
    rows = (f"p{number // 10}@kith.example,{number % 10},q{number}@kith.example,{answers}" for number in range(n))
    return "\n".join([header, *rows]).encode()


def plain(given: Given) -> None:
    """The rows by the csv library."""
    with given.open() as file:
        for _ in csv.DictReader(io.TextIOWrapper(file, "utf-8", newline="")):
            pass
