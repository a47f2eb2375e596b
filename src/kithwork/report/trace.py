"""From a sentence back to the claims it rests on: what a rule reads while it words a sentence is written down.

A rule that makes a sentence is marked `worded`. While a section is built, what is noted of each call is the text it made,
the claims that it was handed or that it read from the gate's frame, and its own place in the code. A measure read of all
groups at once is noted as `measure.*`. Outside a section nothing is noted.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass
from functools import wraps
from html import unescape

import pandas as pd

from kithwork.release import Released
from kithwork.report.finding import Finding

TITLE, FINDING, FIGURE, SO_WHAT, LIMIT = "title", "finding", "figure", "so what", "limit"
"""Where a sentence stands on the page."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of the page: where it stands, the claims it rests on (the first is the one it is about), and its rule."""

    text: str
    kind: str
    claims: tuple[str, ...]
    rule: str
    line: str


@dataclass
class Notes:
    """What was worded while a section was built, by text, and what of it stands on the page, in order."""

    worded: dict[str, tuple[tuple[str, ...], Callable]] = field(default_factory=dict)
    placed: list[tuple[str, str]] = field(default_factory=list)


_notes: ContextVar[Notes | None] = ContextVar("notes", default=None)
_reads: ContextVar[tuple[dict[str, None], ...]] = ContextVar("reads", default=())


class Watched(Released):
    """Released claims of which it is noted which are read. Made of what the gate released already, and of nothing else."""

    places: dict[str, int]

    def __init__(self, released: Released) -> None:
        places = {name: at for at, name in enumerate(released.claims["id"])}
        vars(self).update(vars(released), places=places)

    def get(self, claim: str) -> pd.Series | None:
        """One claim by id, or None; noted where there is one."""
        if claim not in self.places:
            return None
        _note([claim])
        return self.claims.iloc[self.places[claim]]

    def of(self, measure: str) -> pd.DataFrame:
        """The groups shown of one measure; noted together."""
        found = super().of(measure)
        if len(found):
            _note([f"{measure}.*"])
        return found


@contextmanager
def noting() -> Iterator[Notes]:
    """Notes of what is worded within."""
    token = _notes.set(Notes())
    try:
        yield _notes.get()
    finally:
        _notes.reset(token)


def worded(rule: Callable) -> Callable:
    """Marks a function as a rule: its text, or the title of the finding it returns, can be traced."""

    @wraps(rule)
    def told(*args: object, **named: object) -> object:
        notes = _notes.get()
        if notes is None:
            return rule(*args, **named)
        read: dict[str, None] = {}
        token = _reads.set((*_reads.get(), read))
        try:
            made = rule(*args, **named)
        finally:
            _reads.reset(token)
        if isinstance(made, Finding):
            first = dict.fromkeys((made.claim["id"], *made.others))
            notes.worded[made.title] = tuple(first | read), rule
        elif isinstance(made, str):
            notes.worded[plain(made)] = tuple(dict.fromkeys(_handed([*args, *named.values()])) | read), rule
        return made

    return told


def place(kind: str, text: object) -> None:
    """Notes that a text stands on the page."""
    notes = _notes.get()
    if notes is not None:
        notes.placed.append((kind, plain(str(text))))


def sentences(notes: Notes, maker: Callable) -> tuple[Sentence, ...]:
    """All sentences placed, once each; one that no rule worded is `maker`'s own, which rests on no claim."""
    found = []
    for kind, text in dict.fromkeys(notes.placed):
        claims, rule = notes.worded.get(text, ((), maker))
        rule = inspect.unwrap(rule)
        found.append(Sentence(text, kind, claims, f"{rule.__module__}.{rule.__qualname__}", line_of(rule)))
    return tuple(found)


def line_of(rule: Callable) -> str:
    """`src/kithwork/report/findings.py:40`: where a function stands."""
    return f"src/{rule.__module__.replace('.', '/')}.py:{rule.__code__.co_firstlineno}"


def plain(text: str) -> str:
    """The words of a text without its elements, spaces made one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


def _note(claims: Iterable[str]) -> None:
    for read in _reads.get():
        read.update(dict.fromkeys(claims))


def _handed(given: object) -> Iterator[str]:
    """Ids of the claims in what a rule was handed."""
    if isinstance(given, pd.Series):
        if {"id", "estimate"} <= set(given.index):
            yield given["id"]
    elif isinstance(given, pd.DataFrame):
        if {"id", "estimate"} <= set(given.columns):
            yield from given["id"]
    elif isinstance(given, Mapping):
        yield from _handed(list(given.values()))
    elif isinstance(given, list | tuple):
        for one in given:
            yield from _handed(one)
    elif is_dataclass(given) and not isinstance(given, Released | type) and not hasattr(given, "settings"):
        yield from _handed([getattr(given, name.name) for name in fields(given)])
