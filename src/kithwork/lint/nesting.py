"""Nesting: what stands in the file is what a browser makes of it.

An HTML parser mends what is out of place: it closes a paragraph before a block, moves text out of a table, opens rows that
nobody wrote (WHATWG HTML, 13.2.6 "Tree construction"). What a page's style and script count on is then not there. So the
source is read tag by tag, with a stack, and everything that a parser would mend is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from kithwork.lint.check import check
from kithwork.lint.site import Site
from kithwork.pages.parsed import Parsed

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
CLOSE_P = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "ul",
    ]
)
"""Elements before which a parser closes an open paragraph."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
IN = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "caption": {"table"},
    "colgroup": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "tr": {"thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "summary": {"details"},
    "figcaption": {"figure"},
}
"""What an element may stand in, directly."""
HOLDS = {
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
}
"""What may stand in an element, directly; text in none of them."""
ALONE = frozenset(("a", "button", "form", "data", *HEADINGS))
"""Elements that hold none of their own kind."""
STOPS = frozenset(("table", "td", "th", "caption", "svg", "button"))
"""Elements beyond which a parser does not look for an open paragraph."""
REMEDY = "Write it as a browser reads it: each element where it may stand, closed in the order opened."


class _Reader(HTMLParser):
    """Reads a source and collects what a parser would mend, with the line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self._look(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        self._look(tag)
        if tag not in VOID and "svg" not in self.open and tag != "svg":
            self._tell(f"<{tag}/> stays open")

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
            return
        self._tell(f"</{tag}> in <{self.open[-1] if self.open else 'nothing'}>")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in HOLDS and data.strip():
            self._tell(f"text in <{self.open[-1]}>: {data.strip()[:30]}")

    def _look(self, tag: str) -> None:
        over = self.open[-1] if self.open else ""
        within = self.open[len(self.open) - 1 - self.open[::-1].index("svg") :] if "svg" in self.open else None
        if within is not None:
            if tag in CLOSE_P or tag in ("b", "br", "code", "em", "i", "img", "li", "span", "strong", "sub", "sup"):
                self._tell(f"<{tag}> in <svg>")
            return
        if (tag in IN and over not in IN[tag]) or (over in HOLDS and tag not in HOLDS[over]):
            self._tell(f"<{tag}> in <{over}>")
        elif tag in CLOSE_P and "p" in self._scope():
            self._tell(f"<{tag}> in <p>")
        elif (tag in ALONE and tag in self.open) or (tag in HEADINGS and HEADINGS & set(self.open)):
            self._tell(f"<{tag}> in <{tag}>")

    def _scope(self) -> list[str]:
        stops = [i for i, tag in enumerate(self.open) if tag in STOPS]
        return self.open[stops[-1] + 1 :] if stops else self.open

    def _tell(self, found: str) -> None:
        self.faults.append(f"line {self.getpos()[0]}: {found}")


@check()
def elements_stand_where_they_may(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Nothing in the source would be moved, closed or opened by a browser's parser."""
    reader = _Reader()
    reader.feed(page.source)
    reader.close()
    left = [f"<{tag}> stays open" for tag in reader.open]
    yield from ((found, REMEDY) for found in [*reader.faults, *left][:5])
