"""Damage to a file: what breaks its structure, and what breaks its bytes. The same dice give the same damage.

The operations on bytes are those of AFL ("Technical whitepaper for afl-fuzz": flips, interesting values, deletion,
duplication, splicing); structural ones know lines, tokens, JSON, and what zip files and folders are made of.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from random import Random

Content = bytes | dict[str, bytes]

TOKENS = re.compile(rb"([\s,;:=\"'<>{}\[\]()|@+-]+)")
WORDS = (
    b"", b"0", b"-1", b"9" * 25, b"1e999", b"NaN", b"null", b"\xef\xbb\xbf", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"=1+1",
    b"\r", b"\n\n", b'"', b"'", b"\\", b"\\u0000", b"{", b"}", b"[", b"]", b"<", b">", b"&x;", b"%s", b",", b";", b"\t",
    b"0001-01-01T00:00:00", b"9999-12-31T23:59:59Z", b"2026-02-30", b"2026-10-25T02:30:00", b"a@b", b"@", b"=?utf-8?b?=?=",
    "\u202eå\u0301".encode(), b"A" * 5000, b"[" * 3000, b"<a>" * 1500,
)  # fmt: skip
"""Words that programs stumble over."""

VALUES = (None, True, -1, 2**70, 1e308, "", "\ud800", "a@b", [], {}, [[]], {"": None}, "x" * 3000)
"""The same, as values of JSON."""

NUMBERS = tuple(
    value.to_bytes(width, "little")
    for width in (1, 2, 4, 8)
    for value in (0, 1, 127, 2 ** (8 * width - 1), 2 ** (8 * width) - 1)
)
"""The same, as numbers of a binary format."""


def damaged(content: Content, others: list[bytes], dice: Random) -> Content:
    """One to four wounds, of structure or of bytes by the toss of a coin; `others` is what may be spliced in."""
    wound = structure if dice.random() < 0.5 else octets
    for _ in range(dice.choice((1, 1, 2, 4))):
        content = _somewhere(content, others, dice, wound)
    return content


def _somewhere(content: Content, others: list[bytes], dice: Random, wound: Callable) -> Content:
    """Wound one file of a folder, one member of a zip file or the file itself."""
    if isinstance(content, dict):
        return _in_folder(content, others, dice, wound)
    if content.startswith(b"PK\x03\x04") and dice.random() < 0.7 and (members := unzipped(content)):
        return _zipped(_in_folder(members, others, dice, wound))
    return wound(content, others, dice)


def _in_folder(files: dict[str, bytes], others: list[bytes], dice: Random, wound: Callable) -> dict[str, bytes]:
    names = sorted(files)
    if not names:
        return files
    name, other = dice.choice(names), dice.choice(names)
    if dice.random() < 0.85:
        return files | {name: wound(files[name], others, dice)}
    if dice.random() < 0.5:
        return {one: data for one, data in files.items() if one != name}
    return files | {name: files[other], other: files[name]}


def unzipped(content: bytes) -> dict[str, bytes]:
    """The members of a zip file by name; none where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return {info.filename: packed.read(info) for info in packed.infolist() if info.file_size < 2**20}
    except Exception:  # damaged before: then its bytes are all there is
        return {}


def _zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()


def structure(content: bytes, others: list[bytes], dice: Random) -> bytes:
    """Damage to what the bytes mean: values of JSON, words of text, or numbers of a binary format."""
    if b"\0" in content[:4096]:
        return _put(content, dice.choice(NUMBERS), dice)
    if content.lstrip()[:1] in (b"{", b"[") and dice.random() < 0.7:
        try:
            return json.dumps(_replaced(json.loads(content), dice), ensure_ascii=dice.random() < 0.5).encode(
                "utf-8", "surrogatepass"
            )
        except (ValueError, RecursionError):
            pass
    parts = content.splitlines(keepends=True) if dice.random() < 0.4 else TOKENS.split(content)
    return b"".join(_shuffled(parts, [TOKENS.split(one) for one in others[:1]], dice))


def _shuffled(parts: list[bytes], others: list[list[bytes]], dice: Random) -> list[bytes]:
    if not parts:
        return [dice.choice(WORDS)]
    at, to = dice.randrange(len(parts)), dice.randrange(len(parts))
    what = dice.randrange(6)
    if what == 0:
        return parts[:at] + parts[at + 1 :]
    if what == 1:
        return parts[:at] + [parts[at]] * dice.choice((2, 3, 40)) + parts[at + 1 :]
    if what == 2:
        swapped = list(parts)
        swapped[at], swapped[to] = parts[to], parts[at]
        return swapped
    if what == 3 and others and others[0]:
        return [*parts[:at], dice.choice(others[0]), *parts[at + 1 :]]
    return [*parts[:at], dice.choice(WORDS), *parts[at + (what == 4) :]]


def _replaced(value: object, dice: Random) -> object:
    """One value somewhere below changed, dropped, doubled or wrapped."""
    if isinstance(value, dict | list) and value and dice.random() < 0.9:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        key, what = dice.choice(keys), dice.random()
        changed = value.copy()
        if what < 0.1:
            del changed[key]
        elif what < 0.15 and isinstance(changed, list):
            changed.append(changed[key])
        elif what < 0.2 and isinstance(changed, dict):
            changed[dice.choice(("", "id", "ts", "x"))] = changed.pop(key)
        else:
            changed[key] = _replaced(value[key], dice)
        return changed
    return dice.choice(VALUES)


def octets(content: bytes, others: list[bytes], dice: Random) -> bytes:
    """Damage to bytes, whatever they mean."""
    at = dice.randrange(len(content) + 1)
    end = min(len(content), at + dice.choice((1, 2, 4, 16, 100, 1000)))
    what = dice.randrange(6)
    if what == 0 and at < len(content):
        return content[:at] + bytes([content[at] ^ 1 << dice.randrange(8)]) + content[at + 1 :]
    if what == 1:
        return content[:at] + content[end:]
    if what == 2:
        return content[:end] + content[at:end] * dice.choice((1, 2, 50)) + content[end:]
    if what == 3 and others:
        other = dice.choice(others)
        return content[:at] + other[dice.randrange(len(other) + 1) :]
    if what == 4:
        return content[:at]
    return _put(content, dice.choice((*WORDS, *NUMBERS)), dice)


def _put(content: bytes, word: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(content) + 1)
    return content[:at] + word + content[at + len(word) * dice.randrange(2) :]
