"""Drawings: nothing in an SVG runs, its text can be read at the size it is shown in, its colours are the page's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from kithwork.lint.check import check
from kithwork.lint.contained import styles_of
from kithwork.lint.reading import has, words
from kithwork.lint.site import Site
from kithwork.pages.parsed import Parsed

DRAWS = frozenset((
    "circle", "clippath", "defs", "desc", "ellipse", "g", "line", "lineargradient", "marker", "path", "pattern", "polygon",
    "polyline", "rect", "stop", "svg", "text", "title", "tspan", "use",
))  # fmt: skip
"""Elements that drawings are made of."""
PAINTS = ("fill", "stroke", "stop-color", "color", "flood-color", "background", "background-color")
FROM_PAGE = re.compile(r"^(?:var\((--[a-z-]+)\)|none|currentcolor|inherit|transparent|url\(#.*\))$")
PLACES = re.compile(r"url\(\s*[\"']?#([^)\"']+)")
NARROWEST = {"wide": 672, "narrow": 280}
"""Pixels that a drawing has at the least: the wide one in a window of 720 less its margins, the narrow one of 320."""
LEAST_TEXT = 11
RESERVED = ("--str", "--on-str")
"""Colours that are kept for strategic ties."""
VARIABLE = re.compile(r"(--[a-z-]+)\s*:")
SIZE = re.compile(r"^([\d.]+)(?:px)?(?=$|[ /])")


@check()
def drawings_only_draw(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """A drawing holds shapes and words: no script, style, foreign content or picture."""
    for tag in page.tree.xpath("//svg//*"):
        if isinstance(tag.tag, str) and tag.tag not in DRAWS:
            yield f"<{tag.tag}> in a drawing", "Take it out: shapes and words are enough."


@check()
def drawings_find_their_parts(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """What a drawing refers to, a clip, marker or shape, is defined in that drawing."""
    for drawing in page.tree.xpath("//svg[not(ancestor::svg)]"):
        own = set(drawing.xpath(".//@id"))
        named = {one for text in drawing.xpath(".//@*") for one in PLACES.findall(text)}
        named |= {one[1:] for one in drawing.xpath(".//use/@href") if one.startswith("#")}
        for one in sorted(named - own):
            yield f"#{one}", "Define it in the drawing that uses it."


@check("report", "group", "person")
def text_in_drawings_can_be_read(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Each text of a figure is at least 11 pixels high at the smallest scale that its drawing is shown at."""
    for drawing in page.tree.xpath("//*[@class='plot']/svg"):
        scale = NARROWEST.get(drawing.get("class", ""), 280) / _width(drawing)
        for text in drawing.iter("text"):
            if (size := _size(text) * min(scale, 1)) < LEAST_TEXT - 0.05:
                yield f"{words_of(text)!r} at {size:.1f} px", f"Draw it larger: {LEAST_TEXT} px at least at {scale:.2f}."


@check("report", "group", "person")
def colours_are_the_pages(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """What is painted in a drawing is painted in a colour that the page defines, so that dark and print have theirs."""
    known = {name for style in page.tree.iter("style") for name in VARIABLE.findall(style.text or "")}
    for tag in page.tree.xpath("//main//svg/descendant-or-self::*"):
        for name, value in _painted(tag):
            found = FROM_PAGE.match(value.lower())
            if not found or (found[1] and found[1] not in known):
                yield f"{name}: {value}", "Use a colour of drawing.COLOURS, which becomes a variable of the page."


@check()
def strategic_colour_is_kept(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """The colour of strategic ties stands for them and for nothing else, in drawings, words and rules of style."""
    for drawing in page.tree.xpath("//svg[not(ancestor::svg)]"):
        if any(f"var({name})" in value for tag in drawing.iter() for _, value in _painted(tag) for name in RESERVED):
            told = " ".join(drawing.xpath("./title/text() | ./desc/text() | ancestor::figure[1]//text()")).lower()
            if "strategic" not in told:
                yield (
                    f"drawing {' '.join(drawing.xpath('./title/text()'))!r}",
                    "Draw it in ink: the colour means strategic.",
                )
    for tag in page.tree.xpath("//*[contains(@class, 'c-str')]"):
        if has(tag, "c-str") and "strategic" not in words(tag).lower():
            yield f"{words(tag)!r} in the strategic colour", "Leave the colour to strategic ties."
    for style in page.tree.iter("style"):
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style.text or ""):
            if any(f"var({name})" in body for name in RESERVED) and "c-str" not in selector:
                yield selector.strip(), "Leave the colour to strategic ties."


def words_of(text: HtmlElement) -> str:
    """What a text of a drawing says."""
    return " ".join("".join(text.itertext()).split())


def _painted(tag: HtmlElement) -> Iterator[tuple[str, str]]:
    """What an element says of colours, in attributes and in its style."""
    said = [*((name, value) for name, value in tag.items()), *styles_of(tag).items()]
    yield from ((name, value) for name, value in said if name in PAINTS)


def _width(drawing: HtmlElement) -> float:
    box = drawing.get("viewbox", "").split()
    return float(box[2]) if len(box) == 4 else 1.0


def _size(text: HtmlElement) -> float:
    """Pixels of a text in its drawing's own measure; none where nothing says how large it is."""
    for tag in [text, *text.iterancestors()]:
        style = styles_of(tag)
        found = SIZE.match(style.get("font-size") or style.get("font") or tag.get("font-size", ""))
        if found:
            return float(found[1])
        if tag.tag == "svg":
            break
    return 0.0
