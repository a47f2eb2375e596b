"""The workflow for GitHub Pages: valid, pinned, and made of commands that there are."""

from __future__ import annotations

import re
import shlex

import yaml
from synthetic import HOME
from typer.testing import CliRunner

from kithwork.cli import app, called
from kithwork.publishing import workflow


def steps(text: str) -> list[dict]:
    """Every step of every job."""
    return [step for job in yaml.safe_load(text)["jobs"].values() for step in job["steps"]]


def test_actions_are_pinned_and_their_own():
    """Each action is GitHub's, of one version; no right is given but to read, and to show pages."""
    text = workflow.text("alpha")
    uses = [step["uses"] for step in steps(text) if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", one) for one in uses)
    content = yaml.safe_load(text)
    assert content["permissions"] == {"contents": "read"}
    assert content["jobs"]["show"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert content[True] == {"push": {"branches": ["main"]}, "workflow_dispatch": None}  # YAML takes `on` for a truth


def test_its_commands_are_real():
    """Each `make` target is in the Makefile; the command and its options are those of `kithwork publish`; no edition but
    the public one is made, and what is uploaded is what it writes."""
    runs = [shlex.split(step["run"]) for step in steps(workflow.text("alpha")) if "run" in step]
    targets = set(re.findall(r"^([a-z-]+):", (HOME / "Makefile").read_text(encoding="utf-8"), flags=re.M))
    assert [words[1] for words in runs if words[0] == "make"] == ["setup", "report"]
    assert {"setup", "report"} <= targets
    [(program, verb, study, *options)] = [words for words in runs if words[0] != "make"]
    assert (program, verb, study) == (".venv/bin/kithwork", "publish", "alpha")
    known = {name for one in called("publish").params for name in one.opts}
    given = dict(zip(options[::2], options[1::2], strict=True))
    assert {*given} <= known
    assert given == {"--edition": "public", "--to": "site"}
    [upload] = [step for step in steps(workflow.text("alpha")) if "upload-pages" in step.get("uses", "")]
    assert upload["with"]["path"] == given["--to"]


def test_it_is_written_once_and_never_over_anothers(studies):
    """The command writes it; again it changes nothing; one that somebody changed is left alone."""
    words = ["publish", "--workflow", "alpha"]
    path = studies / ".github/workflows/pages.yml"
    assert CliRunner().invoke(app, words).exit_code == 0
    assert path.read_text(encoding="utf-8") == workflow.text("alpha")
    assert CliRunner().invoke(app, words).exit_code == 0
    path.write_text("mine\n", encoding="utf-8")
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, path.read_text(encoding="utf-8")) == (1, "mine\n")
    assert "differs" in done.output
    assert CliRunner().invoke(app, ["publish", "--workflow", "gamma"]).exit_code == 1


def test_a_folder_must_be_named(studies):
    """Without --to nothing is written, and the command says which option is wanting."""
    done = CliRunner().invoke(app, ["publish", "alpha"])
    assert done.exit_code == 2
    assert "--to" in done.output
