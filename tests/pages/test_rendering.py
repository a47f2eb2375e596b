"""Pages: whole or not at all, the same bytes each time, and nothing in them that a browser would fetch."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from kithwork.engagement import SYNTHETIC
from kithwork.pages import rendering

CHAPTER = {
    "title": "2 · Ties",
    "body": "<h2 id='part-1'>Load</h2>",
    "contents": [{"id": "part-1", "no": 1, "text": "Load"}],
}
PAGE = {"engagement": "aarhus", "edition": "sponsor", "smallest_group": 5}
text = st.text(st.characters(exclude_categories=["Cs"]))


def chapter(**changes) -> str:
    """The page of a chapter."""
    content = {"chapter": CHAPTER, "stem": "2_ties", "page": PAGE, "previous": "1_clean", "next": None}
    return rendering.render("chapter.html.j2", **content | {"synthetic": ""} | changes)


def soup(html: str) -> BeautifulSoup:
    """The parsed page."""
    return BeautifulSoup(html, "html.parser")


def test_same_content_gives_the_same_bytes():
    """Rendered again from fresh templates, a page is what it was; data do not depend on the order of their keys."""
    before = chapter()
    rendering._environment.cache_clear()
    assert chapter() == before
    assert rendering._embed({"a": 1, "b": {"c": 2, "d": 3}}) == rendering._embed({"b": {"d": 3, "c": 2}, "a": 1})


def test_policy_allows_the_pages_own_script_only():
    """The hash in the policy is that of the one script; nothing else may run, and nothing may be fetched."""
    page = chapter()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    [script] = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == f"'sha256-{digest}'"
    assert rules["img-src"] == rules["font-src"] == "data:"
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_style_script_and_fonts_are_inside():
    """One file: no stylesheet, script or font is referred to; the four faces are there as data."""
    page = chapter()
    assert page.count("@font-face") == len(rendering.FACES) * len(rendering.WEIGHTS)
    assert not re.search(r"<link|<script[^>]*\ssrc|@import|url\((?!data:font/woff2;base64,)", page)


def test_words_are_escaped_everywhere():
    """Titles and names land in elements, attributes and a stylesheet, and stay text in each."""
    evil = '</title></style><script>alert(1)</script>"\\'
    page = chapter(chapter=CHAPTER | {"title": evil}, engagement=evil)
    assert page.count("<script>") == 1
    assert page.count("</style>") == 1
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("label", ["", SYNTHETIC])
def test_page_of_a_simulated_organisation_says_so_everywhere(label):
    """Above the title, in the browser's tab, in the description and at the foot of each printed page; or nowhere."""
    page = soup(chapter(synthetic=label))
    assert [note.get_text() for note in page("p", class_="synthetic")] == ([label] if label else [])
    assert page.title.get_text().startswith("Synthetic – ") is bool(label)
    described = page.find("meta", attrs={"name": "description"})["content"]
    assert described.startswith(f"{SYNTHETIC} ") is bool(label)
    assert ('content: "Synthetic – aarhus' in page.style.get_text()) is bool(label)


def test_no_page_can_be_made_without_saying_what_it_is_about():
    """A page of a study that forgets to say whether its people exist is an error, not an unlabelled page."""
    with pytest.raises(TypeError, match="synthetic"):
        rendering.render("chapter.html.j2", chapter=CHAPTER, stem="2_ties", page=PAGE, previous=None, next=None)


@given(text)
def test_style_strings_end_where_they_should(words):
    """What is put into the stylesheet can end neither its string nor its rule, and reads as it was written."""
    made = str(rendering._css_string(words))
    inner = made[1:-1]
    assert made[0] == made[-1] == '"'
    assert not set(inner) & set('"<>&\n\r\f')
    assert re.sub(r"\\([0-9a-f]+) ", lambda match: chr(int(match[1], 16)), inner) == words


@given(st.dictionaries(text, st.none() | st.booleans() | st.integers() | text | st.lists(text)))
def test_data_in_a_script_element_comes_back_whole(content):
    """JSON inside the page can neither end its element nor open a comment, and reads as what it was."""
    made = str(rendering._embed(content))
    assert not set(made) & set("<>&")
    assert json.loads(made) == content


@pytest.mark.parametrize("fault", ["text that is no text", "no room for the new file"])
def test_file_is_written_whole_or_not_at_all(fault, tmp_path, monkeypatch):
    """When writing fails in between, the old page is still there, to the last byte."""
    path = tmp_path / "deep" / "index.html"
    rendering.write(path, "old ø")
    if fault == "no room for the new file":
        monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("no space")))
    with pytest.raises((OSError, UnicodeError)):
        rendering.write(path, "new \ud800" if fault == "text that is no text" else "new")
    assert path.read_bytes() == "old ø".encode()


def test_writing_leaves_the_file_alone_in_its_folder(tmp_path):
    """Folders are made, lines end alike everywhere, and nothing unfinished stays."""
    rendering.write(tmp_path / "a" / "index.html", "one\ntwo\n")
    rendering.write(tmp_path / "a" / "index.html", "three\nfour\n")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["index.html"]
    assert (tmp_path / "a" / "index.html").read_bytes() == b"three\nfour\n"
