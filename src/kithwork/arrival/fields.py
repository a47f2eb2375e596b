"""Which column of a table is which field of a source: by heading and by cells, each column for one field at most."""

from __future__ import annotations

from dataclasses import dataclass, field

from kithwork.arrival import evidence, headings
from kithwork.arrival.facts import Column
from kithwork.readers.parts.rows import FIELDS

SURE = 0.8
"""From which on a guess is taken without asking, if no other column comes near."""
NEAR = 0.08
"""How near another column must come to make a guess unsure."""
LEAST = 0.45
"""Below which a column is not taken for a field at all."""
CELLS_ALONE = 0.6
"""How far cells must speak for a field that their heading does not name."""
OF_A_LIST = {"email", "name", "last_name", "unit", "role", "site", "tenure_months"}
"""Fields of which a staff list has one at least: ids and managers alone may be anybody who calls anybody."""
CONSTANTS = ("channel", "relation")
"""Fields that may be the same for a whole file."""


@dataclass(frozen=True)
class Match:
    """A field and the column taken for it; `rivals` are columns that come near it, the nearest first."""

    field: str
    column: str
    score: float
    rivals: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether nobody need be asked."""
        return self.score >= SURE and not self.rivals


@dataclass(frozen=True)
class Fit:
    """How a table fits a source: its matches, the fields it must have and lacks, and what speaks against columns."""

    source: str
    matches: tuple[Match, ...]
    lacks: tuple[str, ...]
    against: dict[str, str] = field(default_factory=dict)
    score: float = 0.0


def fitted(columns: list[Column], source: str, people: frozenset[str], hint: str) -> Fit:
    """A table's fit to one source; `hint` is the source that its file's name tells of."""
    scores: dict[tuple[str, int], float] = {}
    against: dict[str, str] = {}
    for name in FIELDS[source]:
        for at, column in enumerate(columns):
            said = headings.of_field(column.heading, source, name)
            speaks = evidence.of(column, source, name, people, columns)
            if speaks.why_not:
                if said >= SURE:
                    against.setdefault(column.heading, speaks.why_not)
            elif said or speaks.how_far >= CELLS_ALONE:
                scores[name, at] = 1 - (1 - 0.95 * said) * (1 - 0.85 * speaks.how_far)
    scores |= _alone(scores, source)
    matches = _assigned(scores, columns)
    lacks = tuple(
        name for name, about in FIELDS[source].items()
        if about.required and about.default is None and name not in {one.field for one in matches} and name not in CONSTANTS
    )  # fmt: skip
    taken = {one.column for one in matches}
    against = {heading: why for heading, why in against.items() if heading not in taken}
    return Fit(source, matches, lacks, against, 0.0 if lacks else _score(source, matches, len(columns), hint))


def _alone(scores: dict[tuple[str, int], float], source: str) -> dict[tuple[str, int], float]:
    """Times of contact that stand in the one column that holds any: nothing else could be meant."""
    at = [key for key in scores if key[0] == "at"]
    return {at[0]: max(SURE, scores[at[0]])} if source == "interactions" and len(at) == 1 else {}


def _assigned(scores: dict[tuple[str, int], float], columns: list[Column]) -> tuple[Match, ...]:
    """The best pairs first, no field and no column twice."""
    found: dict[str, tuple[int, float]] = {}
    free = set(range(len(columns)))
    for (name, at), score in sorted(scores.items(), key=lambda item: (-item[1], item[0][1])):
        if name not in found and at in free and score >= LEAST:
            found[name] = at, score
            free.discard(at)
    return tuple(
        Match(name, columns[at].heading, round(score, 3), tuple(
            columns[other].heading
            for other in sorted(free, key=lambda other: -scores.get((name, other), 0))
            if scores.get((name, other), 0) >= max(LEAST, score - NEAR)
        ))
        for name, (at, score) in found.items()
    )  # fmt: skip


def _score(source: str, matches: tuple[Match, ...], width: int, hint: str) -> float:
    """How well a source explains a table: what it must have, how many of its columns, and what the file is called."""
    by_field = {one.field: one.score for one in matches}
    required = [
        by_field.get(name, 0.5) for name, about in FIELDS[source].items() if about.required and about.default is None
    ]
    explained = sum(by_field.values()) / max(width, 1)
    if source == "opt_outs" and hint != source:
        return 0.0
    if source == "staff" and not OF_A_LIST & by_field.keys():
        return 0.3
    if source == "responses" and by_field.keys() <= {"person"}:
        return 0.0
    if source == "interactions" and not {"at", "minutes", "channel"} & by_field.keys():
        return 0.0
    return round(0.5 * sum(required) / len(required) + 0.35 * explained + 0.15 * (hint == source), 3)


def best(columns: list[Column], people: frozenset[str], hint: str) -> list[Fit]:
    """The sources that a table may be, the likeliest first; those it lacks fields for come last, with what it lacks."""
    fits = [fitted(columns, source, people, hint) for source in FIELDS]
    return sorted(fits, key=lambda fit: (-fit.score, len(fit.lacks)))
