"""Chapters: an executed notebook as the content of a page, without its code.

nbconvert turns the cells into HTML; what it leaves undone is done here, on the parsed page: headings in order, tables
and figures that scroll in their own box, figures with words for those who cannot see them, no script and nothing fetched.
The same outputs give the same content, whatever ids and times the notebook holds.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import nbformat.v4
from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

from kithwork.pages import rendering
from pipeline.prose import take_words_out

if TYPE_CHECKING:
    from nbconvert import HTMLExporter

HIDDEN = ("parameters", "injected-parameters", "remove")
"""Cells with one of these tags are left out."""

PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
FORBIDDEN = (
    *("script", "style", "link", "iframe", "object", "embed", "base", "meta"),
    *(
        "animate",
        "applet",
        "audio",
        "button",
        "dialog",
        "form",
        "frame",
        "frameset",
        "input",
        "marquee",
        "plaintext",
        "select",
    ),
    *("set", "textarea", "video"),
)
ADDRESSES = ("action", "background", "cite", "data", "formaction", "href", "ping", "poster", "src", "srcset", "xlink:href")
"""Attributes that a browser goes to: kept only where `_harmless` says so."""

OTHER_SCHEME = re.compile(r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:")
ACTING = re.compile(r"(url|image|image-set|src)\(|\\|position:")
"""What in a style may fetch something, or lay itself over the page, or hide that it does."""

TAKEN = ("main", "open-tables")
"""Ids of the page around a chapter."""

FILLER = "No description has been provided for this image"
HEADINGS = re.compile(r"^h[1-6]$")
NUMBER = re.compile(r"^[-−+]?[\d,]*\.?\d+(e[-+]?\d+)?%?$|^(\[c\]|nan|NaN|NaT|<NA>|inf|-inf)$")


def content(executed: Path) -> dict[str, Any]:
    """What the page of one executed notebook holds: `title`, `body`, and `contents`, the list of its headings."""
    return _tidy(_converted(executed))


def _converted(executed: Path) -> str:
    notebook = nbformat.read(executed, as_version=4)
    if executed.stem == rendering.STEMS["report"]:
        take_words_out(notebook.cells)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            _name_picture(output)
    body, _ = exporter().from_notebook_node(notebook)
    return body


@cache
def exporter() -> HTMLExporter:
    """nbconvert's exporter; imported here because that takes a second, which the runner spends while a kernel works."""
    from nbconvert import HTMLExporter
    from nbconvert.preprocessors import CoalesceStreamsPreprocessor, TagRemovePreprocessor
    from traitlets.config import Config

    settings = Config()
    settings.TagRemovePreprocessor.enabled = True
    settings.TagRemovePreprocessor.remove_cell_tags = HIDDEN
    exporter = HTMLExporter(config=settings, template_name="basic")
    exporter.register_preprocessor(TagRemovePreprocessor(config=settings), enabled=True)
    exporter.register_preprocessor(CoalesceStreamsPreprocessor, enabled=True)  # a slow kernel hands a line on in parts
    exporter.exclude_input = exporter.exclude_input_prompt = exporter.exclude_output_prompt = True
    exporter.exclude_anchor_links = True
    for name in exporter.trait_names():
        if name.endswith("_url"):
            setattr(exporter, name, "")
    exporter.from_notebook_node(nbformat.v4.new_notebook())  # compiles its templates
    return exporter


def _name_picture(output: dict[str, Any]) -> None:
    """Turn a picture into an `img` with the alternative text its metadata holds, if any."""
    data, metadata = output.get("data", {}), output.get("metadata", {})
    kind = next((kind for kind in PICTURES if kind in data), None)
    if kind is None or "text/html" in data:
        return
    content = "".join(data[kind])
    if kind == "image/svg+xml":
        import base64

        content = base64.b64encode(content.encode()).decode()
    alt = metadata.get(kind, {}).get("alt") or metadata.get("alt") or ""
    output["data"] = {"text/html": f'<img src="data:{kind};base64,{"".join(content.split())}" alt="{escape(alt)}">'}


def _tidy(html: str) -> dict[str, Any]:
    soup = BeautifulSoup(html, "html.parser")
    _disarm(soup)
    for look in soup.select("div.kithwork"):  # a page has the look that a notebook's output brings along
        look.unwrap()
    for tag in soup.select(".prompt, .input, .get"):  # files to take along stand on the report
        tag.decompose()
    for part in soup.select(".cell, .output_javascript, .output_widget_view"):
        part.attrs.pop("id", None)  # random: papermill names cells, nbconvert names what a script would fill
    for heading in soup.find_all(HEADINGS):
        if not heading.get_text(strip=True):
            heading.decompose()
    title = _take_title(soup)
    _order_headings(soup)
    for table in soup.select("table:not([role])"):
        _mend_table(soup, table)
    for picture in soup("img"):
        _describe(soup, picture)
    headings = _own_headings(soup)
    _mend_ids(soup)
    for cell in soup.select(".cell"):
        if not cell.get_text(strip=True) and not cell.find(["img", "svg", "table"]):
            cell.decompose()
    contents = [
        {"id": heading["id"], "no": number, "text": heading.get_text(" ", strip=True)}
        for number, heading in enumerate(headings, start=1)
    ]
    return {"title": title, "body": soup.decode(formatter="minimal").strip(), "contents": contents}


def _disarm(soup: BeautifulSoup) -> None:
    """Nothing that runs or is fetched stays, nor a comment that browsers might read otherwise than this parser does."""
    for tag in soup(FORBIDDEN):
        tag.decompose()
    for text in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        text.extract()
    for tag in soup.find_all(True):
        for name, value in list(tag.attrs.items()):
            text = "".join(sign for sign in "".join(value) if sign > " ").lower()
            acts = name.startswith("on") or (name == "style" and ACTING.search(text))
            if acts or (name in ADDRESSES and not _harmless(tag.name, name, text)):
                del tag[name]


def _harmless(tag: str, name: str, address: str) -> bool:
    """A place on the page, a link that a reader may follow, or a picture that is there in full."""
    if (tag, name) == ("a", "href"):
        return not OTHER_SCHEME.match(address)
    return address.startswith("#") or ((tag, name) == ("img", "src") and address.startswith("data:image/"))


def _take_title(soup: BeautifulSoup) -> str:
    """The notebook's first heading, taken out where it is an H1: the page sets it as its own."""
    heading = soup.find(HEADINGS)
    if heading is None or heading.name != "h1":
        return ""
    return heading.extract().get_text(" ", strip=True)


def _order_headings(soup: BeautifulSoup) -> None:
    """No H1 but the page's; what a cell shows stands below the heading over it; no level is skipped."""
    before = over = 1
    for heading in soup.find_all(HEADINGS):
        level = int(heading.name[1])
        if heading.find_parent(class_="output"):
            level += over - 1
        before = max(2, min(level, before + 1, 6))
        heading.name = f"h{before}"
        if not heading.find_parent(class_="output"):
            over = before


def _own_headings(soup: BeautifulSoup) -> list[Tag]:
    """The chapter's H2 headings, each with an id to point to."""
    headings = soup.find_all("h2")
    for number, heading in enumerate(headings, start=1):
        for other in soup.find_all(id=f"part-{number}"):
            del other["id"]
        heading["id"] = f"part-{number}"
    return headings


def _mend_table(soup: BeautifulSoup, table: Tag) -> None:
    """A table as pandas or markdown gives it: scopes for its headings, numbers to the right, a box to scroll in."""
    del table["border"]
    for row in table("tr"):
        row.attrs.pop("style", None)
    for head in table("th"):
        if not head.get_text(strip=True):
            head.name = "td"
            head.attrs.pop("scope", None)
        elif head.find_parent("thead"):
            head["scope"] = "colgroup" if head.has_attr("colspan") else "col"
        else:
            head["scope"] = "rowgroup" if head.has_attr("rowspan") else "row"
    for column in _numeric_columns(table):
        for row in table("tr"):
            cells = row.find_all(["th", "td"], recursive=False)
            if len(cells) >= column:
                cells[-column]["class"] = "num"
    table.wrap(_box(soup, f"Table: {_heading_before(table)}"))


def _box(soup: BeautifulSoup, label: str) -> Tag:
    """A box in which what is too wide for the page is scrolled, by keyboard too."""
    return soup.new_tag("div", attrs={"class": "scroll", "tabindex": "0", "role": "group", "aria-label": label})


def _numeric_columns(table: Tag) -> list[int]:
    """Columns that hold nothing but numbers, counted from the right: index cells may span rows on the left."""
    rows = [row.find_all("td", recursive=False) for row in table.select("tbody tr")]
    width = min((len(row) for row in rows), default=0)
    return [
        column for column in range(1, width + 1) if all(NUMBER.match(row[-column].get_text(strip=True)) for row in rows)
    ]


def _describe(soup: BeautifulSoup, picture: Tag) -> None:
    """Words for a picture, its own or the heading above it, and a box to scroll in; one to be fetched gives way to them."""
    words = picture.get("alt", "").strip()
    if not words or words == FILLER:
        words = f"Figure: {_heading_before(picture)}"
    picture["alt"] = words
    if not picture.get("src", "").startswith("data:"):
        picture.replace_with(soup.new_string(f"[{words}]"))
    elif picture.find_parent(class_="output") and not picture.find_parent(class_="scroll"):
        picture.wrap(_box(soup, words))


def _heading_before(tag: Tag) -> str:
    heading = tag.find_previous(HEADINGS)
    return heading.get_text(" ", strip=True) if heading else "start of the chapter"


def _mend_ids(soup: BeautifulSoup) -> None:
    """No id twice, none that the page has around it; a link to a section that only the report has goes to the report."""
    seen = set(TAKEN)
    for tag in soup.find_all(id=True):
        if tag["id"] in seen:
            del tag["id"]
        else:
            seen.add(tag["id"])
    for link in soup.select('a[href^="#"]'):
        if link["href"][1:] not in seen:
            link["href"] = f"../index.html{link['href']}"
