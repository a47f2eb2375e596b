"""Words that others wrote, as pages show them: some signs act on a page instead of being read, and are kept from it.

Signs that steer the direction of writing, and signs that nobody sees, are left out; control signs become �; of accents
piled on one letter the first `MOST_MARKS` stay; a word without end is cut in its middle; and words written from right to
left are set apart, so that they turn round no number beside them (Unicode Standard Annex 9, isolates). All else is shown as
it was given. `label` holds names of units, places and the like to one line; `page` is for a finished page; `cell` for
one of a file that a spreadsheet opens, which takes some texts for formulas (OWASP, CSV Injection).
"""

from __future__ import annotations

import re

MOST_MARKS = 3
"""Accents that one letter may bear: no language's spelling needs more."""
LONGEST_LABEL = 120
"""Signs that a name of a unit, a place, a segment or a topic may have."""
LONG_WORD, LONGEST_WORD = 25, 120
"""Signs from which on a word of a page may be broken anywhere, and those that it may have, without a space."""

STEERING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
UNSEEN = "\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0f71-\u0f84"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"

LEFT_OUT = re.compile(f"[{STEERING}{UNSEEN}]+")
REPLACED = re.compile(f"[{CONTROL}]")
PILED = re.compile(f"([{MARKS}]{{{MOST_MARKS}}})[{MARKS}]+")
ACTING = re.compile(f"[{STEERING}{UNSEEN}{CONTROL}{MARKS}]")
"""What the three above look for: most texts have nothing of it."""
TURNED = re.compile(f"[{LEFTWARD}]+(?:[ .'’-]{{1,2}}[{LEFTWARD}]+)*")
LONG = re.compile(rf"(?<!\S)(?>&(?:\w+|#\w+);|[^\s<]){{{LONG_WORD},}}+")
SIGN = re.compile(r"&(?:\w+|#\w+);|.", re.DOTALL)
PIECES = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
"""Tags of a page, and what it holds that is no text."""
UNBROKEN = ("<title", "<svg")
"""Tags in which no other may stand, up to their end."""


def readable(text: str) -> str:
    """The text with � for signs that no file of text or XML may hold."""
    return REPLACED.sub("\ufffd", text)


def shown(text: str) -> str:
    """The text without signs that act."""
    return text if ACTING.search(text) is None else PILED.sub(r"\1", readable(LEFT_OUT.sub("", text)))


def label(text: str) -> str:
    """A name in one line, its spaces made one."""
    return " ".join(shown(text).split())


def page(html: str) -> str:
    """A finished page, its texts as above; what stands in attributes, scripts and styles loses the signs that act only."""
    html = shown(html)
    parts, last, ending = [], 0, ""
    for piece in PIECES.finditer(html):
        tag = piece[0]
        parts += [_text(html[last : piece.start()], not ending), tag]
        last = piece.end()
        if tag.startswith(UNBROKEN):
            ending = ending or next(f"</{one[1:]}>" for one in UNBROKEN if tag.startswith(one))
        elif tag == ending:
            ending = ""
    return "".join([*parts, _text(html[last:], not ending)])


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the start of a formula."""


def cell(value: object) -> object:
    """A text with an apostrophe before what would be a formula, or would be taken for a text so marked; else the value.

    Its lines end in a line feed: a carriage return alone would end the row where no quotes are set around it.
    """
    if not isinstance(value, str):
        return value
    text = readable(value).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def from_cell(text: str) -> str:
    """The text that `cell` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text


def _text(text: str, breaks: bool) -> str:
    """A text between two tags; where it `breaks`, the stylesheet may break its long words."""
    if len(text) >= LONG_WORD:
        text = LONG.sub(lambda word: _held(word[0], breaks), text)
    return text if text.isascii() else TURNED.sub("\u2068\\g<0>\u2069", text)


def _held(word: str, breaks: bool) -> str:
    """A long word; of one without end both ends, for names alike differ in either."""
    signs = SIGN.findall(word)
    if len(signs) > LONGEST_WORD:
        word = "".join([*signs[: LONGEST_WORD // 2], "…", *signs[-LONGEST_WORD // 4 :]])
    return f'<span class="brk">{word}</span>' if breaks else word
