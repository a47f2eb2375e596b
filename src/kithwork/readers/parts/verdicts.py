"""What many cells say of ties, found for a whole row or column of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import compress
from typing import TypeVar

NONE, TIE, WEAK, UNKNOWN, WRONG = range(5)
"""That there is no tie, that there is one, that it is too weak to count, nothing, or something that is no number."""

REMEMBERED = 4096
"""Texts whose verdict is kept: the cells of one file are mostly alike."""

Word = TypeVar("Word")

_ONLY = [bytes(code == verdict for code in range(256)) for verdict in range(5)]


class Verdicts:
    """What each of some cells says."""

    def __init__(self, codes: bytes) -> None:
        self._codes = codes

    def count(self, verdict: int) -> int:
        """How many cells say this."""
        return self._codes.count(verdict)

    def of(self, verdict: int, words: Iterable[Word]) -> list[Word]:
        """Those of some words, one a cell, whose cells say this."""
        return list(compress(words, self._codes.translate(_ONLY[verdict]))) if verdict in self._codes else []


class Judge(dict[str, int]):
    """What cells say, by a function that judges the text of one."""

    def __init__(self, judge: Callable[[str], int]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, cell: str) -> int:
        if len(self) >= REMEMBERED:
            self.clear()
        self[cell] = self._judge(cell)
        return self[cell]

    def verdicts(self, cells: Iterable[str]) -> Verdicts:
        """What each of these says."""
        return Verdicts(bytes(map(self.__getitem__, cells)))
