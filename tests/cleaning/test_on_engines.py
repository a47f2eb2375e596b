"""One dirty log, judged and cleaned where it lies: on DuckDB, PostgreSQL and a Spark cluster of two workers, all alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

import pandas as pd
import postgres
import pyarrow as pa
import pytest
import spark
from dirty_log import beside, dirty, settled
from in_memory import held

from kithwork import cleaning, engines, params
from kithwork.cleaning import blocks, workplace
from kithwork.engagement import Reader
from kithwork.engines.working import WorkingEngine
from kithwork.readers import warehouse
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.lying import Lying

HEARD = ("at", "ego_id", "alter_id", "channel", "event")


@contextmanager
def at_duckdb(tmp_path_factory) -> Iterator[WorkingEngine]:
    """DuckDB as an engine of the client's: a table without an order."""
    with engines.connected("duckdb") as found:
        found.backend.create_table("log", dirty())
        yield found


@contextmanager
def at_postgres(tmp_path_factory) -> Iterator[WorkingEngine]:
    """A server on which the analyst reads the log, and has a schema."""
    import ibis

    with postgres.server() as running:
        running.run("CREATE SCHEMA kithwork AUTHORIZATION analyst", "GRANT TEMPORARY ON DATABASE study TO analyst")
        owner = ibis.postgres.connect(host="127.0.0.1", port=running.port, user="owner", database="study")
        owner.create_table("log", obj=dirty())
        owner.disconnect()
        running.run("GRANT SELECT ON log TO analyst")
        with engines.connected(f"{running.url()}?schema=kithwork") as found:
            yield found
        engines.close()


@contextmanager
def at_spark(tmp_path_factory) -> Iterator[WorkingEngine]:
    """A cluster of two workers."""
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(dirty(), sink)
    with spark.cluster(tmp_path_factory.mktemp("spark")) as running:
        running.run({"log": sink.getvalue().to_pybytes()})
        with engines.connected(f"{running.url}?schema=kithwork") as found:
            yield found
        engines.close()


def test_of_repeats_at_an_engine_the_one_that_says_most_is_kept(monkeypatch, tmp_path_factory):
    """A record without its time, which repeats one that has it, is set aside, in whatever order they stand."""
    said = {
        "ego": ["p0@own.example"] * 3,
        "alter": ["p1@own.example"] * 3,
        "channel": ["mail"] * 3,
        "message": ["<1@x>"] * 3,
    }
    at = pa.array([None, pd.Timestamp("2026-03-02 09:00").to_pydatetime(), None], pa.timestamp("us"))
    monkeypatch.setitem(globals(), "dirty", lambda: pa.table({**said, "at": at}))
    [heard] = cleaned(at_duckdb, monkeypatch, tmp_path_factory)["interactions"]["at"]
    assert heard == pd.Timestamp("2026-03-02 08:00", tz="UTC")


def cleaned(at, monkeypatch, tmp_path_factory) -> dict[str, pd.DataFrame]:
    """Every table of the clean stage, in order."""
    spec, there = Reader(reader="warehouse", file="x", options={"table": "log"}), Given("log")
    log = Lying("log", "Europe/Oslo", partial(warehouse.at_engine, "interactions", spec, there), lambda: iter(()))
    raw = beside(log)
    with at(tmp_path_factory) as engine, monkeypatch.context() as patch:
        patch.setattr(workplace, "of", lambda settings: workplace.AtEngine(engine))
        patch.setattr(engines, "connected", lambda *_: nullcontext(engine))
        patch.setattr(params, "ROOT", tmp_path_factory.mktemp("project"))
        found = cleaning.clean(raw, settled())
        heard = held(found["interactions"]).sort_values([*HEARD], ignore_index=True)
        aside = held(found["set_aside"]).sort_values(["step", "column"], ignore_index=True)
        return {**found, "interactions": heard, "set_aside": aside}


@pytest.fixture(scope="module", params=[blocks.FEWEST, 0], ids=["as one", "in blocks"])
def on_duckdb(request, tmp_path_factory):
    """What DuckDB makes of it, as one block and as several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "FEWEST", request.param)
        yield cleaned(at_duckdb, patch, tmp_path_factory)


needs_server = pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL server is installed")
needs_spark = pytest.mark.skipif(not spark.THERE, reason=spark.REASON)


@pytest.mark.slow
@pytest.mark.parametrize("at", [pytest.param(at_postgres, marks=needs_server), pytest.param(at_spark, marks=needs_spark)])
def test_every_table_is_the_same_on_every_engine(at, on_duckdb, monkeypatch, tmp_path_factory):
    """Contacts with their events, hours and weekends; what was refused and set aside, and why; weeks and arrivals."""
    found = cleaned(at, monkeypatch, tmp_path_factory)
    assert len(found["interactions"]) > 300
    for name, table in on_duckdb.items():
        pd.testing.assert_frame_equal(found[name], table, check_dtype=False, obj=name)


def test_what_an_engine_sets_aside_is_told_by_week(on_duckdb):
    """A row per week and step, none per record; and the counts of the intake close."""
    aside, intake = on_duckdb["set_aside"], on_duckdb["intake"].set_index("source").loc["interactions"]
    assert set(aside["row"]) == {0}
    assert aside["column"].dropna().str.fullmatch(r"week of \d{4}-\d\d-\d\d").all()
    assert aside["records"].sum() == intake["rows_set_aside"]
    assert intake["rows_in"] == intake["rows_kept"] + intake["rows_refused"] + intake["rows_set_aside"] == 1300
    assert len(on_duckdb["quarantine"]) >= intake["rows_refused"] > 0


def test_rows_without_numbers_are_cleaned_as_rows_with_them(on_duckdb, project, tmp_path):
    """A parquet file of the same records, whose rows have numbers: the same contacts, steps and weeks."""
    import pyarrow.parquet as pq

    path = tmp_path / "log.parquet"
    pq.write_table(dirty(), path)
    spec, there = Reader(reader="warehouse", file="log"), Given("log", path)
    log = Lying("log", "Europe/Oslo", partial(warehouse.at_hand, "interactions", spec, there), lambda: iter(()))
    raw = beside(log)
    found = cleaning.clean(raw, settled())
    for name in ("filters", "person_weeks", "arrivals", "intake"):
        pd.testing.assert_frame_equal(found[name], on_duckdb[name], check_dtype=False, obj=name)
    columns = [name for name in on_duckdb["interactions"] if name != "event"]
    heard, told = (
        one[columns].sort_values(columns, ignore_index=True)
        for one in (held(found["interactions"]), on_duckdb["interactions"])
    )
    pd.testing.assert_frame_equal(heard, told, check_dtype=False)
