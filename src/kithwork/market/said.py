"""What an analyst made of topics: names, topics that are one, topics that are several, and what they are about.

It stands in `data/raw/<engagement>/decided/topics.csv`: `topic`, the phrases that told a topic from others when it was
found, and beside them `name` (topics of one name become one, in whatever languages), `parts` (into how many it is parted)
and `role`. `kithwork topics` writes the list to fill in. Another run numbers topics anew, so a line is found again by its
words: of all ways to give lines topics, the one with most likeness in all is taken, where the likeness of two is Dice's
coefficient 2|A ∩ B| / (|A| + |B|) of their words (Dice 1945, Ecology 26:297). Lines that are like no topic are told by
row, not by their words, which few people may have written. Lines are of topics as found, before any decision: a list made
later begins with the lines that stand, as they stand, and goes on with topics of which none is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from kithwork import display, lists
from kithwork.errors import Problem, UserError, nearest
from kithwork.market.clusters import grouped
from kithwork.market.plain import WORD
from kithwork.market.themes import NONE
from kithwork.market_tables import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = "decided/topics.csv"
COLUMNS = ("topic", "name", "parts", "role")
ALIKE = 0.4
"""Likeness from which a line is of a topic: two of five words, about, are the same."""
PHRASES = 8
"""Phrases of a topic that a line holds."""
MOST_PARTS = 20


class Line(NamedTuple):
    """One line: where it stands, the topic's words, and what is decided; empty or None where nothing is."""

    number: int
    topic: str
    name: str
    parts: int | None
    role: str | None


@dataclass(frozen=True)
class Applied:
    """Topics after the decisions. `of`: topic by comment; `named` and `roles`: by topic; `missed`: of each line that is
    like no topic, its row and the topic it is most like, in words that may be shown."""

    of: pd.Series
    named: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    missed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """The lines of the file; none where it is not there."""

    lines: tuple[Line, ...] = ()

    def applied(self, of: pd.Series, points: np.ndarray, phrases: pd.DataFrame, rng: np.random.Generator) -> Applied:
        """Topics named, parted and put together. `of`: topic by comment, in the order of `points`; `phrases`:
        `topic_phrases`. A part of a topic has its name and a number; a topic put together has the id that sorts first."""
        topic = self.matched(phrases)
        of, named, roles = of.copy(), {}, {}
        for line in self.lines:
            if line not in topic:
                continue
            ids = [topic[line]]
            if line.parts:
                ids = _parted(of, points, topic[line], line.parts, rng)
            for part, one in enumerate(ids, start=1):
                if line.name:
                    named[one] = f"{line.name} {part}" if len(ids) > 1 else line.name
                if line.role:
                    roles[one] = line.role
        first: dict[str, str] = {}
        for one in sorted(named):
            kept = first.setdefault(named[one].casefold(), one)
            if kept != one:
                of[of == one] = kept
                if one in roles:
                    roles.setdefault(kept, roles.pop(one))
        kept = set(first.values()) | (set(of.dropna()) - set(named))
        missed = self._missed(topic, phrases, {one: first[name.casefold()] for one, name in named.items()})
        return Applied(
            of,
            {one: name for one, name in named.items() if one in kept},
            {one: role for one, role in roles.items() if one in kept},
            missed,
        )

    def matched(self, phrases: pd.DataFrame) -> dict[Line, str]:
        """The topic of each line that is like one; no topic has two lines."""
        from scipy.optimize import linear_sum_assignment

        ids, likeness = self._likeness(phrases)
        rows, columns = linear_sum_assignment(-likeness)
        chosen = [(row, column) for row, column in zip(rows, columns, strict=True) if likeness[row, column] >= ALIKE]
        return {self.lines[row]: ids[column] for row, column in chosen}

    def _likeness(self, phrases: pd.DataFrame) -> tuple[list[str], np.ndarray]:
        """The topics, and how like each is to each line: (lines, topics)."""
        top = _top(phrases)
        known = [_words(one) for one in top]
        likeness = [[_dice(_words(line.topic), one) for one in known] for line in self.lines]
        return [str(one) for one in top.index], np.array(likeness).reshape(len(self.lines), len(known))

    def _missed(self, topic: dict[Line, str], phrases: pd.DataFrame, kept: dict[str, str]) -> tuple[str, ...]:
        """The lines that have no topic. `kept`: by topic, the one that it was put into."""
        ids, likeness = self._likeness(phrases)
        told = []
        for line, row in zip(self.lines, likeness, strict=True):
            if line not in topic:
                near = ids[int(row.argmax())] if row.max(initial=0) > 0 else None
                most = (
                    f"most like {kept.get(near, near)}, by {row.max():.2f} of 1" if near else "no word in common with any"
                )
                told.append(f"row {line.number}: {most}")
        return tuple(told)


def read(engagement: str) -> Said:
    """The decisions of an engagement. Raises `UserError` with every cell at fault."""
    told = f"data/raw/{engagement}/{FILE}"
    lines, problems = [], []
    seen: dict[frozenset[str], int] = {}
    for number, cells in lists.decided(FILE, COLUMNS, engagement):
        problems += _faults(number, cells, seen, told)
        if not problems:
            name, parts, role = (display.label(cells[column]) for column in COLUMNS[1:])
            if name or parts or role:
                lines.append(Line(number, cells["topic"], name, int(parts) if parts else None, role.casefold() or None))
    if problems:
        raise UserError(problems)
    return Said(tuple(lines))


def _faults(number: int, cells: dict[str, str], seen: dict[frozenset[str], int], told: str) -> Iterator[Problem]:
    """What is wrong with a line."""
    words = _words(cells["topic"])
    if not words:
        yield Problem(
            "names no topic by its words", told, "Write them as the list has them.", cells["topic"], number, "topic"
        )
    elif (before := seen.setdefault(frozenset(words), number)) != number:
        do = f"Keep one of the two: row {before} has it too."
        yield Problem("is a topic that an earlier line has", told, do, cells["topic"], number, "topic")
    name, parts, role = (display.label(cells[column]) for column in COLUMNS[1:])
    role = role.casefold()
    if len(name) > display.LONGEST_LABEL:
        do = f"Name it in {display.LONGEST_LABEL} at most."
        yield Problem(f"has more than {display.LONGEST_LABEL} signs", told, do, name, number, "name")
    if parts and not (parts.isascii() and parts.isdigit() and 2 <= int(parts) <= MOST_PARTS):
        do = f"Write a number from 2 to {MOST_PARTS}, or leave the cell empty."
        yield Problem("is no number of parts", told, do, cells["parts"], number, "parts")
    if role and role not in (*ROLES, NONE):
        yield Problem("is no part of the market", told, nearest(role, (*ROLES, NONE)), cells["role"], number, "role")


def listed(topics: pd.DataFrame, phrases: pd.DataFrame, said: Said) -> pd.DataFrame:
    """The list to fill in: the lines of `said` as they stand, then a line for each topic of which nothing is said.

    These are the largest first, with the words that find them again. `topics`, `phrases`: the tables of that name, after
    those decisions. A part of a topic whose line has no name is listed as one of which nothing is said.
    """
    called = topics["named"].fillna("").str.casefold()
    parts = {line: [line.name, *(f"{line.name} {part}" for part in range(1, (line.parts or 0) + 1))] for line in said.lines}
    own = {line: called.isin([one.casefold() for one in names if one]) for line, names in parts.items()}
    nameless = Said(tuple(line for line in said.lines if not line.name)).matched(phrases)
    own |= {line: topics["topic_id"].eq(one) for line, one in nameless.items()}
    stand = [(line.topic, line.name, line.parts, line.role, topics.loc[own[line], "texts"].sum()) for line in said.lines]
    rest = topics[~np.logical_or.reduce([*own.values(), np.zeros(len(topics), dtype=bool)])]
    rest = rest.sort_values(["texts", "topic_id"], ascending=[False, True])
    fresh = zip(rest["topic_id"].map(_top(phrases)), rest["texts"], strict=True)
    rows = [*stand, *((words, "", None, None, texts) for words, texts in fresh)]
    made = pd.DataFrame(rows, columns=[*COLUMNS, "texts"]).astype({"parts": "Int64", "texts": "Int64"})
    return made.assign(role=made["role"].fillna(""), texts=made["texts"].replace(0, pd.NA))


def _parted(of: pd.Series, points: np.ndarray, topic: str, parts: int, rng: np.random.Generator) -> list[str]:
    """Parts a topic in `of`, as many at most, and returns the ids of its parts: its own, and new ones of its language."""
    own = np.flatnonzero(of.eq(topic).to_numpy(dtype=bool))
    part = grouped(points[own], min(parts, len(own)), rng)
    language, _ = topic.rsplit("-", 1)
    last = max(int(one.rsplit("-", 1)[1]) for one in of.dropna().unique() if one.rsplit("-", 1)[0] == language)
    ids = [topic, *(f"{language}-{last + at:02d}" for at in range(1, part.max() + 1))]
    of.iloc[own] = np.array(ids, dtype=object)[part]
    return ids


def _top(phrases: pd.DataFrame) -> pd.Series:
    """The first phrases of each topic, as a line has them."""
    of = phrases.sort_values(["topic_id", "rank"]).groupby("topic_id")["phrase"]
    return of.agg(lambda rows: "; ".join(list(rows)[:PHRASES]))


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(WORD, text)}


def _dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / max(len(one) + len(other), 1)
