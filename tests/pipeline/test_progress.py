"""What a person sees while a stage runs: a line a cell in a log, a live line on a terminal."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from rich.console import Console

from kithwork.tables import STAGES
from pipeline import journal
from pipeline.progress import Telling, ended


def told(*cells: tuple[int, int, str], stage: str = "ties", terminal: bool = False) -> str:
    """All that is written while these cells begin."""
    stream = StringIO()
    with Telling(stage, "aarhus", Console(file=stream, force_terminal=terminal, width=120, highlight=False)) as telling:
        for cell in cells:
            telling.cell(*cell)
    return stream.getvalue()


@pytest.mark.parametrize(("number", "stage"), list(enumerate(STAGES, start=1)))
def test_log_has_one_plain_line_a_cell(number, stage):
    """Engagement, which stage of how many, which cell of how many, its heading and the seconds so far."""
    first, second = told((1, 2, "Load"), (2, 2, "Look"), stage=stage).splitlines()
    assert re.fullmatch(rf"aarhus  stage {number} of 7: {stage}  cell 1 of 2  Load  \d+ s", first)
    assert re.fullmatch(rf"aarhus  stage {number} of 7: {stage}  cell 2 of 2  Look  \d+ s", second)


def test_terminal_shows_stage_cell_and_heading():
    """The live line says the same, with a bar; before the first cell it says that the kernel starts, and no number."""
    shown = told((3, 8, "Work"), terminal=True)
    assert "stage 2 of 7: ties" in shown
    assert "cell 3 of 8" in shown
    assert "Work" in shown
    waiting = told(terminal=True)
    assert "starting the kernel" in waiting
    assert "None" not in waiting


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("heading", ["Ties [per person]", "Shares [/b] {x} %s :smile:", "[bold]Work[/bold]"])
def test_headings_are_shown_as_written(heading, terminal):
    """Brackets, braces and colons of a heading are text, not instructions to the terminal."""
    assert heading in told((1, 1, heading), terminal=terminal)


def test_heading_under_way_is_remembered():
    """A failure is told under the heading of the cell that failed; before any cell there is `start`."""
    telling = Telling("ties", "aarhus", Console(file=StringIO()))
    assert telling.heading == "start"
    telling.cell(1, 2, "Load")
    assert telling.heading == "Load"


def test_bar_stops_when_the_stage_fails():
    """An exception passes through, and the terminal gets its cursor back."""
    stream = StringIO()
    console = Console(file=stream, force_terminal=True)
    with pytest.raises(ZeroDivisionError), Telling("ties", "aarhus", console):
        raise ZeroDivisionError
    assert stream.getvalue().endswith("\x1b[?25h")


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A run that keeps a journal, and may have to run three stages."""
    monkeypatch.delenv(journal.NAMED_BY, raising=False)
    journal.begin(tmp_path / "run.jsonl", ["ties@aarhus", "people@aarhus", "publish@aarhus"])
    yield
    journal.end()


def test_run_with_a_journal_is_a_line_a_stage(kept):
    """No line a cell in a log; one as the stage ends, with its seconds, and how many are left."""
    assert told((1, 2, "Load"), (2, 2, "Look")) == ""
    with journal.entry("ties@aarhus"):
        pass
    stream = StringIO()
    ended("ties", "aarhus", 8.2, Console(file=stream, width=120))
    ended("publish", "aarhus", 2, Console(file=stream, width=120))
    first, second = stream.getvalue().splitlines()
    assert re.fullmatch(r"aarhus  stage 2 of 7: ties  8 s  \(at most 2 left, 0:0\d so far\)", first)
    assert second.startswith("aarhus  publish  2 s  (at most ")


def test_live_line_says_how_far_the_run_has_come(kept):
    """On a terminal the chapter's own line stands for it, and no other is added."""
    assert "aarhus ties (1 of at most 3, 0:0" in told((3, 8, "Work"), terminal=True)
    stream = StringIO()
    ended("ties", "aarhus", 8, Console(file=stream, force_terminal=True))
    assert stream.getvalue() == ""
    ended("publish", "aarhus", 8, Console(file=stream, force_terminal=True))
    assert "publish" in stream.getvalue()


def test_stage_by_itself_says_nothing_at_its_end(monkeypatch):
    """Without a journal its cells have told of it."""
    monkeypatch.delenv(journal.NAMED_BY, raising=False)
    stream = StringIO()
    ended("publish", "aarhus", 8, Console(file=stream))
    assert stream.getvalue() == ""
