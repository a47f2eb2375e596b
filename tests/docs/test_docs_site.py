"""The handbook as a site: every page there is, no fault that the linter knows, the same bytes at every run."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from written_pages import fences

from docs import site
from docs.filling import PAGES
from kithwork import lint

WIDE = 90
"""Letters that a line of code has room for on a wide screen."""

SMALL = 4_000_000
"""Bytes of the whole site, at most."""


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """Every page."""
    return site.pages()


@pytest.fixture(scope="module")
def folder(made, tmp_path_factory):
    """The site in a folder."""
    place = tmp_path_factory.mktemp("docs")
    site.write(place)
    return place


def test_pages_are_those_that_are_written(made):
    """Each Markdown file is a page of the list, and each page of the list is made."""
    written = {path.stem for path in PAGES.glob("*.md")}
    listed = [name for names in site.HEADINGS.values() for name in names]
    assert len(listed) == len(set(listed))
    assert set(listed) == written | {site.CODEBOOK}
    assert set(made) == {f"{name}.html" for name in listed}


def test_same_pages_give_the_same_bytes(made):
    """No time and no random word is in them."""
    assert site.pages() == made


def test_linter_finds_no_fault(folder):
    """What holds for a report's page holds for these: links and anchors lead somewhere, nothing is fetched, all is told."""
    assert [str(fault) for fault in lint.lint(folder)] == []


def test_site_is_small(folder):
    """So that it may travel with a report."""
    assert sum(path.stat().st_size for path in folder.iterdir()) < SMALL


def test_pages_no_longer_made_are_taken_out(folder):
    """A page of an earlier run does not stay behind."""
    (folder / "gone.html").write_text("old", encoding="utf-8")
    written = site.write(folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in written)


def test_each_page_is_marked_in_the_list_beside_it(made):
    """The page one is on, and no other."""
    for name, text in made.items():
        if name != f"{site.CODEBOOK}.html":
            assert text.count('aria-current="page"') == 1
            assert f'<a href="{name}" aria-current="page">' in text


def test_no_column_of_a_table_is_empty(made):
    """What no row has anything to say of is left out."""
    pages = {name: BeautifulSoup(text, "html.parser") for name, text in made.items() if name != f"{site.CODEBOOK}.html"}
    seen, empty = 0, []
    for name, page in pages.items():
        for table in page("table"):
            columns = zip(*(row(["th", "td"]) for row in table.tbody("tr")), strict=True)
            seen += 1
            empty += [name for column in columns if not any(cell.get_text(strip=True) for cell in column)]
    assert seen > 40
    assert empty == []


def test_words_behind_a_command_stand_on_its_line():
    """A comment that the page would break is put above the command."""
    said = [line for _, text in fences("sh") for line in text.splitlines() if " # " in line]
    assert len(said) > 10
    assert [line for line in said if len(line) > WIDE] == []


def test_a_hyphen_to_be_typed_is_no_minus(made):
    """Signs that a person types stand in code, where none is set as another."""
    page = BeautifulSoup(made["commands.html"], "html.parser")
    code = {one.get_text() for one in page("code")}
    assert {"-", "_", "--again", "--to"} <= code
