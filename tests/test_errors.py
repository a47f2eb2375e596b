"""The one error an analyst sees."""

from __future__ import annotations

import pytest

from kithwork.errors import SHOWN, Problem, UserError, nearest


def test_problem_names_place_fault_finding_and_remedy():
    """A problem reads: file, row, column, what is wrong, what was found, what to do."""
    problem = Problem("is below 1", "survey.csv", "Write 1 to 5.", found="0", row=12, column="q7")
    assert str(problem) == "survey.csv, row 12, column q7: is below 1 (found: 0). Write 1 to 5."


def test_problem_leaves_out_what_does_not_apply():
    """Without row, column or finding, a problem names the file alone and has no empty brackets."""
    assert str(Problem("is missing", "survey.csv", "Add it.")) == "survey.csv: is missing. Add it."


def test_error_spells_out_the_first_problems_and_counts_the_rest():
    """A message stays short; no problem is lost from `problems`."""
    error = UserError([Problem("is empty", "a.csv", "Fill it in.", row=row) for row in range(2, 9)])
    lines = str(error).splitlines()
    assert lines[:SHOWN] == [f"a.csv, row {row}: is empty. Fill it in." for row in (2, 3, 4)]
    assert lines[SHOWN:] == ["and 4 more like these"]
    assert len(error.problems) == 7


def test_error_takes_a_single_problem():
    """One problem need not be wrapped in a list."""
    assert UserError(Problem("is missing", "a.csv", "Add it.")).problems[0].file == "a.csv"


def test_notebook_shows_the_message_in_place_of_a_traceback():
    """IPython is handed the message, line by line, and nothing about the call stack."""
    shown = UserError([Problem("is empty", "a.csv", "Fill it in.", row=row) for row in (2, 3)])._render_traceback_()
    assert shown == ["kithwork stopped: a.csv, row 2: is empty. Fill it in.", "a.csv, row 3: is empty. Fill it in."]


@pytest.mark.parametrize(
    ("word", "remedy"),
    [("persnal", "Did you mean 'personal'?"), ("xyz", "Known: functional, personal, strategic.")],
)
def test_nearest_names_the_closest_spelling_or_all(word, remedy):
    """A misspelling is answered by the nearest known word; a word like none by the whole list."""
    assert nearest(word, ["strategic", "personal", "functional"]) == remedy
