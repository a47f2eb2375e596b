"""`kithwork volunteers`: a list for a few people to fill in."""

from __future__ import annotations

import pytest
import synthetic
from typer.testing import CliRunner

from kithwork import params
from kithwork.cli import app


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, list(words))


@pytest.mark.slow
def test_volunteers_are_named_with_their_colleagues(studied, full, monkeypatch):
    """The list has ids as the staff list has them and empty cells. With another key nobody can be named, and it says so."""
    other = run("volunteers", "synthetic")
    assert other.exit_code == 1
    assert "Use the key that the run used" in other.stderr
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(synthetic.key(full.root)))
    found = run("volunteers", "synthetic", "--people", "4")
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
    run("volunteers", "synthetic")
    path = params.ROOT / "data" / "review" / "synthetic" / "labels.csv"
    asked = path.read_bytes()
    path.write_bytes(asked.replace(b",,,,", b",,yes,,", 1))
    found = run("volunteers", "synthetic")
    assert found.exit_code == 1
    assert "row 2: is filled in, and would be overwritten (found: 1 of its lines). Move it to data/raw/" in found.stderr
    assert path.read_bytes() != asked
    path.unlink()


def test_volunteers_before_a_run_says_what_to_do(project):
    """Without ties on disk the message names the command that makes them."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, {})
    found = run("volunteers", "synthetic")
    assert found.exit_code == 1
    assert "Run `make report`." in found.stderr
