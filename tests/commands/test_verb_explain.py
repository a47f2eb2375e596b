"""`kithwork explain`: from the page back to what made it."""

from __future__ import annotations

import shutil

import pytest
import synthetic
from typer.testing import CliRunner

from kithwork.cli import app
from kithwork.engagement import SYNTHETIC


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, list(words))


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


def test_explain_before_a_run_says_what_to_do(project):
    """Without claims on disk the message names the command that makes them."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, {})
    found = run("explain", "ties.connected", "-e", "synthetic")
    assert found.exit_code == 1
    assert "Run `make report`." in found.stderr
