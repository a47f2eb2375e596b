"""What goes wrong with a client's database: its address, where contact lies, rights and room there, a bucket."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from engines.test_engine_setting import HERE, refused, study, table
from mistaken import tells
from psycopg import errors as postgres
from test_kept import ROWS

from kithwork import engines, kept
from kithwork.engines import bucket, refusals
from kithwork.engines.working import WorkingEngine
from kithwork.errors import UserError
from kithwork.tables import INTERACTIONS


def told(error: Exception) -> str:
    """What is told where an engine raises this while it makes a table."""
    return str(refusals.problem(WorkingEngine("postgres://db.example/study", 5), error, refusals.WRITING))


def test_password_in_an_address_is_told(tmp_path):
    """Of the setting `engine`, as of a file."""
    assert tells("password-in-address", refused(tmp_path, study("postgres://anna:hunter2@db.example/study")))


def test_contact_that_lies_elsewhere_is_told(tmp_path):
    """A file here, with an engine there."""
    assert tells("contact-elsewhere", refused(tmp_path, study(HERE, table("contacts.parquet"))))


@pytest.mark.parametrize("what", ["schema kithwork", "database study"])
def test_missing_schema_is_told(what):
    """The right to make it, or to make tables in it, lacks."""
    assert tells("no-schema-there", told(postgres.InsufficientPrivilege(f"permission denied for {what}")))


def test_full_disk_there_is_told():
    """As PostgreSQL says it."""
    assert tells("no-room-there", told(postgres.DiskFull('could not extend file "base/1": No space left on device')))


@pytest.mark.parametrize(
    ("name", "change"), [("contact-gone-there", "DROP TABLE"), ("contact-changed-there", "DELETE FROM")]
)
def test_table_that_somebody_touched_is_told(monkeypatch, name, change):
    """It was dropped, or rows of it were taken away."""
    with engines.connected("duckdb") as there:
        monkeypatch.setattr(engines, "connected", lambda *_: nullcontext(there))
        name_there = kept.name_of("acme", INTERACTIONS, "all", "0123abcd")
        note = kept.noted("acme", "duckdb", [kept.keep(there.uploaded("rows", ROWS), INTERACTIONS, there, name_there)])
        there.backend.raw_sql(f"{change} {name_there}")
        with pytest.raises(UserError) as caught:
            kept.table(note, INTERACTIONS)
    assert tells(name, caught.value)


def test_missing_bucket_is_told(monkeypatch):
    """Amazon's word for it, however it comes."""

    def failing(*_: object) -> list[str]:
        raise OSError("AWS Error NO_SUCH_BUCKET during ListObjectsV2 operation")

    monkeypatch.setattr(bucket, "_listed", failing)
    monkeypatch.setattr(bucket, "_store", lambda: None)
    with pytest.raises(UserError) as caught:
        bucket.parts("s3://studies/contacts", "s3://studies/contacts", "sources.interactions.file")
    assert tells("no-bucket", caught.value)
