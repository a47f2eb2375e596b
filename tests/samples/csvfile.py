"""Tables as CSV: the toolkit's own columns, a client's words and delimiter, and what an older spreadsheet writes."""

from __future__ import annotations

from kithwork.readers.parts.given import Given
from samples import Sample

SAMPLES = [
    Sample("staff.csv", "staff", b'person,unit,role\ne1,North,engineer\ne2,"South, inner","head of ""all"""\n'),
    Sample(
        "Mitarbeiter.csv",
        "staff",
        "Nr;Abteilung\n17;Büro\n18;Werk\n".encode("cp1252"),
        {"columns": {"person": "Nr", "unit": "Abteilung"}, "encoding": "cp1252", "options": {"delimiter": "semicolon"}},
    ),
    Sample(
        "calls.csv",
        "interactions",
        b"\xef\xbb\xbfego,alter,at,minutes\r\nanna@north.example,bo@north.example,2026-09-07T14:30:00+02:00,5\r\n",
        {"constants": {"channel": "call"}},
    ),
    Sample(
        "ideas.csv",
        "opportunities",
        b"Idea No,Raised on,Raised by,From account,Type,Tested on\n1,2026-02-02,e1,Acme,cost,2026-03-02\n2,2026-02-03,,,,",
        {
            "columns": {
                "opportunity": "Idea No",
                "raised": "Raised on",
                "person": "Raised by",
                "party": "From account",
                "kind": "Type",
                "tested": "Tested on",
            }
        },
    ),
]

GROWN = Sample("log.csv", "interactions", b"")
"""How what `many` makes is read."""


def many(n: int) -> bytes:
    """A log of n contacts, a third of them in quotes."""
    rows = [
        f"p{i % 4999}@north.example,p{i * 7 % 5003}@north.example,mail,2026-09-07T14:30:{i % 60:02d}+02:00,{i % 90},2\n"
        if i % 3
        else f'"Anna ""A"" {i % 4999}","Bo, {i * 7 % 5003}","chat","2026-09-07T14:30:{i % 60:02d}+02:00","","3"\n'
        for i in range(n)
    ]
    return ("ego,alter,channel,at,minutes,size\n" + "".join(rows)).encode()


def plain(given: Given) -> None:
    """pandas reads all cells as text."""
    import pandas as pd

    with given.open() as file:
        pd.read_csv(file, dtype=str, keep_default_na=False)
