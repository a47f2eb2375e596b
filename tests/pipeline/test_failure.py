"""What a person reads when a run stops: few lines, plain, with what to do."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kithwork.errors import Problem, UserError
from pipeline import failure

HALF = "build/executed/aarhus/2_ties.ipynb"
PROBLEMS = [Problem("is not a number", "people.csv", "Write digits.", found=f"x{row}", row=row) for row in range(2, 7)]
LINE = "people.csv, row 2, and 4 more (row 3, 4, 5, …): is not a number (found: x2). Write digits."


def told(name: str, value: str, *traceback: str, heading: str = "Work") -> list[str]:
    """The lines for a cell that failed."""
    return failure.of_cell("notebooks/2_ties.ipynb", heading, name, value, HALF, traceback).splitlines()


@pytest.fixture(autouse=True)
def nothing_asked(monkeypatch):
    """Nobody has asked for a traceback."""
    monkeypatch.delenv(failure.ASK, raising=False)


def test_user_error_keeps_its_own_lines():
    """Where it stopped, each kind of problem as the error says it, and the half-run notebook."""
    error = UserError(PROBLEMS)
    first, *lines, last = told("UserError", str(error))
    assert first == "Stopped in notebooks/2_ties.ipynb, under 'Work'."
    assert lines == [LINE]
    assert last == f"As far as it ran: {HALF}"


def test_other_exceptions_get_a_line_and_a_remedy():
    """Name and first line of the exception, where to look into it, and how to see the traceback."""
    first, happened, remedy, last = told("KeyError", "'unit'\nsecond line")
    assert first == "Stopped in notebooks/2_ties.ipynb, under 'Work'."
    assert happened == "KeyError: 'unit'"
    assert "make lab" in remedy
    assert last == f"As far as it ran: {HALF}   (full traceback: KITHWORK_TRACEBACK=1 make report)"
    assert told("AssertionError", "  \n")[1] == "AssertionError"  # `assert x` has no words


def test_traceback_is_for_those_who_ask(monkeypatch):
    """Only with KITHWORK_TRACEBACK, and then without the colours IPython gives it."""
    traceback = ["\x1b[0;31mKeyError\x1b[0m  Traceback", "\x1b[1;32m----> 1\x1b[0m frame['unit']"]
    assert not any("Traceback" in line for line in told("KeyError", "'unit'", *traceback))
    monkeypatch.setenv(failure.ASK, "1")
    assert told("KeyError", "'unit'", *traceback)[-2:] == ["KeyError  Traceback", "----> 1 frame['unit']"]


@given(
    st.sampled_from(["UserError", "ValueError"]),
    st.text(st.characters() | st.sampled_from("\n\x1b\r[m"), max_size=400),
    st.lists(st.text(), max_size=3),
)
@example("UserError", "line\n" * 20, ["line\n" * 20])
def test_message_is_short_and_plain(name, value, traceback):
    """Whatever an exception says: at most 8 lines, none too long to read, no sign that steers a terminal."""
    message = failure.of_cell("notebooks/2_ties.ipynb", "Work", name, value, HALF, traceback)
    assert len(message.splitlines()) <= failure.LINES
    assert all(len(line) <= failure.WIDTH for line in message.splitlines())
    assert all(sign.isprintable() or sign in "\n\t" or not sign.isascii() for sign in message)


def test_colours_of_a_message_are_dropped_whole():
    """`\\x1b[31mred\\x1b[0m` leaves `red`, not `[31mred[0m`; a hyperlink or a cleared screen leaves nothing behind."""
    assert told("ValueError", "\x1b[31mred\x1b[0m and \x1b[2J\x1b[38;5;1mmore\x07")[1] == "ValueError: red and more"


def test_long_lines_are_cut_and_marked():
    """A frame printed in a message takes one line of 300 signs, and the cut is visible."""
    line = told("ValueError", "x" * 1000)[1]
    assert len(line) == failure.WIDTH
    assert line.endswith("x…")


def test_settings_error_says_who_stopped():
    """Before any notebook runs there is no heading to name: the problems alone."""
    lines = failure.of_settings(UserError(PROBLEMS)).splitlines()
    assert lines == ["kithwork stopped.", LINE]


def test_lines_that_have_no_room_are_counted():
    """More kinds of fault than ten lines hold: the last one says how many are left and what shows them."""
    many = [Problem("is missing", "params.yaml", "Add it.", column=f"ties.{at}") for at in range(12)]
    lines = failure.of_settings(UserError(many)).splitlines()
    assert len(lines) == failure.LINES - 1
    assert lines[-1] == "and 7 lines more; `kithwork check <study>` shows those of settings and files"
