"""The pieces of a page in which words can stand, each with what it is: what a reader sees, and what only the source shows.

Escapes of HTML, JSON and CSS are undone, and `data:` addresses opened: a picture's own notes and a table to be saved are
pieces too. The bytes of fonts and pixels hold no words.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from urllib.parse import unquote, unquote_to_bytes

from kithwork.audit import files
from kithwork.audit.words import APART
from kithwork.pages.parsed import Parsed

Piece = tuple[str, str]
"""What it is, and its text."""

DATA = re.compile(r"data:([\w/+.-]*)((?:;[\w=-]*)*),([^\"'()\s<>]*)")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([0-9a-fA-F]{1,6})\s?")
INLINE = frozenset("a abbr b bdi bdo cite code data em i mark q s small span strong sub sup time tspan u".split())  # noqa: SIM905
"""Elements that may stand within a word."""
SPREAD = "the text, tags taken for spaces"
SEEN = "the text"


def pieces(page: Parsed) -> Iterator[Piece]:
    """Every piece of a page, its name first."""
    yield "its name", page.name
    parts = page.tree.xpath(".//text()[not(ancestor::script or ancestor::style)]")
    yield SEEN, "".join(part if part.getparent().tag in INLINE else f" {part}" for part in parts)
    yield SPREAD, " ".join(parts)
    attributes: dict[str, list[str]] = {}
    held: list[str] = []
    for element in page.tree.iter():
        if not isinstance(element.tag, str):
            yield "a comment", element.text or ""
            continue
        for name, value in element.attrib.items():
            attributes.setdefault(name, []).append(value)
        if element.tag in ("script", "style") and element.text:
            text, data = _without_data(element.text)
            held += data
            yield f"a {element.tag}", _unescaped(element, text)
    for name, values in attributes.items():
        text, data = _without_data(f"\n{APART}\n".join(dict.fromkeys(values)))
        held += data
        yield f"the attribute {name}", text
        if "%" in text:
            yield f"the attribute {name}", unquote(text)
    for address in dict.fromkeys(held):
        yield from _opened(address)


def _without_data(text: str) -> tuple[str, list[str]]:
    """The text without its `data:` addresses, and those."""
    found = [match.group() for match in DATA.finditer(text)] if "data:" in text else []
    return (DATA.sub(" ", text), found) if found else (text, [])


def _unescaped(element, text: str) -> str:
    if element.get("type", "").endswith("json"):
        try:
            return json.dumps(json.loads(text), ensure_ascii=False)
        except ValueError:
            return text
    return ESCAPED.sub(lambda one: _sign(next(filter(None, one.groups()))), text) if "\\" in text else text


def _sign(code: str) -> str:
    number = int(code, 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else " "


def _opened(address: str) -> Iterator[Piece]:
    """What is inside a `data:` address (RFC 2397)."""
    kind, how, content = DATA.match(address).groups()
    if kind.startswith("font/"):
        return
    try:
        found = base64.b64decode(unquote(content)) if how.endswith(";base64") else unquote_to_bytes(content)
    except (binascii.Error, ValueError):
        found = content.encode()
    for what, text in files.texts(f"data.{kind.partition('/')[2].partition('+')[0]}", found):
        yield f"{what} of a data: address", text
