"""The setting `engine`: what it may be, that nothing secret is told of it, and that recorded contact lies there."""

from __future__ import annotations

import pytest
import synthetic
import yaml

from kithwork import params
from kithwork.errors import UserError

SECRET = "hunter2"
HERE = "postgres://analyst@db.example/study"


def study(engine: str, *files: dict) -> dict:
    """The committed settings, with this engine and these files of contact in one study."""
    content = synthetic.committed()
    office = content["engagements"]["office"]
    office["engine"] = engine
    if files:
        office["sources"]["interactions"] = list(files)
    return content


def table(file: str, name: str = "contacts") -> dict:
    """A table of contact at an address."""
    return {"reader": "warehouse", "file": file, "options": {"table": name}}


def refused(tmp_path, content: dict) -> str:
    """The one problem of these settings."""
    (tmp_path / "params.yaml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        params.read(tmp_path / "params.yaml")
    [problem] = caught.value.problems
    return str(problem)


@pytest.mark.parametrize(
    ("engine", "file"),
    [
        ("duckdb", "contacts.parquet"),
        ("duckdb", HERE),
        ("duckdb", "s3://bucket/contacts"),
        (HERE, HERE),
        (f"{HERE}?schema=work&seconds=60", "postgresql://db.example:5432/study?sslmode=require"),
        ("spark://cluster:7077?schema=work", "spark://cluster:7077"),
        ("sc://cluster", "sc://cluster:15002"),
        ("bigquery://bank/work", "bigquery://bank/exchange"),
        ("snowflake://acme-one/DB/WORK", "snowflake://acme-one/DB/EXCHANGE"),
    ],
)
def test_contact_lies_at_the_engine(tmp_path, engine, file):
    """The same server, however it is written, with a schema to read from and another to work in."""
    (tmp_path / "params.yaml").write_text(yaml.safe_dump(study(engine, table(file))), encoding="utf-8")
    assert params.read(tmp_path / "params.yaml").engagements["office"].engine == engine


@pytest.mark.parametrize(
    ("engine", "told"),
    [
        ("sqlite", "is no engine"),
        ("mysql://db.example/study", "is not a kind of database read here"),
        (f"postgres://analyst:{SECRET}@db.example/study", "holds a password"),
        (f"sc://cluster?token={SECRET}", "holds a password"),
        (f"spark://anna:{SECRET}@cluster:7077", "is no address of a Spark master"),
        ("spark://cluster", "is no address of a Spark master"),
        ("bigquery://bank", "is no address of a BigQuery dataset. Write it as bigquery://project/dataset"),
        ("snowflake://acme/DB", "is no address of a Snowflake schema"),
        (f"{HERE}?schema=a;b", "is no name of a schema"),
        (f"{HERE}?seconds=soon", "is not a number of seconds"),
        (f"{HERE}?shema=work", "Did you mean 'schema'?"),
    ],
)
def test_what_is_no_engine_is_refused(tmp_path, engine, told):
    """What, where, what to do; and no password is repeated."""
    message = refused(tmp_path, study(engine))
    assert told in message.replace(" (found: bigquery://bank)", "")
    assert "engagements.office.engine" in message
    assert SECRET not in message


@pytest.mark.parametrize(
    "file",
    [
        {"file": "contacts.csv"},
        table("contacts.parquet"),
        table("s3://bucket/contacts"),
        table("postgres://analyst@db.example/other"),
        table("postgres://other@db.example/study"),
        table("postgres://analyst@elsewhere.example/study"),
        table("spark://cluster:7077"),
    ],
)
def test_contact_that_lies_elsewhere_is_refused(tmp_path, file):
    """A file here, another database, another server, another engine, another user: beside a table that is right."""
    message = refused(tmp_path, study(HERE, table(HERE), file))
    assert "does not lie at the engine, postgres://db.example/study" in message
    assert "leave `engine` out" in message
