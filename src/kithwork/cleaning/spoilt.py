"""What happens to ids on their way here: a spreadsheet rounds them or drops zeros, or a file is of other people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

ROUNDED = r"\d(?:[.,]\d+)?[eE]\+\d{1,3}"
"""A long number as a spreadsheet shows it: 1.00E+05."""

ROUNDED_FAULT = (
    "was rounded by a spreadsheet, so that others look the same",
    "Export it again with this column as text.",
)

FEW = 5
"""People unknown of whom nothing can be said but that they are."""

ZEROS = (
    "The ids differ in zeros at their beginning, which spreadsheets drop: export the file, or the staff list, again with "
    "that column as text."
)


def rounded(words: pd.Series) -> pd.Series:
    """Which of these ids are numbers that a spreadsheet shortened."""
    return words.str.fullmatch(ROUNDED).fillna(False).astype(bool)


def remedy(words: pd.Series, unknown: pd.Series, known: Iterable[str], usual: str) -> str:
    """What to do where words of a file lead to nobody: what is usual, unless all of them do.

    `known` are the words that would have led to somebody.
    """
    distinct = words[words.notna()].drop_duplicates()
    strange = distinct[unknown.loc[distinct.index]]
    if len(strange) <= FEW or len(strange) < len(distinct):
        return usual
    if {*strange.str.lstrip("0")} & {word.lstrip("0") for word in known}:
        return ZEROS
    return (
        f"None of the {len(strange):,} named there is: it may be of another year, or name people by other ids. "
        "Compare it with the staff list."
    )
