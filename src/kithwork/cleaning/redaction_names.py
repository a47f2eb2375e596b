"""What would name a person or a party: every form in which the lists' names may stand in a text.

Of a person: the id, the whole name, each word of it alone, its words written as one, and initial and surname as one; of an
address, what stands before the sign, taken for a name where it has several words. Of a party: the name, its first word
where that alone names it, its domain's label, and the initials of three words or more in capitals.

A name that is a word too (`redaction_common.py`) is soft: it counts with a capital, beside another part of a name, or
where a word beside it tells. So "per customer" stays and "Per" goes, at the start of a sentence as well: a missed name
is worse than a word lost. In small letters and with nothing beside it, such a name cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise, zip_longest

from kithwork.cleaning.redaction_common import BUSINESS, LEGAL, MAILBOXES, common, stop_words
from kithwork.cleaning.redaction_forms import PARTY, PERSON, UNSPACED, keys, skeleton, words

LEAST_GLUED = 5
"""Letters from which initial and surname written as one are looked for."""
SIGNS = re.compile("[._-]")
"""What parts the words of an address."""


@dataclass
class Names:
    """`whole`: the placeholder of each word that names somebody, in any case; `soft`: of those that are words too;
    `capitals`: those that count in capitals only; `pairs`: of two words in a row; `codes`: ids of several parts with the
    signs between them, of `lengths` parts; `tails`: words that follow a party's first; `unspaced`: names in
    alphabets without spaces."""

    whole: dict[str, str] = field(default_factory=dict)
    soft: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    pairs: dict[tuple[str, str], str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    lengths: set[int] = field(default_factory=set)
    tails: set[str] = field(default_factory=set)
    unspaced: set[str] = field(default_factory=set)

    @cached_property
    def starts(self) -> set[str]:
        """Keys of words with which a pair or an id of several parts begins."""
        return {one for one, _ in self.pairs} | {words().split(code)[1] for code in self.codes}

    @cached_property
    def parts(self) -> set[str]:
        """Keys of all words of pairs and ids, and of a party's further words."""
        ids = {part for code in self.codes for part in words().split(code)[1::2]}
        return {part for pair in self.pairs for part in pair} | ids | self.tails

    @classmethod
    def of(cls, people: Iterable[str], parties: Iterable[str] = ()) -> Names:
        """The forms of these people (ids, names, addresses, handles) and parties (ids, names, domains)."""
        names = cls()
        for word in sorted(set(parties)):
            names._party(skeleton(word).strip())
        for word in sorted(set(people)):
            names._person(skeleton(word).strip())
        return names

    def _person(self, word: str) -> None:
        local, sign, _ = word.partition("@")
        last, comma, first = (local if sign else word).partition(",")
        parts = words().split(f"{first} {last}" if comma and first.strip() else last)
        tokens = [keys(one)[0] for one in parts[1::2]]
        if not tokens:
            return
        named = all(token.isalpha() for token in tokens)
        several = len(tokens) > 1 and named and not (sign and MAILBOXES & set(tokens))
        if sign and not several:
            if len(tokens) == 1 and tokens[0] not in MAILBOXES:
                self._word(tokens[0], PERSON)
            return
        if several and (sign or comma or " " in word or "." in word or "-" in word):
            self._name(tokens)
        elif len(tokens) == 1:
            self._id(tokens[0], word)
        else:
            gaps = [between(gap) for gap in parts[2:-1:2]]
            self.codes["".join(chain.from_iterable(zip_longest(tokens, gaps, fillvalue="")))] = PERSON
            self.lengths.add(len(tokens))

    def _id(self, token: str, word: str) -> None:
        """An id, or a name of one word; a number of one or two digits is a count."""
        if not (token.isdigit() and len(token) < 3):
            self.whole[token] = PERSON
        self._run(word)

    def _name(self, tokens: list[str]) -> None:
        for one in tokens:
            if len(one) > 1:
                self._word(one, PERSON)
        for one, other in pairwise(tokens):
            self.pairs |= {(one, other): PERSON, (other, one): PERSON}
            self._word(one + other, PERSON)
        first, last = tokens[0], tokens[-1]
        self.pairs |= {(first, last): PERSON, (last, first): PERSON}
        glued = [last + first, first + last, *("".join(tokens[start:]) for start in range(len(tokens) - 1))]
        if len(last) + 1 >= LEAST_GLUED:
            glued += [first[0] + last, last + first[0]]
        for one in glued:
            self._word(one, PERSON)
        self._run("".join(tokens))

    def _run(self, word: str) -> None:
        """A name in an alphabet without spaces is looked for within words."""
        if len(word) > 1 and re.fullmatch(f"[{UNSPACED}]+", word):
            self.unspaced.add(word)

    def _word(self, token: str, what: str) -> None:
        (self.soft if common(token) else self.whole)[token] = what

    def _party(self, word: str) -> None:
        if "." in word and " " not in word:
            self._label(word)
            return
        tokens = [keys(one)[0] for one in words().split(word)[1::2]]
        while len(tokens) > 1 and tokens[-1] in LEGAL:
            self.tails.add(tokens.pop())
        if len(tokens) == 1:
            if len(tokens[0]) > 2 and not tokens[0].isdigit():
                self._word(tokens[0], PARTY)
            return
        names = [
            one for one in tokens if len(one) > 2 and one not in BUSINESS and one not in stop_words() and one.isalpha()
        ]
        if names:
            self._word(names[0], PARTY)
        if tokens:
            self.pairs[tokens[0], tokens[1]] = PARTY
            self.tails.update(tokens[1:])
            self._word("".join(tokens), PARTY)
        if len(tokens) > 2:
            self.capitals["".join(one[0] for one in tokens)] = PARTY

    def _label(self, domain: str) -> None:
        """A party is known by its domain's label as well, where that is no common word."""
        from kithwork.cleaning.parties import registrable

        label = keys(registrable(domain).partition(".")[0].replace("-", ""))
        if label and len(label[0]) > 2 and label[0] not in BUSINESS:
            self._word(label[0], PARTY)


def outside(words_met: Iterable[str]) -> set[str]:
    """Names of people outside, as far as addresses of two words or more tell them, and names written before addresses."""
    found = set()
    for word in words_met:
        name, sign, rest = word.partition("<")
        local = (rest if sign else word).partition("@")
        parts = SIGNS.split(local[0].strip()) if local[1] else []
        spelt = all(part.isalpha() for part in parts) and not {*map(str.casefold, parts)} & (MAILBOXES | BUSINESS)
        if len(parts) > 1 and spelt and max(map(len, parts)) > 2:
            found.add(" ".join(parts))
        if sign and " " in name.strip():
            found.add(name.strip())
    return found


def between(gap: str) -> str:
    """What is between the parts of an id, as ids are compared: any space is one."""
    return " ".join(gap.split()) or " " * bool(gap)
