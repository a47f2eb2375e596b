"""The `kithwork` command: check before a run, explain after one."""

from __future__ import annotations

import shutil

import pytest
import synthetic
from typer.testing import CliRunner

from kithwork import params
from kithwork.cli import app


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, list(words))


def test_check_counts_rows_and_writes_nothing(project):
    """Every source is read and judged; nothing is left behind under data/ but the raw files."""
    synthetic.build(project, synthetic.tables(), synthetic.SIGNS)
    found = run("check", "--engagement", "synthetic")
    assert found.exit_code == 0
    assert "40 of 40 rows kept" in found.output
    assert params.SYNTHETIC not in found.output
    assert [path.name for path in (project / "data").iterdir()] == ["raw"]


def test_check_names_faults_instead_of_a_traceback(project):
    """A bad row is a message on the error stream and status 1."""
    rows = synthetic.tables()
    rows["answers"][3]["value"] = "seven"
    synthetic.build(project, rows, synthetic.SIGNS)
    found = run("check", "-e", "synthetic")
    assert found.exit_code == 1
    assert "answers.csv, row 5, column value: is not a number (found: seven)" in found.stderr
    assert "Traceback" not in found.output


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
    assert run("check", "-e", "synthetic").output.splitlines()[0] == params.SYNTHETIC


@pytest.fixture
def studied(full, monkeypatch):
    """The complete synthetic engagement as the project folder."""
    monkeypatch.setattr(params, "ROOT", full.root)
    return full


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
    assert params.SYNTHETIC not in found.output


def test_explain_says_first_that_nobody_exists(full, project):
    """The label stands above the figure of a simulated organisation."""
    shutil.copytree(full.root / "data", project / "data")
    synthetic.build(project, full.rows, synthetic.SIGNS, engagement={"synthetic": True})
    assert run("explain", "ties.connected", "-e", "synthetic").output.splitlines()[0] == params.SYNTHETIC


@pytest.mark.parametrize("name", ["ties.conected", "ties.connected.Epsilon"])
def test_explain_shows_released_claims_only(studied, name):
    """A misspelt claim is answered with the nearest; one that is held back is not shown either."""
    found = run("explain", name, "-e", "synthetic")
    assert found.exit_code == 1
    assert "is not a released claim" in found.stderr
    assert found.stdout == ""


def test_explain_before_a_run_says_what_to_do(project):
    """Without claims on disk the message names the command that makes them."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, {})
    found = run("explain", "ties.connected", "-e", "synthetic")
    assert found.exit_code == 1
    assert "Run `make report`." in found.stderr
