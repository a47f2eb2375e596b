"""The redaction benchmark's own rule of what has leaked."""

from __future__ import annotations

import pytest

from benchmarks.redaction import left, spellings


@pytest.mark.parametrize(
    ("planted", "text", "leaks"),
    [
        ("Jürgen Núñez", "ask [person] now", False),
        ("Jürgen Núñez", "ask JURGEN now", True),
        ("Nú\u200bñez", "ask Núñez now", True),
        ("+44 20 1234", "call [phone] or 1234", True),
        ("B E N G T", "ask B E N G T now", True),
        ("Grace", "[person] with grace", False),
        ("at grace", "with grace", False),
    ],
)
def test_text_leaks_where_a_part_of_what_was_planted_is_left(planted, text, leaks):
    """Case, marks and signs of no width aside; words that the template has itself do not count."""
    assert left(planted, text, "with grace") is leaks


def test_every_spelling_holds_a_part_of_the_name():
    """Or it would be no leak where nothing is taken out."""
    for spelling in spellings("Bengt Lefèvre"):
        assert any(sign.isalpha() for sign in spelling)
