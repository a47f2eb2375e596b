"""Which people a word might mean: those that share a key with it, so that nobody is compared with everybody.

Keys of a name are: its tokens in order of the alphabet, first and last of them, each with the other's initial, and the name
with one letter left out, each in turn: two spellings one edit or transposition apart have such a key in common (Bocek, Hunt
& Stiller 2007, Fast Similarity Search in Large Dictionaries). A key that more than `CROWD` people share says too little and
is passed over.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from kithwork.cleaning.likeness import SHORTEST_NEAR
from kithwork.cleaning.spelling import Spelt

CROWD = 50
"""People that may share a key."""


def keys(form: tuple[str, ...], turned: bool = False) -> Iterator[str]:
    """The keys of a name; `turned` adds those of the name with its first token last."""
    joined = "".join(form)
    yield joined
    yield " ".join(sorted(form))
    if len(form) < 2:
        yield f"{form[0]} "
        return
    first, last = form[0], form[-1]
    yield " ".join(sorted((first, last)))
    yield from (first[0] + last, last + first[0], first + last[0], last[0] + first)
    for text in (joined, *(["".join((*form[1:], first))] if turned else [])):
        if len(text) >= SHORTEST_NEAR:
            yield text
            yield from (f"{text[:at]}{text[at + 1 :]}" for at in range(len(text)))


def first_names(spellings: Iterable[Spelt]) -> set[str]:
    """The first names in some spellings, initials aside."""
    return {form[0] for one in spellings for form in one.forms if len(form[0]) > 1}


class Index:
    """The staff list by key: numbers of keys in order, and the person of each."""

    def __init__(self, people: Sequence[Sequence[Spelt]]) -> None:
        numbers, persons = array("q"), array("q")
        for person, spellings in enumerate(people):
            found = {key for form in {form for one in spellings for form in one.forms} for key in keys(form)}
            found |= {f"@{one.local}" for one in spellings if one.local}
            found |= {f"{one} " for one in first_names(spellings)}
            numbers.extend(map(hash, found))
            persons.extend([person] * len(found))
        order = np.argsort(np.array(numbers, dtype=np.int64), kind="stable")
        self.keys, self.people = np.array(numbers, dtype=np.int64)[order], np.array(persons, dtype=np.int64)[order]

    def candidates(self, word: Spelt) -> set[int]:
        """The people that share a key with a word which not too many share."""
        wanted = {key for form in word.forms for key in keys(form, turned=True)}
        if word.local:
            wanted.add(f"@{word.local}")
        numbers = np.fromiter(map(hash, wanted), dtype=np.int64, count=len(wanted))
        starts, ends = self.keys.searchsorted(numbers), self.keys.searchsorted(numbers, "right")
        met = (ends > starts) & (ends - starts <= CROWD)
        return {int(who) for start, end in zip(starts[met], ends[met], strict=True) for who in self.people[start:end]}
