"""Parquet in a bucket, read in place through the whole of cleaning: the tables of the same files here."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import s3
from dirty_log import beside, dirty, settled
from in_memory import held

from kithwork import cleaning, readers, store
from kithwork.cleaning import blocks
from kithwork.engagement import Reader
from kithwork.engines import bucket
from kithwork.readers.parts.lying import Lying

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not s3.THERE, reason=s3.REASON)]
PLACES = {"quarantine": ["row"], "set_aside": ["row", "column"]}
"""Columns that say where in a file a row lies: parts in a bucket have no numbered rows."""


@pytest.fixture(scope="module")
def objects() -> dict[str, bytes]:
    """The log in parts by month, with notes of other programs beside them."""
    log, made = dirty(3000), {}
    months = pc.fill_null(pc.strftime(log["at"], "%Y-%m"), "none")
    for month in pc.unique(months).to_pylist():
        pq.write_table(log.filter(pc.equal(months, month)), sink := pa.BufferOutputStream())
        made[f"contacts/month={month}/part-0.parquet"] = sink.getvalue().to_pybytes()
    return made | {"contacts/_SUCCESS": b""}


@pytest.fixture
def address(objects, monkeypatch):
    """Where they lie, on a server of the test's own."""
    with s3.server() as running:
        for name, word in running.environment.items():
            monkeypatch.setenv(name, word)
        yield f"{running.put('studies', objects)}/contacts"


@pytest.fixture(params=["at once", "in blocks"])
def told(request, project, monkeypatch):
    """The study; records cleaned at once, or in blocks of four weeks, as those of a long log are."""
    if request.param == "in blocks":
        monkeypatch.setattr(blocks, "FEWEST", 1)
    return settled()


def cleaned(told, file: str) -> dict[str, pd.DataFrame]:
    """Every table of the clean stage, from a log at this address or in this folder."""
    log = readers.unread("interactions", Reader(reader="warehouse", file=file, timezone="Europe/Oslo"), told)
    assert isinstance(log, Lying)
    found = cleaning.clean(beside(log), told)
    return {name: held(table) for name, table in found.items()}


def test_every_table_is_that_of_the_files_here(told, address, objects):
    """Contacts, weeks, steps, faults and what was set aside; only the number of a row is not known there."""
    for key, content in objects.items():
        (path := store.raw(told.name) / key).parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    here, there = cleaned(told, "contacts"), cleaned(told, address)
    assert len(there["interactions"]) > 900
    assert len(there["quarantine"]) > 20
    for name, table in here.items():
        other = there[name].replace(address, f"data/raw/{told.name}/contacts")
        one, other = (_without_places(name, found) for found in (table, other))
        pd.testing.assert_frame_equal(other, one, check_dtype=False, obj=name)


def _without_places(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """A table's rows in order, less where in a file they lie; what was set aside, counted; events by what they join."""
    found = table.drop(columns=PLACES.get(name, []))
    if name == "set_aside":
        found = found.groupby(["source", "file", "step"], as_index=False)["records"].sum()
    if name == "interactions":
        found = found.drop(columns="event")
    return found.sort_values([*found], ignore_index=True)


def test_part_that_came_is_seen(address, objects, told):
    """The state of the bucket is another with one more part, or with one that was written again."""
    spec = Reader(reader="warehouse", file=address)
    before = readers.state("interactions", spec, told)
    assert before["files"] == len(objects) - 1
    assert readers.state("interactions", spec, told) == before
    [first, *_], store_of_parts = bucket.listed(address, address, ""), bucket._store()
    other = next(content for content in objects.values() if len(content) != first.size)
    for place, files in ((first.path, 0), (first.path.replace("part-0", "part-1"), 1)):
        with store_of_parts.open_output_stream(place) as sink:
            sink.write(other)
        after = readers.state("interactions", spec, told)
        assert after["files"] == before["files"] + files
        assert after["digest"] != before["digest"]
        before = before | {"digest": after["digest"]}
