"""A study of twelve people in two places, and one dirty log of theirs: for tests of where it is cleaned."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
from synthetic import settings

from kithwork.engagement import Reader
from kithwork.readers import csvfile
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

PEOPLE = 12
STAFF = "person,email,site\n" + "".join(f"p{i},p{i}@own.example,{('Oslo', 'Dubai')[i % 2]}\n" for i in range(PEOPLE))
PARTIES = "party,kind,domain\np,customer,acme.example\nq,supplier,bolt.example\n"
PLACES = {
    "Oslo": {"timezone": "Europe/Oslo"},
    "Dubai": {"timezone": "Asia/Dubai", "hours": [9, 17], "days": [7, 1, 2, 3, 4]},
}
WORDS = (
    *(f"p{i}@own.example" for i in range(PEOPLE)),
    *("P3 <p3@own.example>", " p4@own.example ", "eva@acme.example", "x@bolt.example", "no-reply@own.example"),
    *("dora@own.example", ""),
)


def settled():
    """The study: people in two places, summer time begins in its course."""
    return settings(engagement={"ids": "public", "bad_rows": "quarantine", "places": PLACES})


def dirty(count: int = 1200) -> pa.Table:
    """A log with repeats, machines, strangers, parties, wrong clocks' years, days it lacks, and every fault of a cell."""
    draw = np.random.default_rng(12)

    def some(values: list, **share) -> list:
        return [values[at] for at in draw.choice(len(values), count, **share)]

    quarters = draw.integers(0, 80 * 96, count)
    when = [pd.Timestamp("2026-02-02") + pd.Timedelta(minutes=15 * int(quarter)) for quarter in quarters]
    odd = some([False, True], p=[0.97, 0.03])
    when = [
        draw.choice([pd.NaT, pd.Timestamp("1970-01-01")]) if strange else at for at, strange in zip(when, odd, strict=True)
    ]
    log = pa.table(
        {
            "ego": pa.array(some(WORDS), pa.string()),
            "alter": pa.array(some(WORDS), pa.string()),
            "channel": pa.array(some(["mail", "chat", "meeting", "call", "pigeon"], p=[0.5, 0.2, 0.2, 0.09, 0.01])),
            "at": pa.array([None if pd.isna(at) else pd.Timestamp(at).to_pydatetime() for at in when], pa.timestamp("us")),
            "minutes": pa.array(
                some([None, 15.0, 30.0, -1.0, float("nan")], p=[0.5, 0.24, 0.24, 0.01, 0.01]), pa.float64()
            ),
            "size": pa.array(some([None, 2, 3, 8, 40]), pa.int64()),
            "message": pa.array([None if at % 5 == 0 else f"<{at}@x>" for at in draw.integers(0, count // 2, count)]),
            "nature": pa.array(
                some([None, "", "list", "auto_reply", "robot"], p=[0.9, 0.06, 0.02, 0.01, 0.01]), pa.string()
            ),
        }
    )
    return pa.concat_tables([log, log.slice(0, 100)])


def text(source: str, content: str) -> Rows:
    """A small source."""
    return whole(csvfile.parse(source, Reader(file=source), Given(source, content=content.encode())))


def beside(log: object) -> dict[str, list]:
    """The study's sources, with this as its log."""
    return {"staff": [text("staff", STAFF)], "parties": [text("parties", PARTIES)], "interactions": [log]}
