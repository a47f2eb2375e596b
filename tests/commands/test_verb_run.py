"""`kithwork run`: a front to the pipeline's run."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from kithwork.cli import app
from kithwork.commands import process


@pytest.mark.parametrize(("words", "status"), [((), 0), (("acme", "beta"), 1), (("acme",), 130)])
def test_pipeline_is_asked_for_an_account_and_its_status_passed_on(words, status, monkeypatch):
    """Of all studies or of those named."""
    asked = []

    def status_of(*given):
        asked.append(given)
        return status

    monkeypatch.setattr(process, "status_of", status_of)
    assert CliRunner().invoke(app, ["run", *words]).exit_code == status
    assert asked == [("repro", "--account", *words)]


def test_wrong_folder_is_told_without_a_traceback(project):
    """Status 1, and where to go."""
    told = CliRunner().invoke(app, ["run"])
    assert told.exit_code == 1
    assert "Go into the folder" in told.stderr
