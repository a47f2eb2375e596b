"""The logo: an SVG or PNG as a data address, once it is known to hold a picture and nothing else.

An SVG may hold shapes and words alone: what runs, what is fetched and what an editor noted of its file is refused. Of a PNG
the chunks that make the picture are kept; what a camera or an editor wrote beside it (text, time, place) is left out.
"""

from __future__ import annotations

import base64
import re
import zlib
from pathlib import Path
from struct import unpack
from typing import Any

from kithwork.setting import RefusedError

LARGEST = 60 * 1024
"""Bytes: a logo is on every page."""

SHAPES = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline"),
        *("polygon", "text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask"),
    )
)
SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
KEPT_OF_XML = frozenset((LINK, "{http://www.w3.org/XML/1998/namespace}space"))
ELSEWHERE = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import|javascript:|\\|expression\(", re.IGNORECASE)
"""What in an attribute would fetch something, or hides a word."""

PLAIN = "Save it as plain SVG, with shapes and words only, or as PNG."

PNG = b"\x89PNG\r\n\x1a\n"
PICTURE = frozenset((b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"IDAT", b"IEND"))
"""Chunks of a PNG that make the picture."""


def embedded(path: Path) -> str:
    """The file as a `data:` address. Raises RefusedError, saying what is wrong with it and what to do."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RefusedError(f"cannot be read ({error.strerror})", "Put the logo itself beside brand.yaml.") from None
    if len(content) > LARGEST:
        raise RefusedError(f"has {len(content):,} bytes, more than {LARGEST:,}", "Save it smaller: it is on every page.")
    if content.startswith(PNG):
        return _address("image/png", _png(content))
    return _address("image/svg+xml", _svg(content))


def _address(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _svg(content: bytes) -> bytes:
    """The shapes and words, without comments."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        tree = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise RefusedError("is neither an SVG nor a PNG", "Save it as plain SVG or as PNG.") from None
    if tree.tag != f"{SVG}svg":
        raise RefusedError("is no SVG", PLAIN)
    document = tree.getroottree()
    if document.docinfo.doctype:
        raise RefusedError("has a document type, which may name other files", PLAIN)
    for node in [*document.xpath("/processing-instruction()"), *tree.iter()]:
        _look_at(node)
    return etree.tostring(tree)


def _look_at(node: Any) -> None:
    if not isinstance(node.tag, str) or node.tag.removeprefix(SVG) not in SHAPES:
        name = re.sub(r"\{.*\}", "", node.tag) if isinstance(node.tag, str) else "an instruction"
        raise RefusedError(f"holds what is no shape ({name[:40]})", PLAIN)
    for name, value in node.attrib.items():
        told = re.sub(r"\{.*\}", "", name)
        if (name.startswith("{") and name not in KEPT_OF_XML) or told.casefold().startswith("on"):
            raise RefusedError(f"holds what is no shape ({told[:40]})", PLAIN)
        if ELSEWHERE.search(value) or (told.casefold() in ("href", "src") and not value.startswith("#")):
            raise RefusedError(f"asks for something outside of it ({told[:40]})", PLAIN)


def _png(content: bytes) -> bytes:
    """The chunks that make the picture."""
    kept, at, seen = [PNG], len(PNG), []
    while at + 12 <= len(content):
        (length,), kind = unpack(">I", content[at : at + 4]), content[at + 4 : at + 8]
        chunk = content[at : at + 12 + length]
        if len(chunk) < 12 + length or unpack(">I", chunk[-4:])[0] != zlib.crc32(chunk[4:-4]):
            break
        seen.append(kind)
        kept += [chunk] if kind in PICTURE else []
        at += len(chunk)
        if kind == b"IEND":
            break
    if seen[:1] != [b"IHDR"] or seen[-1:] != [b"IEND"] or b"IDAT" not in seen:
        raise RefusedError("is a broken PNG", "Save it again.")
    return b"".join(kept)
