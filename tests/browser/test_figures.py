"""Figures and tables in a browser: files without a request, rows sorted and filtered, by keyboard too."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from synthetic import claim, released

from kithwork.pages import rendering
from kithwork.report import downloads, html

pytestmark = pytest.mark.slow

UNITS = [f"Unit {number}" for number in range(1, 25)]
COLUMN = "[...document.querySelectorAll('tbody tr')].filter(row => !row.hidden).map(row => row.cells[{}].textContent)"


@pytest.fixture(scope="module")
def long(full, site: Path) -> str:
    """A page with a table of 24 rows whose figures are not in the order of its names, one held back, and its file."""
    rows = [claim("a.x", float((7 * at) % 24 - 5), n=30, group=name, unit="points") for at, name in enumerate(UNITS)]
    claims = released(*rows).claims
    shown = [[row["group"], html.shown(row)] for _, row in claims.iterrows()] + [["Unit held back", "[c]"]]
    body = html.table("Figures", [("Unit", ""), ("Figure", "num")], shown) + downloads.link("figures", "These", claims)
    part = {"id": "portfolio", "topic": "T", "title": "Long", "html": str(body), "stage": None}
    page = full.document | {"sections": [part]}
    text = rendering.render("page.html.j2", page=page, prose={}, contents=[], ledger={}, synthetic="")
    rendering.write(site / "long.html", text)
    return "long.html"


def column(page: Page, at: int) -> list[str]:
    """What stands in a column, down the rows that are shown."""
    return page.evaluate(COLUMN.format(at))


@pytest.mark.parametrize("script", [True, False])
def test_a_figure_can_be_saved_without_a_request(visit: Callable[..., Page], script):
    """A click saves the rows as CSV, with and without script; nothing is asked of anywhere and nothing is said of it."""
    page = visit("report", script=script)
    link = page.locator("figure a.csv").first
    page.locator("figure details.dt summary").first.click()
    with page.expect_download() as started:
        link.click()
    rows = list(csv.DictReader(io.StringIO(Path(started.value.path()).read_text(encoding="utf-8-sig"), newline="")))
    assert started.value.suggested_filename == link.get_attribute("download")
    assert rows
    assert all(float(row["low"]) <= float(row["estimate"]) <= float(row["high"]) for row in rows)


def test_long_tables_sort_by_figure_and_by_name(visit: Callable[..., Page], long):
    """Up, then down; numbers by size with their sign; what is held back last; the heading says which way."""
    page = visit(long)
    by_figure = page.get_by_role("button", name="Sort by Figure")
    for direction, turned in (("ascending", False), ("descending", True)):
        by_figure.focus()
        page.keyboard.press("Enter")
        figures = [int(text.replace("\u2212", "-")) for text in column(page, 1)[:-1]]
        assert figures == sorted(figures, reverse=turned)
        assert column(page, 0)[-1] == "Unit held back"
        assert page.locator("th[aria-sort]").get_attribute("aria-sort") == direction
    page.get_by_role("button", name="Sort by Unit").click()
    assert column(page, 0)[:3] == ["Unit 1", "Unit 2", "Unit 3"]


def test_long_tables_filter_by_name(visit: Callable[..., Page], long):
    """Rows whose name holds what is typed stay, and how many is said; an empty field shows all."""
    page = visit(long)
    field = page.get_by_label("Show rows with")
    field.fill("unit 2")
    assert set(column(page, 0)) == {"Unit 2", "Unit 20", "Unit 21", "Unit 22", "Unit 23", "Unit 24"}
    assert page.get_by_role("status").inner_text() == "6 of 25"
    field.fill("")
    assert len(column(page, 0)) == 25


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 390)])
def test_axe_accepts_what_the_script_adds(visit: Callable[..., Page], long, scheme, width):
    """Buttons, field and status have names, roles, size and contrast."""
    page = visit(long, scheme=scheme, width=width)
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []


def test_nothing_of_it_is_printed(visit: Callable[..., Page], long):
    """On paper there is no button, no field and no link to a file."""
    page = visit(long)
    page.emulate_media(media="print")
    assert not any(one.is_visible() for one in page.locator(".sort, .filter, .get").all())
