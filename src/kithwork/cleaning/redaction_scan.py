"""Where names stand in texts: every word is looked up, and what is beside it is looked at only where something is found.

Texts become one table of words and of what is between them; each distinct word is compared with the lists once, by its
keys, so that the work grows with the words and not with the names (a hash join in place of one pattern of all names).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

import numpy as np

from kithwork.cleaning.redaction_common import AFTER, BEFORE
from kithwork.cleaning.redaction_forms import PARTY, PERSON, PLACEHOLDERS, UNSPACED, keys, words
from kithwork.cleaning.redaction_names import Names, between

NEAR = re.compile(r"\s*[-.,'’_/\\]?\s*")
"""What may stand between two parts of one name."""
JOINED = re.compile(r"\s+|[-'’_.]\s?")
"""What is between two words found that become one."""
BROKEN = re.compile(r"-\s*\n\s*")
APART = re.compile(r"(?<!\w)[^\W\d_](?:[ ._*-][^\W\d_]){2,}(?!\w)")
"""A word written letter by letter."""
LEAST_APART = 3
RUN = re.compile(f"[{UNSPACED}]+")
LONGEST = 8
"""Letters of a name in an alphabet without spaces."""


def found(texts: Sequence[str], names: Names) -> list[str]:
    """The texts with `[person]` and `[party]` in place of what `names` holds."""
    texts = [APART.sub(lambda run: _apart(run[0], names), text) for text in texts]
    if names.unspaced:
        texts = [RUN.sub(lambda run: _unspaced(run[0], names), text) for text in texts]
    parts = [words().split(text) for text in texts]
    flat = list(chain.from_iterable((*one, "") for one in parts))  # an empty word parts the texts
    scan = Scan(flat[1::2], flat[0::2], names)
    ends = np.cumsum([0, *(len(one) // 2 + 1 for one in parts)])
    there = np.add.reduceat(scan.told != "", ends[:-1]) if len(texts) else []
    return [
        scan.written(start, end) if any_ else text
        for text, (start, end), any_ in zip(texts, pairwise(ends), there, strict=True)
    ]


@dataclass
class Scan:
    """The words of all texts in a row, an empty one after each text; `gaps` holds what stands before each."""

    tokens: list[str]
    gaps: list[str]
    names: Names

    @cached_property
    def told(self) -> np.ndarray:
        """The placeholder of each word; empty where it names nobody."""
        import pandas as pd

        codes, distinct = pd.factorize(np.array(self.tokens, dtype=object))
        looked = [_looked_up(word, self.names) for word in distinct]
        self.key = np.array([one[0] for one in looked], dtype=object)[codes]
        told = np.array([one[1] for one in looked], dtype=object)[codes]
        weak = np.array([one[2] for one in looked], dtype=object)[codes]
        begins = np.array([one[0] in self.names.starts for one in looked])[codes]
        for at in np.flatnonzero(begins):
            self._in_a_row(at, told)
        for at in [at for at, gap in enumerate(self.gaps) if "\n" in gap and BROKEN.search(gap)]:
            if at and (one := _looked_up(self.tokens[at - 1] + self.tokens[at], self.names)[1]):
                told[at - 1 : at + 1] = one
        for at in np.flatnonzero((weak != "") & (told == "")):
            if self._told_beside(at, told):
                told[at] = weak[at]
        for at in np.flatnonzero(told == PERSON):
            self._initials(at, told)
        for at in np.flatnonzero(told == PARTY):
            while self.key[at + 1] in self.names.tails and self.gaps[at + 1].isspace():
                at += 1
                told[at] = PARTY
        return told

    def _in_a_row(self, at: int, told: np.ndarray) -> None:
        """Two parts of a name, or an id of several parts, that begin here."""
        pair = self.names.pairs.get((self.key[at], self.key[at + 1]))
        if pair and NEAR.fullmatch(self.gaps[at + 1]):
            told[at : at + 2] = pair
        for length in self.names.lengths:
            row = range(at + 1, min(at + length, len(self.tokens)))
            code = self.key[at] + "".join(between(self.gaps[one]) + self.key[one] for one in row)
            if code in self.names.codes:
                told[at : at + length] = self.names.codes[code]

    def _told_beside(self, at: int, told: np.ndarray) -> bool:
        """Whether what is beside a word tells that it is a name here."""
        before, after = self.gaps[at], self.gaps[at + 1]
        last = at > 0 and self.tokens[at - 1] != "" and NEAR.fullmatch(before)
        if last and (self.key[at - 1] in BEFORE or (told[at - 1] != "" and before.isspace())):
            return True
        following = self.key[at + 1]
        return (after.isspace() and (following in AFTER or told[at + 1] != "")) or (
            after in ("'", "’") and following == "s"
        )

    def _initials(self, at: int, told: np.ndarray) -> None:
        """Single capitals before a surname, or after it."""
        back = at
        while back and _initial(self.tokens[back - 1]) and re.fullmatch(r"\.\s*|\s+|-", self.gaps[back]):
            if self.gaps[back].isspace() and self.tokens[back - 1] in "AI":
                break
            back -= 1
            told[back] = PERSON
        while _initial(self.tokens[at + 1]) and re.fullmatch(r",?\s+|\.\s*|-", self.gaps[at + 1]):
            if not self.gaps[at + 2].startswith("."):
                break
            at += 1
            told[at] = PERSON

    def written(self, start: int, end: int) -> str:
        """The text of these words, what was found in a row being one."""
        out = []
        for at in range(start, end):
            here, gap = self.told[at], self.gaps[at]
            initial = at > start and _initial(self.tokens[at - 1])
            joined = JOINED.fullmatch(gap) or (initial and re.fullmatch(r"\.\s+", gap)) or gap.startswith("-\n")
            if here and at > start and self.told[at - 1] == here and joined:
                continue
            out += [gap, here or self.tokens[at]]
        return "".join(out)


def _looked_up(word: str, names: Names) -> tuple[str, str, str]:
    """A word's key, the placeholder of whom it names, and that of whom it names if something beside it tells so."""
    if not word or word in PLACEHOLDERS:
        return "", "", ""
    capital, forms = word[0].isupper(), keys(word)
    owned = [one[:-1] for one in forms if one.endswith("s") and len(one) > LEAST_APART]
    for one in (*forms, *owned):
        if what := names.whole.get(one):
            return one, what, ""
        if (what := names.soft.get(one)) and (capital or one in forms):
            return (one, what, "") if capital else (one, "", what)
        if (what := names.capitals.get(one)) and word.isupper():
            return one, what, ""
    return next((one for one in forms if one in names.parts), forms[0] if forms else ""), "", ""


def _initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _apart(run: str, names: Names) -> str:
    """Letters, with the names among them taken out."""
    letters, at = run[::2], 0
    while at <= len(letters) - LEAST_APART:
        for end in range(len(letters), at + LEAST_APART - 1, -1):
            if what := _looked_up(letters[at:end], names)[1]:
                head, tail = _apart(run[: 2 * at], names), _apart(run[2 * end - 1 :], names)
                return f"{head}{what}{tail}"
        at += 1
    return run


def _unspaced(run: str, names: Names) -> str:
    """A run of letters without spaces, with the names in it taken out."""
    out, at = [], 0
    while at < len(run):
        end = next((end for end in range(min(len(run), at + LONGEST), at + 1, -1) if run[at:end] in names.unspaced), at)
        out.append(PERSON if end > at else run[at])
        at = max(end, at + 1)
    return "".join(out)
