"""`kithwork map`: the client's files named in params.yaml, guessed where sure, asked or left out where not."""

from __future__ import annotations

import json
import shutil

import headed
import pytest
import synthetic
from arrival.test_yamltext import added
from typer.testing import CliRunner

from kithwork import params
from kithwork.arrival import questions
from kithwork.cli import app

STAFF, MAIL, TIES = (
    next(one for one in headed.TABLES if one.file == name)
    for name in ("hr_export.csv", "emails 2026.csv", "network survey.csv")
)


def run(*words: str, answers: str = ""):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, list(words), input=answers)


@pytest.fixture
def acme(project):
    """A new study with a staff list, mail and relations."""
    shutil.copy(synthetic.HOME / "params.yaml", project)
    assert run("new", "acme").exit_code == 0
    folder = project / "data" / "raw" / "acme"
    for one in (STAFF, MAIL, TIES):
        (folder / one.file).write_text(one.text(), encoding="utf-8")
    return folder


def test_sure_guesses_are_written_and_all_else_stays(acme):
    """Sources with their columns, signs of the relations by their words, and no line of other studies touched."""
    before = (params.ROOT / "params.yaml").read_text(encoding="utf-8")
    told = run("map", "acme")
    assert told.exit_code == 0, told.stderr
    after = (params.ROOT / "params.yaml").read_text(encoding="utf-8")
    written = [line for line in before.splitlines(keepends=True) if line.strip() not in ("sources: {}", "signs: {}")]
    kept = [line for line in written if not line.startswith("    fewest_contacts: 1 # contacts below")]
    added("".join(kept), after)
    study = params.read().engagements["acme"]
    assert list(study.sources) == ["staff", "nominations", "interactions"]
    without = {field: heading for field, heading in STAFF.fields.items() if field != "started"}  # for want of a day
    assert study.sources["staff"][0].columns == without
    assert study.sources["interactions"][0].constants == {"channel": "mail"}
    assert {kind: set(signs) for kind, signs in study.signs.items()} == {
        "personal": {"friend", "any"},
        "functional": {"work", "same_unit", "strong_contact", "any"},
        "strategic": {"advice", "crosses_unit", "bridges", "any"},
    }
    assert study.fewest_contacts == 10
    assert "kithwork check acme" in told.output.splitlines()[-1]


def test_twice_is_as_once_and_again_guesses_anew(acme):
    """What stands stays, hand-made changes with it, until --again is said."""
    assert run("map", "acme").exit_code == 0
    path = params.ROOT / "params.yaml"
    changed = path.read_text(encoding="utf-8").replace("unit: Department", "unit: FTE # as the client says")
    path.write_text(changed, encoding="utf-8")
    told = run("map", "acme")
    assert told.exit_code == 0
    assert "Nothing was written" in told.output
    assert path.read_text(encoding="utf-8") == changed
    assert run("map", "acme", "--again").exit_code == 0
    assert params.read().engagements["acme"].sources["staff"][0].columns["unit"] == "Department"


def test_further_file_joins_its_source(acme):
    """A file that came later is added, as another of its source, and what stood keeps its comments."""
    assert run("map", "acme").exit_code == 0
    path = params.ROOT / "params.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("file: emails 2026.csv", "file: emails 2026.csv # first"), "utf-8"
    )
    further = next(one for one in headed.TABLES if one.file == "message_trace.csv")
    (acme / further.file).write_text(further.text(), encoding="utf-8")
    assert run("map", "acme").exit_code == 0
    study = params.read().engagements["acme"]
    assert [one.file for one in study.sources["interactions"]] == ["emails 2026.csv", "message_trace.csv"]
    assert "emails 2026.csv # first" in path.read_text(encoding="utf-8")


def test_unsure_is_left_out_with_nobody_to_ask_and_guessed_where_that_is_wished(acme):
    """Without a terminal what is unsure is named and left out; --yes takes the best guess and lists it."""
    odd = headed.Headed("", "odd.csv", "interactions", {"Whom": ("to", ""), "Who": ("from", ""), "When": ("at", "")})
    (acme / odd.file).write_text(odd.text(), encoding="utf-8")
    before = json.loads(run("map", "acme", "--json").output)
    assert [one["why_not"] for one in before["files"] if one["file"] == "odd.csv"] != [""]
    assert any(said.startswith("odd.csv: ") and said.endswith("left out") for said in before["unsure"])
    after = run("map", "acme", "--yes")
    assert after.exit_code == 0, after.stderr
    assert "Not sure" in after.output
    assert "odd.csv" in [one.file for files in params.read().engagements["acme"].sources.values() for one in files]


def test_study_without_files_says_where_to_put_them(project):
    """An empty folder is an error with what to do, not an empty guess."""
    shutil.copy(synthetic.HOME / "params.yaml", project)
    run("new", "acme")
    for verb in ("map", "check"):
        told = run(verb, "acme")
        assert told.exit_code == 1
        assert "data/raw/acme: holds no files yet. Put the client's files there" in told.stderr


def test_person_is_asked_where_there_is_one(acme, monkeypatch):
    """On a terminal each doubt is a question with its choices; the answer is what is written."""
    from kithwork.commands import map as verb

    odd = headed.Headed("", "odd.csv", "interactions", {"Whom": ("to", ""), "Who": ("from", ""), "When": ("at", "")})
    (acme / odd.file).write_text(odd.text(), encoding="utf-8")
    asked = []
    monkeypatch.setattr(verb, "_asked", lambda question: asked.append(question) or question.best)
    monkeypatch.setattr(verb, "_is_terminal", lambda: True)
    assert run("map", "acme").exit_code == 0
    assert asked
    assert all(question.best in question.choices or not question.choices for question in asked)


def test_question_lists_its_choices_and_takes_a_number(acme, monkeypatch):
    """Each choice has a number, return takes the best, and a number that is none is asked again."""
    from kithwork.commands import map as verb

    odd = headed.Headed("", "odd.csv", "interactions", {"Whom": ("to", ""), "Who": ("from", ""), "When": ("at", "")})
    (acme / odd.file).write_text(odd.text(), encoding="utf-8")
    monkeypatch.setattr(verb, "_is_terminal", lambda: True)
    told = run("map", "acme", answers="2026-01-31\n99\n" + "\n" * 20)
    assert told.exit_code == 0, told.output
    assert "  1  " in told.output
    assert str(params.read().engagements["acme"].staff_as_of) == "2026-01-31"


def test_answer_may_be_a_choice_in_words(monkeypatch, capsys):
    """A choice written out is taken; what is none is answered by what may be written."""
    from kithwork.commands import map as verb

    said = iter(["thing", "call"])
    monkeypatch.setattr(verb.typer, "prompt", lambda *_, **__: next(said))
    assert verb._asked(questions.Question("a.csv", "by which channel?", ("mail", "call"), "mail")) == "call"
    assert "Write a number from 1 to 2" in capsys.readouterr().out
