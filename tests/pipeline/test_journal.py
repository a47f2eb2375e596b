"""What one run does, as its stages write it down themselves."""

from __future__ import annotations

import pytest

from pipeline import journal


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A run that may have to run five stages of two studies."""
    monkeypatch.delenv(journal.NAMED_BY, raising=False)
    journal.begin(tmp_path / "build" / "run.jsonl", ["ties@a", "people@a", "report@a", "publish@a", "ties@b"])
    yield
    journal.end()


def test_stages_are_written_down_as_they_end(kept):
    """In that order, with seconds, and whether they were done; once it is closed nothing more is written."""
    with journal.entry("ties@a"):
        pass
    with pytest.raises(ZeroDivisionError), journal.entry("people@a"):
        raise ZeroDivisionError
    told = journal.end()
    assert [(one["stage"], one["done"]) for one in told] == [("ties@a", True), ("people@a", False)]
    assert all(one["seconds"] >= 0 for one in told)
    assert not journal.is_kept()


def test_without_a_journal_nothing_is_written(tmp_path, monkeypatch):
    """A stage started by hand tells of itself alone."""
    monkeypatch.delenv(journal.NAMED_BY, raising=False)
    monkeypatch.chdir(tmp_path)
    with journal.entry("ties@a"):
        assert journal.place("ties@a") == ""
    assert list(tmp_path.iterdir()) == []


def test_place_counts_what_has_ended(kept):
    """The first of five, then the second; a stage that was not planned makes the most one more."""
    assert journal.place("ties@a").startswith("1 of at most 5, 0:0")
    with journal.entry("ties@a"):
        pass
    assert journal.place("people@a").startswith("2 of at most 5, ")
    assert journal.place("clean@b").startswith("2 of at most 6, ")


def test_what_is_left_leaves_out_what_had_nothing_to_do(kept):
    """Once a study's report is made, the stages before it that did not run are not waited for."""
    assert journal.left() == 5
    with journal.entry("ties@a"):
        pass
    assert journal.left() == 4
    with journal.entry("report@a"):
        pass
    assert journal.left() == 2
    with journal.entry("publish@a"):
        pass
    assert journal.left() == 1


def test_time_is_told_in_minutes_and_seconds():
    """Of any length."""
    assert [journal.clock(seconds) for seconds in (0.4, 59.9, 65, 3600)] == ["0:00", "0:59", "1:05", "60:00"]
