"""Whoever is planted anywhere in a page or a file is found there, told masked; a page without anybody has no fault."""

from __future__ import annotations

import base64
import io
import json
import zipfile
import zlib
from urllib.parse import quote

import openpyxl
import pytest
from audited import page
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from kithwork.audit import searched
from kithwork.audit.identities import Identities
from kithwork.audit.words import small

NAME = "Zofia Nørgaard"
CODE = "ABCDEFGHIJKLMNOP2345"


def sought(*names: str) -> searched.Sought:
    """These names, each of another person."""
    found = Identities()
    for who, name in enumerate(names):
        found.seek("name", who, [small(name)])
    return searched.Sought(found)


def png(**notes: str) -> bytes:
    """A picture with these notes."""
    info, out = PngImagePlugin.PngInfo(), io.BytesIO()
    for name, text in notes.items():
        info.add_itxt(name, text)
    Image.new("RGB", (2, 2)).save(out, "png", pnginfo=info)
    return out.getvalue()


def jpg(author: str) -> bytes:
    """A picture whose EXIF names its author."""
    out, picture = io.BytesIO(), Image.new("RGB", (2, 2))
    exif = picture.getexif()
    exif[0x013B] = author
    picture.save(out, "jpeg", exif=exif)
    return out.getvalue()


def data(kind: str, content: bytes) -> str:
    """The content as an address of its own."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


PLACES = {
    "text": {"body": f"<p>{NAME}</p>"},
    "text in two tags": {"body": "<p>Zofia <b>Nør</b>gaard</p>"},
    "cells of a table": {"body": "<table><tr><td>Zofia</td><td>Nørgaard</td></tr></table>"},
    "alternative text": {"body": f'<img alt="{NAME}">'},
    "title": {"body": f'<p title="{NAME}">x</p>'},
    "label": {"body": f'<p aria-label="{NAME}">x</p>'},
    "link": {"body": f'<a href="groups/{quote(NAME)}.html">x</a>'},
    "id": {"body": '<p id="zofia-nørgaard">x</p>'},
    "class": {"body": '<p class="zofia_nørgaard">x</p>'},
    "data attribute": {"body": f'<p data-who="{NAME}">x</p>'},
    "comment": {"body": f"<!-- {NAME} -->"},
    "json": {"body": f'<script type="application/json">{json.dumps({"x": NAME})}</script>'},
    "script": {"body": '<script>let x = "Zofia N\\u00f8rgaard";</script>'},
    "style": {"head": '<style>p::before { content: "Zofia\\20 Nørgaard"; }</style>'},
    "drawing": {"body": f"<svg><title>{NAME}</title><desc>x</desc><text>{NAME}</text></svg>"},
    "metadata of a drawing": {"body": f"<svg><metadata>{NAME}</metadata></svg>"},
    "notes of a picture": {"body": f'<img src="{data("image/png", png(Author=NAME))}">'},
    "EXIF of a picture": {"body": f'<img src="{data("image/jpeg", jpg("Zofia Norgaard"))}">'},
    "a table to save": {"body": f'<a href="{data("text/csv", f"who,n{chr(10)}{NAME},1".encode())}">x</a>'},
    "a table to save, as text": {"body": f'<a href="data:text/csv,{quote(f"who,n{chr(10)}{NAME},1")}">x</a>'},
    "a drawing inside": {"body": f'<img src="{data("image/svg+xml", f"<svg><!--{NAME}--></svg>".encode())}">'},
    "a picture in the style": {"head": f"<style>p {{ background: url({data('image/png', png(Author=NAME))}) }}</style>"},
}
"""Where a name may stand in a page."""


@pytest.mark.parametrize("place", PLACES)
def test_a_name_is_found_wherever_it_stands(place):
    """In each place of a page the one name planted is found, and told masked."""
    [fault] = searched.of_page(page(**PLACES[place]), sought(NAME, "Ada Falk"))
    assert fault.check == "audit: name"
    assert "Zofia" not in str(fault)


def test_a_page_without_anybody_has_no_fault():
    """Words beside each other across elements that have nothing to do with one another are no name."""
    body = '<p title="Zofia">a</p><p title="Nørgaard">b</p><p>Nørgaard, then much later Zofia</p>'
    assert list(searched.of_page(page(body=body), sought(NAME))) == []


def test_a_name_in_the_name_of_a_page():
    """A page may not be called after somebody."""
    assert list(searched.of_page(page(name="groups/zofia-norgaard.html"), sought(NAME)))


SHAPES = {
    "e-mail address": "ada@acme.example",
    "telephone number": "+45 20 30 40 50",
    "path of a machine": "/home/ada/study",
    "code like a pseudonym": CODE,
}


@pytest.mark.parametrize("kind", SHAPES)
def test_shapes_are_found_of_anybody(kind):
    """Addresses, numbers, paths and codes are found though nobody of the study is known."""
    for body in (f"<p>See {SHAPES[kind]}.</p>", f"<!-- {SHAPES[kind]} -->", f'<p title="{SHAPES[kind]}">x</p>'):
        [fault] = searched.of_page(page(body=body), sought())
        assert fault.check == f"audit: {kind}"
        assert SHAPES[kind] not in str(fault)


@pytest.mark.parametrize(
    "text",
    ["C:\\Users\\ada\\x.csv", "file:///srv/x", "tel 020 7946 0958", "(030) 123 45 67 8", "\\\\server\\share\\x"],
)
def test_other_ways_to_write_them(text):
    """Paths of Windows and of servers, and numbers without their country, are found too."""
    assert list(searched.of_page(page(body=f"<p>{text}</p>"), sought()))


@pytest.mark.parametrize(
    "text",
    [
        "0 20 40 60 80 100", "+12 points, +3 to +15", "2026-01-05 to 2026-07-05", "385 of 1,234,567", "@media print",
        "../home/index.html", "45cf0dd17176", "kithwork@1.0", "0.25 0.50 0.75 1.00 1.25", "A/B/C and data/raw/x.csv",
        "M 0 010 L 20 30", "RESEARCHANDENGINEERS",
    ],
)  # fmt: skip
def test_what_reports_are_full_of_is_none(text):
    """Axes, differences, dates, large numbers, rules of a style and paths within the project are nobody's."""
    assert list(searched.of_page(page(body=f"<p>{text}</p>"), sought())) == []


def workbook() -> bytes:
    """A workbook with the name in a sheet that is hidden."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.create_sheet("list")
    sheet.append(["who", NAME])
    sheet.sheet_state = "hidden"
    book.save(out)
    return out.getvalue()


def authored() -> bytes:
    """A workbook whose properties name its author."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.properties.creator = NAME
    book.save(out)
    return out.getvalue()


def pdf(packed: bool) -> bytes:
    """The part of a PDF that names its author, as it is or packed."""
    notes = b"<< /Author (Zofia Norgaard) >>"
    inside = b"stream\n" + (zlib.compress(notes) if packed else b"") + b"\nendstream"
    return b"%PDF-1.7\n" + (b"" if packed else notes) + inside


def archive() -> bytes:
    """An archive with a list in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("who.txt", NAME)
    return out.getvalue()


FILES = {
    "claims.csv": f"id,label\nx,{NAME}\n".encode(),
    "latin.csv": f"id,label\nx,{NAME}\n".encode("cp1252"),
    "wide.csv": f"id,label\nx,{NAME}\n".encode("utf-16"),
    "manifest.json": json.dumps({"made by": NAME}, ensure_ascii=False).encode(),
    "escaped.json": json.dumps({"made by": NAME}).encode(),
    "escaped.svg": b"<svg><desc>Zofia N&#248;rgaard</desc></svg>",
    "hidden.xlsx": workbook(),
    "author.xlsx": authored(),
    "plain.pdf": pdf(packed=False),
    "packed.pdf": pdf(packed=True),
    "picture.png": png(Comment=NAME),
    "picture.jpg": jpg("Zofia Norgaard"),
    "drawing.svg": f"<svg><desc>{NAME}</desc></svg>".encode(),
    "all.zip": archive(),
    "zofia-norgaard.txt": b"",
}


@pytest.mark.parametrize("name", FILES)
def test_a_name_is_found_in_every_kind_of_file(name, tmp_path):
    """In tables, workbooks, pictures, PDFs, archives and in a file's own name."""
    (tmp_path / name).write_bytes(FILES[name])
    assert list(searched.of_file(tmp_path / name, name, sought(NAME)))


@given(content=st.binary(max_size=300), kind=st.sampled_from(["png", "pdf", "csv", "xlsx", "zip", "bin"]))
def test_any_bytes_are_read(tmp_path_factory, content, kind):
    """Whatever a file holds, it is looked through without an error."""
    file = tmp_path_factory.getbasetemp() / f"any.{kind}"
    for start in (b"", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"stream\n"):
        file.write_bytes(start + content)
        list(searched.of_file(file, file.name, sought(NAME)))


def test_ones_own_page_names_oneself_alone():
    """A person's own page may name that person; another name beside it is found."""
    both = sought(NAME, "Ada Falk")
    assert not list(searched.of_page(page(body=f"<p>{NAME}</p>", kind="person"), both))
    assert list(searched.of_page(page(body=f"<p>{NAME} and Ada Falk</p>", kind="person"), both))
