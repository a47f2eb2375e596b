"""Hostile strings in a browser: wherever one stands it is shown as text, runs and fetches nothing, and moves nothing."""

from __future__ import annotations

from itertools import pairwise

import hostile
import hostile_pages
import looks
import pytest

from .conftest import Visits

pytestmark = pytest.mark.slow

STRANGERS = """() => ({
  made: [...document.body.querySelectorAll(`script:not([type="application/json"]), iframe, object, embed, base, meta, link,
    form, video, marquee, math, style, input:not([type="search"]), textarea, plaintext, animate, set`)].slice(0, -1)
    .map(one => one.outerHTML.slice(0, 99)),
  acts: [...document.querySelectorAll('*')].filter(one => [...one.attributes].some(at => at.name.startsWith('on')
    || /^(javascript|vbscript|data(?!:text.csv)|file):/i.test(at.value.trim())
      && !(one.tagName === 'IMG' && at.name === 'src')))
    .map(one => one.outerHTML.slice(0, 99)),
  over: [...document.body.querySelectorAll('*')].filter(one => getComputedStyle(one).position === 'fixed').length,
  ran: 'pwned' in window,
})"""
ROWS = """() => [...document.querySelectorAll('tbody tr')].map(row => ({
  said: [row.cells[0].textContent, row.cells[2].textContent], figure: row.cells[1].textContent,
  top: row.getBoundingClientRect().top, bottom: row.getBoundingClientRect().bottom,
  spilt: [...row.cells].some(cell => cell.scrollWidth > cell.clientWidth + 1),
}))"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The pages, every eighth string on those that take long."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile_pages.write(folder, few=8)
    return folder


@pytest.fixture(scope="module")
def opened(browser, folder):
    """The pages opened so far, none of them by a name of the usual ones."""
    return Visits(browser, folder)


def test_nothing_runs_and_nothing_moves(opened, folder):
    """On no page a script of theirs runs, an element of theirs stands, a request leaves, or the page grows sideways."""
    pages = sorted(folder.glob("*.html"))
    assert len(pages) > 8
    for path in pages:
        one = opened.visit(path.name)
        one.page.evaluate(looks.OPEN)
        assert looks.sideways(one.page, (320, 1440)) == [], path.name
        assert one.page.evaluate(STRANGERS) == {"made": [], "acts": [], "over": 0, "ran": False}, path.name
        assert one.faults == [], path.name


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_each_string_is_shown_as_text_and_leaves_its_neighbours_alone(opened, width):
    """In a table each one reads as it was given but for the stated cleaning, in its own row, and spills over no cell."""
    page = opened.visit("rows.html", width=width).page
    rows, texts = page.evaluate(ROWS), hostile.strings()
    assert [row["figure"] for row in rows] == [str(number) for number in range(len(texts))]
    shown = [" ".join(said.replace("\u2068", "").replace("\u2069", "").split()) for row in rows for said in row["said"]]
    assert shown == [hostile.seen(text) for text in texts for _ in range(2)]
    assert all(before["bottom"] <= after["top"] + 1 for before, after in pairwise(rows))
    assert [texts[number] for number, row in enumerate(rows) if row["spilt"]] == []
    few = [row["bottom"] - row["top"] for row, text in zip(rows, texts, strict=True) if len(hostile.seen(text)) <= 160]
    assert max(few) < 420


def test_names_in_figures_lie_inside_and_apart(opened, folder):
    """Names of units, however they are spelt, neither lie upon one another in a figure nor leave it."""
    for path in sorted(folder.glob("figures-*.html")):
        for width in (390, 1440):
            drawings = looks.drawings(opened.visit(path.name, width=width).page)
            assert len(drawings) >= 3
            assert looks.outside(drawings) == [], width
            assert looks.overlaps(drawings) == [], width
