"""What a person decides: whom doubtful words mean, and what unmapped domains are; asked in a list, read back from another.

Asked: `identities.csv` (word, person, name, evidence, score, decision) and `parties.csv` (domain, addresses, contacts,
kind, segment) in `data/review/<engagement>/`. Answered: files of these names and columns in
`data/raw/<engagement>/decided/`, of which only word, person and decision, and domain, kind and segment are read. A copy of
the list with some lines filled in is an answer: a line without a decision is still open, and asked again.

A word is the `same` as a person, not that one but some `other`, somebody `outside`, or to `ignore`, as a list or a machine.
A domain is a party of a kind, `own` or `free_mail`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kithwork.cleaning.identities import normal
from kithwork.cleaning.known import spaced
from kithwork.cleaning.matching import Matched
from kithwork.cleaning.parties import FREE, OWN, registrable
from kithwork.decided_tables import DECISIONS, DOMAIN_KINDS, IGNORE, OTHER, OUTSIDE, SAME
from kithwork.errors import Problem, UserError, nearest

if TYPE_CHECKING:
    import pandas as pd

IDENTITIES, PARTIES = ("word", "person", "decision"), ("domain", "kind", "segment")
"""Columns of the two files that decisions are read from."""
FILES = ("decided/identities.csv", "decided/parties.csv")
"""These files, in the engagement's raw folder."""

Lines = list[tuple[int, dict[str, str]]]
"""Lines of a file with their numbers, cells by column."""


@dataclass(frozen=True)
class Identities:
    """Decided words, normalised: whom they are the same as, whom they are not, and those of nobody here."""

    same: dict[str, str] = field(default_factory=dict)
    other: dict[str, set[str]] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)
    ignore: set[str] = field(default_factory=set)

    @property
    def settled(self) -> set[str]:
        """Words with nothing left to ask."""
        return {*self.same, *self.outside, *self.ignore}


@dataclass(frozen=True)
class Mapped:
    """Decided domains: kind and segment (empty where none) of those that are parties, the company's own, mail
    providers'."""

    parties: dict[str, tuple[str, str]] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    free: set[str] = field(default_factory=set)


def key(word: str) -> str:
    """The form in which two spellings of a word are one."""
    return spaced(normal(word))


def identities(rows: Lines, words: Iterable[str], people: Iterable[str], name: str) -> Identities:
    """The decisions in these lines of identities.csv. Raises `UserError` with every line at fault.

    `words` are those met in the sources, `people` the ids of the staff list.
    """
    met, listed, found = {key(word) for word in words}, {normal(person): person for person in people}, Identities()
    problems: list[Problem] = []
    first: dict[str, tuple[int, str, str]] = {}
    for line, cells in rows:
        word, person, decision = key(cells["word"]), normal(cells["person"]), cells["decision"].strip().casefold()
        if not decision:
            continue
        if decision in (OUTSIDE, IGNORE):
            person = ""  # the candidate beside it in the list is not who is meant
        if fault := _fault(word, person, decision, met, listed):
            what, column, do = fault
            problems.append(Problem(what, name, do, cells[column], line, column))
            continue
        settles = decision != OTHER
        before = first.get(word)
        against = before and (before[1], before[2]) != (decision, person)
        if (settles and against) or (not settles and found.same.get(word) == listed[person]):
            do = f"Keep one of the two: row {before[0]} says {before[1]}."
            problems.append(Problem("contradicts an earlier line", name, do, cells["decision"], line, "decision"))
            continue
        if settles:
            first.setdefault(word, (line, decision, person))
        if decision == SAME and listed[person] in found.other.get(word, ()):
            do = "Keep one of the two: another line says that this word is not this person."
            problems.append(Problem("contradicts an earlier line", name, do, cells["decision"], line, "decision"))
        elif decision == SAME:
            found.same[word] = listed[person]
        elif decision == OTHER:
            found.other.setdefault(word, set()).add(listed[person])
        else:
            (found.outside if decision == OUTSIDE else found.ignore).add(word)
    if problems:
        raise UserError(problems)
    return found


def _fault(word: str, person: str, decision: str, met: set[str], listed: dict[str, str]) -> tuple[str, str, str] | None:
    """What is wrong with a line: what, its column, and what to do."""
    if decision not in DECISIONS:
        return "is not a decision", "decision", nearest(decision, DECISIONS)
    if word not in met:
        return "is a word of no source", "word", "Write it as the review list has it, or take the line out."
    if decision in (SAME, OTHER) and person not in listed:
        return "is not on the staff list", "person", "Write the person's id as the staff list has it."
    return None


def mapped(rows: Lines, met: Iterable[str], name: str) -> Mapped:
    """The decisions in these lines of parties.csv. Raises `UserError` with every line at fault.

    `met` are the domains of the sources.
    """
    known, found, seen, problems = {registrable(one) for one in met}, Mapped(), {}, []
    for line, cells in rows:
        domain, kind, segment = registrable(cells["domain"]), cells["kind"].strip().casefold(), cells["segment"].strip()
        if not kind and not segment:
            continue
        if kind not in DOMAIN_KINDS:
            do = nearest(kind, DOMAIN_KINDS)
            problems.append(Problem("is not a kind of party", name, do, cells["kind"], line, "kind"))
        elif domain not in known:
            do = "Write it as the review list has it, or take the line out."
            problems.append(Problem("is a domain of no source", name, do, cells["domain"], line, "domain"))
        elif seen.setdefault(domain, (line, kind, segment))[1:] != (kind, segment):
            do = f"Keep one of the two: row {seen[domain][0]} says {seen[domain][1]}."
            problems.append(Problem("contradicts an earlier line", name, do, cells["kind"], line, "kind"))
        elif kind in (OWN, FREE):
            (found.own if kind == OWN else found.free).add(domain)
        else:
            found.parties[domain] = (kind, segment)
    if problems:
        raise UserError(problems)
    return found


def decided(found: Matched, given: Identities) -> Matched:
    """What was matched, with the person's decisions above it: their word counts for words, and rules candidates out."""
    import pandas as pd

    candidates, decisions = found.candidates, found.decisions
    told = [key(word) in given.settled or who in given.other.get(key(word), ()) for word, who in _pairs(candidates)]
    candidates = candidates[~pd.Series(told, index=candidates.index, dtype=bool)]
    left = set(candidates["word"])
    rows = [_settled(word, what, who, given, left) for word, what, who in decisions.itertuples(index=False)]
    return Matched(candidates, pd.DataFrame(rows, columns=decisions.columns).astype({"person": "str"}))


def _settled(word: str, what: str, who: str | None, given: Identities, left: set[str]) -> tuple[str, str, str | None]:
    """The decision on a word once a person's own decisions are heard."""
    name = key(word)
    if name in given.same:
        return word, "merge", given.same[name]
    if name in given.settled:
        return word, "outside" if name in given.outside else "ignore", None
    if name in given.other and (what == "review" or who in given.other[name]):
        return word, "review" if word in left else "none", None
    return word, what, who


def to_review(found: Matched, names: dict[str, str]) -> pd.DataFrame:
    """The rows to ask about: word, person, name, evidence, score, and an empty decision; likeliest candidates first."""
    asked = found.decisions.loc[found.decisions["decision"] == "review", "word"]
    rows = found.candidates[found.candidates["word"].isin(asked)].sort_values(["word", "score"], ascending=[True, False])
    return rows.assign(
        name=rows["person"].map(names).astype("str").fillna(""),
        score=rows["score"].round(3),
        decision="",
    )[["word", "person", "name", "evidence", "score", "decision"]].reset_index(drop=True)


def to_map(domains: pd.DataFrame, given: Mapped) -> pd.DataFrame:
    """The unmapped domains to ask about, with empty `kind` and `segment`."""
    done = {*given.parties, *given.own, *given.free}
    return domains[~domains["domain"].isin(done)].assign(kind="", segment="").reset_index(drop=True)


def _pairs(candidates: pd.DataFrame) -> Iterable[tuple[str, str]]:
    return zip(candidates["word"], candidates["person"], strict=True)
