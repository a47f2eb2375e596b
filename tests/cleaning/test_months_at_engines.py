"""At an engine, another month costs a month: parts of the log that are there are neither made nor written again."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from functools import partial

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
import spark
from cleaning.test_on_engines import HEARD, at_postgres, needs_server, needs_spark
from dirty_log import beside, dirty, settled
from in_memory import held

from kithwork import cleaning, engines, kept, params, store
from kithwork.cleaning import blocks, made, workplace
from kithwork.engagement import Reader
from kithwork.engines.working import WorkingEngine
from kithwork.readers import warehouse
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.lying import Lying
from kithwork.tables import INTERACTIONS

BEFORE = pa.scalar(pd.Timestamp("2026-03-16").to_pydatetime(), pa.timestamp("us"))
"""A Monday on which a block begins."""


@pytest.fixture(autouse=True)
def in_blocks(project, monkeypatch):
    """However short a record is, it is cut into blocks."""
    monkeypatch.setattr(blocks, "FEWEST", 0)


@contextmanager
def at_duckdb(tmp_path_factory):
    """DuckDB as an engine of the client's, which holds the log up to a day."""
    with engines.connected("duckdb") as found:
        found.backend.create_table("log", early())
        yield found, lambda rows: found.backend.insert("log", rows.to_pandas())


@contextmanager
def at_a_server(tmp_path_factory):
    """PostgreSQL; the engine reads, its owner writes."""
    import ibis

    with at_postgres(tmp_path_factory) as found:
        port = found.backend.con.info.port
        owner = ibis.postgres.connect(host="127.0.0.1", port=port, user="owner", database="study")
        owner.raw_sql("DELETE FROM log").close()
        owner.insert("log", early().to_pandas())
        yield found, lambda rows: owner.insert("log", rows.to_pandas())
        owner.disconnect()


@contextmanager
def at_a_cluster(tmp_path_factory):
    """Spark; the same session reads and writes."""
    folder = tmp_path_factory.mktemp("spark")
    with spark.cluster(folder) as running:
        running.run({"log": _parquet(early())})
        with engines.connected(f"{running.url}?schema=kithwork") as found:

            def add(rows: pa.Table) -> None:
                (folder / "late.parquet").write_bytes(_parquet(rows))
                found.backend.raw_sql(f"INSERT INTO log SELECT * FROM parquet.`{folder}/late.parquet`")

            yield found, add
        engines.close()


def _parquet(rows: pa.Table) -> bytes:
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink)
    return sink.getvalue().to_pybytes()


def early() -> pa.Table:
    """The records before the last month, and those without a time."""
    log = dirty()
    return log.filter(pc.fill_null(pc.less(log["at"], BEFORE), True))


def late() -> pa.Table:
    """Those of the last month."""
    log = dirty()
    return log.filter(pc.fill_null(pc.greater_equal(log["at"], BEFORE), False))


def cleaned(engine: WorkingEngine, monkeypatch, counted: list[str], *, keeps: bool = True) -> dict[str, pd.DataFrame]:
    """What cleaning makes of the log there, saved if it is kept; names of the blocks made are put into `counted`."""
    spec, there = Reader(reader="warehouse", file="x", options={"table": "log"}), Given("log")
    log = Lying("log", "Europe/Oslo", partial(warehouse.at_engine, "interactions", spec, there), lambda: iter(()))
    with monkeypatch.context() as patch:
        patch.setattr(workplace, "of", lambda settings: workplace.AtEngine(engine))
        patch.setattr(engines, "connected", lambda *_: nullcontext(engine))
        make = made.log
        patch.setattr(made, "log", lambda met, block: (counted.append(block.name), make(met, block))[1])
        tables = cleaning.clean(beside(log), settled(), keeps=keeps)
        heard = held(tables["interactions"]).sort_values([*HEARD], ignore_index=True)
        if keeps:
            store.save("interactions", tables["interactions"], "synthetic")
            note = tables["interactions"].note
            tables["parts"] = pd.DataFrame(note["parts"])
        aside = held(tables["set_aside"]).sort_values(["step", "column"], ignore_index=True)
        return {**tables, "interactions": heard, "set_aside": aside}


@pytest.mark.parametrize(
    "at",
    [
        at_duckdb,
        pytest.param(at_a_server, marks=[pytest.mark.slow, needs_server]),
        pytest.param(at_a_cluster, marks=[pytest.mark.slow, needs_spark]),
    ],
)
def test_another_month_is_all_that_is_made(at, monkeypatch, tmp_path_factory):
    """A second run makes nothing; a new month makes its own part and the last before it; what is there in the end is what a
    first run gives, and no part lies there that the note does not name."""
    first, again, later, anew = [], [], [], []
    with at(tmp_path_factory) as (engine, add):
        before = cleaned(engine, monkeypatch, first)
        same = cleaned(engine, monkeypatch, again)
        add(late())
        after = cleaned(engine, monkeypatch, later)
        there = [
            name for name in engine.listed(engine.schema) if name in {*after["parts"]["table"], *before["parts"]["table"]}
        ]
        monkeypatch.setattr(params, "ROOT", tmp_path_factory.mktemp("elsewhere"))
        whole = cleaned(engine, monkeypatch, anew)
    assert len(first) >= 3
    assert again == []
    pd.testing.assert_frame_equal(same["parts"], before["parts"])
    assert "undated" in first
    assert 0 < len(later) < len(anew), "parts before the last month are those of the run before"
    assert "2026-01-19" not in later
    assert sorted(there) == sorted(after["parts"]["table"])
    for name, table in whole.items():
        pd.testing.assert_frame_equal(after[name], table, obj=name)


def test_part_that_was_touched_is_made_again(monkeypatch, tmp_path_factory):
    """Somebody changed one part and dropped another: these two are made, and no more."""
    first, again = [], []
    with at_duckdb(tmp_path_factory) as (engine, _):
        before = cleaned(engine, monkeypatch, first)
        touched, dropped = before["parts"]["table"][:2]
        engine.backend.raw_sql(f"UPDATE {touched} SET size = 7")
        engine.drop(dropped)
        after = cleaned(engine, monkeypatch, again)
    assert len(again) == 2
    pd.testing.assert_frame_equal(after["interactions"], before["interactions"])
    pd.testing.assert_frame_equal(after["parts"], before["parts"])


def test_look_at_a_study_leaves_no_part(monkeypatch, tmp_path_factory):
    """Nothing is kept where nothing is to be; what is seen is what would be kept."""
    with at_duckdb(tmp_path_factory) as (engine, _):
        seen = cleaned(engine, monkeypatch, [], keeps=False)
        assert not any(name.startswith("synthetic") for name in engine.listed(engine.schema))
        kept_there = cleaned(engine, monkeypatch, [])
        assert all(kept.is_there(part, INTERACTIONS, engine) for part in kept_there["parts"].to_dict("records"))
    pd.testing.assert_frame_equal(seen["interactions"], kept_there["interactions"])
