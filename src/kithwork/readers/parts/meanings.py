"""What a cell of a survey's export means: a point of a scale, a choice, ticks, a moment, or no answer."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from kithwork.readers.parts.headings import plain
from kithwork.survey.instrument import AGREEMENT, CANNOT_SAY

SILENT = ("", "-99", "-98")
"""Cells that hold no answer: empty, seen but unanswered, cannot say."""
CANNOT = {*CANNOT_SAY, *map(plain, CANNOT_SAY.values())}
YES, NO = ("1", "true", "yes", "y"), ("", "0", "false", "no", "n", "-99", "-98")
LED = re.compile(r"(-?\d{1,2})(?:\s*[-=:.)]\s*|\s+)(\D.*)", re.DOTALL | re.ASCII)
"""A label that its number leads: `4 - largely true`."""
LETTERED = re.compile(r"ao?0*(\d{1,2})", re.ASCII)
"""Codes that LimeSurvey gives to choices: A4, AO04."""
NUMBERS = re.compile(r"-?\d{1,2}(?:[\s,;|]+-?\d{1,2})*", re.ASCII)
GOOGLE = ("%Y/%m/%d %I:%M:%S %p", "%Y/%m/%d %H:%M:%S")
"""How Google Forms writes times into CSV, the zone after them."""
ZONE = re.compile(r"(.*\S)\s+(?:GMT|UTC)([+-]\d{1,2})?(?::?(\d\d))?", re.ASCII)


class UnknownChoiceError(ValueError):
    """A cell that none of its question's choices explains: what was found, and what to do."""

    def __init__(self, found: str, choices: dict[str, str]) -> None:
        super().__init__(found)
        self.found = found[:40]
        self.remedy = f"Known: {', '.join(choices)}, or the words of the choices."


def word(text: str) -> str:
    """What somebody wrote, or nothing where the cell says that there is no answer."""
    return "" if text in SILENT else text


def points(labels: str) -> dict[str, str]:
    """The points of agreement by their words: our own, and a client's, given as a|b|c|d|e."""
    own = [plain(label) for label in labels.split("|") if label.strip()]
    return {plain(label): code for code, label in AGREEMENT.items()} | {
        label: str(number) for number, label in enumerate(own, start=1)
    }


def point(text: str, labels: dict[str, str]) -> str:
    """The point of agreement that a cell means; nothing where none was given; the cell itself where neither is plain."""
    if text in AGREEMENT:
        return text
    words = plain(text)
    if text in SILENT or words in CANNOT:
        return ""
    return _labelled(words, labels) or text


def choice(text: str, choices: dict[str, str], labels: dict[str, str]) -> str:
    """The code of the choice that a cell means; nothing where none was made. Raises `UnknownChoiceError`.

    `labels` are further words for choices, by which agreement is known.
    """
    words = plain(text)
    if text in choices and text not in CANNOT_SAY:
        return text
    if text in SILENT or words in CANNOT:
        return ""
    found = _labelled(words, {plain(label): code for code, label in choices.items()} | labels)
    if found not in choices:
        raise UnknownChoiceError(text, choices)
    return found


def ticks(text: str, choices: dict[str, str]) -> list[str]:
    """The codes ticked in one cell: codes or words, commas or spaces between. Raises `UnknownChoiceError`."""
    return list(_codes_ticked(text, tuple(choices.items()))) if text else []


@lru_cache(maxsize=1000)
def _codes_ticked(text: str, listed: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    choices = dict(listed)
    if text in SILENT:
        return ()
    found = re.split(r"[\s,;|]+", text) if NUMBERS.fullmatch(text) else _ticked_words(plain(text), choices)
    if not found or not set(found) <= {*choices, *SILENT}:
        raise UnknownChoiceError(text, choices)
    return tuple(code for code in choices if code in found)


def _ticked_words(words: str, choices: dict[str, str]) -> list[str]:
    found = []
    for code, label in choices.items():
        if plain(label) in words:
            found.append(code)
            words = words.replace(plain(label), " ")
    return [] if words.strip(" ,;|.") else found


def ticked(text: str, code: str, label: str) -> bool:
    """Whether a tick in a column of its own is set. Raises `UnknownChoiceError`."""
    words = plain(text)
    if words in (*YES, plain(label), code):
        return True
    if words in NO:
        return False
    raise UnknownChoiceError(text, {"1": "ticked", "0": "not ticked"})


def yes_or_no(text: str) -> str:
    """`yes` or `no`, or nothing where neither is said."""
    words = plain(text)
    return "yes" if words in YES else "no" if words and words in NO else ""


def moment(text: str, form: str) -> str:
    """A time in ISO 8601, told by its `form` (as of `strptime`) where one is given; the text itself where it is no time."""
    if form:
        return _parsed(text, form) or text
    if not text or _iso(text):
        return text
    zoned = ZONE.fullmatch(text)
    bare = zoned[1] if zoned else text
    found = next((parsed for one in GOOGLE if (parsed := _parsed(bare, one))), "")
    offset = f"{int(zoned[2] or 0):+03d}:{zoned[3] or '00'}" if zoned else ""
    return found + offset if found else text


def between(started: str, ended: str) -> str:
    """Seconds from one time to another; nothing where either is unknown, or they are out of order."""
    first, last = _iso(started), _iso(ended)
    if first is None or last is None or (first.tzinfo is None) != (last.tzinfo is None):
        return ""
    seconds = (last - first).total_seconds()
    return f"{seconds:g}" if seconds >= 0 else ""


def _labelled(words: str, labels: dict[str, str]) -> str:
    """The code of a choice by its words, its words led by its number, or as LimeSurvey numbers it."""
    if words in labels:
        return labels[words]
    if (led := LED.fullmatch(words)) and labels.get(led[2], led[1]) == led[1] and led[2] in labels:
        return led[1]
    lettered = LETTERED.fullmatch(words)
    return lettered[1] if lettered and lettered[1] in labels.values() else ""


def _parsed(text: str, form: str) -> str:
    try:
        return datetime.strptime(text, form).isoformat()
    except (ValueError, re.error):
        return ""


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
