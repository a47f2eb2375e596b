"""Contacts judged where they lie: the same records, faults and counts as batch by batch, whatever the columns hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import settings as about

from kithwork.cleaning import lying, staging
from kithwork.cleaning.workplace import AtHand
from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import warehouse
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.lying import Lying

WORDS = st.sampled_from(["Anna <anna@x.example>", "bo@x.example", " bo@x.example\u2003", "1.0E+05", "", " ", None, "Çi"])
CHANNELS = st.sampled_from(["mail", " call", "Mail", "pigeon", "", None, "m" * 121])
CODES = st.sampled_from(["<1@x>", " <1@x>", "<1@x>\u2003", "", " ", None, "é", "nan", "None"])
NATURES = st.sampled_from([None, None, "", "list", "LIST", "robot"])
NUMBERS = st.sampled_from(
    ["3", "3.50", " 4 ", "1e2", "-1", "1,000", "1_0", "x", "", None, "nan", "inf", "0x10", "99999999999"]
)
HOURS = st.sampled_from(
    [
        *(
            "2026-09-07T14:30:00+02:00",
            "2026-09-07 14:30:00.25",
            "2026-09-07T14:30:00Z",
            "2026-09-07",
            "20260907",
            "2026-02-31",
        ),
        *(
            "2026-03-29 02:30:00",
            "2026-10-25 02:30:00",
            "2024-02-29",
            "2026-09-07T24:00:00",
            "2026-09-07T14:30",
            "2026",
            "now",
        ),
        *(
            "2026-09-07T14:30:00+0200",
            "2026-09-07T14:30:00-15:00",
            " 2026-09-07",
            "",
            None,
            "1899-12-31 10:00:00",
            "2150-01-01",
        ),
    ]
)
DAYS = [(2026, 9, 7, 14, 30), (2026, 3, 29, 2, 30), (2026, 10, 25, 2, 30), (1, 1, 1), (9999, 12, 31, 23)]
MOMENTS = st.sampled_from([None, *(dt.datetime(*day) for day in DAYS)])
FLOATS = st.sampled_from([None, 30.0, 0.1, -1.0, float("nan"), float("inf"), 2.0, 1e9, 1e-5])
KINDS = {
    "at": [(HOURS, pa.string()), (MOMENTS, pa.timestamp("us")), (MOMENTS, pa.timestamp("us", "UTC")),
           (MOMENTS.map(lambda at: at and at.date()), pa.date32())],
    "minutes": [(NUMBERS, pa.string()), (FLOATS, pa.float64())],
    "size": [(NUMBERS, pa.string()), (st.sampled_from([None, 1, 2, 40, 2**60]), pa.int64()), (FLOATS, pa.float32())],
    "message": [(CODES, pa.string()), (st.sampled_from([None, 7, 10**12]), pa.int64())],
    "nature": [(NATURES, pa.string())],
}  # fmt: skip


@st.composite
def logs(draw) -> pa.Table:
    """A log of a few records with every fault there is, its columns of any kind that a client's table may have."""
    count = draw(st.integers(1, 6))

    def column(values, kind=None):
        return pa.array(draw(st.lists(values, min_size=count, max_size=count)), kind or pa.string())

    found = {"ego": column(WORDS), "alter": column(WORDS), "channel": column(CHANNELS)}
    chosen = {name: draw(st.sampled_from([None, *kinds])) for name, kinds in KINDS.items()}
    return pa.table(found | {name: column(*kind) for name, kind in chosen.items() if kind})


def both(path: Path, zone: str = "UTC", **said) -> tuple[staging.Staged, lying.Judged]:
    """A parquet file, gone through batch by batch, and judged where it lies."""
    spec, there = Reader(reader="warehouse", file="c.parquet", timezone=zone, **said), Given("c.parquet", path)

    def rows():
        return (replace(one, timezone=zone) for one in warehouse.parse("interactions", spec, there))

    table = Lying(there.name, zone, partial(warehouse.at_hand, "interactions", spec, there), rows)
    return staging.staged([rows()], about()), lying.staged([table], AtHand(), about())


def records(found: staging.Staged | lying.Judged) -> list[dict]:
    """Every sound record, words for numbers, and messages numbered as they come."""
    frame = found.contacts.to_pandas().sort_values(["file", "line"], ignore_index=True)
    ends = {end: [found.words[code] for code in frame[end]] for end in ("ego", "alter")}
    frame = frame.assign(**ends, message=pd.factorize(frame["message"])[0])
    return frame.astype("object").where(frame.notna(), None).to_dict("records")


def faults(found: staging.Staged | lying.Judged) -> list[tuple]:
    """Every fault, without the number of its record."""
    names = ["file", "row", "column", "reason", "remedy", "found", "ego", "alter"]
    frame = found.faults[names].astype("object")
    return sorted(map(tuple, frame.where(frame.notna(), "").to_numpy()))


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    """Where the files lie."""
    return tmp_path_factory.mktemp("lying") / "c.parquet"


@pytest.mark.slow
@settings(max_examples=10)
@given(table=logs(), zone=st.sampled_from(["UTC", "Europe/Copenhagen"]))
def test_both_ways_give_the_same_records_and_faults(path, table, zone):
    """Record by record, fault by fault, and in the counts by file."""
    pq.write_table(table, path)
    batched, there = both(path, zone)
    assert records(there) == records(batched)
    assert faults(there) == faults(batched)
    assert there.rows().to_numpy().tolist() == batched.rows().to_numpy().tolist()
    assert there.said() == batched.said()
    left = [one.without(lambda words: words == "bo@x.example") for one in (batched, there)]
    assert left[0].rows().to_numpy().tolist() == left[1].rows().to_numpy().tolist()
    assert faults(left[0]) == faults(left[1])
    assert left[0].said() == left[1].said()


def write(path: Path, count: int, **columns) -> None:
    """A file of plain records, with these columns in place of its own."""
    plain = {"ego": ["a"] * count, "alter": ["b"] * count, "channel": ["mail"] * count}
    pq.write_table(pa.table(plain | columns), path)


def test_what_every_record_has_alike_is_judged_too(path):
    """Constants are cells as any others."""
    pq.write_table(pa.table({"ego": ["a", ""], "alter": ["b", "c"]}), path)
    batched, there = both(path, constants={"channel": "mail", "nature": "list", "at": "2026-09-07"})
    assert records(there) == records(batched)
    assert faults(there) == faults(batched)


def test_files_of_a_folder_are_numbered_on(tmp_path):
    """The second file's first row follows the first file's last."""
    for number in (1, 2):
        write(tmp_path / f"{number}.parquet", 3, alter=["b", "", "d"])
    batched, there = both(tmp_path)
    assert [one["line"] for one in records(there)] == [1, 3, 4, 6]
    assert records(there) == records(batched)
    assert faults(there) == faults(batched)


def test_of_many_rows_at_fault_the_first_are_listed_and_the_rest_counted(path, monkeypatch):
    """Nothing of them is lost from the counts, and a row of the quarantine says how many it stands for."""
    monkeypatch.setattr(lying, "LISTED", 3)
    write(path, 8, channel=["pigeon"] * 5 + ["mail"] * 2 + ["owl"])
    _, there = both(path)
    assert there.rows().loc["c.parquet"].tolist() == [8, 6]
    told = there.faults.sort_values("row")
    assert told["row"].tolist() == [1, 2, 3, 4]
    assert told["reason"].iloc[-1] == "is not an allowed value; so do 3 rows, of which this is the first"


def test_a_table_that_cannot_be_judged_is_told(path):
    """No rows, no plain values; as when it is read through."""
    write(path, 0)
    with pytest.raises(UserError, match="has columns but no rows"):
        lying.staged([table_of(path)], AtHand(), about())
    write(path, 1, ego=[["a"]])
    with pytest.raises(UserError, match="holds no plain values"):
        lying.staged([table_of(path)], AtHand(), about())


def table_of(path: Path) -> Lying:
    """A parquet file as the readers hand it on."""
    spec, there = Reader(reader="warehouse", file="c.parquet"), Given("c.parquet", path)
    return Lying("c.parquet", "UTC", partial(warehouse.at_hand, "interactions", spec, there), lambda: iter(()))
