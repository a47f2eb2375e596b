"""`kithwork lint`: every fault in a line with what to do, and a status that a gate can read."""

from __future__ import annotations

from pathlib import Path

import finished
import pytest
from finished import REPORT
from typer.testing import CliRunner

from kithwork import lint
from kithwork.cli import app
from kithwork.errors import UserError
from kithwork.pages import rendering


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The finished pages, written."""
    for name, source in finished.pages().items():
        rendering.write(tmp_path / name, source)
    return tmp_path


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, ["lint", *words])


def test_folder_without_fault_passes(folder):
    """Status 0, and one line that says how much was looked at."""
    told = run(str(folder))
    assert told.exit_code == 0, told.output
    assert "no fault" in told.output


def test_faults_are_told_with_page_check_and_remedy(folder):
    """Status 1; each line names page, check, what was found and what to do, and many of a kind are counted."""
    path = folder / REPORT
    path.write_text(path.read_text(encoding="utf-8").replace("reads ties", "unlocks " * 9 + "ties"), encoding="utf-8")
    told = run(str(folder))
    assert told.exit_code == 1
    [first, *_] = told.output.splitlines()
    assert first.startswith(f"{REPORT}: nothing is sold: ")
    assert first.endswith("Say it plainly.")
    assert "nothing is sold: and 6 more" in told.output
    assert "9 faults" in told.output


def test_faults_come_as_a_list_too(folder):
    """What `publish` asks is the same list, empty where all is well."""
    assert lint.lint(folder) == []
    (folder / REPORT).write_text("<p>x", encoding="utf-8")
    assert {fault.page for fault in lint.lint(folder)} == {REPORT}


def test_folder_without_pages_is_an_error_for_people(tmp_path):
    """Nothing to look at is not "all is well"."""
    with pytest.raises(UserError, match="holds no page"):
        lint.lint(tmp_path)
    told = run(str(tmp_path))
    assert told.exit_code == 1
    assert "make report" in told.output
