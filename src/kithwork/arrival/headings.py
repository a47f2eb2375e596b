"""How well a column's heading fits a field: by the words clients use for it, whatever their case, accents and signs."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from rapidfuzz import fuzz

from kithwork.arrival.synonyms import FIELDS, FILLERS, OF_OTHERS

TURNED = str.maketrans({"ß": "ss", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "ł": "l", "&": " and "})
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
NUMBERED = re.compile(r"([a-z]{3,}?)s?(?:nummer|number|numero|nr)")
NUMBER = dict.fromkeys(("no", "nr", "num", "numero", "number", "nummer", "n"), "nr")
"""Words for a number, which are one."""
SMALL = frozenset({"of", "the", "de", "del", "do", "da", "du", "des", "la", "le", "el", "l", "d", "der", "i", "in", "s"})
"""Words that may be left out of a heading, where others are there."""
ENTIRE, REORDERED, SPELT, SHORT, WITHIN = 1.0, 0.97, 0.95, 0.93, 0.9
"""How far a heading fits with a synonym's words; with them in another order; a letter off; shortened; with more."""
GROUPING = ("unit", "role", "site", "segment")
"""Fields whose words several share."""
LEAST_LIKE = 88
"""Likeness in percent from which a heading is taken for a slip or another spelling of a synonym."""
LEAST_LETTERS = 5
"""Letters below which one letter makes another word."""


@cache
def words(text: str) -> tuple[str, ...]:
    """The words of a heading: small letters without accents, parted at signs and at humps (`SenderAddress`)."""
    parted = HUMP.sub(" ", text.translate(TURNED))
    bare = unicodedata.normalize("NFKD", parted).encode("ascii", "ignore").decode()
    return tuple(re.findall(r"[a-z0-9]+", bare.casefold()))


@cache
def alternatives(listed: str) -> tuple[tuple[str, ...], ...]:
    """The alternatives of a line of `synonyms.py`, each by its words."""
    return tuple(core(tuple(one.split())) for one in dict.fromkeys(listed.split("|")) if one)


@cache
def core(given: tuple[str, ...]) -> tuple[str, ...]:
    """The words that matter of a heading: without small ones, `number` in one spelling, parted from what it is of."""
    parted = [
        part for word in given for part in (NUMBERED.sub(r"\1 nr", word) if NUMBERED.fullmatch(word) else word).split()
    ]
    same = tuple(NUMBER.get(word, word) for word in parted)
    return tuple(word for word in same if word not in SMALL) or same


@cache
def fit(heading: str, listed: str) -> float:
    """From 0 to 1, how well a heading fits the best of these alternatives."""
    said = core(words(heading))
    return max((_fit(said, one) for one in alternatives(listed)), default=0.0)


def _fit(heading: tuple[str, ...], words_of_one: tuple[str, ...]) -> float:
    said, meant = "".join(heading), "".join(words_of_one)
    if not said:
        return 0.0
    if said == meant:
        return ENTIRE
    there, wanted = frozenset(heading), frozenset(words_of_one)
    if there == wanted:
        return REORDERED
    enough = min(len(said), len(meant)) >= LEAST_LETTERS
    if enough and (like := fuzz.ratio(said, meant, score_cutoff=LEAST_LIKE)):
        return SPELT * like / 100
    if len(heading) == len(words_of_one) and all(map(_shortens, heading, words_of_one)):
        return SHORT
    if wanted <= there:
        return WITHIN * (len(meant) / len(said)) ** 0.35
    return 0.0


def _shortens(word: str, whole: str) -> bool:
    """Whether a word is another one, or its beginning: `medarb` for medarbejder."""
    return word == whole or (len(word) >= 4 and whole.startswith(word))


def of_field(heading: str, source: str, field: str) -> float:
    """How well a heading fits a field of a source; of what groups people, words such as `name` and `code` say nothing."""
    listed = FIELDS[source].get(field, "")
    if holds(heading, OF_OTHERS):
        return 0.0
    if field not in GROUPING:
        return fit(heading, listed)
    bare = " ".join(word for word in words(heading) if word not in FILLERS)
    return max(fit(heading, listed), 0.97 * fit(bare, listed))


def told(text: str, by: dict[str, str]) -> str:
    """The key of `by` of whose alternatives the text holds most, weighed by length; nothing where it holds none."""
    there = f" {' '.join(words(text))} "
    found = {key: sum(len("".join(one)) for one in alternatives(listed) if f" {' '.join(one)} " in there)
             for key, listed in by.items()}  # fmt: skip
    best = max(found, key=found.__getitem__, default="")
    return best if best and found[best] else ""


def holds(text: str, listed: str) -> bool:
    """Whether one of the alternatives stands in the text."""
    return bool(told(text, {"it": listed}))
