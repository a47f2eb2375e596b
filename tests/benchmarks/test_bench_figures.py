"""A figure is told with its spread, its goal and its ratio to others; what was kept is read again as it was."""

from __future__ import annotations

import json

import pytest

from benchmarks import figures, published, version
from benchmarks.figures import Figure

OURS = Figure("ours", (2.0, 3.0, 4.0), "s", 5, peer="theirs", floor="bare")
THEIRS, BARE = Figure("theirs", (6.0,), "s"), Figure("bare", (1.0, 2.0), "s")


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Where results are written in place of the house's own."""
    monkeypatch.setattr(figures, "RESULTS", tmp_path)
    return tmp_path


def test_ratio_is_of_medians_and_spans_the_runs():
    """3 over 6, from 2 over 6 to 4 over 6; 3 over 1.5, from 2 over 2 to 4 over 1."""
    found = figures.beside([OURS, THEIRS, BARE], OURS)
    assert found["peer"] == ("theirs", 0.5, 2 / 6, 4 / 6)
    assert found["floor"] == ("bare", 2.0, 1.0, 4.0)
    assert str(found["floor"]) == "2 × bare (1 to 4)"
    assert str(BARE.over(BARE)) == "1 × bare (0.5 to 2)"


def test_a_figure_is_set_beside_one_that_is_there():
    """A name that nothing is published by is a mistake; beside nothing at all there is no ratio."""
    with pytest.raises(KeyError, match="theirs"):
        figures.beside([OURS, BARE], OURS)
    nothing = Figure("bare", (0.0,), "s")
    assert list(figures.beside([OURS, THEIRS, nothing], OURS)) == ["peer"]


def test_what_is_published_is_read_again(kept, capsys):
    """Runs, goal, whether it is met, what it stands beside; on which machine, by which version."""
    assert figures.publish("contact", [OURS, THEIRS, BARE]) == 0
    assert "0.5 × theirs" in capsys.readouterr().out
    [result] = published.results(kept).values()
    assert [(one.name, one.runs, one.goal, one.met) for one in result.figures] == [
        ("ours", OURS.runs, 5, True), ("theirs", (6.0,), None, None), ("bare", BARE.runs, None, None)
    ]  # fmt: skip
    assert result.beside(result.figures[0])["peer"].value == 0.5
    assert result.of_this_version
    assert result.machine["memory"] > 0
    assert {"numpy", "polars"} <= set(result.machine["libraries"])
    assert f"Measured {version.today()}" in result.origin


def test_a_missed_goal_is_told_before_rounding(kept):
    """0.50001 is more than 0.5 though both are kept alike."""
    assert figures.publish("contact", [Figure("share", (0.50001,), "", 0.5)]) == 1
    [one] = published.results(kept)["contact"].missed
    assert one.measured == one.goal == 0.5


def test_result_of_another_version_is_told(kept):
    """By the digest of the benchmark's source; an older file, which has none, says that it is not known."""
    figures.publish("contact", [BARE])
    content = json.loads((kept / "contact.json").read_text(encoding="utf-8"))
    content["measured"]["source"] = "0" * 16
    (kept / "contact.json").write_text(json.dumps(content), encoding="utf-8")
    assert "another version of the benchmark" in published.results(kept)["contact"].origin
    del content["measured"]
    content["machine"] = {"cores": 2, "python": "3.11.7", "system": "Linux"}
    (kept / "contact.json").write_text(json.dumps(content), encoding="utf-8")
    old = published.results(kept)["contact"]
    assert old.of_this_version is None
    assert "not recorded. 2 cores, Linux, Python 3.11.7." in old.origin


def test_source_is_all_that_a_benchmark_is_made_of():
    """Files it imports, and those named in code that it runs apart; not those that print."""
    assert {"network", "network_ties", "network_peers"} <= version.used("network")
    assert version.used("network").isdisjoint(version.PRINTING)
    assert "contact_log" in version.used("contact")
    assert version.digest("network") != version.digest("contact")


def test_every_committed_result_stands_for_a_benchmark():
    """Each can be read, and each of its ratios be computed."""
    for name, result in published.results().items():
        assert (version.FOLDER / f"{name}.py").is_file()
        assert result.idea
        assert all(ratio.value > 0 for one in result.figures for ratio in result.beside(one).values())
