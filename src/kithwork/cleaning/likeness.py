"""How like a word is to a person of the staff list, and what such likeness weighs.

The weight of an agreement is ln(m / u) (Fellegi & Sunter 1969, A Theory for Record Linkage, JASA 64:1183–1210): m is the
chance that a word of the person reads so, u that somebody else's does. `M` declares m. u comes from the names on the staff
list: the product of the shares of people who bear each of the word's names, as rare names say more than common ones
(Winkler 1990, String Comparator Metrics and Enhanced Decision Rules in the Fellegi–Sunter Model of Record Linkage). A name
nobody on the list bears has the share `RARE`. An address also reads as the company writes addresses: where all are
`first.last`, one of an initial is hardly anybody's only one. A slip of the pen is one of `SLIPS` that a name allows, or of
`STRANGE` where it brings in a letter the name has not, so that of two names that exist (`Mario`, `Maria`) neither is
lightly taken for the other. Spellings are near by edits with transpositions (optimal string alignment) and by Jaro–Winkler
similarity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from kithwork.cleaning.spelling import Spelt

NAMED, ADDRESSED = 0, 1
"""Whether a word is a name written by hand or an address (or handle) that a system gave: the columns of `M`."""
M = {
    "address": (0.01, 0.2),
    "mailbox": (0.01, 0.25),
    "letters": (0.25, 0.1),
    "name": (0.1, 0.15),
    "part": (0.15, 0.1),
    "near": (0.35, 0.02),
    "initials": (0.05, 0.2),
    "first": (0.05, 0.08),
}
"""How a person's other words read, in declared shares: of names, and of addresses."""
SAID = {
    "address": "same address but for what follows the plus sign",
    "letters": "same letters",
    "mailbox": "same mailbox name",
    "name": "same name",
    "part": "same first and last name",
    "initials": "initial and name",
    "first": "first name kept",
}
RARE, LEAST_FORM = 1e-4, 0.02
"""Share of a name that nobody on the list bears; and the least share of addresses taken to be written in a form."""
SLIPS, STRANGE = 50, 1000
MAILBOX_AGAIN, WORN_AGAIN, ADDRESS_AGAIN = 0.2, 0.02, 1e-7
"""Chance that somebody of the same name has the same mailbox name elsewhere, as within a company one is given once; that
the very letters of a listed name mean an unlisted namesake, as a full name is a key; and that one mailbox is two
people's."""
NUMBERED, NUMBERED_HERE = 0.2, 0.05
"""m / u of another number in the mailbox name; and of that at the person's own domain, where it tells namesakes apart."""
SHORTEST_NEAR, LONG_NEAR, ALIKE = 5, 10, 0.94
"""Letters from which one edit is near, letters from which two are, and the Jaro–Winkler similarity those two need."""


class Likeness(NamedTuple):
    """How a word agrees with a person's name: its level (a key of `M`), its weight ln(m / u), and the same in words."""

    level: str
    weight: float
    said: str


@dataclass
class Names:
    """The staff list's names: what each person is spelt as, and the people that bear each name."""

    people: Sequence[Sequence[Spelt]]
    bearers: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        for spellings in self.people:
            tokens = {token for one in spellings for form in one.forms for token in form}
            self.bearers.update(tokens | {token[0] + "." for token in tokens})
        for spellings in self.people:
            named = [form for one in spellings if not one.local for form in one.forms]
            levels = [
                self._level(mine, form, ADDRESSED)[0]
                for one in spellings
                if one.local
                for mine in one.forms
                for form in named
            ]
            self.forms.update([min(filter(None, levels), key=list(M).index)] if any(levels) else [])

    def written(self, level: str) -> float:
        """Share of the company's own addresses that agree with their person's name at a level; all where none is known."""
        known = self.forms.total()
        return max((self.forms[level] + 1) / (known + len(M)), LEAST_FORM) if known else 1.0

    def share(self, token: str) -> float:
        """Share of people who bear a name, or of a single letter the share whose name begins so; never below `RARE`."""
        count = self.bearers[token + "." if len(token) == 1 else token]
        return max((count + 1) / (len(self.people) + 2), RARE) if count else RARE

    def likeness(self, word: Spelt, person: int) -> Likeness | None:
        """The strongest agreement between a word and a person; None where their names say nothing."""
        side = ADDRESSED if word.local else NAMED
        found = [
            one
            for spelling in self.people[person]
            for mine in word.forms
            for theirs in spelling.forms
            if (one := self._agreement(mine, theirs, side))
        ]
        for spelling in self.people[person]:
            if word.local and word.local == spelling.local:
                chance = min((self._chance(form) for form in spelling.forms), default=RARE) * MAILBOX_AGAIN
                level, chance = ("address", ADDRESS_AGAIN) if word.domain == spelling.domain else ("mailbox", chance)
                found.append(Likeness(level, log(M[level][side] / chance), SAID[level]))
        best = max(found, key=lambda one: one.weight, default=None)
        return best and self._numbered(best, word, person)

    def _numbered(self, best: Likeness, word: Spelt, person: int) -> Likeness:
        mine = [one for one in self.people[person] if one.local]
        if (
            not word.local
            or not mine
            or best.level not in ("name", "part", "near")
            or any(one.digits == word.digits for one in mine)
        ):
            return best
        here = any(one.domain == word.domain for one in mine)
        weight = best.weight + log(NUMBERED_HERE if here else NUMBERED)
        return Likeness(best.level, weight, f"{best.said}, another number")

    def _agreement(self, mine: tuple[str, ...], theirs: tuple[str, ...], side: int) -> Likeness | None:
        level, chance, said = self._level(mine, theirs, side)
        if side == ADDRESSED and level in ("name", "part", "initials"):
            chance *= self.written(level)
        return Likeness(level, log(M[level][side] / chance), said) if level else None

    def _level(self, mine: tuple[str, ...], theirs: tuple[str, ...], side: int) -> tuple[str, float, str]:
        """The level, the chance u of it, and its words; no level where nothing agrees."""
        joined, whole = "".join(mine), "".join(theirs)
        if joined == whole and side == NAMED:
            return "letters", self._chance(theirs) * WORN_AGAIN, SAID["letters"]
        if joined == whole or sorted(mine) == sorted(theirs):
            return "name", self._chance(theirs), SAID["name"]
        if min(len(mine), len(theirs)) > 1:
            if covers(mine, theirs) or covers(theirs, mine):
                return "part", self._chance(theirs), SAID["part"]
            edits, alike = nearness(mine, theirs)
            if edits:
                chance = self._chance(mine) * (STRANGE if set(joined) - set(whole) else SLIPS) ** edits
                return "near", chance, f"{'one letter' if edits == 1 else 'two letters'} off (Jaro–Winkler {alike:.2f})"
        if len(theirs) > 1 and (kept := initialled(mine, theirs)):
            letter = theirs[0] if kept == theirs[-1] else theirs[-1]
            return "initials", self.share(kept) * self.share(letter[0]), SAID["initials"]
        if mine[0] == theirs[0] and len(mine[0]) > 1:
            return "first", self.share(mine[0]), SAID["first"]
        return "", 1.0, ""

    def _chance(self, tokens: tuple[str, ...]) -> float:
        """Chance that somebody else bears these names: the first and the last, as if independent."""
        return self.share(tokens[0]) * (self.share(tokens[-1]) if len(tokens) > 1 else 1)


def covers(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Whether a name is another one with names left out between first and last, or cut to initials there."""
    inner = list(many[1:-1])
    if (few[0], few[-1]) != (many[0], many[-1]) or len(few) > len(many):
        return False
    for token in few[1:-1]:
        fits = next((one for one in inner if one == token or (1 in (len(one), len(token)) and one[0] == token[0])), None)
        if fits is None:
            return False
        inner.remove(fits)
    return True


def nearness(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[int, float]:
    """Edits between two names, spaces among them (0 where they are not near), and their Jaro–Winkler similarity."""
    other, spellings = " ".join(theirs), (" ".join(mine), " ".join((*mine[1:], mine[0])))
    one = min(spellings, key=lambda spelling: OSA.distance(spelling, other, score_cutoff=2))
    edits, alike = OSA.distance(one, other, score_cutoff=2), JaroWinkler.similarity(one, other)
    least = {1: SHORTEST_NEAR, 2: LONG_NEAR}.get(edits)
    if least is None or len(other) <= least or (edits == 2 and alike < ALIKE):
        return 0, alike
    return edits, alike


def initialled(mine: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    """The name that is kept where a word holds one of first and last name whole and the other's initial; else empty.

    >>> initialled(("afalk",), ("ada", "falk"))
    'falk'
    """
    first, last = theirs[0], theirs[-1]
    if len(mine) == 1:
        glued = {first[0] + last: last, last + first[0]: last, first + last[0]: first, last[0] + first: first}
        return glued.get(mine[0], "")
    ends = {mine[0], mine[-1]}
    if any(len(token) > 1 and token not in theirs for token in mine):
        return ""
    return next((kept for kept, cut in ((last, first), (first, last)) if kept != cut and ends == {kept, cut[0]}), "")
