"""The logo: a picture and nothing else."""

from __future__ import annotations

import base64
import zlib
from contextlib import suppress
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.brand import logo
from kithwork.setting import RefusedError

NAMED = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
MARK = '<path d="M0 0h9v9z" fill="url(#a)"/><defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>'


def svg(inside: str = MARK, more: str = "", before: str = "") -> bytes:
    """An SVG file with something in it."""
    return f'{before}<svg {NAMED} viewBox="0 0 9 9"{more}>{inside}</svg>'.encode()


def chunk(kind: bytes, content: bytes = b"") -> bytes:
    """One chunk of a PNG."""
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))


HEAD = chunk(b"IHDR", pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
BODY, TAIL = chunk(b"IDAT", zlib.compress(b"\0\0")), chunk(b"IEND")


def embedded(folder, content: bytes) -> bytes:
    """The bytes that pages hold of a logo."""
    (folder / "logo").write_bytes(content)
    kind, _, data = logo.embedded(folder / "logo").partition(";base64,")
    assert kind in ("data:image/svg+xml", "data:image/png")
    return base64.b64decode(data)


def test_shapes_and_words_are_taken(tmp_path):
    """Paths, gradients of its own, words and a use of an own symbol are what logos are made of; comments stay behind."""
    held = svg(MARK + '<!-- C:/Users/somebody --><g><use xlink:href="#b"/><text>Acme</text></g>')
    assert embedded(tmp_path, held) == held.replace(b"<!-- C:/Users/somebody -->", b"")


HOSTILE = {
    "script": svg("<script>alert(1)</script>"),
    "foreign": svg("<foreignObject><p>x</p></foreignObject>"),
    "event": svg(more=' onload="alert(1)"'),
    "event in capitals": svg('<path OnClick="alert(1)"/>'),
    "link": svg('<a href="https://example.org"><path/></a>'),
    "image": svg('<image href="https://example.org/x.png"/>'),
    "use of a file": svg('<use xlink:href="other.svg#a"/>'),
    "use of data": svg('<use href="data:image/svg+xml;base64,AAAA"/>'),
    "fill from elsewhere": svg('<path fill="url(https://example.org/#a)"/>'),
    "quoted fill": svg("""<path fill="url( 'https://example.org/#a')"/>"""),
    "escaped fill": svg('<path style="fill:u\\72l(https://example.org)"/>'),
    "style": svg("<style>@import 'https://example.org/x.css';</style>"),
    "animation": svg('<set attributeName="href" to="javascript:alert(1)"/>'),
    "editor's note": svg(MARK, ' xmlns:i="http://inkscape.org" i:export="/home/somebody/x.png"'),
    "foreign namespace": svg('<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>'),
    "entity": svg("&x;", before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "stylesheet": svg(before='<?xml-stylesheet href="https://example.org/x.css"?>'),
    "page": b"<html><script>alert(1)</script></html>",
    "broken": b"<svg",
    "empty": b"",
    "bytes": b"\xff\xfe\x00",
    "large": svg("<g/>" * 20_000),
    "half a picture": logo.PNG + HEAD + BODY[:-3],
    "no picture": logo.PNG + HEAD + TAIL,
    "wrong sum": logo.PNG + HEAD + BODY[:-4] + b"0000" + TAIL,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_anything_else_is_refused(tmp_path, content):
    """What runs, fetches, names a file, or is no picture never reaches a page."""
    (tmp_path / "logo").write_bytes(content)
    with pytest.raises(RefusedError) as told:
        logo.embedded(tmp_path / "logo")
    assert told.value.do


def test_what_an_editor_wrote_beside_a_picture_is_left_out(tmp_path):
    """Text, time and place in a PNG, and anything after its end, do not travel on."""
    noted = chunk(b"tEXt", b"Author\0Somebody") + chunk(b"eXIf", b"place") + chunk(b"tIME", b"1234567")
    assert embedded(tmp_path, logo.PNG + HEAD + noted + BODY + TAIL + b"and more") == logo.PNG + HEAD + BODY + TAIL


def test_a_logo_that_is_not_there_is_told(tmp_path):
    """A missing file is a fault with a remedy."""
    with pytest.raises(RefusedError, match="cannot be read"):
        logo.embedded(tmp_path / "logo")


@given(st.binary(max_size=200), st.sampled_from([b"", logo.PNG, logo.PNG + HEAD, b"<svg "]))
def test_any_bytes_are_a_logo_or_refused(tmp_path, content, before):
    """No file makes it fail in another way."""
    (tmp_path / "logo").write_bytes(before + content)
    with suppress(RefusedError):
        assert logo.embedded(tmp_path / "logo").startswith("data:image/")
