"""`kithwork simulate` and `kithwork knobs`: an organisation whose truth is known."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from kithwork.cli import app
from kithwork.simulation.knobs import Knobs


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, list(words))


def test_simulate_writes_files_and_says_what_they_are(tmp_path):
    """Each file is announced; the last line says that nobody in them exists; the folder holds the truth beside them."""
    out = tmp_path / "out"
    found = run("simulate", "--out", str(out), "--people", "24", "--weeks", "8", "--seed", "3", "--knob", "dirt=0")
    assert found.exit_code == 0
    assert found.output.splitlines()[-1] == f"Synthetic: 24 people who do not exist, in {out}/"
    assert "chat.zip" in found.output
    assert (out / "README.txt").read_text(encoding="utf-8").startswith("SYNTHETIC.")
    assert not any(json.loads((out / "truth" / "dirt.json").read_text(encoding="utf-8")).values())


def test_simulate_writes_tables_over_files_and_over_tables(tmp_path):
    """Clean tables take the place of what an earlier simulation wrote, of either form, and leave none of it."""
    out, size = tmp_path / "out", ("--people", "20", "--weeks", "8")
    assert run("simulate", "--out", str(out), *size).exit_code == 0
    for _ in range(2):
        found = run("simulate", "--out", str(out), *size, "--as", "tables")
        assert found.exit_code == 0
        assert "interactions" in found.output
        assert {path.suffix for path in out.iterdir() if path.is_file()} == {".parquet", ".txt"}


def test_simulate_refuses_what_is_not_its_own(tmp_path):
    """A folder with anything else in it is named, and kept as it is."""
    (tmp_path / "thesis.txt").write_text("mine")
    found = run("simulate", "--out", str(tmp_path), "--people", "20", "--weeks", "8")
    assert found.exit_code == 1
    assert "holds something else" in found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--knob", "homofily=1"), "Did you mean 'homophily'?"),
        (("--knob", "homophily=3"), "--knob homophily"),
        (("--people", "19"), "Give a number from 20 to 1,000,000."),
        (("--weeks", "7"), "--weeks"),
        (("--seed", "-1"), "--seed"),
    ],
)
def test_simulate_names_what_cannot_be_asked(tmp_path, words, message):
    """One message on the error stream, status 1, and nothing written."""
    found = run("simulate", "--out", str(tmp_path / "out"), *words)
    assert found.exit_code == 1
    assert message in found.stderr
    assert "Traceback" not in found.output
    assert not (tmp_path / "out").exists()


def test_knobs_are_listed():
    """A line for each, with its range and unit."""
    found = run("knobs")
    assert found.exit_code == 0
    assert [line.split()[0] for line in found.output.splitlines()] == list(Knobs.model_fields)
    assert "ICC(1) of readiness and values; share of variance" in found.output
