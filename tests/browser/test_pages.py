"""The published pages in a browser: they load by themselves, at every width, for everybody, on paper too."""

from __future__ import annotations

import re
from itertools import pairwise, product
from pathlib import Path
from urllib.parse import unquote, urlsplit

import looks
import pytest
from bs4 import BeautifulSoup

from kithwork.engagement import SYNTHETIC

from .conftest import DRAWN_ALONE, PAGES

pytestmark = pytest.mark.slow

NAMES = tuple(PAGES)
MAKES = tuple(name for name in NAMES if name != "last chapter")
"""One page of each template."""
STUDY = ("report", "chapter", "index")
"""Where a person meets one study."""
DRAWN = ("report", "names.html")
WIDTHS = (320, 390, 719, 720, 768, 1440)
"""Those at which drawings change, or a stylesheet's rules do."""
FEWER = "document.querySelectorAll('.tbl:nth-of-type(n+4)').forEach(one => one.remove())"
"""Leaves the first tables of each part of the codebook: all are of one make, and looking at them takes long."""
SHOWN = """[...document.querySelectorAll('.plot')].map(plot => [...plot.children]
  .filter(svg => svg.getBoundingClientRect().width).map(svg => svg.getAttribute('class')))"""
FOCUS = """() => { const one = document.activeElement, style = getComputedStyle(one);
  return {said: one.textContent.trim(), inside: document.getElementById('main').contains(one), body: one === document.body,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2}; }"""


@pytest.mark.parametrize("name", NAMES)
def test_page_loads_without_a_fault(visit, name):
    """A page opened from its file shows its heading; its fonts are in it; `visit` fails on any error or request."""
    page = visit(name)
    assert page.locator("h1").count() == 1
    assert page.locator("h1").is_visible()
    assert page.title()
    assert page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').length") >= 3


def test_every_anchor_resolves(site):
    """Each link of each page leads to an id in it or to a file beside it, and to an id there; ids are unique."""
    soups = {path: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in site.rglob("*.html")}
    ids = {path: [tag["id"] for tag in soup.find_all(id=True)] for path, soup in soups.items()}
    assert {site / name for name in PAGES.values()} <= set(soups)
    for path, soup in soups.items():
        assert len(ids[path]) == len(set(ids[path])), path
        for link in soup.select("a[href]"):
            if path.name in DRAWN_ALONE or link["href"].startswith(("https:", "data:text/csv;")):
                continue
            to = urlsplit(link["href"])
            target = (path.parent / unquote(to.path)).resolve() if to.path else path
            assert target in ids, f"{path.name}: {link['href']}"
            assert not to.fragment or unquote(to.fragment) in ids[target], f"{path.name}: {link['href']}"


@pytest.mark.parametrize("name", [*NAMES, "names.html"])
def test_nothing_scrolls_sideways(visit, name):
    """From a small phone to a desk no page is wider than its window, data tables opened."""
    page = visit(name)
    page.evaluate(looks.OPEN)
    assert looks.sideways(page) == []


@pytest.mark.parametrize("name", MAKES)
def test_text_is_the_same_without_javascript(visit, name):
    """What is read does not depend on the script, but for what only the script can serve."""
    texts = []
    for on in (True, False):
        page = visit(name, script=on)
        text = page.locator("body").inner_text()
        texts.append(text.replace("Open all data tables", "").replace("Show rows with", "").split())
    assert texts[0] == texts[1]
    assert len(texts[0]) > 50


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_no_violation(visit, name):
    """axe-core, WCAG 2.2 AA and best practice, finds nothing: folded on a desk, unfolded on a phone, and on paper."""
    page = visit(name)
    if name == "codebook":
        page.evaluate(FEWER)
    if name != "last chapter":
        assert looks.axe(page) == []
        page.emulate_media(media="print")
        assert looks.axe(page) == []
    page.emulate_media(media="screen")
    page.evaluate(looks.OPEN)
    page.set_viewport_size({"width": 390, "height": 900})
    assert looks.axe(page) == []
    page.reload()


@pytest.mark.parametrize("name", MAKES)
def test_contrast_is_enough_however_a_page_is_shown(visit, name):
    """In light, dark, forced colours, more contrast and on paper no text is too pale; what is unfolded too."""
    page = visit(name)
    page.evaluate(looks.OPEN)
    if name == "codebook":
        page.evaluate(FEWER)
    for media, how in looks.MEDIA.items():
        page.emulate_media(**looks.PLAIN | how)
        assert looks.pale(page) == [], media
    page.reload()


@pytest.mark.parametrize("name", MAKES)
def test_page_prints_as_a_tagged_pdf(visit, name):
    """The PDF has a structure that screen readers follow, a language, a title, an outline and numbered A4 pages."""
    pdf = visit(name).pdf(prefer_css_page_size=True, tagged=True, outline=True, print_background=True)
    assert pdf.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/Marked true", b"/Lang (en-GB)", b"/Title", b"/Outlines"):
        assert mark in pdf, mark
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf)) >= 1
    boxes = {tuple(map(float, box)) for box in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)}
    assert {(round(wide), round(high)) for wide, high in boxes} == {(595, 842)}


def test_print_is_light_and_leaves_out_what_only_a_screen_can_use(visit):
    """On paper the ground is white in dark mode too; contents, data tables and the skip link are not printed."""
    page = visit("report", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for what in (".page > nav", "details.dt", ".skip", ".plot .narrow"):
        assert page.locator(what).first.is_hidden(), what
    assert page.locator(".plot .wide").first.is_visible()


@pytest.mark.parametrize("name", MAKES)
def test_first_tab_reaches_the_skip_link(visit, name):
    """Keyboard users skip to the content: the link shows on the first Tab, and the next stop lies behind it."""
    page = visit(name)
    page.reload()
    page.keyboard.press("Tab")
    link = page.locator("a.skip:focus")
    assert link.inner_text() == "Skip to the content"
    assert link.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    if page.locator("#main a, #main [tabindex='0'], #main summary").count():
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS)["inside"]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", MAKES)
def test_keyboard_reaches_everything_in_order(visit, name, width):
    """The Tab key comes to all that can be operated, in the order of the page, ringed, and is never caught."""
    page = visit(name, width=width)
    assert looks.missed(page) == []
    assert page.evaluate("window.stops.length") > 1


@pytest.mark.parametrize("paper", looks.PAPER)
@pytest.mark.parametrize("name", MAKES)
def test_paper_holds_every_figure_and_table(visit, name, paper):
    """On A4 and on Letter no figure, row or table that is kept whole is larger than a page, and nothing is wider."""
    assert looks.cut(visit(name), paper) == []


@pytest.mark.parametrize("name", DRAWN)
def test_figures_show_one_of_their_two_drawings(visit, name):
    """At each width a figure shows the drawing made for it, and not the other."""
    page = visit(name)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        drawings = page.evaluate(SHOWN)
        assert len(drawings) >= 3
        assert drawings == [["narrow" if width < 720 else "wide"]] * len(drawings), width


@pytest.mark.parametrize("name", DRAWN)
def test_text_in_figures_can_be_read(visit, name):
    """At each width every text of a figure or strip is 11 pixels high, lies inside its drawing, and upon no other text."""
    page = visit(name)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        drawings = looks.drawings(page, strips=True)
        assert len(drawings) >= 3
        assert [text["said"] for one in drawings for text in one["texts"] if text["size"] < 11] == [], width
        assert looks.outside(drawings) == [], width
        assert looks.overlaps(drawings) == [], width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", DRAWN)
def test_text_in_figures_stands_out(visit, name, scheme):
    """Each text in a drawing has a contrast of at least 4.5 to what is painted under it, which axe cannot tell."""
    found = looks.contrasts(visit(name, scheme=scheme))
    assert len(found) > 40
    assert [(said, round(ratio, 2)) for said, ratio in found if ratio < 4.5] == []


def test_strips_show_their_interval(visit):
    """The interval of every strip is a line that is painted, in the ink of the page."""
    page = visit("report")
    strokes = page.evaluate("[...document.querySelectorAll('.strip .iv')].map(line => getComputedStyle(line).stroke)")
    assert len(strokes) > 20
    assert set(strokes) == {page.evaluate("getComputedStyle(document.body).color")}


def test_pictures_of_chapters_can_be_read_on_a_phone(visit):
    """A figure keeps the size that it was drawn in, and is scrolled in a box of its own."""
    sizes = "one => [one.parentElement.clientWidth, one.parentElement.scrollWidth, one.width, one.naturalWidth]"
    found = visit("chapter", width=390).evaluate(f"[...document.querySelectorAll('.output img')].map({sizes})")
    assert found
    assert all(seen < whole == width == drawn for seen, whole, width, drawn in found)


def test_wide_tables_of_chapters_take_the_margin(visit):
    """On a desk a table somewhat wider than the text is seen whole; narrower ones leave no empty box."""
    page = visit("chapter", width=1440)
    [box] = page.evaluate("""[...document.querySelectorAll('.scroll:has(> .dataframe)')].slice(0, 1).map(one => {
      one.firstChild.style.minWidth = '1050px'; return [one.clientWidth, one.scrollWidth]; })""")
    assert box == [1050, 1050]
    page.reload()


def test_limits_stand_apart(visit):
    """Each limit for the findings is a line of its own, set off from the next."""
    lines = visit("report").evaluate(
        "[...document.querySelectorAll('.limits li')].map(one => one.getBoundingClientRect().toJSON())"
    )
    assert len(lines) > 1
    assert all(after["top"] - before["bottom"] >= 4 for before, after in pairwise(lines))


def test_button_opens_and_closes_all_data_tables(visit):
    """The one button of the page does what it says, and says what it will do next."""
    page = visit("report")
    tables = page.locator("details.dt[open]")
    every = page.locator("details.dt").count()
    for label, count in (("Open all data tables", every), ("Close all data tables", 0)):
        page.locator("#open-tables").click()
        assert tables.count() == count, label
    assert page.locator("#open-tables").inner_text() == "Open all data tables"


def test_contents_mark_the_section_being_read(visit):
    """Following a link of the contents brings its section into view and marks the link."""
    page = visit("report")
    page.locator(".toc a[href='#change']").click()
    page.wait_for_function("document.querySelector('.toc [aria-current]').hash === '#change'", timeout=5000)
    assert page.locator("#change h2").bounding_box()["y"] < 400


@pytest.mark.parametrize("name", STUDY)
def test_stale_pages_say_so(visit, marked: Path, name):
    """Once a newer run was started the pages of the engagement carry a banner that is seen first, on phone and desk."""
    for width in (390, 1440):
        banner = visit(name, width=width, folder=marked).locator(".stale")
        assert banner.is_visible()
        assert banner.bounding_box()["y"] == 0
        assert banner.bounding_box()["width"] == width
        assert "make report" in banner.inner_text()


def test_axe_accepts_the_banner(visit, marked: Path):
    """A stale page stays free of violations."""
    page = visit("index", width=390, folder=marked)
    assert looks.axe(page) + looks.pale(page) == []


def test_pages_that_are_not_stale_say_nothing(visit, marked: Path):
    """The banner is on no page that was published last, nor on the codebook, which no run changes."""
    assert visit("report").locator(".stale").count() == 0
    assert visit("codebook", folder=marked).locator(".stale").count() == 0


@pytest.mark.parametrize("name", STUDY)
def test_simulated_study_says_so_beside_its_title(visit, simulated: Path, name):
    """On phone and desk, in light, dark and print, the label is seen on the first screen and fits in it."""
    for scheme, width in product(("light", "dark"), (390, 1440)):
        page = visit(name, width=width, scheme=scheme, folder=simulated)
        label = page.locator(".synthetic")
        assert label.inner_text() == SYNTHETIC
        box, title = label.bounding_box(), page.locator("h1, .shelf h2").last.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert abs(box["y"] - title["y"]) < 200
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    assert label.is_visible()


@pytest.mark.parametrize("name", ["chapter", "index"])
def test_axe_accepts_the_label(visit, simulated: Path, name):
    """A page that bears the label stays free of violations, contrast included, in light and dark."""
    page = visit(name, width=390, folder=simulated)
    assert looks.axe(page) + looks.pale(page) == []
    assert looks.pale(visit(name, scheme="dark", folder=simulated)) == []


@pytest.mark.parametrize("name", NAMES)
def test_pages_of_real_people_bear_no_label(visit, name):
    """Where the settings do not call a study synthetic, no page does."""
    assert SYNTHETIC not in visit(name).locator("body").inner_text()
