"""The one error an analyst sees."""

from __future__ import annotations

import pytest

from kithwork.errors import NAMED, SHOWN, Problem, UserError, nearest


def test_problem_names_place_fault_finding_and_remedy():
    """A problem reads: file, row, column, what is wrong, what was found, what to do."""
    problem = Problem("is below 1", "survey.csv", "Write 1 to 5.", found="0", row=12, column="q7")
    assert str(problem) == "survey.csv, row 12, column q7: is below 1 (found: 0). Write 1 to 5."


def test_problem_leaves_out_what_does_not_apply():
    """Without row, column or finding, a problem names the file alone and has no empty brackets."""
    assert str(Problem("is missing", "survey.csv", "Add it.")) == "survey.csv: is missing. Add it."


def test_each_kind_of_fault_in_each_file_is_told_with_its_count_and_first_rows():
    """However many faults of one kind come first, those of other kinds and files are in the message; none is lost."""
    many = [Problem("is empty", "a.csv", "Fill it in.", row=row, column="unit") for row in range(2, 90)]
    many.append(Problem("is empty", "a.csv", "Fill it in.", row=90, column="role"))
    again = [Problem(f"repeats row 90, column Q{row}", "a.csv", "Keep one.", f"x{row}", row, "id") for row in (91, 92)]
    error = UserError([*many, *again, Problem("is empty", "b.csv", "Fill it in.", row=4)])
    assert str(error).splitlines() == [
        "a.csv, row 2, column unit, and 88 more (row 3, 4, 5, …; column role): is empty. Fill it in.",
        "a.csv, row 91, column id, and 1 more (row 92): repeats row 90, column Q91 (found: x91). Keep one.",
        "b.csv, row 4: is empty. Fill it in.",
    ]
    assert len(error.problems) == 92


def test_few_problems_are_spelled_out_one_by_one():
    """Up to three are told in full even where they are of one kind: each has its own finding and remedy."""
    few = [Problem("is not allowed", "a.csv", f"Did you mean {row}?", row=row) for row in range(2, 2 + NAMED)]
    assert str(UserError(few)).splitlines() == [str(one) for one in few]


def test_problems_of_no_row_are_never_put_together():
    """Two settings with the same fault are two lines, as each has its own place and remedy."""
    faults = [Problem("is missing", "params.yaml", "Add it.", column=f"ties.{at}") for at in range(NAMED + 2)]
    assert str(UserError(faults)).splitlines() == [str(one) for one in faults]


def test_message_is_bounded_and_counts_what_it_leaves_out():
    """Of more kinds than can be read, the last line says how many faults, kinds and files are left."""
    kinds = [Problem(f"is {'o' * at}dd", f"{at}.csv", "Mend it.", row=row) for at in range(SHOWN + 5) for row in (2, 3)]
    lines = str(UserError(kinds)).splitlines()
    assert len(lines) == SHOWN + 1
    assert lines[-1] == "and 10 faults of 5 more kinds, in 20.csv, 21.csv, 22.csv, …"


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


def test_problems_that_were_only_counted_are_told_too():
    """A cap on what is kept word by word is never told as how many there are."""
    kept = [Problem("is not a date", "mail.csv", "Mend it.", row=row, unlisted=990 * (row == 11)) for row in range(2, 12)]
    assert ", and 999 more (row 3, 4, 5, …): is not a date" in str(UserError(kept))


def test_signs_that_steer_a_terminal_are_told_as_their_codes():
    """A client's heading cannot clear the screen, change its colours or begin a line of its own."""
    told = str(Problem("is not in the header", "a\n.csv", "Rename it.", found="unit\x1b[2J\u202e"))
    assert told == r"a\n.csv: is not in the header (found: unit\x1b[2J\u202e). Rename it."
