"""A person's own page in a browser: at every width, in every colour scheme, on paper, without a script or a request."""

from __future__ import annotations

from pathlib import Path

import asking
import looks
import pytest

from kithwork.pages import own_pages, rendering
from kithwork.report import own

from .conftest import Visits

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with one such page."""
    known = asking.known()
    place = tmp_path_factory.mktemp("own")
    rendering.write(place / "own.html", own_pages.rendered(own.own_page(known.asked[0], known)))
    return place


@pytest.fixture
def page(browser, folder):
    """The page, opened; any error, warning or request fails the test in the end."""
    one = Visits(browser, folder).visit("own.html")
    yield one.page
    assert one.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(page, scheme):
    """No fault by axe-core, whatever the colours, tables unfolded."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(looks.OPEN)
    assert looks.axe(page) == []
    assert looks.pale(page) == []
    assert not [one for one in looks.contrasts(page) if one[1] < 4.5]


def test_print_keeps_nobody_out(page):
    """Nor on paper, where nothing is cut."""
    page.emulate_media(media="print")
    assert looks.axe(page) == []
    assert looks.cut(page, "A4") == []


def test_no_width_scrolls_sideways(page):
    """From a small phone to a desk."""
    page.evaluate(looks.OPEN)
    assert looks.sideways(page) == []


def test_the_own_data_are_saved_from_the_page_itself(page):
    """The link hands over a file, with no request to anywhere."""
    with page.expect_download() as download:
        page.click("a[download]")
    assert download.value.suggested_filename == "my-page.csv"
    assert "Share of a person's ties that are strategic" in Path(download.value.path()).read_text(encoding="utf-8-sig")


def test_text_is_all_there_without_a_script(browser, folder):
    """But for the button that only the script can serve."""
    texts = []
    for script in (True, False):
        found = Visits(browser, folder).visit("own.html", script=script).page
        texts.append(found.inner_text("main"))
    assert texts[0] == texts[1]
    assert len(texts[0]) > 2000
