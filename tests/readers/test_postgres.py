"""The warehouse reader on a real PostgreSQL server: the rows of a parquet file, and one clear error for what fails."""

from __future__ import annotations

import signal

import postgres
import pytest
import samples
import synthetic
from samples.warehouse import CONTACTS, many

from kithwork import cleaning, engines
from kithwork.engagement import Reader
from kithwork.engines import address
from kithwork.errors import UserError
from kithwork.readers import csvfile, warehouse
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import BATCH, Rows, whole
from kithwork.ties import contact

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL server is installed"),
]
COUNT = 3000
SETTINGS = synthetic.settings(clean={"bad_rows": "quarantine"})


@pytest.fixture(scope="module")
def server():
    """A server with contacts, and with tables that are hard to read."""
    with postgres.server() as running:
        running.run(
            f"CREATE TABLE contacts AS {CONTACTS.format(COUNT)}",
            "CREATE SCHEMA hr",
            "CREATE TYPE mood AS ENUM ('list', 'automated')",
            """CREATE TABLE hr.odd AS SELECT gen_random_uuid() AS ego, '10.0.0.7'::inet AS alter, 'mail' AS channel,
               'list'::mood AS nature, 'infinity'::timestamptz AS at, 30.0::float8 AS minutes, NULL::int AS size""",
            "CREATE TABLE hr.lists AS SELECT ARRAY['a'] AS ego, 'b' AS alter, 'mail' AS channel",
            "CREATE TABLE hr.secret AS SELECT 'a' AS ego, 'b' AS alter, 'mail' AS channel",
            "CREATE TABLE hr.empty AS SELECT * FROM contacts LIMIT 0",
            """CREATE VIEW hr.slow AS SELECT ego, alter, channel || pg_sleep(30) AS channel FROM contacts""",
            f"""CREATE TABLE hr.long AS SELECT 'a' || i AS ego, 'b' AS alter, 'mail' AS channel
                FROM generate_series(1, {3 * BATCH}) AS counted(i)""",
            "GRANT USAGE ON SCHEMA hr TO analyst, stranger",
            "GRANT SELECT ON contacts, hr.odd, hr.lists, hr.empty, hr.slow, hr.long TO analyst",
        )
        yield running


def spec(server: postgres.Server, table: str = "contacts", user: str = "analyst", **options: str) -> Reader:
    """Settings of one table on the server."""
    return Reader(reader="warehouse", file=server.url(user), options={"table": table, **options})


def read(one: Reader) -> Rows:
    """All rows of a table."""
    return whole(warehouse.parse("interactions", one, Given("postgres://127.0.0.1/study")))


def refused(one: Reader) -> str:
    """The one problem of a table that cannot be read."""
    with pytest.raises(UserError) as caught:
        read(one)
    [problem] = caught.value.problems
    assert problem.do
    return str(problem)


def test_server_gives_the_interactions_and_ties_of_a_parquet_file(server, tmp_path, project):
    """The same records, whatever their order; after cleaning the same contacts of each pair."""
    sample = samples.module("warehouse").SAMPLES[0]
    rows = {"server": read(spec(server)), "file": samples.read("warehouse", sample, tmp_path, many(COUNT))}
    everyone = sorted(set(rows["file"].frame["ego"]) | set(rows["file"].frame["alter"]))
    met = {}
    for name, found in rows.items():
        listed = Given("staff.csv", content="\n".join(["person", *everyone]).encode())
        staff = csvfile.parse("staff", Reader(file="staff.csv"), listed)
        tables = cleaning.clean({"staff": [whole(staff)], "interactions": [iter([found])]}, SETTINGS)
        assert tables["intake"].set_index("source").loc["interactions", "rows_in"] == COUNT
        met[name] = contact.between(tables["interactions"], tables["people"])
    columns = list(rows["file"].frame)
    there, here = (rows[name].frame.sort_values(columns, ignore_index=True) for name in ("server", "file"))
    assert there[columns].equals(here)
    assert len(met["file"]) > 900
    assert met["server"].equals(met["file"])


def test_rows_are_numbered_in_an_order_of_their_own(server):
    """A table that was rewritten gives the same rows by the same numbers."""
    first = read(spec(server))
    server.run("UPDATE contacts SET size = size WHERE size > 3", "VACUUM FULL contacts")
    assert read(spec(server)).frame.equals(first.frame)


def test_types_of_a_server_become_text(server):
    """Ids, addresses, words of a fixed list, times without end and nothing at all."""
    [row] = read(spec(server, "hr.odd")).frame.to_dict("records")
    assert len(row.pop("ego")) == 36
    assert row == {
        "alter": "10.0.0.7/32",
        "channel": "mail",
        "at": "infinity",
        "minutes": "30",
        "size": "",
        "nature": "list",
    }


@pytest.mark.parametrize(
    ("table", "user", "told"),
    [
        ("contact", "analyst", "Did you mean 'contacts'?"),
        ("hr.od", "analyst", "Did you mean 'odd'?"),
        ("nowhere.odd", "analyst", "is not a table there"),
        ("hr.secret", "analyst", "may not be read"),
        ("contacts", "stranger", "may not be read"),
        ("contacts", "nobody", "turns us away"),
        ("hr.lists", "analyst", "holds no plain values"),
        ("hr.empty", "analyst", "has columns but no rows"),
    ],
)
def test_what_cannot_be_read_is_told(server, table, user, told):
    """No such table, no right to it, no such user, no values to read."""
    assert told in refused(spec(server, table, user))


def test_server_that_does_not_answer_is_given_up(server):
    """A query that takes too long is ended."""
    assert "gives no answer" in refused(spec(server, "hr.slow", seconds="1"))


def test_server_that_is_not_there_is_told():
    """Nobody listens."""
    one = Reader(reader="warehouse", file="postgres://127.0.0.1:9/study", options={"table": "contacts"})
    assert "cannot be reached" in refused(one)


def test_nothing_can_be_written(server):
    """A session of the reader refuses to write, even for who may."""
    told = address.parsed(server.url("owner"), "")
    with engines.reading(told, 5) as engine, pytest.raises(UserError, match="read-only"), engine.asked():
        engine.backend.raw_sql("CREATE TABLE x AS SELECT 1")


@pytest.mark.parametrize(("kind", "told"), [("SIGSTOP", "gives no answer"), ("SIGKILL", "breaks off while it is read")])
def test_server_that_falls_silent_in_the_middle_is_told(kind, told):
    """It hangs or dies after the first batch."""
    with postgres.server() as running:
        running.run(
            f"CREATE TABLE contacts AS SELECT 'a' || i AS ego, 'b' AS alter, 'mail' AS channel "
            f"FROM generate_series(1, {3 * BATCH}) AS counted(i)",
            "GRANT SELECT ON contacts TO analyst",
        )
        coming = warehouse.parse("interactions", spec(running, seconds="2"), Given("postgres://127.0.0.1/study"))
        assert len(next(coming).frame) == BATCH
        running.signal(signal.Signals[kind])
        with pytest.raises(UserError, match=told):
            list(coming)
