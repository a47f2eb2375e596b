"""Tables where they lie: a parquet file, a folder of such with columns in its names, a DuckDB database."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from kithwork.readers.parts.given import Given
from samples import Sample

CONTACTS = """
    SELECT 'person' || i % 997 || '@nordwind.example' AS ego, 'person' || i * 7 % 991 || '@nordwind.example' AS alter,
           'mail' AS channel, TIMESTAMPTZ '2026-09-07 06:30:00+00' + i * INTERVAL '1 minute' AS at,
           (i % 60)::FLOAT8 AS minutes, 2 + i % 5 AS size, 'message-' || i AS message,
           '0' || i % 2 AS site
    FROM generate_series(1, {}) AS counted(i) ORDER BY i
"""
"""So many contacts, in words that DuckDB and PostgreSQL both know."""


@cache
def written(count: int, form: str) -> bytes | dict[str, bytes]:
    """So many contacts: as `parquet`, as a `folder` parted by site, or as a `database`."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / form
        with duckdb.connect(str(path) if form == "database" else ":memory:") as engine:
            engine.execute(f"CREATE TABLE contacts AS {CONTACTS.format(count)}")
            if form != "database":
                parted = ", PARTITION_BY site" if form == "folder" else ""
                engine.execute(f"COPY contacts TO '{path}' (FORMAT parquet{parted})")
        if form == "folder":
            return {file.relative_to(path).as_posix(): file.read_bytes() for file in sorted(path.rglob("*.parquet"))}
        return path.read_bytes()


SAMPLES = [
    Sample("contacts.parquet", "interactions", written(8, "parquet")),
    Sample("contacts", "interactions", written(8, "folder"), {"constants": {"nature": "list"}}),
    Sample("contacts.duckdb", "interactions", written(8, "database"), {"options": {"table": "contacts"}}),
]


def many(n: int) -> bytes:
    """A parquet file of n contacts."""
    return written(n, "parquet")


def plain(given: Given) -> None:
    """DuckDB's own way to a data frame of texts."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as engine:
        path = given.path or Path(folder) / "content"
        if not given.path:
            path.write_bytes(given.content)
        engine.execute("SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", [str(path)]).df()
