"""Spark beside the other engines, each a real server: the one expression, the warehouse reader, and what fails there."""

from __future__ import annotations

import socket
import sys

import ibis
import pandas as pd
import postgres
import pyarrow as pa
import pytest
import spark
from samples.warehouse import many
from synthetic import staff
from ties.test_contact import busy

from kithwork.engagement import Reader
from kithwork.engines import address
from kithwork.errors import UserError
from kithwork.readers import warehouse
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import BATCH, Rows, whole
from kithwork.ties import contact

needs_spark = pytest.mark.skipif(not spark.THERE, reason=spark.REASON)
pytestmark = pytest.mark.slow
COUNT = BATCH + 100


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A cluster with contacts, and with tables that are hard to read."""
    with spark.cluster(tmp_path_factory.mktemp("spark")) as running:
        running.run(
            {"contacts": many(COUNT), "interactions": parquet(busy())},
            "CREATE SCHEMA hr",
            """CREATE TABLE hr.odd AS SELECT 'anna' AS ego, 'bo' AS alter, 'mail' AS channel,
               TIMESTAMP_NTZ '2026-09-07 14:30:00' AS at, 30.0D AS minutes, CAST(NULL AS INT) AS size,
               DATE '2026-09-07' AS message, true AS nature""",
            "CREATE TABLE hr.lists AS SELECT array('a') AS ego, 'b' AS alter, 'mail' AS channel",
            """CREATE VIEW hr.slow AS SELECT concat(a.ego, b.ego) AS ego, c.alter, max(d.channel) AS channel
               FROM contacts a, contacts b, contacts c, contacts d GROUP BY ALL""",
        )
        yield running


def parquet(frame: pd.DataFrame) -> bytes:
    """A table as a parquet file."""
    sink = pa.BufferOutputStream()
    frame.to_parquet(sink)
    return sink.getvalue().to_pybytes()


def spec(cluster: spark.Cluster, table: str = "contacts", **options: str) -> Reader:
    """Settings of one table on the cluster, as params.yaml has them."""
    return Reader(reader="warehouse", file=cluster.url, options={"table": table, **options})


def read(one: Reader) -> Rows:
    """All rows of a table."""
    return whole(warehouse.parse("interactions", one, Given(address.shown(one.file))))


def refused(one: Reader) -> str:
    """The one problem of a table that cannot be read."""
    with pytest.raises(UserError) as caught:
        read(one)
    [problem] = caught.value.problems
    assert problem.do
    return str(problem)


@needs_spark
@pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL server is installed")
def test_one_expression_gives_the_same_ties_on_all_three_engines(cluster):
    """The features of each pair, from DuckDB, PostgreSQL and Spark: floats to 1e-12, as means are added up in any order."""
    frame, people = busy(), staff([None] * 6)
    here = contact.between(ibis.memtable(frame), people)
    with postgres.server() as running:
        there = ibis.postgres.connect(host="127.0.0.1", port=running.port, user="owner", database="study")
        by_server = contact.between(there.create_table("interactions", obj=frame), people)
    with cluster.session() as started:
        by_cluster = contact.between(ibis.pyspark.connect(started).table("interactions"), people)
    assert len(here) == 15
    pd.testing.assert_frame_equal(by_server, here, rtol=1e-12)
    pd.testing.assert_frame_equal(by_cluster, here, rtol=1e-12)


@needs_spark
def test_cluster_gives_the_rows_of_a_parquet_file(cluster):
    """The same texts in more than one batch, sorted, whatever parts the table lies in."""
    found = read(spec(cluster)).frame
    plain = Reader(reader="warehouse", file="contacts.parquet")
    file = whole(warehouse.parse("interactions", plain, Given("contacts.parquet", content=many(COUNT)))).frame
    assert found.index.tolist() == list(range(1, COUNT + 1))
    assert found["at"].iloc[0].endswith("+00:00")
    columns = list(file)
    pd.testing.assert_frame_equal(found[columns].reset_index(drop=True), file.sort_values(columns, ignore_index=True))


@needs_spark
def test_types_of_a_cluster_become_text(cluster):
    """A time of no zone, a day, a number, nothing at all."""
    [row] = read(spec(cluster, "hr.odd")).frame.to_dict("records")
    assert row.pop("at") == "2026-09-07T14:30:00"
    assert list(row.values()) == ["anna", "bo", "mail", "30", "", "2026-09-07", "true"]


@needs_spark
@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("hr.od", "Did you mean 'odd'?"),
        ("nowhere.odd", "SCHEMA_NOT_FOUND"),
        ("hr.lists", "holds no plain values"),
    ],
)
def test_what_cannot_be_read_is_told(cluster, table, told):
    """No such table, no values to read."""
    assert told in refused(spec(cluster, table))


@needs_spark
def test_cluster_that_does_not_answer_is_given_up(cluster):
    """A query that takes too long is ended."""
    assert "gives no answer" in refused(spec(cluster, "hr.slow", seconds="20"))


@needs_spark
def test_cluster_that_is_not_there_is_told():
    """Nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert "cannot be reached" in refused(Reader(reader="warehouse", file=f"spark://127.0.0.1:{port}"))


def test_what_lacks_is_told(monkeypatch):
    """Where, what, and what to install: Java, or the extra that brings pyspark."""
    one = Reader(reader="warehouse", file="spark://127.0.0.1:9")
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setenv("JAVA_HOME", "java")
    message = refused(one)
    assert "spark://127.0.0.1:9: needs a driver that is not installed" in message
    assert "Install kithwork with its `spark` extra" in message
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", "")
    assert "spark://127.0.0.1:9: needs Java, which Spark runs on. Install Java 17 or 21" in refused(one)


@pytest.mark.parametrize("url", ["spark://cluster", "spark://anna:hunter2@cluster:7077", "spark://cluster:7077/study"])
def test_address_that_is_no_masters_is_refused(url):
    """And nothing secret in it is repeated."""
    message = refused(Reader(reader="warehouse", file=url))
    assert "is no address of a Spark master" in message
    assert "hunter2" not in message
