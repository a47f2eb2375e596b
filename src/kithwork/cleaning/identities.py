"""Pseudonyms: raw ids never leave `data/raw`.

An id is normalised (Unicode NFC, surrounding space off, case folded) and replaced by the first 20 base-32 characters of
HMAC-SHA256(key, "v1|" + id) (RFC 2104; RFC 4231 gives test vectors). A plain hash would not do: a staff list is short
enough to hash every name in it.

The key of a client's study lies outside the project, in the file that KITHWORK_KEY_FILE names or else in
`~/.kithwork/<engagement>.key`; it is made, readable by its owner only, when first needed, and is refused where others can
read it or it lies in the project, which is copied and shared. Destroying it makes the study's
pseudonyms final. An engagement whose `ids` are `public` (published, already coded data) uses its own name as the key, so
that anybody gets the same tables.

A page of a person's own is named by another key, made from that one: HMAC(HMAC(key, "v1|own page"), "own page|" +
pseudonym), so that a page's name tells nothing of the pseudonym, nor a pseudonym of the name.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork import params
from kithwork.errors import Problem, UserError
from kithwork.params import Settings

if TYPE_CHECKING:
    import pandas as pd

LENGTH = 20
PAGE_LENGTH = 26
"""Characters of the name of a page, of 5 bits each: nobody comes upon it by trying."""
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
    key = _key(settings)
    return lambda identity: pseudonym(key, identity)


def page_names(settings: Settings) -> Callable[[str], str]:
    """The function that names the page of a person by its pseudonym: 26 base-32 characters, in small letters.

    Raises `UserError` where the key cannot be used, and where it is public though people are real: then anybody could name
    their pages.
    """
    engagement = settings.engagement
    if engagement.ids == "public" and not engagement.synthetic:
        do = "Own pages need a key that nobody else has: set ids: secret, and run `make report` again."
        where = f"engagements.{settings.name}.ids"
        raise UserError(
            Problem("is public, so that anybody could find people's own pages", "params.yaml", do, column=where)
        )
    key = hmac.new(_key(settings), b"v1|own page", hashlib.sha256).digest()

    def name(person_id: str) -> str:
        digest = hmac.new(key, f"own page|{person_id}".encode(), hashlib.sha256).digest()
        return base64.b32encode(digest).decode()[:PAGE_LENGTH].lower()

    return name


def is_at_hand(settings: Settings) -> bool:
    """Whether the key of an engagement is here, which else would be made anew."""
    return settings.engagement.ids == "public" or _place(settings.name).exists()


def _key(settings: Settings) -> bytes:
    return settings.name.encode() if settings.engagement.ids == "public" else _secret(settings.name)


def _place(engagement: str) -> Path:
    named = os.environ.get("KITHWORK_KEY_FILE")
    return Path(named) if named else Path.home() / ".kithwork" / f"{engagement}.key"


def _secret(engagement: str) -> bytes:
    path = _place(engagement)
    if path.resolve().is_relative_to(params.ROOT.resolve()):
        do = "Move it out, and name its place in KITHWORK_KEY_FILE: who has the project must not have the key."
        raise UserError(Problem("lies inside the project, as a key file must not", str(path), do))
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_hex(SHORTEST_KEY))
        mode = stat.S_IMODE(path.stat().st_mode)
        key = path.read_bytes().strip()
    except OSError as error:
        do = "Make its folder writable, or name another file in KITHWORK_KEY_FILE."
        raise UserError(Problem("cannot be used as the key file", str(path), do, found=error.strerror or "")) from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        do = f"Let its owner alone read it: chmod 600 {path}"
        raise UserError(Problem("can be read or changed by others than its owner", str(path), do, found=f"mode {mode:04o}"))
    if len(key) < SHORTEST_KEY:
        do = f"Put at least {SHORTEST_KEY} random characters into it, or remove it to have one made."
        raise UserError(Problem("is too short for a key", str(path), do, found=f"{len(key)} characters"))
    return key
