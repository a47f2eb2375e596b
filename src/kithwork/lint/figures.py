"""Figures: two drawings that are told in words, the table of what they draw, the same as CSV, and where it comes from."""

from __future__ import annotations

import csv
import io
import re
from base64 import b64decode
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from lxml.html import HtmlElement

from kithwork.lint.check import SECTIONED, check
from kithwork.lint.reading import has, running, titles
from kithwork.lint.site import Site
from kithwork.pages.parsed import Parsed

SIZES = ("wide", "narrow")
LEAST_TOLD = 60
"""Signs of a drawing's description, at least."""
MOST_WORDS = 15
"""Words of a figure's title, at most."""
ENDS = ("estimate", "low", "high")
FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.])")
"""How a cell begins that spreadsheets run."""
COUNTED = re.compile(r"\bn\s*[=:]|\bn (?:from|counts)|\d+ (?:people|answers|worlds|ties|texts|of \d+)\b", re.IGNORECASE)
"""What a source line says of how many stand behind a figure."""


@check(*SECTIONED)
def figures_are_drawn_twice(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Each figure has one drawing for wide screens and one for narrow ones, and both are images to a reader's ear."""
    for figure in page.tree.iter("figure"):
        drawings = figure.xpath(".//*[@class='plot']/svg")
        if sorted(one.get("class", "") for one in drawings) != sorted(SIZES):
            yield f"{name_of(figure)}: {len(drawings)} drawings", "Draw it with report.drawing.drawn, which makes both."
        elif any(one.get("role") != "img" for one in drawings):
            yield f"{name_of(figure)}: a drawing that is no image", 'Say role="img" on each.'


@check(*SECTIONED)
def figures_are_told_in_words(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Both drawings of a figure have a title and a description of 60 signs or more, named by their label."""
    for figure in page.tree.iter("figure"):
        for drawing in figure.xpath(".//svg[@role='img']"):
            title, told = (drawing.find(part) for part in ("title", "desc"))
            texts = ["" if one is None else (one.text or "").strip() for one in (title, told)]
            named = drawing.get("aria-labelledby", "").split()
            if not texts[0] or len(texts[1]) < LEAST_TOLD:
                yield (
                    f"{name_of(figure)}: {texts[1]!r}",
                    f"Tell chart, range and what stands out in {LEAST_TOLD} signs or more.",
                )
            elif named != [title.get("id"), told.get("id")]:
                yield f"{name_of(figure)}: labelled by {named}", "Let the label name the title and the description."


@check(*SECTIONED)
def figures_have_their_data(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Each figure has the table of what it draws, with rows, to unfold."""
    for figure in page.tree.iter("figure"):
        if not figure.xpath("./details/summary") or not figure.xpath("./details//table/tbody/tr"):
            yield f"{name_of(figure)}: no data table", "Give report.html.figure the table of what is drawn."


@check(*SECTIONED)
def figures_have_a_source(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """The line under each figure says how many stand behind it."""
    for figure in page.tree.iter("figure"):
        told = " ".join(running(line) for line in figure.xpath("./p[@class='src']"))
        if not COUNTED.search(told):
            yield f"{name_of(figure)}: {told!r}", "Say in its source line how many people or answers it rests on, n = …"


@check(*SECTIONED)
def figures_titles_are_short(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """The title of a figure has at most 15 words, and each figure a title."""
    said = {heading: title for heading, title in titles(page) if heading.getparent().tag == "figcaption"}
    for figure in page.tree.iter("figure"):
        own = [title for heading, title in said.items() if heading.getparent().getparent() is figure]
        if len(own) != 1 or not 0 < len(own[0].split()) <= MOST_WORDS:
            yield (
                f"{name_of(figure)}: {' / '.join(own)!r}",
                f"One title of at most {MOST_WORDS} words that says what is seen.",
            )


@check(*SECTIONED)
def figures_can_be_taken_along(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """The data of each figure can be saved as CSV, whose rows say of each claim in its tables what the page's ledger says,
    and hold no formula."""
    for figure in page.tree.iter("figure"):
        links = [link for link in figure.xpath("./details//a") if has(link, "csv") and link.get("download")]
        rows = {row.get("claim"): row for link in links for row in _rows(link.get("href", ""))}
        if not rows:
            yield f"{name_of(figure)}: no CSV", "Offer the figure's data as CSV beside its table, with a row a claim."
            continue
        if formula := next((cell for row in rows.values() for cell in row.values() if FORMULA.match(cell or "")), None):
            yield f"{name_of(figure)}: {formula!r}", "Put an apostrophe before what a spreadsheet would run."
        for name in dict.fromkeys(figure.xpath("./details//table//data/@data-claim")):
            said = [rows.get(name, {}).get(part) for part in ENDS]
            meant = [page.claims.get(name, {}).get(part) for part in ENDS]
            if name in page.claims and [_number(text) for text in said] != meant:
                yield f"{name_of(figure)}: {name} is {said} in its CSV", "Make table and CSV from the same claims."


def name_of(figure: HtmlElement) -> str:
    """What a figure is called in a fault."""
    return figure.get("id") or "a figure"


def _rows(address: str) -> list[dict[str, str]]:
    """The rows of a CSV that is written into its own address, by its header; none where it is none."""
    head, _, data = address.partition(",")
    if not head.startswith("data:text/csv"):
        return []
    raw = b64decode(data) if head.endswith(";base64") else unquote_to_bytes(data)
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None
