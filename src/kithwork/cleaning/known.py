"""Whom a word in a client's file means: people of the staff list and parties, found by exact keys and never by likeness.

A person is found by id, else by e-mail address, else by full name where only one person has it; `Name <mail@x>` is found by
its address. A party is found by id, name or domain, or by an address at its domain or below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kithwork.cleaning.identities import each, normal

if TYPE_CHECKING:
    import pandas as pd

TWO_PEOPLE, TWO_PARTIES = "\0people", "\0parties"
"""What a key leads to that fits more than one person, or more than one party."""

BRACKETED = re.compile(r"[^<>]*<\s*([^<>\s]+@[^<>\s]+)\s*>")


@dataclass
class Known:
    """The ids met so far by every key that leads to them, and the staff list's words as they were spelt.

    Where rows at fault are left out (quarantine), a person or party whose own row is refused is not known to other rows;
    `refused` says, by its keys, where on the staff list such a row is. Nobody there is taken for a party.
    """

    people: dict[str, str] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)
    domains: dict[str, str] = field(default_factory=dict)
    spelt: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)

    def learn(self, source: str, columns: pd.DataFrame) -> None:
        """Take these rows of `staff` or `parties`, normalised, for all there are."""
        if source == "staff":
            self.people = _index(columns, "person", ("name", "email", "person"), TWO_PEOPLE)
        if source == "parties":
            self.parties = _index(columns, "party", ("domain", "name", "party"), TWO_PARTIES)
            self.domains = _index(columns, "party", ("domain",), TWO_PARTIES)

    def learn_refused(self, staff: pd.DataFrame, places: pd.Series) -> None:
        """Take these rows of `staff`, normalised, for refused, each at its place in words."""
        self.refused = _index(staff.assign(place=places), "place", ("name", "email", "person"), "several rows")

    def refused_at(self, words: pd.Series) -> pd.Series:
        """Where on the staff list the refused row of each word is; absent where there is none."""
        return each(words, self._refused)

    def resolve(self, words: pd.Series, kind: str) -> pd.Series:
        """The id each word means: absent where it is unknown; `TWO_PEOPLE` or `TWO_PARTIES` where it fits more than one."""
        return each(words, {"person": self._person, "party": self._party}.get(kind, self._anyone))

    def _person(self, word: str) -> str | None:
        key = address(word)
        return self.people.get(key) or self.people.get(spaced(key))

    def _refused(self, word: str) -> str | None:
        key = address(word)
        return self.refused.get(key) or self.refused.get(spaced(key))

    def _anyone(self, word: str) -> str | None:
        if (person := self._person(word)) or self._refused(word):
            return person
        return self._party(word)

    def _party(self, word: str) -> str | None:
        key = address(word)
        found = self.parties.get(key) or self.parties.get(spaced(key))
        if found or "@" not in key:
            return found
        labels = key.rpartition("@")[2].split(".")
        ends = (".".join(labels[i:]) for i in range(len(labels)))
        return next((self.domains[end] for end in ends if end in self.domains), None)


def address(word: str) -> str:
    """The word normalised; of `Name <mail@x>` the address."""
    inside = BRACKETED.fullmatch(word.strip())
    return normal(inside[1] if inside else word)


def spaced(word: str) -> str:
    """A name with single spaces between its words."""
    return " ".join(word.split())


def _index(columns: pd.DataFrame, ids: str, keys: tuple[str, ...], several: str) -> dict[str, str]:
    """From every key to the id of its row; a later kind of key goes before an earlier one."""
    index: dict[str, str] = {}
    for name in (name for name in keys if name in columns):
        found: dict[str, str] = {}
        for key, identity in zip(columns[name], columns[ids], strict=True):
            if isinstance(key, str) and isinstance(identity, str):
                found[key] = identity if found.get(key, identity) == identity else several
        index |= found
    return index
