"""The handbook in a browser, opened from its folder: whole at any width, readable by all, quiet, and fit to be printed."""

from __future__ import annotations

from pathlib import Path

import looks
import pytest

from docs import site

from .conftest import Visits

pytestmark = pytest.mark.slow

NAMES = [f"{name}.html" for names in site.HEADINGS.values() for name in names if name != site.CODEBOOK]
WIDTHS = (320, 390, 720, 1180, 1440)


@pytest.fixture(scope="module")
def handbook(browser, tmp_path_factory) -> Visits:
    """The site, written to a folder, and its open pages."""
    folder: Path = tmp_path_factory.mktemp("handbook")
    site.write(folder)
    return Visits(browser, folder)


@pytest.mark.parametrize("name", NAMES)
def test_page_asks_nobody_for_anything(handbook, name):
    """No error, no message, no request but for the file; and its words stand there without a script, too."""
    visit = handbook.visit(name)
    plain = handbook.visit(name, script=False)
    assert visit.faults + plain.faults == []
    words = "document.querySelector('main').innerText"
    assert visit.page.evaluate(words) == plain.page.evaluate(words)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_scrolls_sideways(handbook, name):
    """From the narrowest phone to a desk."""
    for width in WIDTHS:
        page = handbook.visit(name, width=width).page
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_no_violation(handbook, name):
    """axe-core, WCAG 2.2 AA and best practice: on a desk in light, on a phone in dark with all unfolded."""
    assert looks.axe(handbook.visit(name).page) == []
    page = handbook.visit(name, width=390, scheme="dark").page
    page.evaluate(looks.OPEN)
    assert looks.axe(page) == []


@pytest.mark.parametrize("name", NAMES)
def test_paper_holds_the_words(handbook, name):
    """Nothing is cut at the edge of a page, and the lists of pages are left out."""
    page = handbook.visit(name, width=looks.PAPER["A4"][0]).page
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= looks.PAPER["A4"][0]
    assert page.locator(".toc:visible").count() == 0


def test_lists_stand_beside_the_text_on_a_desk(handbook):
    """Pages on the left, what is on this page on the right; on a phone both are folded above."""
    page = handbook.visit("report.html").page
    places = ("[aria-label=Pages]", "main", "[aria-label='On this page']")
    left, text, right = (page.locator(one).bounding_box() for one in places)
    assert left["x"] < text["x"] < right["x"]
    assert abs(left["y"] - right["y"]) < 2
    phone = handbook.visit("report.html", width=390).page
    assert phone.locator("[aria-label=Pages] li").first.is_hidden()
