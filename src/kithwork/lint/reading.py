"""How checks read a page: the words of an element, its level, its kind of text, numbers as the report prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from kithwork.pages.parsed import Parsed

BLOCKS = ("p", "li", "tr", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "caption", "figcaption", "summary")
"""Elements whose words are read in one go."""

FIGURE = re.compile(r"[−+-]?\d[\d,]*(?:\.\d+)?")
"""A number as printed."""


def words(tag: HtmlElement | None) -> str:
    """The words in an element, spaces made one; none of no element."""
    return "" if tag is None else " ".join(" ".join(tag.xpath(".//text()[not(ancestor::svg)]")).split())


def running(tag: HtmlElement) -> str:
    """The same as they run on, without a space where an element ends within a word."""
    return " ".join("".join(tag.xpath(".//text()[not(ancestor::svg)]")).replace("\u00a0", " ").split())


def level(heading: HtmlElement) -> int:
    """2 for an H2."""
    return int(heading.tag[1])


def has(tag: HtmlElement, *classes: str) -> bool:
    """Whether an element is of one of the classes."""
    return not set(classes).isdisjoint(tag.get("class", "").split())


def is_hidden(tag: HtmlElement) -> bool:
    """Whether an element is kept from those who cannot see."""
    return tag.get("aria-hidden") == "true"


def sections(page: Parsed) -> list[HtmlElement]:
    """The sections of a page, in order."""
    return page.tree.xpath("//main//section[@id]")


def title_of(section: HtmlElement) -> str:
    """A section's title: its H2 without what stands above it."""
    heading = section.find("h2")
    return "" if heading is None else _own(heading)


def titles(page: Parsed) -> Iterator[tuple[HtmlElement, str]]:
    """Every title that says what was found: of sections, of findings, of figures."""
    for heading in page.tree.xpath(
        "//main//section[@id]/h2 | //p[@class='ft'] | //figure/figcaption/*[self::h3 or self::h4]"
    ):
        yield heading, _own(heading)


def block_of(tag: HtmlElement) -> HtmlElement:
    """The paragraph, item, row or heading that an element stands in."""
    return next((one for one in tag.iterancestors(*BLOCKS)), tag.getparent())


def number(text: str) -> float:
    """A number as printed: true minus, commas between thousands, with or without its unit. Raises ValueError."""
    found = FIGURE.search(text)
    if found is None:
        raise ValueError(f"no number in {text!r}")
    return float(found[0].replace("−", "-").replace(",", ""))


def _own(heading: HtmlElement) -> str:
    parts = heading.xpath(".//text()[not(ancestor::*[@class='eb' or @class='no' or @class='fno'])]")
    return " ".join("".join(parts).split())
