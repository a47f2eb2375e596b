"""The pipeline as a process of its own."""

from __future__ import annotations

import pytest
import typer

from kithwork.commands import process
from kithwork.errors import UserError


@pytest.fixture
def pipeline(project):
    """A project folder whose pipeline says what it was asked, or fails."""
    folder = project / "pipeline"
    folder.mkdir()
    (folder / "__init__.py").touch()
    code = "import json, sys\nprint(json.dumps(sys.argv[1:]))\nsys.exit(3 if 'fail' in sys.argv else 0)\n"
    (folder / "__main__.py").write_text(code, encoding="utf-8")
    return project


def test_status_is_passed_on(pipeline, capfd):
    """And what is printed goes where it would."""
    assert process.status_of("repro", "acme") == 0
    assert process.status_of("repro", "fail") == 3
    assert capfd.readouterr().out.splitlines() == ['["repro", "acme"]', '["repro", "fail"]']


def test_answer_is_read_and_a_failure_ends_the_command(pipeline):
    """With 1: the pipeline has told why."""
    assert process.answer_of("status", "acme") == ["status", "acme"]
    with pytest.raises(typer.Exit) as caught:
        process.answer_of("status", "fail")
    assert caught.value.exit_code == 1


def test_folder_without_a_pipeline_is_told(project):
    """What is missing and where to go, before any process is started."""
    for ask in (process.status_of, process.answer_of):
        with pytest.raises(UserError, match="Go into the folder that holds"):
            ask("status")
