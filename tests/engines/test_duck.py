"""What DuckDB lays down lies in passing folders: gone with what used it, and never beside the client's files."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kithwork import passing
from kithwork.engines import duck
from kithwork.log import Log

SPILLING = "SELECT current_setting('temp_directory')"


@pytest.fixture
def rows(tmp_path, monkeypatch) -> Path:
    """A parquet file in a study's folder, where the process works; passing folders lie in one of the test's own."""
    (study := tmp_path / "study").mkdir()
    (alone := tmp_path / "passing").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(alone))
    monkeypatch.chdir(study)
    pq.write_table(pa.table({"minutes": [1.0, 2.0]}), study / "rows.parquet")
    return study / "rows.parquet"


def lies(connection) -> Path:
    """The passing folder that a connection lays rows down in."""
    [[place]] = connection.raw_sql(SPILLING).fetchall()
    return Path(place).parent


def test_what_reads_files_leaves_nothing(rows):
    """A reader's connection, confined to the file as it is."""
    with duck.duckdb("rows", rows, 60) as engine:
        duck.confine(engine, [rows])
        assert duck.parquet(engine, [rows]).count().execute() == 2
        folder = lies(engine.backend)
        assert folder.name.startswith(passing.PREFIX)
        assert folder.is_dir()
    assert not folder.exists()
    assert list(rows.parent.iterdir()) == [rows]


def test_what_makes_tables_leaves_nothing(rows):
    """Rows that do not fit in memory are laid down there, and go with the engine."""
    with duck.working(60) as engine:
        folder = lies(engine.backend)
        engine.backend.raw_sql("SET memory_limit = '40MB'; SET threads = 1")
        engine.backend.raw_sql("CREATE TEMP TABLE many AS SELECT range AS one, hash(range) AS other FROM range(6000000)")
        assert [*(folder / "spill").iterdir()]
    assert not folder.exists()


def test_log_that_is_let_go_of_leaves_nothing(rows):
    """While it is asked, it may lay rows down; then they are gone."""
    log = Log([rows])
    folder = lies(log.table().get_backend())
    assert folder.is_dir()
    del log
    gc.collect()
    assert not folder.exists()
