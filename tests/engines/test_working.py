"""An engine that may make tables does the same on DuckDB and on PostgreSQL: temporary, kept whole, added to, uploaded."""

from __future__ import annotations

import ibis
import pandas as pd
import postgres
import pytest

from kithwork import engines
from kithwork.errors import UserError

needs_server = pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL server is installed")
FRAME = pd.DataFrame(
    {
        "code": [1, 2, 3, 4],
        "word": ["anna", "", None, 'bo, "b"\n;\\N'],
        "share": [0.5, None, 2.0, 1e-9],
        "person": [True, False, True, False],
        "at": pd.to_datetime(
            ["2026-01-05 09:00:00.000123", None, "2026-01-07", "1969-12-31 23:59:59"], utc=True, format="ISO8601"
        ),
    }
)


@pytest.fixture(scope="module")
def server():
    """A server on which the analyst has a schema."""
    with postgres.server() as running:
        running.run(
            "CREATE SCHEMA kithwork AUTHORIZATION analyst",
            "GRANT TEMPORARY ON DATABASE study TO analyst",
            "REVOKE TEMPORARY ON DATABASE study FROM PUBLIC",
            "CREATE TABLE secret AS SELECT 1 AS code",
        )
        yield running
        engines.close()


@pytest.fixture(params=["duckdb", pytest.param("postgres", marks=[pytest.mark.slow, needs_server])])
def engine(request):
    """Each engine in turn."""
    told = request.param if request.param == "duckdb" else request.getfixturevalue("server").url()
    with engines.connected(told) as found:
        yield found


def test_rows_come_back_as_they_went(engine):
    """Nothing, an empty text, quotes, lines, moments with parts of a second; and no rows at all."""
    found = engine.fetched(engine.uploaded("words", FRAME).order_by("code"))
    assert found["word"].fillna("-").tolist() == ["anna", "", "-", 'bo, "b"\n;\\N']
    assert found["at"].isna().tolist() == [False, True, False, False]
    assert found["at"].iloc[0] == FRAME["at"].iloc[0]
    assert found["share"].fillna(-1).tolist() == [0.5, -1, 2.0, 1e-9]
    assert found["person"].tolist() == FRAME["person"].tolist()
    assert list(engine.fetched(engine.uploaded("words", FRAME.iloc[:0])).columns) == list(FRAME)


def test_temporary_tables_have_names_of_their_own(engine):
    """Two of one name stand side by side; one may be made from another, and taken away."""
    rows = engine.uploaded("words", FRAME)
    first = engine.made("some", rows.filter(rows.code > 1))
    second = engine.made("some", first.filter(first.code > 2))
    assert [engine.fetched(one.count().name("n").as_table())["n"][0] for one in (first, second)] == [3, 2]
    engine.released(first)
    with pytest.raises(UserError):
        engine.fetched(first)


def test_table_is_kept_whole_or_as_it_was(engine):
    """A second version stands in place of the first; one that breaks off leaves it, and leaves nothing else."""
    rows = engine.uploaded("words", FRAME)
    engine.kept("log", rows.filter(rows.code < 3))
    engine.kept("log", rows.filter(rows.code < 4))
    broken = rows.mutate(share=(rows.word.fill_null("x").cast("int64")).cast("float64"))
    with pytest.raises(UserError, match="cannot be worked on"):
        engine.kept("log", broken)
    assert len(engine.fetched(engine.found("log", engine.schema))) == 3
    engine.kept("log", rows)
    engine.append("log", rows.mutate(code=rows.code + 10))
    assert sorted(engine.fetched(engine.found("log", engine.schema))["code"]) == [1, 2, 3, 4, 11, 12, 13, 14]
    engine.drop("log")
    assert engine.found("log", engine.schema) is None
    assert not [name for name in engine.listed(engine.schema) if name.startswith("log")]


@pytest.mark.slow
@needs_server
def test_connection_is_one_and_outlives_its_fault(server):
    """The same line for all who ask; a new one where the server hung up."""
    with engines.connected(server.url()) as first, engines.connected(server.url()) as second:
        assert first is second
    server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'analyst'")
    with engines.connected(server.url()) as before, pytest.raises(UserError, match="breaks off while it is worked on"):
        before.made("one", ibis.memtable({"a": [1]}))
    with engines.connected(server.url()) as after:
        assert after is not before
        assert len(after.fetched(after.made("one", ibis.memtable({"a": [1]})))) == 1


@pytest.mark.slow
@needs_server
def test_missing_rights_are_told(server):
    """No schema, nobody's leave to make one, a table that is another's."""
    with pytest.raises(UserError, match="may not be written into"), engines.connected(server.url("stranger")):
        pass
    with pytest.raises(UserError, match="may not be written into"), engines.connected(f"{server.url()}?schema=hr"):
        pass
    with engines.connected(server.url()) as engine, pytest.raises(UserError, match="may not be read"):
        engine.kept("log", engine.table("secret"))


@pytest.mark.slow
@needs_server
def test_slow_answer_is_given_up(server):
    """After the seconds that the address allows."""
    with engines.connected(f"{server.url()}?seconds=1") as engine:
        slow = engine.backend.sql("SELECT pg_sleep(30) IS NULL AS nothing")
        with pytest.raises(UserError, match="gives no answer"):
            engine.made("slow", slow)
