"""Mistakes in calling: the wrong folder, the wrong Python, a verb or a study misspelt or left out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import synthetic
from mistaken import tells
from typer.testing import CliRunner

from kithwork import cli, params

HOME = synthetic.HOME


def called(*words: str) -> str:
    """What the command says on its error stream; it must refuse."""
    found = CliRunner().invoke(cli.app, list(words))
    assert found.exit_code in (1, 2)
    return re.sub(r"[│╭╮╰╯─]", " ", found.stderr)


def test_misspelt_verb_is_told():
    """With the nearest."""
    assert tells("unknown-verb", called("chek"))


@pytest.mark.parametrize("name", ["arhus", "Aarhus", "aarhus "])
def test_misspelt_study_is_told(name):
    """With the nearest."""
    assert tells("unknown-study", called("check", name))


def test_study_left_out_is_told():
    """With those there are."""
    assert tells("no-study-named", called("check"))


def test_call_from_elsewhere_says_which_project_is_meant(tmp_path, monkeypatch):
    """A file of the wrong project is not read in silence."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(params, "ROOT", params.OWN)
    assert tells("other-folder", called("check", "nobody"))


def test_call_within_the_project_says_nothing_of_it(monkeypatch):
    """Nor from a folder in it."""
    monkeypatch.chdir(params.OWN / "notebooks")
    monkeypatch.setattr(params, "ROOT", params.OWN)
    assert "Taken: the project" not in called("check", "nobody")


@pytest.mark.skipif(not shutil.which("make"), reason="without make there is no message of make")
def test_make_elsewhere_is_told(tmp_path):
    """By make itself, called as a person calls it."""
    plain = {name: value for name, value in os.environ.items() if name not in ("MAKELEVEL", "MAKEFLAGS", "MFLAGS")}
    done = subprocess.run(["make", "report"], cwd=tmp_path, env=plain, capture_output=True, text=True, check=False)
    assert tells("make-elsewhere", done.stderr)


def test_python_without_kithwork_is_told():
    """The one of the system, called before the environment is active."""
    bare = {"PATH": os.environ["PATH"]}
    words = [sys.executable, "-S", "-m", "pipeline", "repro"]
    done = subprocess.run(words, cwd=HOME, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert tells("no-kithwork", done.stderr)


def test_python_of_another_version_is_told(tmp_path):
    """Before an environment is made with it."""
    line = next(line for line in (HOME / "Makefile").read_text(encoding="utf-8").splitlines() if "version_info" in line)
    code = line[line.index("-c '") + 4 : line.rindex("'")].replace("$(PYTHON)", "python3.9")
    pretended = f"import sys; sys.version_info = (3, 9, 1, 'final', 0)\n{code.removeprefix('import sys; ')}"
    done = subprocess.run([sys.executable, "-S", "-c", pretended], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert tells("old-python", done.stderr)


@pytest.mark.parametrize("name", ["Kund:innen Übersicht (1)", "a b", "名前"])
def test_name_of_the_project_folder_does_not_matter(name, tmp_path, monkeypatch):
    """Spaces, umlauts and signs are read as they are."""
    root = tmp_path / name
    synthetic.build(root, {"staff": synthetic.tables()["staff"]}, {})
    monkeypatch.setattr(params, "ROOT", root)
    found = CliRunner().invoke(cli.app, ["check", "synthetic"])
    assert found.exit_code == 0, found.output


def test_project_reached_by_a_link_is_the_same(tmp_path, monkeypatch):
    """As many keep it on another disk."""
    synthetic.build(tmp_path / "there", {"staff": synthetic.tables()["staff"]}, {})
    link = tmp_path / "here"
    link.symlink_to(tmp_path / "there", target_is_directory=True)
    monkeypatch.setattr(params, "ROOT", Path(link))
    assert CliRunner().invoke(cli.app, ["check", "synthetic"]).exit_code == 0
