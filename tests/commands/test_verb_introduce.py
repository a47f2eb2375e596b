"""`kithwork introduce`: ways to a group or a party, with names."""

from __future__ import annotations

import pandas as pd
import pytest
import synthetic
from typer.testing import CliRunner

from kithwork import params
from kithwork.cli import app


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, list(words))


@pytest.mark.slow
def test_ways_of_introduction_are_named(studied, full, monkeypatch):
    """Each way begins with who asks and ends in the group, or with who knows the party; one's own group needs none."""
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(synthetic.key(full.root)))
    path = params.ROOT / "data" / "review" / "synthetic" / "introductions.csv"
    for target in ("Gamma", "synthetic-party-customer-0"):
        found = run("introduce", "synthetic-person-00", target, "-e", "synthetic")
        assert found.exit_code == 0
        ways = pd.read_csv(path).groupby("way")
        assert f"{len(ways)} way" in found.output
        assert (ways["person"].first() == "synthetic-person-00").all()
        assert ways["probability"].first().is_monotonic_decreasing
        if target == "Gamma":
            group = {synthetic.person(at) for at, unit in enumerate(synthetic.units()) if unit == "Gamma"}
            assert set(ways["person"].last()) <= group
    found = run("introduce", "synthetic-person-00", "Alpha", "-e", "synthetic")
    assert "belongs there" in found.output


@pytest.mark.slow
def test_who_cannot_be_introduced_is_told_so(studied, full, monkeypatch):
    """An unknown person, group or party is named, with what to write."""
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(synthetic.key(full.root)))
    found = run("introduce", "nobody", "Gamma", "-e", "synthetic")
    assert found.exit_code == 1
    assert "is nobody on the staff list (found: nobody)" in found.stderr
    found = run("introduce", "synthetic-person-00", "Gama", "-e", "synthetic")
    assert "Did you mean 'Gamma'?" in found.stderr
