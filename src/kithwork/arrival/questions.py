"""What is asked where a guess is unsure, and the three ways to answer: by the best guess, by leaving it, or by a person."""

from __future__ import annotations

from collections.abc import Callable
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
    """Answers every question in one way, and keeps what was asked and answered."""

    answer: Answer
    asked: list[tuple[Question, str]] = field(default_factory=list)

    def __call__(self, question: Question) -> str:
        said = self.answer(question)
        self.asked.append((question, said))
        return said


def by_the_best(question: Question) -> str:
    """The best guess."""
    return question.best


def by_leaving(question: Question) -> str:
    """Nothing: what is unsure is left out."""
    return ""
