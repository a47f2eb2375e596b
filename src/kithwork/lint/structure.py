"""Structure: what screen readers, keyboards and search need of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml.html import HtmlElement

from kithwork.lint.check import check
from kithwork.lint.reading import is_hidden, level, words
from kithwork.lint.site import Site
from kithwork.pages.parsed import Parsed

LANDMARKS = {"header": "//body/header", "main": "//main[@id='main']", "footer": "//body/footer", "skip": "//body/a[1]"}
LEAVES = re.compile(r"[^/#?]*:|//")
"""How an address begins that leads to no file beside the page."""
SCOPES = ("col", "row", "colgroup", "rowgroup")
ROLES = {"thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
HEAD_ROLES = {"col": "columnheader", "row": "rowheader"}
TITLE = (15, 160)
"""Signs of a page's title and of its description, at least and at most."""
DESCRIPTION = (40, 400)


@check()
def headings_are_in_order(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """One H1, first of all headings, and no level is skipped; none is empty."""
    found = page.tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
    levels = [level(one) for one in found]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"{levels.count(1)} H1", "Let a page begin with its one H1."
    for before, after, one in zip(levels, levels[1:], found[1:], strict=False):
        if after > before + 1:
            yield f"H{after} after H{before}: {words(one)}", "Skip no level."
    for one in found:
        if not words(one):
            yield f"empty {one.tag.upper()}", "Say what the part is about, or leave the heading out."


@check()
def ids_are_unique(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """No id stands twice, in drawings too; none is empty or holds a space."""
    counts = Counter(page.tree.xpath("//@id"))
    for name, many in counts.items():
        if many > 1 or not name or " " in name:
            yield f"id {name!r}, {many} times", "Give each element an id of its own."


@check()
def links_lead_somewhere(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Each link has words, and leads to a place on the page or to a file that is there; so does each name by an id."""
    for link in page.tree.xpath("//a"):
        address = link.get("href", "")
        if not address or not (words(link) or link.get("aria-label")):
            yield f"link {words(link)!r} to {address!r}", "A link has words and an address."
        elif not LEAVES.match(address) and (gone := site.missing(page, address)):
            yield f"{address}: no such {gone}", "Link to what is there, or leave the words alone."
    ids = set(page.tree.xpath("//@id"))
    for tag in page.tree.xpath("//*[@aria-labelledby or @aria-describedby or @aria-controls or @for]"):
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            for one in tag.get(name, "").split():
                if one not in ids:
                    yield f"{name}={one!r}", "Name an element that is on the page."


@check()
def head_says_what_the_page_is(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Doctype, language, title, description, and a view as wide as the screen that may be zoomed."""
    tree = page.tree
    if not page.source.lstrip().lower().startswith("<!doctype html>"):
        yield page.source[:30], "Begin with <!doctype html>."
    if not tree.get("lang"):
        yield "no language", "Say it: <html lang>."
    title = " ".join(tree.xpath("//head/title/text()"))
    if not TITLE[0] <= len(title) <= TITLE[1]:
        yield f"title {title!r}", f"From {TITLE[0]} to {TITLE[1]} signs, what the page is about first."
    said = {
        name: " ".join(tree.xpath("//head/meta[@name=$name]/@content", name=name)) for name in ("description", "viewport")
    }
    if not DESCRIPTION[0] <= len(said["description"]) <= DESCRIPTION[1]:
        yield f"description {said['description']!r}", f"From {DESCRIPTION[0]} to {DESCRIPTION[1]} signs."
    if "width=device-width" not in said["viewport"] or "scalable=no" in said["viewport"] or "maximum" in said["viewport"]:
        yield f"viewport {said['viewport']!r}", "As wide as the device, and free to zoom."


@check()
def landmarks_are_there(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """A header, one main part, a footer, and a link to skip to the content, first of all; each part for browsing has a name
    of its own."""
    for name, place in LANDMARKS.items():
        if len(page.tree.xpath(place)) != 1:
            yield f"{len(page.tree.xpath(place))} of {name}", "The templates have one."
    first = page.tree.xpath("//body//a")
    if not first or first[0].get("href") != "#main" or "skip" not in first[0].get("class", ""):
        yield "the first link does not skip to the content", "The templates have it."
    names = [one.get("aria-label") for one in page.tree.iter("nav")]
    if None in names or len(set(names)) < len(names):
        yield f"parts for browsing: {names}", "Give each <nav> an aria-label of its own."


@check()
def tables_are_headed(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Each table has a caption or stands in a named box; its headers have a scope and words; its rows are equally long."""
    for table in page.tree.iter("table"):
        named = words(table.find("caption")) or "".join(table.xpath("ancestor::*[@role][1]/@aria-label"))
        name = named or words(table)[:40]
        if not named:
            yield f"table without caption: {name}", "Say in a <caption> what the table holds."
        heads = table.xpath(".//th")
        if not heads or any(one.get("scope") not in SCOPES or not words(one) for one in heads):
            yield f"headers of: {name}", "Each header has a scope and words; a corner without words is a <td>."
        lengths = {sum(int(cell.get("colspan", 1)) for cell in row) for row in table.iter("tr")}
        if len(lengths) > 1 and not table.xpath(".//@rowspan"):
            yield f"rows of {sorted(lengths)} cells: {name}", "Give each row as many cells."


@check()
def stacked_tables_keep_their_roles(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Tables whose cells are stacked on narrow screens spell out their roles, or a screen reader would lose them."""
    for table in page.tree.xpath("//table[contains(concat(' ', @class, ' '), ' ct ')]"):
        wrong = [tag for tag in table.iter() if (role := _role(tag)) and tag.get("role") != role]
        if wrong:
            yield (
                f"<{wrong[0].tag}> of {words(table.find('caption')) or words(table)[:40]}",
                f"Say role={_role(wrong[0])!r}.",
            )


@check()
def pictures_are_told(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Each image has words in its stead; each drawing has them too, or is hidden from those who cannot see it."""
    for image in page.tree.iter("img"):
        if not image.get("alt", "").strip():
            yield "an image without words", "Say in alt what it shows."
    for drawing in page.tree.xpath("//svg[not(ancestor::svg)]"):
        named = drawing.get("aria-labelledby") or drawing.get("aria-label")
        if drawing.get("aria-hidden") != "true" and not (drawing.get("role") == "img" and named):
            yield f"drawing {words(drawing)[:40]!r}", 'Say role="img" and its words in a label, or aria-hidden="true".'
    for box in page.tree.xpath("//*[@tabindex='0']"):
        if not box.get("role") or not box.get("aria-label") or is_hidden(box):
            yield f"<{box.tag}> that takes the focus", "Give it a role and a name."


def _role(tag: HtmlElement) -> str | None:
    """The role that an element of a stacked table spells out."""
    if tag.tag == "table":
        return "table"
    return HEAD_ROLES.get(tag.get("scope", "")) if tag.tag == "th" else ROLES.get(tag.tag)
