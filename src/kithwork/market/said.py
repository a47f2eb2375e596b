"""What an analyst made of topics: names, topics that are one, topics that are several, and what they are about.

It stands in `data/raw/<engagement>/decided/topics.csv`: `topic`, the phrases that told a topic from others when it was
found, and beside them `name` (topics of one name become one, in whatever languages), `parts` (into how many it is parted)
and `role`. `kithwork topics` writes the list to fill in. Another run numbers topics anew, so a line is found again by its
words: of all ways to give lines topics, the one with most likeness in all is taken, where the likeness of two is Dice's
coefficient 2|A ∩ B| / (|A| + |B|) of their words (Dice 1945, Ecology 26:297). Lines that are like no topic are told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from kithwork import store
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
    """Topics after the decisions. `of`: topic by comment; `named` and `roles`: by topic; `missed`: words of the lines that
    are like no topic."""

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
                roles.setdefault(kept, roles.pop(one, None) or "")
        kept = set(first.values()) | (set(of.dropna()) - set(named))
        missed = tuple(line.topic for line in self.lines if line not in topic)
        return Applied(
            of,
            {one: name for one, name in named.items() if one in kept},
            {one: role for one, role in roles.items() if role and one in kept},
            missed,
        )

    def matched(self, phrases: pd.DataFrame) -> dict[Line, str]:
        """The topic of each line that is like one; no topic has two lines."""
        from scipy.optimize import linear_sum_assignment

        top = phrases.sort_values(["topic_id", "rank"]).groupby("topic_id")["phrase"].agg(lambda rows: list(rows)[:PHRASES])
        if top.empty or not self.lines:
            return {}
        known = [_words("; ".join(one)) for one in top]
        likeness = np.array([[_dice(_words(line.topic), one) for one in known] for line in self.lines])
        rows, columns = linear_sum_assignment(-likeness)
        chosen = [(row, column) for row, column in zip(rows, columns, strict=True) if likeness[row, column] >= ALIKE]
        return {self.lines[row]: str(top.index[column]) for row, column in chosen}


def read(engagement: str) -> Said:
    """The decisions of an engagement. Raises `UserError` with every cell at fault."""
    told = f"data/raw/{engagement}/{FILE}"
    lines, problems = [], []
    seen: dict[frozenset[str], int] = {}
    for number, cells in store.decided(FILE, COLUMNS, engagement):
        problems += _faults(number, cells, seen, told)
        if not problems:
            name, parts, role = (cells[column].strip() for column in COLUMNS[1:])
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
    parts, role = cells["parts"].strip(), cells["role"].strip().casefold()
    if parts and not (parts.isascii() and parts.isdigit() and 2 <= int(parts) <= MOST_PARTS):
        do = f"Write a number from 2 to {MOST_PARTS}, or leave the cell empty."
        yield Problem("is no number of parts", told, do, cells["parts"], number, "parts")
    if role and role not in (*ROLES, NONE):
        yield Problem("is no part of the market", told, nearest(role, (*ROLES, NONE)), cells["role"], number, "role")


def listed(topics: pd.DataFrame, phrases: pd.DataFrame) -> pd.DataFrame:
    """The list to fill in: a line a topic, the largest first, with the words that find it again and what was decided.

    `topics`, `phrases`: the tables of that name. A role that an analyst gave is a chance of 1, or of 0 for all: none.
    """
    top = phrases.sort_values(["topic_id", "rank"]).groupby("topic_id")["phrase"]
    words = top.agg(lambda rows: "; ".join(list(rows)[:PHRASES]))
    ordered = topics.sort_values(["texts", "topic_id"], ascending=[False, True])
    chance = ordered[[f"p_{role}" for role in ROLES]].set_axis(list(ROLES), axis=1)
    role = chance.eq(1).idxmax(axis=1).where(chance.eq(1).any(axis=1), "").mask(chance.eq(0).all(axis=1), NONE)
    rows = {"topic": ordered["topic_id"].map(words), "name": ordered["named"].fillna(""), "parts": "", "role": role}
    return pd.DataFrame(rows).assign(texts=ordered["texts"])


def _parted(of: pd.Series, points: np.ndarray, topic: str, parts: int, rng: np.random.Generator) -> list[str]:
    """Parts a topic in `of`, as many at most, and returns the ids of its parts: its own, and new ones of its language."""
    own = np.flatnonzero(of.eq(topic).to_numpy(dtype=bool))
    part = grouped(points[own], min(parts, len(own)), rng)
    language, _ = topic.rsplit("-", 1)
    last = max(int(one.rsplit("-", 1)[1]) for one in of.dropna().unique() if one.rsplit("-", 1)[0] == language)
    ids = [topic, *(f"{language}-{last + at:02d}" for at in range(1, part.max() + 1))]
    of.iloc[own] = np.array(ids, dtype=object)[part]
    return ids


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(WORD, text)}


def _dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / max(len(one) + len(other), 1)
