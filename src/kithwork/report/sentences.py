"""Numbers, intervals, counts and lists as sentences print them; what may be said of them is told by `verdicts`.

Every count, list and plural is made from what is counted (rule N). No rule says that anything causes anything (rule W).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from kithwork.release import DECIMALS

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MINUS, NBSP = "\u2212", "\u00a0"
SUFFIX = {
    "%": "%", "minutes": " minutes", "times": " times", "scale points": " scale points", "per 100 hours": " per 100 hours",
    "points a month": " points a month", "days": " days",
}  # fmt: skip


def number(value: float, unit: str) -> str:
    """A figure as printed: 24%, −0.47, 3,761 minutes."""
    return f"{value:,.{max(DECIMALS[unit], 0)}f}".replace("-", MINUS) + SUFFIX.get(unit, "")


def bounds(claim: pd.Series) -> str:
    """`14 to 17%`; of nothing found `0 to under 1%`: that none were seen does not say that there are none (rule 0)."""
    if number(claim["low"], claim["unit"]) == number(claim["high"], claim["unit"]) == number(0, claim["unit"]):
        return f"0 to under{NBSP}{number(10.0 ** -DECIMALS[claim['unit']], claim['unit'])}"
    low = number(claim["low"], claim["unit"]).removesuffix(SUFFIX.get(claim["unit"], ""))
    return f"{low} to{NBSP}{number(claim['high'], claim['unit'])}"


def interval(claim: pd.Series, word: str = "95% interval") -> str:
    """`95% interval 14 to 17%, n = 339`."""
    return f"{word} {bounds(claim)}, n{NBSP}={NBSP}{claim['n']:,}".strip()


def count(n: int) -> str:
    """A count in words up to ten."""
    return NUMBERS[n] if n < len(NUMBERS) else f"{n:,}"


def several(n: int, one: str, many: str | None = None) -> str:
    """`one group`, `four groups`."""
    return f"{count(n)} {one if n == 1 else many or plural(one)}"


def verb(n: int, one: str, many: str) -> str:
    """The form that goes with the count: `lies`, `lie`."""
    return one if n == 1 else many


def plural(word: str) -> str:
    """`teams`, `branches`, `faculties`."""
    if re.search("(s|x|z|ch|sh)$", word):
        return f"{word}es"
    return re.sub("(?<![aeiou])y$", "ie", word) + "s"


def repeats(jaccard: float) -> str:
    """What a segment with this mean Jaccard index over resamples may be called (Hennig 2007)."""
    return "stable" if jaccard >= 0.75 else "a pattern" if jaccard >= 0.6 else "not to be relied on"


def join(words: Iterable[str], last: str = "and") -> str:
    """`a, b and c`."""
    words = list(words)
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def sentence(text: str) -> str:
    """The text with its first letter capital."""
    return text[:1].upper() + text[1:]


def typeset(text: str) -> str:
    """Text typed in code as the page prints it: true minus signs, dashes between numbers, apostrophes, 95%."""
    text = re.sub(r"(?<=\d)-(?=\d)", "–", text.replace("'", "’"))
    text = re.sub(r"(?<!\w)-(?=\d)|(?<= )-(?= )", MINUS, text)
    return re.sub(r"(?<=\d) %", "%", text)
