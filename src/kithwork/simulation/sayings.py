"""How notes are worded: one of the ways to say a topic, what is added, an opening and an ending, each by lot.

`regular` gives a way to say a topic as a regular expression, so that what was written can be told again.
"""

from __future__ import annotations

import re
from types import ModuleType

import numpy as np

from kithwork.simulation import english, portuguese

LANGUAGES: dict[str, ModuleType] = {"en": english, "pt": portuguese}
ADDED, ENDED = 0.7, 0.4
"""Shares of notes on a topic: something is added to it; it has an ending."""
SLOT = re.compile(r"\{(\w+)\}")


def said(topic: str, language: str, rng: np.random.Generator) -> str:
    """A note on a topic."""
    words = LANGUAGES[language]
    ways, more = words.TOPICS[topic]
    text = SLOT.sub(lambda slot: _one(words.SLOTS[slot[1]], rng), _one(ways, rng))
    parts = [_sentence(_one(words.OPENINGS, rng) + text)]
    parts += [_one(more, rng)] if rng.random() < ADDED else []
    parts += [_one(words.ENDINGS, rng)] if rng.random() < ENDED else []
    return " ".join(parts)


def chatter(language: str, rng: np.random.Generator) -> str:
    """A note on something at home."""
    words = LANGUAGES[language].CHATTER
    return _sentence(_one(words["state"], rng).replace("{matter}", _one(words["matter"], rng)))


def nothing(language: str, rng: np.random.Generator) -> str:
    """An answer that says that there is none."""
    return _one(LANGUAGES[language].EMPTY, rng)


def forwarded(text: str, language: str, rng: np.random.Generator) -> str:
    """What a colleague wrote, passed on."""
    return _one(LANGUAGES[language].FORWARDS, rng) + text


def naming(kind: str, it: str, language: str, rng: np.random.Generator) -> str:
    """A sentence that names somebody, or a number or place."""
    return _one(LANGUAGES[language].NAMINGS[kind], rng).replace("{it}", it)


def regular(way: str) -> str:
    """A way to say a topic as a regular expression."""
    return ".+?".join(re.escape(part) for part in re.split(r"\{\w+\}", way))


def _one(of: tuple[str, ...], rng: np.random.Generator) -> str:
    return of[int(rng.random() * len(of))]


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
