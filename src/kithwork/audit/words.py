"""The words of a text as they are compared: marks and width-less signs off, apostrophes within words gone.

Letters are made plain as `cleaning.spelling` makes those of names (Unicode Standard Annex #15, NFKD); capitals stay.
"""

from __future__ import annotations

import re
import unicodedata

from kithwork.cleaning.spelling import PLAIN, WITHIN

APART = "\x1f"
"""Stands between texts that are none of each other's; it is a word of its own, and nobody's."""
WORD = re.compile(rf"[^\W_]+|{APART}")
CAPITALS = str.maketrans({"Ø": "O", "Æ": "Ae", "Œ": "Oe", "ẞ": "Ss", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "Th"})
UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Soft hyphens, joiners and marks of direction, which split a word for a machine and for nobody else."""

MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
"""Combining marks of letters."""


def words(text: str) -> list[str]:
    """Every run of letters and digits, in order, as written but for marks.

    >>> words("O'Brien, Søren_Müller")
    ['OBrien', 'Soren', 'Muller']
    """
    if not text.isascii():
        seen = UNSEEN.sub("", text).translate(PLAIN).translate(CAPITALS)
        text = MARKS.sub("", unicodedata.normalize("NFKD", seen))
    return WORD.findall(WITHIN.sub("", text))


def small(text: str) -> tuple[str, ...]:
    """The same in small letters, as a key."""
    return tuple(word.casefold() for word in words(text))
