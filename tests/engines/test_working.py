"""An engine that may make tables does the same on DuckDB, PostgreSQL and Spark: temporary, kept whole, added to."""

from __future__ import annotations

import os
import subprocess
import sys

import ibis
import pandas as pd
import postgres
import pytest
import spark

from kithwork import engines
from kithwork.errors import UserError

needs_server = pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL server is installed")
needs_spark = pytest.mark.skipif(not spark.THERE, reason=spark.REASON)
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


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A Spark cluster of two workers."""
    with spark.cluster(tmp_path_factory.mktemp("spark")) as running:
        yield running
        engines.close()


@pytest.fixture(
    params=[
        "duckdb",
        pytest.param("postgres", marks=[pytest.mark.slow, needs_server]),
        pytest.param("spark", marks=[pytest.mark.slow, needs_spark]),
    ]
)
def engine(request):
    """Each engine in turn."""
    places = {
        "postgres": lambda: request.getfixturevalue("server").url(),
        "spark": lambda: request.getfixturevalue("cluster").url,
    }
    told = places.get(request.param, lambda: "duckdb")()
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
def test_schema_is_made_when_it_is_needed(server):
    """Not by whoever connects and makes temporary tables; where it is missing, nothing is found in it."""
    server.run("GRANT CREATE ON DATABASE study TO analyst")
    with engines.connected(f"{server.url()}?schema=later") as engine:
        rows = engine.uploaded("words", FRAME)
        assert "later" not in engine.backend.list_databases()
        assert engine.found("log", "later") is None
        assert len(engine.fetched(engine.kept("log", rows))) == len(FRAME)
        assert "later" in engine.backend.list_databases()


@pytest.mark.slow
@needs_server
def test_missing_rights_are_told(server):
    """No schema, nobody's leave to make one, a table that is another's."""
    server.run("REVOKE CREATE ON DATABASE study FROM analyst")
    for url in (server.url("stranger"), f"{server.url()}?schema=hr"):
        with engines.connected(url) as engine, pytest.raises(UserError, match="may not be written into"):
            engine.ready()
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


CLIENT = """
import sys
import pandas as pd
from kithwork import engines
with engines.connected(sys.argv[1]) as engine:
    rows = engine.uploaded("words", pd.DataFrame({"word": ["anna", None, "bo"], "code": [1, 2, 3]}))
    made = engine.made("more", rows.filter(rows.code > 1))
    engine.kept("log", made)
    engine.append("log", made.mutate(code=made.code + 10))
    print(sorted(engine.fetched(engine.found("log", engine.schema))["code"]))
    engine.drop("log")
engines.close()
"""


@pytest.mark.slow
@needs_spark
def test_spark_connect_does_the_same_without_java_here(cluster):
    """A client of its own process, for which there is no Java."""
    engines.close()
    with cluster.connect() as url:
        known = {name: word for name, word in os.environ.items() if name not in ("JAVA_HOME", "SPARK_CONF_DIR")}
        asked = [sys.executable, "-c", CLIENT, url]
        told = subprocess.run(asked, env=known | {"PATH": ""}, capture_output=True, text=True, check=False)
    assert told.stdout == "[2, 3, 12, 13]\n", told.stderr[-2000:]


@pytest.mark.slow
@needs_spark
def test_what_a_lost_worker_held_is_worked_out_again(cluster):
    """One of two workers is killed: a temporary table is as it was."""
    with engines.connected(cluster.url) as engine:
        rows = engine.uploaded("numbers", pd.DataFrame({"code": range(1000)}))
        made = engine.made("odd", rows.filter(rows.code % 2 == 1).distinct())
        cluster.workers[0].kill()
        found = engine.fetched(made)
    assert sorted(found["code"]) == list(range(1, 1000, 2))
