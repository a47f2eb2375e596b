"""A finished page, read again: what audits and the linter look at is what a reader is given, not what was meant."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kithwork.errors import Problem, UserError
from kithwork.pages import ledger

if TYPE_CHECKING:
    from lxml.html import HtmlElement

KINDS = ("report", "group", "person", "chapter", "index", "codebook")
"""What pages there are, as their `body` says in `data-page`."""
AGAIN = "Make it again, or take it out of the folder: what cannot be read cannot be looked at."


@dataclass(frozen=True)
class Parsed:
    """One HTML file of a folder: `name` is its path in it, with slashes."""

    name: str
    source: str

    @cached_property
    def tree(self) -> HtmlElement:
        """The parsed document."""
        from lxml import html

        return html.document_fromstring(
            self.source.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
        )

    @property
    def kind(self) -> str:
        """One of KINDS, or "" where the page does not say."""
        return self.tree.find("body").get("data-page", "")

    @cached_property
    def claims(self) -> dict[str, dict[str, Any]]:
        """The claims of its ledger by id; none where it has no ledger."""
        found = self.data("claims")
        return {} if found is None else ledger.unpacked(found)

    def data(self, name: str) -> Any:
        """What a JSON script element holds, by the element's id; None where there is none."""
        found = self.tree.xpath("//script[@type='application/json'][@id=$name]", name=name)
        return json.loads(found[0].text or "null") if found else None

    def text(self, *, of: HtmlElement | None = None) -> str:
        """The words that a reader can see or hear, spaces made one; those of scripts and styles are none."""
        place = self.tree if of is None else of
        parts = place.xpath(".//text()[not(ancestor::script or ancestor::style)]")
        return " ".join("".join(f"{part} " if part.getparent().tag in BLOCKS else part for part in parts).split())


BLOCKS = frozenset(
    ("caption", "dd", "desc", "div", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "li", "p", "summary", "td", "text")
) | {"th", "title"}
"""Elements whose text ends a word."""


def pages(folder: Path) -> Iterator[Parsed]:
    """Every HTML file under a folder, in the order of their names. Raises `UserError` for one that cannot be read: what
    nobody can look at must not pass for looked at.
    """
    from lxml import etree

    for path in sorted(folder.rglob("*.html")):
        if path.is_dir():
            continue
        try:
            page = Parsed(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"))
            page.tree.find("body").get("data-page")
        except UnicodeDecodeError as error:
            raise UserError(Problem("is not in UTF-8", str(path), AGAIN, error.reason)) from None
        except OSError as error:
            raise UserError(Problem("cannot be read", str(path), AGAIN, error.strerror or "")) from None
        except (etree.ParserError, AttributeError, ValueError):
            raise UserError(Problem("is no page", str(path), AGAIN)) from None
        yield page
