"""Parquet in a bucket, on a server of S3's kind on this machine: the rows of the same files here; faults are told."""

from __future__ import annotations

import zlib
from functools import partial

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import s3
from samples.warehouse import many

from kithwork.engagement import Reader
from kithwork.engines import bucket
from kithwork.errors import UserError
from kithwork.readers import warehouse
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not s3.THERE, reason=s3.REASON)]
COUNT = 300


@pytest.fixture(scope="module")
def server():
    """A server of the module's own."""
    with s3.server() as running:
        yield running


@pytest.fixture
def put(server, monkeypatch, request):
    """Puts objects into a bucket of the test's own; gives its address."""
    for name, word in server.environment.items():
        monkeypatch.setenv(name, word)
    return partial(server.put, f"studies-{zlib.crc32(request.node.name.encode())}")


def parted() -> dict[str, bytes]:
    """Contacts in three parts, by year and month, with notes of other programs beside them."""
    rows = pq.read_table(pa.BufferReader(many(COUNT)))
    folders = ("year=2025/month=12", "year=2026/month=01", "year=2026/month=02")
    made = {}
    for number, folder in enumerate(folders):
        pq.write_table(rows.slice(number * 100, 100), sink := pa.BufferOutputStream())
        made[f"contacts/{folder}/part.parquet"] = sink.getvalue().to_pybytes()
    return made | {"contacts/_SUCCESS": b"", "contacts/_temporary/0/part.parquet": b"unfinished", "contacts/read.me": b"x"}


def spec(file: str, **said: dict) -> Reader:
    """Settings of what lies there."""
    return Reader(reader="warehouse", file=file, **said)


def read(file: str, **said: dict) -> Rows:
    """All rows of it."""
    return whole(warehouse.parse("interactions", spec(file, **said), Given(file)))


def refused(file: str) -> list[str]:
    """The problems of what cannot be read."""
    with pytest.raises(UserError) as caught:
        read(file)
    return [str(problem) for problem in caught.value.problems]


def here(tmp_path, objects: dict[str, bytes]) -> Given:
    """The same objects as files."""
    for key, content in objects.items():
        (path := tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return Given("contacts", tmp_path / "contacts")


def test_bucket_gives_the_rows_of_the_same_files_here(put, tmp_path):
    """The same rows in the same order, months as texts; other programs' notes are passed over."""
    objects = parted()
    said = {"columns": {"message": "month"}}
    there = read(f"{put(objects)}/contacts", **said)
    mine = {key: content for key, content in objects.items() if "_temporary" not in key}
    file = whole(warehouse.parse("interactions", spec("contacts", **said), here(tmp_path, mine)))
    assert len(there.frame) == COUNT
    assert set(there.frame["message"]) == {"12", "01", "02"}
    assert there.frame.equals(file.frame)


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("", 300),
        ("/contacts/*", 300),
        ("/contacts/year=2026", 200),
        ("/contacts/year=202?/month=0[12]/*.parquet", 200),
        ("/contacts/year=2025/month=12/part.parquet", 100),
    ],
)
def test_pattern_names_parts(put, pattern, count):
    """A bucket, a folder, a pattern of folders or files, one file."""
    assert len(read(put(parted()) + pattern).frame) == count


def test_address_is_told_as_it_is(tmp_path):
    """Its signs are its own; nothing is looked for here."""
    url = "s3://bucket/contacts/part-?.parquet"
    assert warehouse.located("interactions", spec(url), tmp_path).name == url


def test_what_cannot_be_read_is_told(put):
    """No such bucket, nothing in it, an address that holds keys, a table named."""
    name = put({})
    assert refused("s3://nowhere-at-all/contacts") == [
        "s3://nowhere-at-all/contacts: is in a bucket that is not there. See the bucket's name in params.yaml."
    ]
    assert "holds no parquet file" in refused(f"{name}/contacts")[0]
    [message] = refused("s3://KEY:hunter2@bucket/contacts")
    assert "is no address of a bucket" in message
    with pytest.raises(UserError, match="means nothing here"):
        read(f"{name}/contacts", options={"table": "contacts"})


def test_each_broken_part_is_named(put):
    """One that is cut short, one that is no parquet, one with other columns: all at once."""
    objects = parted()
    first, second, third = (key for key in objects if key.endswith("part.parquet") and "year" in key)
    pq.write_table(pq.read_table(pa.BufferReader(objects[second])).drop(["at"]), sink := pa.BufferOutputStream())
    broken = {second: sink.getvalue().to_pybytes(), third: objects[third][:-9]}
    name = put({**objects, **broken})
    told = refused(f"{name}/contacts")
    assert [message.split(": ")[0] for message in told] == [f"{name}/{second}", f"{name}/{third}"]
    assert "has other columns than the first part (found: at)" in told[0]
    assert "is broken" in told[1]
    put({first: b"nothing"})
    assert f"{name}/{first}: is broken" in refused(f"{name}/contacts")[0]


@pytest.mark.parametrize("code", sorted(bucket.TOLD))
def test_amazons_word_becomes_ours(code):
    """Who may not read, or is not known, is told what to ask for."""
    what, do = bucket.TOLD[code]
    problem = bucket._away("s3://bucket/x", OSError(f"When listing: AWS Error {code} during ListObjectsV2 operation: x"))
    assert (problem.what, problem.do, problem.found) == (what, do, "")


def test_bucket_out_of_reach_is_told(monkeypatch):
    """Nobody listens at the endpoint."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    assert "cannot be reached" in refused("s3://bucket/contacts")[0]
