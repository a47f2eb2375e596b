"""A study whose contacts lie at a PostgreSQL server, through the whole pipeline, beside the same study on DuckDB.

One fixture goes through the days of the study, once; each test then promises one thing about what was seen.
"""

from __future__ import annotations

import io
import json
import re
import shutil
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import postgres
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import yaml
from running import Running

from benchmarks import endtoend_study
from kithwork.tables import STAGES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL server is installed"),
]

NAME = endtoend_study.NAME
PEOPLE, WEEKS, UNTIL = 60, 8, "2026-03-08"
LOG = f"data/raw/{NAME}/{endtoend_study.LOG['file']}"
KEPT = f"data/clean/{NAME}/interactions"
PLACES = {"quarantine": ["row", "file"], "set_aside": ["row", "column", "file"], "intake": ["file"], "arrivals": ["file"]}
"""Columns that say where a record lies: a table at a server has another name than a file, and no numbered rows."""


def spoilt(log: pa.Table) -> pa.Table:
    """The log, and at its end repeats, pairs with a stranger, a channel that there is not, and contacts of no time."""
    some = log.slice(0, 40)
    stranger = some.set_column(0, "ego", pa.array(["nobody@elsewhere.example"] * 40, log.schema.field("ego").type))
    pigeon = some.set_column(2, "channel", pa.array(["pigeon"] * 40, log.schema.field("channel").type))
    timeless = some.set_column(3, "at", pa.nulls(40, log.schema.field("at").type))
    return pa.concat_tables([log, some, stranger, pigeon, timeless])


def settings(root: Path) -> dict:
    """Those of a copy of the project."""
    return yaml.safe_load((root / "params.yaml").read_text(encoding="utf-8"))


def served(root: Path, server: postgres.Server) -> dict:
    """Settings of a copy whose log lies at a server, where it is worked on."""
    found = settings(root)
    study = found["engagements"][NAME]
    study["engine"] = f"{server.url()}?schema=kithwork"
    study["sources"]["interactions"][0] |= {"file": server.url(), "options": {"table": "log"}}
    return found


def brought(server: postgres.Server, log: pa.Table) -> None:
    """Bring the log to the server, where the analyst may read it and work in a schema."""
    import ibis

    server.run("CREATE SCHEMA kithwork AUTHORIZATION analyst", "GRANT TEMPORARY ON DATABASE study TO analyst")
    owner = ibis.postgres.connect(host="127.0.0.1", port=server.port, user="owner", database="study")
    owner.create_table("log", obj=log)
    owner.disconnect()
    server.run("GRANT SELECT ON log TO analyst")


@pytest.fixture(scope="module")
def days(tmp_path_factory) -> SimpleNamespace:
    """The study on DuckDB, and at a server, day by day; its last week of records comes later."""
    folder = tmp_path_factory.mktemp("engine")
    here, there = folder / "here", folder / "there"
    endtoend_study.prepared(here, PEOPLE, WEEKS, UNTIL)
    log = spoilt(pq.read_table(here / LOG))
    last = pc.max(log["at"]).as_py() - timedelta(days=7)
    is_late = pc.fill_null(pc.greater(log["at"], last), fill_value=False)
    pq.write_table(log.filter(pc.invert(is_late)), here / LOG)
    shutil.copytree(here, there)
    (there / LOG).unlink()
    seen = SimpleNamespace(here=Running(here, settings(here)).report())
    with postgres.server() as server:
        brought(server, log.filter(pc.invert(is_late)))
        study = Running(there, served(there, server))
        seen.first, seen.again = study.report(), study.report()
        seen.note = json.loads(seen.first.files[f"{KEPT}/where.json"])

        week = log.filter(is_late)
        _add(server, week)
        study.params["clean"]["broadcast_above"] -= 1
        study.write_params()
        seen.week = study.report()

        server.run(f"DELETE FROM log WHERE at > '{last.isoformat()}'")
        study.params["clean"]["broadcast_above"] += 1
        study.write_params()
        seen.back = study.report()

        server.run(f"DROP TABLE kithwork.{seen.note['parts'][0]['table']}")
        seen.idle = study.report()
        study.params["ties"]["seed"] += 1
        study.write_params()
        seen.dropped = study.report()
        seen.mended = study.python("dvc", "repro", "--force", "--single-item", f"clean@{NAME}")
        seen.anew = study.python("pipeline", "run", "ties", NAME)
    return seen


def _add(server: postgres.Server, rows: pa.Table) -> None:
    import ibis

    owner = ibis.postgres.connect(host="127.0.0.1", port=server.port, user="owner", database="study")
    owner.insert("log", rows.to_pandas())
    owner.disconnect()


def test_every_table_is_that_of_duckdb(days):
    """The same bytes; where a table says in which row of which file a record lies, the same but for that."""
    assert (days.here.status, days.first.status) == (0, 0), days.first.err
    tables = {
        path for path in {*days.here.files} | {*days.first.files} if path.endswith(".parquet") and "/raw/" not in path
    }
    tables -= {f"{KEPT}/all.parquet"}
    assert len(tables) > 60
    other = {path for path in tables if days.here.files.get(path) != days.first.files.get(path)}
    assert other <= {f"data/clean/{NAME}/{table}.parquet" for table in PLACES}
    for path in other:
        mine, theirs = (_without_places(Path(path).stem, run.files[path]) for run in (days.here, days.first))
        pd.testing.assert_frame_equal(theirs, mine, obj=path)


def _without_places(table: str, content: bytes) -> pd.DataFrame:
    """A table's rows in order, less where records lie; what was set aside, counted."""
    found = pd.read_parquet(io.BytesIO(content)).drop(columns=PLACES[table])
    if table == "set_aside":
        found = found.groupby(["source", "step"], as_index=False)["records"].sum()
    return found.sort_values([*found], ignore_index=True)


def test_every_page_is_that_of_duckdb(days):
    """The same text, but for the digests of what was brought."""
    mine, theirs = (json.loads(run.files[f"data/report/{NAME}/page.json"])["provenance"] for run in (days.here, days.first))
    apart = {name for name in mine if mine[name] != theirs[name]}
    assert apart == {"Interactions", "Settings"}
    pages = {path for path in days.here.files if path.endswith((".json", ".html", ".svg")) and "/raw/" not in path}
    assert len(pages) > 10
    for path in pages:
        text = days.first.files[path].decode("utf-8")
        for name in apart:
            text = text.replace(theirs[name], mine[name])
        assert text == days.here.files[path].decode("utf-8"), path


def test_no_record_of_contact_comes_here(days):
    """Where contacts were kept on DuckDB, there is a note of them: the engine, the table, its rows and their digest."""
    assert {path for path in days.first.files if path.startswith(KEPT)} == {f"{KEPT}/where.json"}
    rows = pq.read_metadata(io.BytesIO(days.here.files[f"{KEPT}/all.parquet"])).num_rows
    [part] = days.note["parts"]
    assert re.fullmatch(f"{NAME}_interactions_all_[0-9a-f]{{8}}", part["table"])
    assert part["rows"] == days.note["rows"] == rows


def test_second_run_runs_nothing(days):
    """Nothing changed here or there."""
    assert (days.again.status, days.again.ran) == (0, [])
    assert days.again.written == days.first.written


def test_one_more_week_is_noticed(days):
    """Records came at the source, and no file changed here: they are read."""
    assert days.week.status == 0, days.week.err
    assert {f"{stage}@{NAME}" for stage in STAGES} <= {*days.week.ran}
    note = json.loads(days.week.files[f"{KEPT}/where.json"])
    assert note["rows"] > days.note["rows"]


def test_way_back_makes_the_table_anew(days):
    """Settings and source as they once were: dvc has all but the table, which is made again, and the rest is as it was."""
    assert days.back.status == 0, days.back.err
    assert set(days.back.ran) == {"prepare", f"clean@{NAME}", f"publish@{NAME}"}
    assert days.back.files == days.first.files


def test_dropped_table_is_told_where_it_is_needed(days):
    """A run that needs nothing of it goes on; one that does stops with what to do, and that mends it."""
    assert (days.idle.status, days.idle.ran) == (0, [])
    assert days.dropped.status == 1
    assert f"{days.note['parts'][0]['table']}: is not at its engine any more" in days.dropped.err
    assert f"Run `dvc repro --force --single-item clean@{NAME}`" in days.dropped.err
    assert "Traceback" not in days.dropped.err
    assert days.mended.returncode == 0, days.mended.stderr
    assert days.anew.returncode == 0, days.anew.stderr
