"""What shows by its shape that it should not stand in a report, whosever it is.

E-mail addresses; numbers that a telephone answers, with their country (ITU-T E.123) or a leading zero, of nine digits or
more; paths of somebody's machine; codes of the shape of a pseudonym, `cleaning.identities.LENGTH` signs of base 32.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kithwork.cleaning.identities import LENGTH

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-zA-Z]{2,}(?!\w)")
GAP = r"(?:[ \u00a0\u2009\u202f./-]|\)\s?|\s?\()?"
PHONE = re.compile(
    rf"(?<![\w.,+-])\+\d{{1,3}}{GAP}(?:\d{{1,4}}{GAP}){{1,5}}\d{{2,}}(?![\w,])"
    rf"|(?<![\w.,+-])\(?0\d{{1,4}}\)?[ /-]\d{{2,4}}(?:[ -]\d{{2,4}}){{1,3}}(?![\w,])"
)
PATH = re.compile(
    r"(?<![\w./)])(?:/home/|/Users/|/root/|/tmp/|/mnt/|/var/folders/)[\w.-]+"
    r"|(?<![\w/])[A-Za-z]:\\+[\w .-]+\\"
    r"|\bfile:///\S+"
    r"|(?<![\\\w])\\\\[\w.-]+\\[\w$.-]+"
)
PSEUDONYM = re.compile(rf"(?<![A-Za-z0-9])(?=[A-Z2-7]*[A-Z])(?=[A-Z2-7]*[2-7])[A-Z2-7]{{{LENGTH}}}(?![A-Za-z0-9])")
LEAST_DIGITS = 9
"""Digits of a telephone number."""
CALLED = frozenset(("the text", "the attribute alt", "the attribute title", "the attribute aria-label", "a comment"))
"""Where a number is read as one; lines of a drawing are numbers too."""


def shaped(what: str, text: str) -> Iterator[tuple[str, str]]:
    """Each kind of thing found in a piece of a page or file, and the thing."""
    if "@" in text:
        yield from (("e-mail address", one) for one in EMAIL.findall(text))
    if "/" in text or "\\" in text:
        yield from (("path of a machine", one) for one in PATH.findall(text))
    yield from (("code like a pseudonym", one) for one in PSEUDONYM.findall(text))
    if what == "the attribute href":
        yield from (("telephone number", one) for one in re.findall(r"\btel:\S+", text))
    if what in CALLED:
        found = (one.group() for one in PHONE.finditer(text))
        yield from (("telephone number", one) for one in found if sum(sign.isdigit() for sign in one) >= LEAST_DIGITS)
