"""A folder of finished pages as the checks look at it: its pages, and what a link of one of them may lead to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from kithwork.pages import parsed
from kithwork.pages.parsed import Parsed


@dataclass(frozen=True)
class Site:
    """`pages` by their name in `folder`; `order`: the report's sections as the settings list them."""

    folder: Path
    pages: dict[str, Parsed]
    order: tuple[str, ...]

    @classmethod
    def of(cls, folder: Path, order: tuple[str, ...]) -> Site:
        """Every page under the folder."""
        return cls(folder, {page.name: page for page in parsed.pages(folder)}, order)

    @cached_property
    def _anchors(self) -> dict[str, frozenset[str]]:
        return {}

    def missing(self, page: Parsed, address: str) -> str | None:
        """What a relative address of the page leads to and is not there: a file, or a place in it; None where all is."""
        parts = urlsplit(address)
        name = normpath(join(dirname(page.name), unquote(parts.path))) if parts.path else page.name
        if name not in self.pages and not (self.folder / name).is_file():
            return "file"
        place = unquote(parts.fragment)
        return "place" if place and place not in self._places(name) else None

    def _places(self, name: str) -> frozenset[str]:
        """The ids of a page, in the folder or beside it."""
        if name not in self._anchors:
            page = self.pages.get(name) or Parsed(name, (self.folder / name).read_text(encoding="utf-8"))
            self._anchors[name] = frozenset(page.tree.xpath("//@id"))
        return self._anchors[name]
