"""What a cell means: points, choices, ticks and times, by code or in words."""

from __future__ import annotations

import pytest

from kithwork.readers.parts import meanings
from kithwork.readers.parts.meanings import UnknownChoiceError
from kithwork.survey.instrument import CONSENT, ENERGY, TICKS, YIELD

OWN = meanings.points("nie|selten|teils|oft|immer")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", "4"), ("Largely True", "4"), ("4 – largely true", "4"), ("4. largely true", "4"), ("A4", "4"), ("AO04", "4"),
        ("oft", "4"), ("4 = oft", "4"), ("", ""), ("-99", ""), ("-98", ""), ("98", ""), ("Can’t say", ""),
        ("7", "7"), ("3 - largely true", "3 - largely true"), ("A9", "A9"), ("rather", "rather"),
    ],
)  # fmt: skip
def test_points_of_agreement(text, value):
    """What is no point stays as it is, for the rules of cleaning to refuse."""
    assert meanings.point(text, OWN) == value


def test_choices_by_code_or_words():
    """A code below nothing is no missing answer where it is a choice."""
    assert meanings.choice("-2", ENERGY, {}) == "-2"
    assert meanings.choice("Much less energy", ENERGY, {}) == "-2"
    assert meanings.choice("0", YIELD, {}) == "0"
    assert meanings.choice("-99", YIELD, {}) == ""
    with pytest.raises(UnknownChoiceError) as caught:
        meanings.choice("4", YIELD, {})
    assert caught.value.found == "4"


@pytest.mark.parametrize(
    "text", ["1,3", "3 1", "1; 3", "we are friends, this person widens what I can see, reach or attempt"]
)
def test_ticks_in_one_cell(text):
    """Codes or words, in any order."""
    assert meanings.ticks(text, TICKS) == ["1", "3"]


@pytest.mark.parametrize("text", ["4", "1,4", "friends", "we are friends and foes", "1 2 x"])
def test_ticks_that_are_none(text):
    """A cell that is only partly understood is not understood."""
    with pytest.raises(UnknownChoiceError):
        meanings.ticks(text, TICKS)


def test_ticks_of_their_own_columns():
    """By a number, a word or the choice itself."""
    assert all(meanings.ticked(text, "2", CONSENT["2"]) for text in ("1", "Y", "TRUE", "2", CONSENT["2"]))
    assert not any(meanings.ticked(text, "2", CONSENT["2"]) for text in ("", "0", "No", "-99"))
    with pytest.raises(UnknownChoiceError):
        meanings.ticked("perhaps", "2", CONSENT["2"])


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("2026-09-07 14:30:00", "", "2026-09-07 14:30:00"),
        ("2026-09-07T14:30:00.000+02:00", "", "2026-09-07T14:30:00.000+02:00"),
        ("2026/09/07 2:30:00 PM GMT+2", "", "2026-09-07T14:30:00+02:00"),
        ("2026/09/07 2:30:00 PM GMT-3:30", "", "2026-09-07T14:30:00-03:30"),
        ("2026/09/07 2:30:00 PM GMT", "", "2026-09-07T14:30:00+00:00"),
        ("2026/09/07 14:30:00", "", "2026-09-07T14:30:00"),
        ("07.09.2026 14:30", "%d.%m.%Y %H:%M", "2026-09-07T14:30:00"),
        ("07.09.2026", "%d.%m.%Y %H:%M", "07.09.2026"),
        ("07.09.2026", "%(", "07.09.2026"),
        ("9/7/2026 14:30:00", "", "9/7/2026 14:30:00"),
        ("", "%d", ""),
    ],
)
def test_times_are_told_by_their_form(text, form, expected):
    """What is ambiguous, or no time, is not guessed at."""
    assert meanings.moment(text, form) == expected


@pytest.mark.parametrize(
    ("ended", "seconds"),
    [("2026-09-07T14:43:00", "780"), ("2026-09-07T14:29:00", ""), ("2026-09-07T14:43:00Z", ""), ("", "")],
)
def test_time_taken_is_from_the_first_to_the_last(ended, seconds):
    """Nothing where the two cannot be compared, or are out of order."""
    assert meanings.between("2026-09-07T14:30:00", ended) == seconds
