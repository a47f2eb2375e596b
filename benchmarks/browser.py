"""What only a browser can tell of the finished pages, and what hostile strings do to them.

    make bench-browser
    make bench-browser FOLDERS=<a folder of finished reports>
    python -m benchmarks.browser [folder]

Every page of the folder, `reports/` unless another is named, is opened in Chromium without a network; of the group pages of
a study the first three. Things are counted that should not be there: requests that leave, messages in the console, what
axe-core finds (WCAG 2.2 AA and best practice; contrast in every way of showing a page), widths from 320 to 2,560 pixels at
which a page scrolls sideways, what the Tab key does not reach in the order of the page or without a ring, labels of figures
that lie upon one another or leave their drawing, and what no sheet of A4 or Letter holds. The lowest contrast of a figure's
text to what is painted under it is in light and dark.

Hostile: every string of `tests/hostile.py` in rows, pieces of sections, prose, figures, chapters, settings and the list of
reports. One has run where a script of it did, where it stands as an element that acts, or where a request left; a layout is
broken where a page scrolls sideways, a cell spills over, or a label of a figure leaves its drawing or lies upon another.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

import benchmarks.sampled  # noqa: F401  puts the tests' own modules in reach
from benchmarks.figures import Figure, publish
from kithwork import params

import hostile  # isort: skip
import hostile_pages  # isort: skip
import looks  # isort: skip

GROUPS = 3
"""Pages of groups that are looked at, of each study."""
LABELS = (390, 768, 1440)
CONTRAST = 4.5
RAN = """'pwned' in window || [...document.querySelectorAll('body *')]
  .some(one => [...one.attributes].some(at => /^on/.test(at.name)))"""
SPILT = """[...document.querySelectorAll('td, th')]
  .filter(one => one.scrollWidth > one.clientWidth + 1 && !one.closest('.scroll'))
  .filter(one => getComputedStyle(one.closest('thead') || one).position !== 'absolute').length"""
"""Cells whose words do not fit; headings that narrow screens only read aloud have no room to fill."""


def main(folder: Path) -> int:
    """Measure, print, write; 1 if a goal is missed."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as made:
        found = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        paths = chosen(folder)
        counted, lowest = Counter(), 21.0
        for path in paths:
            with opened(browser, path) as (page, heard):
                least = look(page, counted)
            counted += heard
            lowest = min(lowest, least)
            print(f"{path.relative_to(folder)}: {dict(+counted) or 'nothing'}", file=sys.stderr)
        ran, broken = hostility(browser, Path(made))
        browser.close()
    faults = [
        *("requests out", "console messages", "sideways scrolls", "stops of the keyboard missed", "labels over labels"),
        *("labels cut", "cut on A4", "cut on Letter"),
        *(f"axe, {layout}" for layout in ("folded", "unfolded", "print")),
        *(f"pale text, {media}" for media in looks.MEDIA),
    ]
    return publish(
        "browser",
        [
            Figure("pages looked at", (len(paths),), "pages", 20, "at least"),
            *(Figure(name, (counted[name],), "", 0) for name in faults),
            Figure("lowest contrast of a figure's text", (lowest,), "to 1", CONTRAST, "at least"),
            Figure("hostile strings", (len(hostile.strings()),), "strings", 500, "at least"),
            Figure("hostile pages on which one ran", (ran,), "pages", 0),
            Figure("hostile pages whose layout broke", (broken,), "pages", 0),
        ],
    )


def chosen(folder: Path) -> list[Path]:
    """The pages that are looked at."""
    groups, kept = Counter(), []
    for path in sorted(folder.rglob("*.html")):
        groups[path.parent] += path.parent.name == "groups"
        if groups[path.parent] <= GROUPS:
            kept.append(path)
    return kept


@contextmanager
def opened(browser: Browser, path: Path) -> Iterator[tuple[Page, Counter]]:
    """A page as it looks when just opened, and what it says and asks for while it is open."""
    context, heard = browser.new_context(reduced_motion="reduce", viewport={"width": 1440, "height": 900}), Counter()
    context.set_offline(True)
    page = context.new_page()
    page.on("console", lambda _: heard.update(["console messages"]))
    page.on("pageerror", lambda _: heard.update(["console messages"]))
    page.on("dialog", lambda dialog: (heard.update(["console messages"]), dialog.dismiss()))
    page.on("request", lambda one: heard.update(["requests out"] * (not one.url.startswith(("file:", "data:")))))
    page.goto(path.as_uri())
    yield page, heard
    context.close()


def look(page: Page, counted: Counter) -> float:
    """Count what is wrong with a page; returns the lowest contrast of a figure's text."""
    counted["axe, folded"] += len(looks.axe(page))
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        counted["stops of the keyboard missed"] += len(looks.missed(page))
    page.evaluate(looks.OPEN)
    counted["sideways scrolls"] += len(looks.sideways(page))
    lowest = 21.0
    for media, how in looks.MEDIA.items():
        page.emulate_media(**looks.PLAIN | how)
        counted[f"pale text, {media}"] += len(looks.pale(page))
        if media in ("light", "dark"):
            lowest = min([lowest, *(ratio for _, ratio in looks.contrasts(page))])
    counted["axe, print"] += len(looks.axe(page))
    for paper in looks.PAPER:
        counted[f"cut on {paper}"] += len(looks.cut(page, paper))
    page.emulate_media(**looks.PLAIN)
    for width in LABELS:
        page.set_viewport_size({"width": width, "height": 900})
        drawings = looks.drawings(page, strips=True)
        counted["labels over labels"] += len(looks.overlaps(drawings))
        counted["labels cut"] += len(looks.outside(drawings))
    page.set_viewport_size({"width": 390, "height": 900})
    counted["axe, unfolded"] += len(looks.axe(page))
    return lowest


def hostility(browser: Browser, folder: Path) -> tuple[int, int]:
    """Pages of hostile strings on which one ran, and those whose layout broke."""
    ran = broken = 0
    for path in hostile_pages.write(folder):
        with opened(browser, path) as (page, heard):
            page.evaluate(looks.OPEN)
            wrong = bool(looks.sideways(page))
            for width in LABELS:
                page.set_viewport_size({"width": width, "height": 900})
                drawings = looks.drawings(page)
                wrong |= bool(page.evaluate(SPILT) or looks.outside(drawings) or looks.overlaps(drawings))
            ran += page.evaluate(RAN) or bool(heard)
        broken += wrong
        print(f"{path.name}: {'broken' if wrong else 'whole'}", file=sys.stderr)
    return ran, broken


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else params.ROOT / "reports"))
