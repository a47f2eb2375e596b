"""The texts inside a file, whatever it is: its name, its words, what is written into a picture, a workbook or a PDF.

Of pictures their notes are read (PNG text chunks, EXIF, XMP), of archives, as XLSX is one, every member. A PDF's pages are
printed from pages that are searched themselves, in letters of its own numbering: of it the notes are read, as they are and
in streams packed by zlib.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape

PICTURES = ("png", "jpg", "jpeg", "gif", "webp", "tif", "tiff")
WRITTEN = re.compile(rb"[\x20-\x7e\xa0-\xff]{4,}")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
MARKUP = ("svg", "xml", "htm", "xhtml")
SPARED = ("woff2", "woff", "ttf", "otf")
"""Fonts: others' work, letters only."""


def texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """What each text in a file is, and the text."""
    kind = name.rpartition(".")[2].casefold()
    if kind in SPARED:
        return
    if kind in PICTURES:
        yield "the notes", _notes(content)
    elif kind == "pdf":
        yield "the notes", "\n".join(_of_pdf(content))
    elif content.startswith(b"PK\x03\x04"):
        yield from _members(content)
    else:
        yield "the text", _without_escapes(kind, _decoded(content))


def _without_escapes(kind: str, text: str) -> str:
    """The text with what JSON or a markup writes otherwise as it is read."""
    if kind in MARKUP:
        return unescape(text)
    try:
        return json.dumps(json.loads(text), ensure_ascii=False) if kind == "json" else text
    except ValueError:
        return text


def _decoded(content: bytes) -> str:
    mark = content[:2]
    if mark in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _notes(content: bytes) -> str:
    """What is written beside a picture's pixels."""
    from PIL import ExifTags, Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
            found = [f"{name} {_as_text(value)}" for name, value in picture.info.items()]
            exif = picture.getexif()
            for part in (exif, *(exif.get_ifd(one) for one in ExifTags.IFD)):
                found += [f"{ExifTags.TAGS.get(tag, tag)} {_as_text(value)}" for tag, value in part.items()]
            return "\n".join(found)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return _strings(content)


def _as_text(value: object) -> str:
    return _decoded(value.replace(b"\x00", b"")) if isinstance(value, bytes) else str(value)


def _strings(content: bytes) -> str:
    return "\n".join(run.decode("cp1252", errors="replace") for run in WRITTEN.findall(content))


def _of_pdf(content: bytes) -> Iterator[str]:
    yield _strings(content)
    yield _strings(content.replace(b"\x00", b""))  # notes in UTF-16
    for packed in STREAM.findall(content):
        try:
            yield _strings(zlib.decompressobj().decompress(packed))
        except zlib.error:
            continue


def _members(content: bytes) -> Iterator[tuple[str, str]]:
    """Every member of an archive; of XML its words and the values of its attributes."""
    from lxml import etree

    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        yield "the text", _strings(content)
        return
    for member in archive.namelist():
        inside = archive.read(member)
        yield f"the name of {member}", member
        if member.endswith((".xml", ".rels", ".vml")):
            tree = etree.fromstring(inside, etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True))
            if tree is not None:
                yield member, " ".join(tree.itertext())
                yield member, "\n".join(value for element in tree.iter() for value in element.attrib.values())
        else:
            yield from ((f"{what} of {member}", text) for what, text in texts(member, inside))
