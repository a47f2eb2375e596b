"""The letters of a word, whatever sheet or system it passed through: wrong encodings undone, marks off, split into names.

A sub-address (`ada.falk+home@x.example`) leads to the mailbox without it (RFC 5233, Sieve Email Filtering: Subaddress
Extension). Letters lose their marks by compatibility decomposition (Unicode Standard Annex #15, NFKD); those that have no
decomposition, as ø, have a letter of their own here. An umlaut may also be written out (`Müller`, `mueller`), so a name has
one or two forms.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

PLAIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
BETWEEN = re.compile(r"[\s._,;:()\[\]\"/\\-]+")
WITHIN = re.compile(r"['’‘`´]")
DIGITS = re.compile(r"\d+")
LONGEST = 320
"""Characters of a word that are looked at: as many as an address may have (64 before the sign, 255 after it)."""


@dataclass(frozen=True)
class Spelt:
    """A word taken apart.

    `forms` holds its names as tuples of plain tokens; `local` is the address before the sign, without a sub-address, and
    `digits` are those in it; `domain` is empty for a word that is no address; `mended` says that an encoding was undone.
    """

    forms: tuple[tuple[str, ...], ...]
    local: str = ""
    domain: str = ""
    digits: str = ""
    tagged: bool = False
    mended: bool = False


def mended(text: str) -> str:
    """The text with UTF-8 that was read as Latin-1 or Windows-1252, once or twice, put right.

    >>> mended("SÃ¸ren")
    'Søren'
    """
    for _ in range(2):
        if text.isascii():
            break
        try:
            again = b"".join(_byte(sign) for sign in text).decode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            break
        text = again
    return text


def _byte(sign: str) -> bytes:
    """The byte a sign was read from: Windows-1252 leaves some of them as Latin-1 has them."""
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


@lru_cache(maxsize=100_000)
def forms(name: str) -> tuple[tuple[str, ...], ...]:
    """A name as plain tokens, first name first; a second form where an umlaut may be written out.

    >>> forms("Müller, Søren")
    (('soren', 'muller'), ('soeren', 'mueller'))
    """
    last, comma, first = unicodedata.normalize("NFC", name).casefold().partition(",")
    text = WITHIN.sub("", f"{first} {last}" if comma and first.strip() else last)
    found = (_tokens(text), _tokens(text.translate(WRITTEN_OUT)))
    return tuple(dict.fromkeys(tokens for tokens in found if tokens))


def _tokens(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return tuple(filter(None, BETWEEN.split("".join(sign for sign in plain if not unicodedata.combining(sign)))))


def spelt(word: str) -> Spelt:
    """A word taken apart: an address, a name, `Name <address>` or a handle."""
    right = mended(word[:LONGEST].strip())
    name, bracket, rest = right.rpartition("<")
    address = rest.rstrip("> ") if bracket else right
    local, sign, domain = address.rpartition("@")
    if not sign or any(one.isspace() for one in local):
        told = f"{name} {rest.rstrip('> ')}" if bracket else right
        return Spelt(forms(told), mended=right != word[:LONGEST].strip())
    stem, plus, _ = local.casefold().partition("+")
    stem = stem or local.casefold()
    names = dict.fromkeys([*forms(name), *forms(DIGITS.sub("", stem))])
    return Spelt(
        forms=tuple(names),
        local=stem,
        domain=domain.casefold().rstrip("."),
        digits="".join(DIGITS.findall(stem)),
        tagged=bool(plus),
        mended=right != word[:LONGEST].strip(),
    )
