"""A word as names are compared: whatever its case, marks, encoding or alphabet, one spelling has one key.

Compatibility forms are undone (Unicode Standard Annex #15, NFKC), signs of no width are dropped, marks come off, and
umlauts are one with their written-out forms (`Müller`, `Mueller`, `Muller`). A word with letters of another alphabet has
two further keys: what it looks like in Latin letters (Unicode Technical Standard #39, confusables; the common ones), and
what it sounds like, Cyrillic and Greek letters being written in Latin ones. Endings of a declined name are not undone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import groupby

from kithwork.cleaning.spelling import PLAIN

PERSON, PARTY = "[person]", "[party]"
PLACEHOLDERS = (PERSON, PARTY, "[email]", "[phone]", "[link]", "[address]", "[number]")
"""What stands for a name, an address or a number that was taken out."""

WRITTEN_OUT = re.compile("[aou]e|aa")
LEAST_UMLAUT = 4
"""Letters of a word from which `ue` is taken for `ü`; in shorter words, as Joe or Sue, it is mostly not."""

LOOKS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορτυικ",
    "ABESIJKMHOPCTYXaesijopcyxhdlABEZHIKMNOPTYXavoptuik",
)
SOUNDS = str.maketrans(
    dict(zip("абвгґдеёзиійклмнопрстуфыэєї", "abvggdeeziiiklmnoprstufyeei", strict=True))
    | dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}
    | {"θ": "th", "χ": "ch", "ψ": "ps"}
)  # fmt: skip
UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Letters of alphabets that put no space between a name and what follows it: Thai, kana, Han and Hangul."""


@cache
def _signs(*categories: str) -> str:
    """The signs of these categories, as ranges of a pattern's class."""
    there = [code for code in (*range(0x20000), *range(0xE0000, 0xE0200)) if unicodedata.category(chr(code)) in categories]
    runs = (list(run) for _, run in groupby(enumerate(there), lambda pair: pair[1] - pair[0]))
    return "".join(f"{re.escape(chr(run[0][1]))}-{re.escape(chr(run[-1][1]))}" for run in runs)


@cache
def words() -> re.Pattern:
    """A placeholder, or a word: letters and digits with their marks. To split a text by."""
    return re.compile(rf"({'|'.join(map(re.escape, PLACEHOLDERS))}|(?:[^\W_]|[{_signs('Mn', 'Mc', 'Me')}])+)")


@cache
def _widthless() -> re.Pattern:
    return re.compile(f"[{_signs('Cf')}]+")


def skeleton(text: str) -> str:
    """The text without compatibility forms and signs of no width.

    >>> skeleton("Ａｎ\u200bna")
    'Anna'
    """
    return (
        text if text.isascii() else unicodedata.normalize("NFKC", _widthless().sub("", unicodedata.normalize("NFKC", text)))
    )


@lru_cache(maxsize=200_000)
def keys(word: str) -> tuple[str, ...]:
    """Keys by which a word may be known, the likeliest first.

    >>> keys("Mueller"), keys("Müller"), keys("MULLER")
    (('muller',), ('muller',), ('muller',))
    >>> keys("Аnna2")
    ('аnna2', 'anna2', 'аnna', 'anna')
    """
    plain = _plain(word)
    found = [plain] if plain.isascii() else [plain, _plain(word.translate(LOOKS)), plain.translate(SOUNDS)]
    bare = [one.rstrip("0123456789") for one in found]
    return tuple(dict.fromkeys(one for one in (*found, *bare) if one))


def _plain(word: str) -> str:
    text = unicodedata.normalize("NFKD", word.casefold().translate(PLAIN))
    text = text if text.isascii() else "".join(sign for sign in text if unicodedata.category(sign) != "Mn") or text
    return WRITTEN_OUT.sub(lambda found: found[0][0], text) if len(text) >= LEAST_UMLAUT else text
