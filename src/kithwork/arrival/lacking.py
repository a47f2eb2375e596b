"""What a study lacks, and what each missing source or field of the staff list would add to its report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kithwork.arrival.proposal import PURPOSES
from kithwork.report.grades import READS, TIES
from kithwork.report.questions import QUESTIONS
from kithwork.report.readings import CALLED
from kithwork.survey import wording
from kithwork.values.scorecard import declared

ASKED_FOR = ("nominations", "answers", "interactions", "interpreters", "parties", "comments", "outcomes", "opportunities")
"""Sources that a client can be asked for, beside the staff list."""
OF_STAFF = ("unit", "manager", "role", "site", "tenure_months")
"""Fields of the staff list that figures rest on."""

OWN = {"market": "comments"}
"""Sections of whose questions one source is asked for alone, whatever else they read."""


@dataclass(frozen=True)
class Lacking:
    """One source, or field of the staff list, that was not brought: what it would be, and what it would add."""

    what: str
    is_: str
    indicators: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def adds(self) -> str:
        """In words, what the report would have more."""
        told = list(self.questions[:2])
        if self.indicators:
            names = list(dict.fromkeys(self.indicators))
            some = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
            said = "1 indicator" if len(self.indicators) == 1 else f"{len(self.indicators)} indicators"
            told.append(f"{said} ({some})")
        return "; ".join(told)


def lacking(sources: Collection[str], staff_fields: Collection[str]) -> list[Lacking]:
    """What was not brought and would add something, in the order of the usual letter to a client."""
    wanting = needed(sources)
    brought = {*staff_fields} | ({"tenure_months"} if "started" in staff_fields else set())
    found = []
    for field in OF_STAFF if "staff" in sources else ():
        if field not in brought and (indicators := wanting.get(f"staff: {field}")):
            found.append(Lacking(f"staff: {field}", "a column of the staff list", indicators))
    for source in ASKED_FOR:
        if source not in sources:
            found.append(
                Lacking(source, PURPOSES[source].rstrip("."), wanting.get(source, ()), _questions(source, sources))
            )
    return [one for one in found if one.indicators or one.questions]


def needed(brought: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """The indicators that cannot do without each source, and without each field of the staff list.

    What rests on ties can do with either source of them: where one was brought, it needs no other.
    """
    found: dict[str, list[str]] = {}
    for indicators in declared().values():
        for one in indicators:
            called = CALLED.get(one.name) or one.name.replace("_", " ")
            for place in dict.fromkeys(place for need in one.needs for place in _places(need, brought)):
                found.setdefault(place, []).append(called)
    return {place: tuple(names) for place, names in found.items()}


def _places(need: str, brought: Collection[str]) -> list[str]:
    """The sources, or fields of the staff list, that a need of an indicator names; items of the survey are `answers`."""
    source, _, fields = need.partition(": ")
    if need in wording.ITEMS:
        return ["answers"]
    if source == "ties":
        return [] if {*TIES} & {*brought} else [*TIES]
    if source == "staff" and fields:
        return [f"staff: {field}" for field in fields.split(", ")]
    return [source] if source in PURPOSES else []


def _questions(source: str, sources: Collection[str]) -> tuple[str, ...]:
    """Questions of sections that nothing brought can answer, and this source could."""
    return tuple(
        question.format(words="units")
        for question, (section, _) in QUESTIONS.items()
        if section != "values" and (OWN[section] == source if section in OWN else _opens(section, source, sources))
    )


def _opens(section: str, source: str, sources: Collection[str]) -> bool:
    """Whether a section rests on this source and has none of those that it could rest on."""
    return source in READS.get(section, ()) and not {*READS[section]} & {*sources}
