"""The questionnaire's scales: which items measure one thing, in the order they are asked, and which of them are reversed.

The one declaration that cleaning, scoring and the simulation share. Answers stay as given in the table `answers`, from 1
(not at all true) to 5 (completely true); `reversed_` turns the items that are worded the other way, and is called where
answers are scored, nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

LOW, HIGH = 1, 5
"""Ends of the answers, in scale points."""

ITEMS: dict[str, tuple[str, int]] = {
    **{f"V{number}{letter}": (f"V{number}", 1) for number in range(1, 11) for letter in "abc"},
    **{f"CC{number}": ("commitment", 1) for number in (1, 2, 3)},
    **{f"CE{number}": ("efficacy", 1) for number in (1, 2, 3)},
    "AP1": ("belief", 1), "AP2": ("belief", -1), "MS1": ("support", 1), "MS2": ("support", 1),
    "PV1": ("gain", 1), "PV2": ("gain", -1),
    "PS1": ("candour", 1), "PS2": ("candour", 1), "PS3": ("candour", -1), "PS4": ("candour", 1),
    **{f"PE{number}": ("purpose", 1) for number in (1, 2, 3, 4)},
}  # fmt: skip
"""Item code: the scale it measures, and −1 where agreement means less of it."""

REVERSED = tuple(item for item, (_, sign) in ITEMS.items() if sign < 0)
"""Items in which agreement means less of what their scale measures."""

ATTENTION = {"S7": 2}
"""Items that ask for one answer, to see whether they were read, and that answer."""


ORDER = (*list(ITEMS)[:42], "AW", "DE", "KN", "AB", "RE", *list(ITEMS)[42:], *ATTENTION)
"""Every item of one to five points, in the order asked; the five single ones after PV2 are the stages of a change."""


def of(scale: str) -> list[str]:
    """The items of a scale, in the order asked."""
    return [item for item, (of, _) in ITEMS.items() if of == scale]


def names() -> list[str]:
    """The scales, in the order asked."""
    return list(dict.fromkeys(scale for scale, _ in ITEMS.values()))


def reversed_(answers: pd.DataFrame) -> pd.DataFrame:
    """Answers (columns item, value) with reversed items turned: LOW + HIGH − value, in scale points; all else as it is."""
    turned = answers["item"].isin(REVERSED)
    return answers.assign(value=answers["value"].mask(turned, LOW + HIGH - answers["value"]))
