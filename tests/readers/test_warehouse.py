"""The warehouse reader on files and addresses: rows as text in a fixed order, one clear error, nothing secret told."""

from __future__ import annotations

import datetime as dt
import socket
import tracemalloc

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.engines import address, engine, postgres
from kithwork.errors import UserError
from kithwork.readers import warehouse
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import BATCH, Rows, whole

PAIR = {"ego": ["anna"], "alter": ["bo"], "channel": ["mail"]}


def spec(file: str = "contacts.parquet", **said) -> Reader:
    """Settings of one file."""
    return Reader(reader="warehouse", file=file, **said)


def read(given: Given, **said) -> Rows:
    """All rows of it."""
    return whole(warehouse.parse("interactions", spec(given.name, **said), given))


def parquet(columns: dict) -> Given:
    """A parquet file of these columns."""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink)
    return Given("contacts.parquet", content=sink.getvalue().to_pybytes())


@pytest.fixture
def database(tmp_path):
    """Makes a DuckDB file by these statements."""

    def make(*statements: str) -> Given:
        with duckdb.connect(str(tmp_path / "study.duckdb")) as engine:
            for statement in statements:
                engine.execute(statement)
        return Given("study.duckdb", tmp_path / "study.duckdb")

    return make


def refused(given: Given, **said) -> str:
    """The one problem of it."""
    with pytest.raises(UserError) as caught:
        read(given, **said)
    [problem] = caught.value.problems
    assert problem.do
    return str(problem)


ZONED = dt.datetime(2026, 9, 7, 14, 30, 0, 250_000, dt.timezone(dt.timedelta(hours=2)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (pa.scalar(ZONED), "2026-09-07T12:30:00.25+00:00"),
        (pa.scalar(dt.datetime(2026, 9, 7, 14, 30)), "2026-09-07T14:30:00"),
        (pa.scalar(dt.datetime(2026, 9, 7), pa.timestamp("s")), "2026-09-07T00:00:00"),
        (pa.scalar(dt.date(2026, 9, 7)), "2026-09-07"),
        (pa.scalar(30.0), "30"),
        (pa.scalar(0.1), "0.1"),
        (pa.scalar(float("nan")), "nan"),
        (pa.scalar(2**62), str(2**62)),
        (pa.scalar("2026-09-07 14:30"), "2026-09-07 14:30"),
        (pa.scalar(None, pa.int64()), ""),
    ],
)
def test_values_become_text(value, text):
    """Times in ISO 8601, whole numbers without a point, text as it stands, nothing where nothing is."""
    assert read(parquet({**PAIR, "at": pa.repeat(value, 1)})).frame["at"].tolist() == [text]


def test_columns_constants_and_notes_are_those_of_a_csv_file():
    """A client's own column names, a constant, and what nobody mapped."""
    found = read(parquet({"from": ["anna"], "to": ["bo"], "body": ["Secret"]}), columns={"ego": "from", "alter": "to"},
                 constants={"channel": "mail"})  # fmt: skip
    assert found.frame.to_dict("records") == [{"ego": "anna", "alter": "bo", "channel": "mail"}]
    assert found.header == {"ego": "from", "alter": "to"}
    assert found.notes == ["columns left out: body"]


def test_folder_parted_by_column_keeps_its_words(tmp_path):
    """`unit=01` is a column whose value is 01; files come by name, and other programs' notes do not."""
    for unit in ("02", "01"):
        (tmp_path / "contacts" / f"unit={unit}").mkdir(parents=True)
        pq.write_table(pa.table(PAIR | {"ego": [f"anna{unit}"]}), tmp_path / "contacts" / f"unit={unit}" / "a.parquet")
    (tmp_path / "contacts" / "_note.parquet").write_bytes(b"other")
    found = read(Given("contacts", tmp_path / "contacts"), columns={"message": "unit"})
    assert found.frame[["ego", "message"]].to_numpy().tolist() == [["anna01", "01"], ["anna02", "02"]]


def test_pattern_names_files(tmp_path):
    """`part-*.parquet` are those files; none is an error."""
    for name in ("part-2", "part-1", "other"):
        pq.write_table(pa.table(PAIR | {"ego": [name]}), tmp_path / f"{name}.parquet")
    place = warehouse.located("interactions", spec("part-*.parquet"), tmp_path)
    assert read(place).frame["ego"].tolist() == ["part-1", "part-2"]
    with pytest.raises(UserError, match="matches no file"):
        warehouse.located("interactions", spec("path-*.parquet"), tmp_path)


def test_rows_are_numbered_through_all_batches():
    """From 1, in the order they lie in."""
    count = 3 * BATCH
    given = parquet({"ego": [f"p{i}" for i in range(count)], "alter": ["bo"] * count, "channel": ["mail"] * count})
    parts = list(warehouse.parse("interactions", spec(), given))
    assert len(parts) > 2
    assert [row for part in parts for row in part.frame.index] == list(range(1, count + 1))
    assert parts[-1].frame.iloc[-1]["ego"] == f"p{count - 1}"


def test_memory_does_not_grow_with_the_file():
    """Ten times the rows take no more of Python's memory."""
    peaks = []
    for count in (BATCH, 10 * BATCH):
        content = samples.module("warehouse").many(count)
        tracemalloc.start()
        assert (
            sum(len(part.frame) for part in warehouse.parse("interactions", spec(), Given("x", content=content))) == count
        )
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + 2**20


def test_view_is_sorted_and_table_is_not(database):
    """A view keeps no order; a table keeps the one it was filled in."""
    given = database(
        "CREATE TABLE contacts AS SELECT unnest(['cid', 'anna', 'bo']) AS ego, 'dan' AS alter, 'mail' AS channel",
        "CREATE VIEW seen AS SELECT * FROM contacts",
    )
    before = given.path.read_bytes()
    assert read(given, options={"table": "contacts"}).frame["ego"].tolist() == ["cid", "anna", "bo"]
    assert read(given, options={"table": "seen"}).frame["ego"].tolist() == ["anna", "bo", "cid"]
    assert given.path.read_bytes() == before
    assert [path.name for path in given.path.parent.iterdir()] == ["study.duckdb"]


def test_only_table_needs_no_name(database):
    """Several do, and a wrong name is answered with the nearest."""
    make = "CREATE TABLE {} AS SELECT 'anna' AS ego, 'bo' AS alter, 'mail' AS channel"
    assert len(read(database(make.format("contacts"))).frame) == 1
    given = database(make.format("meetings"))
    assert "Known: contacts, meetings." in refused(given)
    assert "Did you mean 'meetings'?" in refused(given, options={"table": "meeting"})


def test_view_reads_nothing_else_of_the_machine(database, tmp_path):
    """A client's database cannot fetch a file of ours."""
    (tmp_path / "own.csv").write_text("ego,alter,channel\nanna,bo,mail\n")
    given = database(f"CREATE VIEW contacts AS SELECT * FROM read_csv('{tmp_path / 'own.csv'}')")
    assert "Permission Error: Cannot access file" in refused(given)


def test_query_without_end_is_given_up(database):
    """A view may take for ever."""
    given = database(
        "CREATE VIEW contacts AS SELECT count(*)::VARCHAR AS ego, 'b' AS alter, 'mail' AS channel "
        "FROM range(1000000000) a(i), range(1000000000) b(j) WHERE i * j % 7 = 3"
    )
    assert "gives no answer" in refused(given, options={"seconds": "1"})


@pytest.mark.parametrize(
    ("given", "said", "told"),
    [
        (Given("x", content=b""), {}, "is neither a parquet file nor a DuckDB database"),
        (Given("x", content=b"ego,alter\n"), {}, "is neither a parquet file nor a DuckDB database"),
        (Given("x", content=b"PAR1" * 9), {}, "cannot be read"),
        (Given("x", content=b"\0" * 8 + b"DUCK" * 9), {}, "cannot be read"),
        (parquet({**PAIR, "at": [[1]]}), {}, "holds no plain values"),
        (parquet({**PAIR, "at": [b"1"]}), {}, "holds no plain values"),
        (parquet({"ego": ["anna"], "alter": ["bo"], "chanel": ["mail"]}), {}, "Did you mean 'chanel'?"),
        (parquet({name: pa.array([], pa.string()) for name in PAIR}), {}, "has columns but no rows"),
        (parquet(PAIR), {"options": {"table": "contacts"}}, "means nothing here"),
        (parquet(PAIR), {"options": {"seconds": "soon"}}, "is not a number of seconds"),
    ],
)
def test_what_cannot_be_read_is_told(given, said, told):
    """What, where, and what to do."""
    assert told in refused(given, **said)


SECRET = "hunter2"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (f"postgres://anna:{SECRET}@db.example/study", "holds a password"),
        (f"postgres://anna:a/{SECRET}@db.example/study", "port|password|address"),
        (f"postgres://db.example/study?password={SECRET}", "holds a password"),
        (f"postgres://anna:{SECRET}${{X}}@db.example/study", "holds a password"),
        (f"postgres://anna:{SECRET}@db.example:port/study", "is no address of a database"),
        (f"mysql://anna:{SECRET}@db.example/study", "is not a kind of database read here"),
        ("postgres://db.example/study?sslmod=require", "Did you mean 'sslmode'?"),
        ("postgres://anna:${KITHWORK_NOT_SET}@db.example/study", "is not set in the environment"),
    ],
)
def test_address_with_a_secret_is_refused_and_not_repeated(url, told, tmp_path):
    """The password stands in no message."""
    place = warehouse.located("interactions", spec(url), tmp_path)
    with pytest.raises(UserError, match=told) as caught:
        list(warehouse.parse("interactions", spec(url), place))
    assert SECRET not in str(caught.value) + place.name


def test_address_takes_its_secrets_from_the_environment(monkeypatch):
    """`${NAME}` is filled in; what is left out, libpq knows."""
    monkeypatch.setenv("STUDY_PASSWORD", "p@ss/word")
    url = "postgresql://anna:${STUDY_PASSWORD}@db.example:5433/study?sslmode=require"
    told = {"host": "db.example", "port": "5433", "user": "anna", "database": "study", "sslmode": "require"}
    assert postgres.told(address.parsed(url, "")) == told | {"password": "p@ss/word"}
    assert postgres.told(address.parsed("postgres:///study", "")) == {"database": "study"}


def test_server_that_says_nothing_is_given_up(monkeypatch):
    """It takes the call and never answers."""
    monkeypatch.setattr(engine, "CONNECTING", "2")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgres://127.0.0.1:{silent.getsockname()[1]}/study"
        with pytest.raises(UserError, match="cannot be reached"):
            list(warehouse.parse("interactions", spec(url), Given(url)))


sound = {sample.name: sample for sample in samples.module("warehouse").SAMPLES if isinstance(sample.content, bytes)}


@given(
    st.binary(max_size=60),
    st.sampled_from(sorted(sound)),
    st.integers(0, 4000),
    st.integers(0, 40),
    st.sampled_from([b"", b"\0", b"\xff" * 4, b"PAR1"]),
)
def test_any_bytes_give_rows_or_one_error(noise, name, at, cut, put):
    """No other exception reaches an analyst."""
    content = sound[name].content
    for damaged in (noise, b"PAR1" + noise, content[:at] + put + content[at + cut :]):
        said = sound[name].said if content[8:12] == damaged[8:12] else {}
        found = rows_or_one_error(lambda damaged=damaged, said=said: read(Given(name, content=damaged), **said))
        assert found is None or len(found.frame) == len(found.lines or found.frame)
