"""PDF: found browsers, times taken out, and a page printed by the browser that is there."""

from __future__ import annotations

import os
import platform
import re
import shutil
import stat
import zlib

import pytest

from kithwork.errors import UserError
from kithwork.publishing import browser, printing
from publishing.conftest import body

NOTES = b"%PDF-1.4\n<</CreationDate (D:20261127034512+01'00')\n/ModDate (D:20261127034512Z)>>"


def page(paragraphs: int = 90) -> bytes:
    """A page with links of every sort, two sheets long."""
    links = '<a class="x" href="../index.html">All</a> <a href="#b">b</a> <a href="https://example.org/c">c</a>'
    return body("report", links + "<p id='b'>Words.</p>" * paragraphs).encode()


def test_times_are_one_day_in_as_many_bytes():
    """A PDF's own tables tell where each part begins: no byte may move."""
    timeless = printing.timeless(NOTES)
    assert len(timeless) == len(NOTES)
    assert timeless == b"%PDF-1.4\n<</CreationDate (D:20000101000000+00'00')\n/ModDate (D:20000101000000Z)>>"
    assert printing.timeless(timeless) == timeless


def test_links_to_files_are_not_printed():
    """They would name folders of this machine; those to the page itself and to the web stay."""
    text = printing._to_print(page(1).decode(), "letter")
    assert re.findall(r'href="([^"]*)"', text) == ["#b", "https://example.org/c"]
    assert "@page { size: letter; }" in text


@pytest.mark.parametrize("place", ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"])
@pytest.mark.parametrize("name", browser.ON_WINDOWS)
def test_browsers_are_found_where_windows_has_them(tmp_path, monkeypatch, place, name):
    """Chrome, Chromium and Edge, for all users or for one."""
    monkeypatch.setattr(shutil, "which", lambda command: None)
    monkeypatch.setenv(place, str(tmp_path))
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).touch()
    assert browser.found() == str(tmp_path / name)


def test_browsers_are_found_where_macos_has_them(tmp_path, monkeypatch):
    """In the folder of applications of whoever asks."""
    monkeypatch.setattr(shutil, "which", lambda command: None)
    monkeypatch.setattr(browser.Path, "home", lambda: tmp_path)
    place = tmp_path / "Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"
    place.parent.mkdir(parents=True)
    place.touch()
    assert browser.found() == str(place)


def test_the_search_path_comes_first(monkeypatch):
    """What a person has put there is what that person wants."""
    monkeypatch.setattr(shutil, "which", lambda command: f"/here/{command}" if command == "google-chrome" else None)
    assert browser.found() == "/here/google-chrome"


@pytest.mark.skipif(os.name == "nt", reason="a script stands for the browser")
@pytest.mark.parametrize(("script", "told"), [("exit 3", "wrote no PDF"), ("sleep 60", "did not finish within 1 seconds")])
def test_a_browser_that_fails_is_told(tmp_path, monkeypatch, script, told):
    """One that writes nothing, or never ends, is ended and told with what to do."""
    command = tmp_path / "chromium"
    command.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(browser, "found", lambda: str(command))
    monkeypatch.setattr(printing, "SECONDS", 1)
    with pytest.raises(UserError, match=told):
        printing.printed(page())


@pytest.mark.slow
@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("letter", (612, 792))])
def test_a_page_is_printed(paper, size):
    """Tagged, with an outline, on the paper asked for; twice the same bytes; nothing of the machine or the time in it."""
    if browser.found() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no browser that can print")
    content = printing.printed(page(), paper)
    assert content == printing.printed(page(), paper)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert len(boxes) > 1
    assert {(round(float(wide)), round(float(high))) for wide, high in boxes} == {size}
    assert b"/Marked true" in content
    assert b"/Creator (kithwork)" in content
    assert {*re.findall(rb"\(D:(\d{8})", content)} == {b"20000101"}
    streams = re.findall(rb"FlateDecode.*?stream\n(.*?)endstream", content, re.S)
    packed = [zlib.decompressobj().decompress(one) for one in streams]
    whole = b"".join([content, *packed])
    assert b"https://example.org/c" in whole
    assert b"file:" not in whole
    assert platform.node().encode() not in whole
