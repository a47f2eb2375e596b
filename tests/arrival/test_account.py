"""The account of a study: what its screen and its JSON say, of a study that stands and of one that waits for its files."""

from __future__ import annotations

import json
import shutil

import headed
import postgres
import pytest
import synthetic
import yaml
from typer.testing import CliRunner

from kithwork import engines, store
from kithwork.cleaning import blocks
from kithwork.cli import app


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def acme(project):
    """A new study whose files lie there and are not named yet."""
    shutil.copy(synthetic.HOME / "params.yaml", project)
    assert run("new", "acme").exit_code == 0
    for name in ("hr_export.csv", "network survey.csv"):
        table = next(one for one in headed.TABLES if one.file == name)
        (project / "data" / "raw" / "acme" / name).write_text(table.text(), encoding="utf-8")
    (project / "data" / "raw" / "acme" / "deck.pdf").write_bytes(b"%PDF-1.7")
    return project


def test_files_that_wait_are_guessed_and_nothing_is_written(acme):
    """The guess is told with what is passed over, lacking and next; no byte of the project changes."""
    before = {path: path.read_bytes() for path in acme.rglob("*") if path.is_file()}
    told = run("check", "acme")
    assert told.exit_code == 0, told.stderr
    for words in (
        "A guess: params.yaml names none of these files yet",
        "30 of 30 rows kept  data/raw/acme/hr_export.csv",
        "person = Employee ID · email = Work Email",
        "deck.pdf",
        "3 of 3 units have 5 or more",
        "interactions",
        "Nothing was written. Next: kithwork map acme",
    ):
        assert words in told.output, words
    assert {path: path.read_bytes() for path in acme.rglob("*") if path.is_file()} == before


def test_script_reads_the_same_as_json(acme):
    """One document: files, rows, lacking, people, and the next command."""
    found = json.loads(run("check", "acme", "--json").output)
    assert found["guess"] is True
    assert found["next"] == "kithwork map acme"
    assert found["people"] == {"people": 30, "units": 3, "shown": 3, "smallest": 5}
    assert {one["source"]: one["kept"] for one in found["rows"]} == {"staff": 30, "nominations": 30}
    assert "answers" in {one["what"] for one in found["lacking"]}
    assert [one["why_not"] for one in found["open"]["files"] if one["file"] == "deck.pdf"] != [""]


def test_study_that_stands_tells_unused_files_and_goes_on_to_a_run(project):
    """A file that no source names is told of, and columns that nobody mapped; the next command is a run."""
    rows = synthetic.tables()
    rows["staff"] = [{**row, "shoe size": "41"} for row in rows["staff"]]
    synthetic.build(project, rows, synthetic.SIGNS)
    (project / "data" / "raw" / "synthetic" / "later.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    told = run("check", "synthetic")
    assert told.exit_code == 0, told.stderr
    assert "later.csv: no source names it" in told.output
    assert "passed over: shoe size" in told.output
    assert "Nothing was written. Next: kithwork run synthetic" in told.output


def test_fault_that_stops_is_told_below_what_was_understood(project):
    """What was understood is said all the same; the fault stands on the error stream, and once in JSON."""
    rows = synthetic.tables()
    rows["answers"][3]["value"] = "seven"
    synthetic.build(project, rows, synthetic.SIGNS)
    told = run("check", "synthetic")
    assert told.exit_code == 1
    assert "person = person · item = item · value = value" in told.output
    assert "is not a number (found: seven)" in told.stderr
    assert "kithwork check synthetic, once that is mended" in told.stdout
    document = json.loads(run("check", "synthetic", "--json").stdout)
    assert len(document["errors"]) == 1


def test_files_without_a_staff_list_say_that_first(acme):
    """The one file that a study cannot do without is asked for."""
    (acme / "data" / "raw" / "acme" / "hr_export.csv").unlink()
    told = run("check", "acme")
    assert told.exit_code == 1
    assert "has no staff list" in told.stderr


def test_what_only_a_person_can_tell_is_asked_for(acme):
    """What the report prints and nobody has written yet stands among what is to be decided; ties are counted."""
    told = run("check", "acme").output
    assert "fieldwork     is not stated yet, and the report says so: write it in params.yaml, engagements.acme" in told
    found = json.loads(run("check", "acme", "--json").output)
    assert found["not_stated"] == ["fieldwork", "terms"]
    assert found["ties"]["pairs"] > 0
    assert f"{found['ties']['pairs']:,} pairs of people are tied." in told


def test_zone_of_contact_and_ties_too_few_are_told(project):
    """Times that name no zone are of the zone that is said, and nobody tied to anybody is no traceback."""
    rows = synthetic.tables()
    synthetic.build(
        project, {"staff": rows["staff"], "interactions": rows["interactions"][:3]}, synthetic.SIGNS | {"strategic": {}}
    )
    told = run("check", "synthetic")
    assert "times that name no zone are of UTC" in told.output, told.stderr


def test_what_a_run_remembers_is_left_as_it_is(project, monkeypatch):
    """However long a record is: nothing is put by under raw ids, and what a run put by is not forgotten."""
    monkeypatch.setattr(blocks, "FEWEST", 0)
    rows = synthetic.tables()
    synthetic.build(project, {one: rows[one] for one in ("staff", "interactions")}, synthetic.DERIVED_SIGNS)
    (kept := store.remembered("synthetic") / "of a run").mkdir(parents=True)
    before = sorted(project.rglob("*"))
    told = run("check", "synthetic")
    assert told.exit_code == 0, told.stderr
    assert sorted(project.rglob("*")) == before
    assert kept.is_dir()


@pytest.mark.slow
@pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL server is installed")
def test_nothing_is_written_at_an_engine(project):
    """Nor need there be a schema, or the right to make one."""
    rows = synthetic.tables()
    synthetic.build(project, {one: rows[one] for one in ("staff", "interactions")}, synthetic.DERIVED_SIGNS)
    columns = [*rows["interactions"][0]]
    with postgres.server() as server:
        server.run(f"CREATE TABLE log ({', '.join(f'{name} text' for name in columns)})", "GRANT SELECT ON log TO analyst")
        values = (", ".join(f"'{row[name]}'" for name in columns) for row in rows["interactions"])
        server.run(f"INSERT INTO log VALUES {', '.join(f'({one})' for one in values)}")
        content = yaml.safe_load((project / "params.yaml").read_text(encoding="utf-8"))
        study = content["engagements"]["synthetic"]
        study["engine"] = f"{server.url()}?schema=nobodys"
        there = {"reader": "warehouse", "file": server.url(), "options": {"table": "log"}}
        study["sources"]["interactions"] = study["sources"]["interactions"] | there
        (project / "params.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
        told = run("check", "synthetic")
        engines.close()
        assert told.exit_code == 0, told.stderr
        assert f"{len(rows['interactions']):,} of {len(rows['interactions']):,} rows kept" in told.output
        assert server.names() == ["log"]
