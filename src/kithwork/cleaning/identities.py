"""Pseudonyms: raw ids never leave `data/raw`.

An id is normalised (Unicode NFC, surrounding space off, case folded) and replaced by the first 20 base-32 characters of
HMAC-SHA256(key, "v1|" + id) (RFC 2104; RFC 4231 gives test vectors). A plain hash would not do: a staff list is short
enough to hash every name in it.

The key of a client's study lies outside the project, in the file that KITHWORK_KEY_FILE names or else in
`~/.kithwork/<engagement>.key`; it is made, readable by its owner only, when first needed. Destroying it makes the study's
pseudonyms final. An engagement whose `ids` are `public` (published, already coded data) uses its own name as the key, so
that anybody gets the same tables.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork.errors import Problem, UserError
from kithwork.params import Settings

if TYPE_CHECKING:
    import pandas as pd

LENGTH = 20
SHORTEST_KEY = 32


def normal(text: str) -> str:
    """The form in which two spellings of one id are equal."""
    return unicodedata.normalize("NFC", text).strip().casefold()


def each(words: pd.Series, change: Callable[[str], str | None]) -> pd.Series:
    """The words changed, with `change` called once per distinct word: a log names few people many times."""
    return words.map({word: change(word) for word in words.dropna().unique()}).astype("str")


def pseudonym(key: bytes, identity: str) -> str:
    """20 base-32 characters for one id; the same key and id give the same ones."""
    digest = hmac.new(key, f"v1|{normal(identity)}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:LENGTH]


def pseudonyms(settings: Settings) -> Callable[[str], str]:
    """The id-to-pseudonym function of one engagement. Raises `UserError` where its key cannot be used."""
    key = settings.name.encode() if settings.engagement.ids == "public" else _secret(settings.name)
    return lambda identity: pseudonym(key, identity)


def _secret(engagement: str) -> bytes:
    named = os.environ.get("KITHWORK_KEY_FILE")
    path = Path(named) if named else Path.home() / ".kithwork" / f"{engagement}.key"
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_hex(SHORTEST_KEY))
        key = path.read_bytes().strip()
    except OSError as error:
        do = "Make its folder writable, or name another file in KITHWORK_KEY_FILE."
        raise UserError(Problem("cannot be used as the key file", str(path), do, found=error.strerror or "")) from None
    if len(key) < SHORTEST_KEY:
        do = f"Put at least {SHORTEST_KEY} random characters into it, or remove it to have one made."
        raise UserError(Problem("is too short for a key", str(path), do, found=f"{len(key)} characters"))
    return key
