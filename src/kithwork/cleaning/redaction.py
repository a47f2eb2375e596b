"""Takes out of comments what would name a person: ids and full names of the staff list, e-mail addresses, telephones.

It catches what is on the staff list or has a fixed form. A nickname, a first name alone or a name from outside is not
caught, so comments stay behind the release gate: no comment is ever shown in a report as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w])\+?\d[\d ()/.-]{6,}\d(?!\w)")


def redact(texts: pd.Series, identities: Iterable[str]) -> pd.Series:
    """The texts with `[email]`, `[phone]` and `[person]` in place of what was found."""
    words = sorted((_pattern(identity) for identity in identities), key=len, reverse=True)
    texts = texts.str.normalize("NFC").str.replace(EMAIL, "[email]", regex=True)
    if words:
        person = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
        texts = texts.str.replace(person, "[person]", regex=True)
    return texts.str.replace(PHONE, "[phone]", regex=True)


def _pattern(identity: str) -> str:
    """The identity letter for letter, with any space between its words."""
    return r"\s+".join(re.escape(word) for word in unicodedata.normalize("NFC", identity).split())
