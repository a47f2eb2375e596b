"""Marks what is already published as stale, from the moment that a stage is run until it is published anew.

A run that fails or is killed thus never leaves an old report that looks current. A page loads nothing, so the mark stands
in the page: dvc then counts it as changed, and `dvc checkout` asks for `--force`. `make report` needs no such word: it
takes the pages back from dvc's cache, or publishes them.
"""

from __future__ import annotations

from kithwork import params
from kithwork.pages import rendering

PLACE = "<!--stale-->"
"""Where a page takes the banner; every page has it once."""

BANNER = (
    '<div class="stale" role="alert"><p><b>Stale.</b> A newer run was started and has not finished: '
    "these pages show an older one. <code>make report</code> finishes it.</p></div>"
)


def mark(engagement: str) -> None:
    """Put the banner on every page of an engagement and on the list of reports, where there are any."""
    reports = params.ROOT / "reports"
    for page in [*sorted((reports / engagement).rglob("*.html")), reports / "index.html"]:
        if page.is_file():
            html = page.read_text(encoding="utf-8")
            if PLACE in html:
                rendering.write(page, html.replace(PLACE, BANNER, 1))


def is_marked(engagement: str) -> bool:
    """Whether the banner is on an engagement's report."""
    page = params.ROOT / "reports" / engagement / "index.html"
    return page.is_file() and BANNER in page.read_text(encoding="utf-8")
