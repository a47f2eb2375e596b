"""What is asked where a guess is unsure, and the three ways to answer: by the best guess, by leaving it, or by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Question:
    """One thing that is not sure of a file: what is asked, the answers there are, and the best of them."""

    file: str
    what: str
    choices: tuple[str, ...]
    best: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}"


Answer = Callable[[Question], str]
"""Gives one of a question's choices, or nothing: then the thing is left out."""


@dataclass
class Noted:
    """Answers every question in one way, and keeps what was asked and answered: once for files of the same headings."""

    answer: Answer
    asked: list[tuple[Question, str]] = field(default_factory=list)
    header: tuple[str, ...] = ()
    """The headings of the file that is asked about."""
    _said: dict[tuple, int] = field(default_factory=dict)
    _alike: Counter = field(default_factory=Counter)

    def __call__(self, question: Question) -> str:
        same = self.header, question.what, question.choices, question.best
        if self.header and same in self._said:
            at = self._said[same]
            self._alike[at] += 1
            return self.asked[at][1]
        self._said[same] = len(self.asked)
        said = self.answer(question)
        self.asked.append((question, said))
        return said

    @property
    def told(self) -> Iterator[str]:
        """Each question with its answer, and how many more files of the same headings it was taken for."""
        for at, (question, said) in enumerate(self.asked):
            more = f" (and so for {self._alike[at]} more of the same headings)" if self._alike[at] else ""
            yield f"{question}: {said or 'left out'}{more}"


def by_the_best(question: Question) -> str:
    """The best guess."""
    return question.best


def by_leaving(question: Question) -> str:
    """Nothing: what is unsure is left out."""
    return ""
