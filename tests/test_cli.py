"""The `kithwork` command: check before a run, explain after one, simulate without any."""

from __future__ import annotations

import json
import shutil
import zipfile

import pandas as pd
import pytest
import synthetic
import yaml
from typer.testing import CliRunner

from kithwork import params, store
from kithwork.cli import app
from kithwork.engagement import SYNTHETIC
from kithwork.market_tables import QUOTES
from kithwork.simulation.knobs import Knobs
from kithwork.tables import CLAIMS, SCORES


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, list(words))


def test_check_counts_rows_and_writes_nothing(project):
    """Every source is read and judged; nothing is left behind under data/ but the raw files."""
    synthetic.build(project, synthetic.tables(), synthetic.SIGNS)
    found = run("check", "--engagement", "synthetic")
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
    found = run("check", "-e", "synthetic")
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
    found = run("check", "-e", "synthetic")
    assert found.exit_code == 1
    assert "answers.csv, row 5, column value: is not a number (found: seven)" in found.stderr
    assert "Traceback" not in found.output


def test_check_names_a_file_of_decisions_that_would_not_be_read(project):
    """What a person decided is never passed over because of its file's name."""
    synthetic.build(project, synthetic.tables(), synthetic.SIGNS)
    folder = project / "data" / "raw" / "synthetic" / "decided"
    folder.mkdir()
    (folder / "label.csv").touch()
    found = run("check", "-e", "synthetic")
    assert found.exit_code == 1
    assert "decided/label.csv: is no file of decisions, and would not be read. Did you mean 'labels.csv'?" in found.stderr


def test_check_looks_at_the_wave_before(project):
    """Before a run of many minutes comes to its fourth chapter."""
    synthetic.build(project, synthetic.tables(), synthetic.SIGNS)
    folder = project / "data" / "raw" / "synthetic" / "previous"
    folder.mkdir()
    found = run("check", "-e", "synthetic")
    assert found.exit_code == 1
    assert "previous/scores.parquet: is missing." in found.stderr
    scores = SCORES.checked(
        pd.DataFrame({"indicator": "learning.as_answered", "person_id": ["a"], "top": 1.0, "bottom": 1})
    )
    scores.to_parquet(folder / "scores.parquet")
    claims = CLAIMS.checked(pd.DataFrame([synthetic.claim("values.learning.as_answered")]))
    claims.to_parquet(folder / "claims.parquet")
    found = run("check", "-e", "synthetic")
    assert found.exit_code == 0, found.stderr
    assert "1 indicators of the wave before have scores of people" in found.output


@pytest.mark.slow
def test_check_makes_no_key(project, monkeypatch, tmp_path):
    """The key of a client's pseudonyms is made by the first run, not by a look at the files."""
    monkeypatch.delenv("KITHWORK_KEY_FILE")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    synthetic.build(project, synthetic.tables(), synthetic.SIGNS, engagement={"ids": "secret"})
    before = sorted(tmp_path.rglob("*"))
    assert run("check", "-e", "synthetic").exit_code == 0
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.slow
def test_check_says_why_rows_are_refused_and_rings_where_none_is_kept(project):
    """With quarantine: each kind of fault in each file with its count, and an alarm for a file of which nothing counts."""
    rows = synthetic.tables()
    for at in range(3, 30, 2):
        rows["answers"][at]["value"] = "seven"
    rows["outcomes"] = [{**row, "person": f"nobody{at}"} for at, row in enumerate(rows["outcomes"][:2])]
    synthetic.build(project, rows, synthetic.SIGNS, clean={"bad_rows": "quarantine"})
    found = run("check", "-e", "synthetic")
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
    found = run("check", "-e", "synthetic")
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
    found = run("check", "-e", "synthetic")
    assert found.exit_code == 1
    assert words in found.stderr


@pytest.mark.slow
def test_check_refuses_a_sign_that_nothing_shows(project):
    """A misspelt sign would stop the second chapter: it is named here, before a run."""
    signs = synthetic.SIGNS | {"personal": {"freind": [0.5, 0.9]}}
    synthetic.build(project, synthetic.tables(), signs)
    found = run("check", "-e", "synthetic")
    assert found.exit_code == 1
    assert "Did you mean 'friend'?" in found.stderr


def test_unknown_engagement_is_one_message(project):
    """A misspelt study is answered with its nearest name."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, {})
    found = run("check", "-e", "sinthetic")
    assert found.exit_code == 1
    assert "Did you mean 'synthetic'?" in found.stderr


def test_check_says_first_that_nobody_exists(project):
    """The label is the first line about a simulated organisation."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, {}, engagement={"synthetic": True})
    assert run("check", "-e", "synthetic").output.splitlines()[0] == SYNTHETIC


@pytest.fixture
def studied(full, monkeypatch):
    """The complete synthetic engagement as the project folder."""
    monkeypatch.setattr(params, "ROOT", full.root)
    return full


@pytest.mark.slow
def test_explain_leads_from_a_figure_to_its_making(studied):
    """Value, interval, n, method, chapter and file of a released claim."""
    row = studied.released.get("ties.connected")
    found = run("explain", "ties.connected", "-e", "synthetic")
    assert found.exit_code == 0
    assert f"{row['estimate']:g} %" in found.output
    assert f"{row['low']:g} to {row['high']:g} (95%), n = {row['n']}" in found.output
    assert "Wilson" in found.output
    assert "2_ties" in found.output
    assert "data/ties/synthetic/claims.parquet" in found.output
    assert SYNTHETIC not in found.output


@pytest.mark.slow
def test_explain_says_first_that_nobody_exists(full, project):
    """The label stands above the figure of a simulated organisation."""
    shutil.copytree(full.root / "data", project / "data")
    synthetic.build(project, full.rows, synthetic.SIGNS, engagement={"synthetic": True})
    assert run("explain", "ties.connected", "-e", "synthetic").output.splitlines()[0] == SYNTHETIC


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ties.conected", "ties.connected.Epsilon"])
def test_explain_shows_released_claims_only(studied, name):
    """A misspelt claim is answered with the nearest; one that is held back is not shown either."""
    found = run("explain", name, "-e", "synthetic")
    assert found.exit_code == 1
    assert "is not a released claim" in found.stderr
    assert found.stdout == ""


@pytest.mark.slow
def test_volunteers_are_named_with_their_colleagues(studied, full, monkeypatch):
    """The list has ids as the staff list has them and empty cells. With another key nobody can be named, and it says so."""
    other = run("volunteers", "-e", "synthetic")
    assert other.exit_code == 1
    assert "Use the key that the run used" in other.stderr
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(synthetic.key(full.root)))
    found = run("volunteers", "-e", "synthetic", "--people", "4")
    assert found.exit_code == 0
    path = params.ROOT / "data" / "review" / "synthetic" / "labels.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "person,colleague,name,personal,functional,strategic"
    assert len({line.split(",")[0] for line in lines[1:]}) == 4
    assert all(line.startswith("synthetic-person-") for line in lines[1:])
    assert f"4 volunteers, {len(lines) - 1} ties" in found.output


@pytest.mark.slow
def test_volunteers_answers_are_not_overwritten(studied, full, monkeypatch):
    """A list filled in where it was written stays, and the message says where it belongs."""
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(synthetic.key(full.root)))
    run("volunteers", "-e", "synthetic")
    path = params.ROOT / "data" / "review" / "synthetic" / "labels.csv"
    asked = path.read_bytes()
    path.write_bytes(asked.replace(b",,,,", b",,yes,,", 1))
    found = run("volunteers", "-e", "synthetic")
    assert found.exit_code == 1
    assert "row 2: is filled in, and would be overwritten (found: 1 of its lines). Move it to data/raw/" in found.stderr
    assert path.read_bytes() != asked
    path.unlink()


@pytest.mark.slow
def test_ways_of_introduction_are_named(studied, full, monkeypatch):
    """Each way begins with who asks and ends in the group, or with who knows the party; one's own group needs none."""
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(synthetic.key(full.root)))
    path = params.ROOT / "data" / "review" / "synthetic" / "introductions.csv"
    for target in ("Gamma", "synthetic-party-customer-0"):
        found = run("introduce", "synthetic-person-00", target, "-e", "synthetic")
        assert found.exit_code == 0
        ways = pd.read_csv(path).groupby("way")
        assert f"{len(ways)} way" in found.output
        assert (ways["person"].first() == "synthetic-person-00").all()
        assert ways["probability"].first().is_monotonic_decreasing
        if target == "Gamma":
            group = {synthetic.person(at) for at, unit in enumerate(synthetic.units()) if unit == "Gamma"}
            assert set(ways["person"].last()) <= group
    found = run("introduce", "synthetic-person-00", "Alpha", "-e", "synthetic")
    assert "belongs there" in found.output


@pytest.mark.slow
def test_who_cannot_be_introduced_is_told_so(studied, full, monkeypatch):
    """An unknown person, group or party is named, with what to write."""
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(synthetic.key(full.root)))
    found = run("introduce", "nobody", "Gamma", "-e", "synthetic")
    assert found.exit_code == 1
    assert "is nobody on the staff list (found: nobody)" in found.stderr
    found = run("introduce", "synthetic-person-00", "Gama", "-e", "synthetic")
    assert "Did you mean 'Gamma'?" in found.stderr


def test_texts_to_quote_are_listed_to_be_read(project):
    """Before a run it says what to do; after it the list has an empty cell for each text, or what was said before."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, {})
    found = run("quotes", "-e", "synthetic")
    assert found.exit_code == 1
    assert "Run `make report`." in found.stderr
    row = {"person_id": "p", "topic_id": "en-01", "language": "en", "fit": 0.2, "people": 5, "most": 0.2}
    texts = [row | {"comment_id": f"c{n}", "words": f"words {n}", "approved": n == 1} for n in range(2)]
    store.save("quotes", QUOTES.checked(pd.DataFrame(texts)), "synthetic")
    found = run("quotes", "-e", "synthetic")
    assert found.exit_code == 0
    assert "2 texts that may be quoted: data/review/synthetic/quotes.csv" in found.output
    lines = (project / "data" / "review" / "synthetic" / "quotes.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["comment,topic,words,show", "c0,en-01,words 0,", "c1,en-01,words 1,yes"]


def test_volunteers_before_a_run_says_what_to_do(project):
    """Without ties on disk the message names the command that makes them."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, {})
    found = run("volunteers", "-e", "synthetic")
    assert found.exit_code == 1
    assert "Run `make report`." in found.stderr


def test_explain_before_a_run_says_what_to_do(project):
    """Without claims on disk the message names the command that makes them."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, {})
    found = run("explain", "ties.connected", "-e", "synthetic")
    assert found.exit_code == 1
    assert "Run `make report`." in found.stderr


def test_simulate_writes_files_and_says_what_they_are(tmp_path):
    """Each file is announced; the last line says that nobody in them exists; the folder holds the truth beside them."""
    out = tmp_path / "out"
    found = run("simulate", "--out", str(out), "--people", "24", "--weeks", "8", "--seed", "3", "--knob", "dirt=0")
    assert found.exit_code == 0
    assert found.output.splitlines()[-1] == f"Synthetic: 24 people who do not exist, in {out}/"
    assert "chat.zip" in found.output
    assert (out / "README.txt").read_text(encoding="utf-8").startswith("SYNTHETIC.")
    assert not any(json.loads((out / "truth" / "dirt.json").read_text(encoding="utf-8")).values())


def test_simulate_writes_tables_over_files_and_over_tables(tmp_path):
    """Clean tables take the place of what an earlier simulation wrote, of either form, and leave none of it."""
    out, size = tmp_path / "out", ("--people", "20", "--weeks", "8")
    assert run("simulate", "--out", str(out), *size).exit_code == 0
    for _ in range(2):
        found = run("simulate", "--out", str(out), *size, "--as", "tables")
        assert found.exit_code == 0
        assert "interactions" in found.output
        assert {path.suffix for path in out.iterdir() if path.is_file()} == {".parquet", ".txt"}


def test_simulate_refuses_what_is_not_its_own(tmp_path):
    """A folder with anything else in it is named, and kept as it is."""
    (tmp_path / "thesis.txt").write_text("mine")
    found = run("simulate", "--out", str(tmp_path), "--people", "20", "--weeks", "8")
    assert found.exit_code == 1
    assert "holds something else" in found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--knob", "homofily=1"), "Did you mean 'homophily'?"),
        (("--knob", "homophily=3"), "--knob homophily"),
        (("--people", "19"), "Give a number from 20 to 1,000,000."),
        (("--weeks", "7"), "--weeks"),
        (("--seed", "-1"), "--seed"),
    ],
)
def test_simulate_names_what_cannot_be_asked(tmp_path, words, message):
    """One message on the error stream, status 1, and nothing written."""
    found = run("simulate", "--out", str(tmp_path / "out"), *words)
    assert found.exit_code == 1
    assert message in found.stderr
    assert "Traceback" not in found.output
    assert not (tmp_path / "out").exists()


def test_knobs_are_listed():
    """A line for each, with its range and unit."""
    found = run("knobs")
    assert found.exit_code == 0
    assert [line.split()[0] for line in found.output.splitlines()] == list(Knobs.model_fields)
    assert "ICC(1) of readiness and values; share of variance" in found.output


@pytest.mark.slow
def test_check_judges_what_was_decided_of_topics_and_quotations(studied):
    """A role that is none, in the list of topics, is told by `check` and not only once chapter 5 runs."""
    decided = params.ROOT / "data" / "raw" / "synthetic" / "decided"
    decided.mkdir()
    (decided / "topics.csv").write_text("topic,name,parts,role\nglass,,,suplier\n", encoding="utf-8")
    found = run("check", "-e", "synthetic")
    shutil.rmtree(decided)
    assert found.exit_code != 0
    assert "is no part of the market" in found.output
    assert "supplier" in found.output
