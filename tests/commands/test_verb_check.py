"""`kithwork check`: every file read and judged before a run."""

from __future__ import annotations

import json
import shutil
import zipfile

import pandas as pd
import pytest
import synthetic
import yaml
from typer.testing import CliRunner

from kithwork import params
from kithwork.cli import app
from kithwork.engagement import SYNTHETIC
from kithwork.tables import CLAIMS, SCORES


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, list(words))


def test_check_counts_rows_and_writes_nothing(project):
    """Every source is read and judged; nothing is left behind under data/ but the raw files."""
    synthetic.build(project, synthetic.tables(), synthetic.SIGNS)
    found = run("check", "synthetic")
    assert found.exit_code == 0
    assert "40 of 40 rows kept" in found.output
    assert SYNTHETIC not in found.output
    assert [path.name for path in (project / "data").iterdir()] == ["raw"]


SURVEY = """Status,RecipientEmail,V1a,GF_1,M1_1
Status,Mail,How?,Who?,What?
"{""ImportId"":""a""}","{""ImportId"":""b""}","{""ImportId"":""c""}","{""ImportId"":""d""}","{""ImportId"":""e""}"
0,anna@x.org,4,Bo Li,Ask Bo Li
0,bo@x.org,5,joe@acme.org,-99
"""
CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART:20260907T120000Z
DURATION:PT30M
ORGANIZER:mailto:anna@x.org
ATTENDEE:mailto:bo@x.org
ATTENDEE:mailto:joe@acme.org
ATTENDEE:mailto:stranger@nowhere.org
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.slow
def test_check_reads_a_study_in_clients_formats(project):
    """A survey for three sources, and contacts from a log, a calendar and a chat: each file is counted for itself."""
    raw = project / "data" / "raw" / "synthetic"
    raw.mkdir(parents=True)
    (raw / "staff.csv").write_text("person,name,email\n1,Anna Ek,anna@x.org\n2,Bo Li,bo@x.org\n", encoding="utf-8")
    (raw / "parties.csv").write_text("party,kind,domain\np,customer,acme.org\n", encoding="utf-8")
    (raw / "mail.csv").write_text("ego,alter,channel\nBo <bo@x.org>,anna@x.org,mail\n", encoding="utf-8")
    (raw / "survey.csv").write_text(SURVEY, encoding="utf-8")
    (raw / "team.ics").write_text(CALENDAR, encoding="utf-8")
    with zipfile.ZipFile(raw / "chat.zip", "w") as chat:
        users = [{"id": "U1", "profile": {"email": "anna@x.org"}}, {"id": "U2", "profile": {"email": "bo@x.org"}}]
        chat.writestr("users.json", json.dumps(users))
        chat.writestr("dms.json", json.dumps([{"id": "D", "members": ["U1", "U2"]}]))
        chat.writestr("D/2026-09-07.json", json.dumps([{"user": "U1", "ts": "1788782400.1", "text": "Hello"}]))
    survey = {"reader": "qualtrics", "file": "survey.csv"}
    contacts = [{"file": "mail.csv"}, {"reader": "ics", "file": "team.ics"}, {"reader": "slack", "file": "chat.zip"}]
    sources = {"staff": {"file": "staff.csv"}, "parties": {"file": "parties.csv"}, "interactions": contacts}
    sources |= dict.fromkeys(("answers", "nominations", "comments"), survey)
    content = synthetic.settings_of(sources, {}, clean={"bad_rows": "quarantine"})
    (project / "params.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    found = run("check", "synthetic")
    assert found.exit_code == 0, found.stderr
    said = [" ".join(line.split()) for line in found.output.splitlines()]
    for words in (
        "answers 2 of 2 rows kept data/raw/synthetic/survey.csv",
        "nominations 2 of 2 rows kept data/raw/synthetic/survey.csv",
        "comments 1 of 1 rows kept data/raw/synthetic/survey.csv",
        "interactions 1 of 1 rows kept data/raw/synthetic/mail.csv",
        "interactions 5 of 6 rows kept data/raw/synthetic/team.ics",
        "interactions 1 of 1 rows kept data/raw/synthetic/chat.zip",
    ):
        assert [line for line in said if line.startswith(words)], words


def test_check_names_faults_instead_of_a_traceback(project):
    """A bad row is a message on the error stream and status 1."""
    rows = synthetic.tables()
    rows["answers"][3]["value"] = "seven"
    synthetic.build(project, rows, synthetic.SIGNS)
    found = run("check", "synthetic")
    assert found.exit_code == 1
    assert "answers.csv, row 5, column value: is not a number (found: seven)" in found.stderr
    assert "Traceback" not in found.output


def test_check_names_a_file_of_decisions_that_would_not_be_read(project):
    """What a person decided is never passed over because of its file's name."""
    synthetic.build(project, synthetic.tables(), synthetic.SIGNS)
    folder = project / "data" / "raw" / "synthetic" / "decided"
    folder.mkdir()
    (folder / "label.csv").touch()
    found = run("check", "synthetic")
    assert found.exit_code == 1
    assert "decided/label.csv: is no file of decisions, and would not be read. Did you mean 'labels.csv'?" in found.stderr


def test_check_looks_at_the_wave_before(project):
    """Before a run of many minutes comes to its fourth chapter."""
    synthetic.build(project, synthetic.tables(), synthetic.SIGNS)
    folder = project / "data" / "raw" / "synthetic" / "previous"
    folder.mkdir()
    found = run("check", "synthetic")
    assert found.exit_code == 1
    assert "previous/scores.parquet: is missing." in found.stderr
    scores = SCORES.checked(
        pd.DataFrame({"indicator": "learning.as_answered", "person_id": ["a"], "top": 1.0, "bottom": 1})
    )
    scores.to_parquet(folder / "scores.parquet")
    claims = CLAIMS.checked(pd.DataFrame([synthetic.claim("values.learning.as_answered")]))
    claims.to_parquet(folder / "claims.parquet")
    found = run("check", "synthetic")
    assert found.exit_code == 0, found.stderr
    assert "1 indicators of the wave before have scores of people" in found.output


@pytest.mark.slow
def test_check_makes_no_key(project, monkeypatch, tmp_path):
    """The key of a client's pseudonyms is made by the first run, not by a look at the files."""
    monkeypatch.delenv("KITHWORK_KEY_FILE")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    synthetic.build(project, synthetic.tables(), synthetic.SIGNS, engagement={"ids": "secret"})
    before = sorted(tmp_path.rglob("*"))
    assert run("check", "synthetic").exit_code == 0
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.slow
def test_check_says_why_rows_are_refused_and_rings_where_none_is_kept(project):
    """With quarantine: each kind of fault in each file with its count, and an alarm for a file of which nothing counts."""
    rows = synthetic.tables()
    for at in range(3, 30, 2):
        rows["answers"][at]["value"] = "seven"
    rows["outcomes"] = [{**row, "person": f"nobody{at}"} for at, row in enumerate(rows["outcomes"][:2])]
    synthetic.build(project, rows, synthetic.SIGNS, clean={"bad_rows": "quarantine"})
    found = run("check", "synthetic")
    assert found.exit_code == 0
    said = [" ".join(line.split()) for line in found.output.splitlines()]
    raw = "data/raw/synthetic"
    answers = f"refused {raw}/answers.csv, row 5, column value, and 13 more (row 7, 9, 11, …): is not a number."
    assert next(line for line in said if line.startswith("refused")).startswith(answers)
    outcomes = f"refused {raw}/outcomes.csv, row 3, column person: is not on the staff list."
    assert [line for line in said if line.startswith(outcomes)]
    assert [line for line in said if line.startswith("ALARM")] == [
        f"ALARM 0 of 2 rows kept: nothing of {raw}/outcomes.csv counts as outcomes."
    ]


def test_check_refuses_a_study_past_its_retention(project):
    """A study that should be destroyed is not read again."""
    synthetic.build(project, synthetic.tables(), synthetic.SIGNS, engagement={"retention": "2020-12-31"})
    found = run("check", "synthetic")
    assert found.exit_code == 1
    assert "nothing of this study may be kept (found: 2020-12-31)" in found.stderr


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"places": {"Nort": {"timezone": "UTC"}}}, "(found: Nort). Did you mean 'North'?"),
        ({"scales": {"W*": {"from": [1, 7]}}}, "fits no item of the answers (found: W*)"),
        ({"scales": {"V1*": {"from": [1, 7]}, "V1a": {"from": [1, 9]}}}, "gives V1a more than one scale (found: V1*, V1a)"),
    ],
)
def test_check_refuses_what_is_said_of_nothing(project, said, words):
    """A site nobody has, a scale of no item and two scales of one would change nothing, or not what was meant."""
    synthetic.build(project, synthetic.tables(), synthetic.SIGNS, engagement=said)
    found = run("check", "synthetic")
    assert found.exit_code == 1
    assert words in found.stderr


@pytest.mark.slow
def test_check_refuses_a_sign_that_nothing_shows(project):
    """A misspelt sign would stop the second chapter: it is named here, before a run."""
    signs = synthetic.SIGNS | {"personal": {"freind": [0.5, 0.9]}}
    synthetic.build(project, synthetic.tables(), signs)
    found = run("check", "synthetic")
    assert found.exit_code == 1
    assert "Did you mean 'friend'?" in found.stderr


def test_unknown_engagement_is_one_message(project):
    """A misspelt study is answered with its nearest name."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, {})
    found = run("check", "sinthetic")
    assert found.exit_code == 1
    assert "Did you mean 'synthetic'?" in found.stderr


def test_check_says_first_that_nobody_exists(project):
    """The label is the first line about a simulated organisation."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, {}, engagement={"synthetic": True})
    assert run("check", "synthetic").output.splitlines()[0] == SYNTHETIC


@pytest.mark.slow
def test_check_judges_what_was_decided_of_topics_and_quotations(studied):
    """A role that is none, in the list of topics, is told by `check` and not only once chapter 5 runs."""
    decided = params.ROOT / "data" / "raw" / "synthetic" / "decided"
    decided.mkdir()
    (decided / "topics.csv").write_text("topic,name,parts,role\nglass,,,suplier\n", encoding="utf-8")
    found = run("check", "synthetic")
    shutil.rmtree(decided)
    assert found.exit_code != 0
    assert "is no part of the market" in found.output
    assert "supplier" in found.output


def test_script_reads_what_stops_a_check_as_well(project):
    """With --json there is a document in every case: of what is to be mended, where nothing else can be told."""
    synthetic.build(project, synthetic.tables(), synthetic.SIGNS)
    told = run("check", "synthetc", "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["errors"] == told.stderr.splitlines()


def test_files_of_no_use_are_told_as_what_is_to_be_mended(project):
    """Where nothing can be made of any file, check and map name each with why on the error stream, and end with 1."""
    shutil.copy(synthetic.HOME / "params.yaml", project)
    assert run("new", "acme").exit_code == 0
    (project / "data" / "raw" / "acme" / "staff.csv").write_text("words\n", encoding="utf-8")
    for verb in ("check", "map"):
        told = run(verb, "acme")
        assert told.exit_code == 1
        assert told.stderr.startswith("data/raw/acme/staff.csv: holds no table: write a row of two headings")
        assert "kithwork check acme" in told.stdout


def test_check_rings_where_nobody_is_tied(project):
    """Contact too seldom to make a tie, and no relation named: told before a run, not by an empty report."""
    tables = synthetic.tables()
    calls = [{"ego": one["ego"], "alter": one["alter"], "channel": "call"} for one in tables["nominations"][:9]]
    rows, signs = {"staff": tables["staff"], "interactions": calls}, {"functional": {"any": [0.0, 0.1]}}
    for fewest, rings in ((1, False), (9, True)):
        synthetic.build(project, rows, signs, engagement={"fewest_contacts": fewest})
        assert (" 0 pairs of people are tied" in run("check", "synthetic").output) is rings
