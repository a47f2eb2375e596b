"""The `kithwork` command: its verbs are there, tell of themselves with an example, and come without what they need."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from inspect import cleandoc

import pytest
import synthetic
from typer.testing import CliRunner

from kithwork import __version__
from kithwork.cli import VERBS, app, called

HEAVY = ("pandas", "numpy", "pydantic", "yaml", "duckdb", "sklearn", "kithwork.params")


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, list(words))


def test_verbs_are_the_files_of_their_names():
    """No verb without a file, and no file that no verb names."""
    files = {path.stem for path in (synthetic.HOME / "src" / "kithwork" / "commands").glob("[a-z]*.py")}
    assert files - {"beside", "process", "speaking"} == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_help_begins_as_the_list_says_and_ends_with_an_example(verb):
    """One line of the list is how the verb's own help begins; its example is a call of it."""
    text = " ".join(cleandoc(called(verb).callback.__doc__).split())
    assert text.startswith(VERBS[verb][1].removesuffix("."))
    assert re.search(rf"Example: kithwork {verb}\b[^:]*$", text)
    assert run(verb, "--help").exit_code == 0


def test_list_names_every_verb_and_status():
    """Help without any study says what there is, and what a script may rely on."""
    told = run("--help")
    assert told.exit_code == 0
    for word in (*VERBS, "Ends with 0", "audit or publish refuse"):
        assert word in told.output


def test_list_and_version_import_nothing_heavy():
    """What a person waits for at each call is the same however much a verb needs."""
    seen = f"import sys; print([name for name in {HEAVY} if name in sys.modules])"
    code = f"from kithwork.cli import app\ntry:\n    app(['--help'])\nexcept SystemExit:\n    pass\n{seen}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert run("--version").output.strip() == f"kithwork {__version__}"


def test_misspelt_verb_is_answered_with_the_nearest():
    """Status 2, as for anything that is not written as it should be."""
    told = run("chek")
    assert told.exit_code == 2
    assert "Did you mean 'check'?" in told.output


@pytest.mark.parametrize("words", [("check",), ("explain", "words")])
def test_study_is_asked_for_where_there_are_several(project, words):
    """Which one is meant is never guessed; the message names them. The only one need not be named."""
    content = synthetic.settings_of({}, synthetic.SIGNS)
    [study] = content["engagements"].values()
    for names, status in ((("alpha",), 1), (("alpha", "beta"), 2)):
        content["engagements"] = dict.fromkeys(names, study)
        (project / "params.yaml").write_text(json.dumps(content), encoding="utf-8")
        told = run(*words)
        assert told.exit_code == status
        assert ("alpha, beta" in " ".join(told.output.split())) == (status == 2)


@pytest.mark.parametrize(
    ("line", "offered"),
    [("kithwork sim", ["simulate"]), ("kithwork check s", ["synthetic"]), ("kithwork explain words -e s", ["synthetic"])],
)
def test_completion_offers_verbs_and_studies(project, line, offered):
    """What the shell asks for with the tab key: verbs by their list, studies by params.yaml."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, synthetic.SIGNS)
    asked = {"_KITHWORK_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
    told = CliRunner().invoke(app, [], prog_name="kithwork", env=asked)
    assert told.output.split() == offered
