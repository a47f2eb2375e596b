"""Markdown as a page's parts: sections with anchors, tables that stack on a phone, links from page to page.

Links name the Markdown file (`start.md#two-commands`), so that they work where the folder is browsed, too. Raw HTML is
shown as text. Each H2 begins a section; a heading's anchor is made of its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape
from mistune import HTMLRenderer, Markdown
from mistune.core import BlockState
from mistune.plugins.table import table

from kithwork.report.sentences import typeset

Token = dict[str, Any]
PAGE = re.compile(r"^([a-z-]+)\.md(?=#|$)")

LONG = 60
"""A table of more rows than this scrolls in a box of its own."""


@dataclass(frozen=True)
class Part:
    """A section of a page: its anchor, its title and everything in it."""

    id: str
    title: str
    html: Markup


@dataclass(frozen=True)
class Guide:
    """A page: its title, first sentence and first paragraph, what stands before the first section, and the sections."""

    title: str
    description: str
    lede: Markup
    opening: Markup
    parts: tuple[Part, ...]


def guide(text: str) -> Guide:
    """The page that a Markdown text makes. It begins with an H1 and a paragraph."""
    tokens = [token for token in Markdown(plugins=[table])(text) if token["type"] != "blank_line"]
    title, lede, *rest = tokens
    _name(rest, said(title))
    opening, parts = [], []
    for token in rest:
        if token["type"] == "heading" and token["attrs"]["level"] == 2:
            parts.append((token, []))
        else:
            (parts[-1][1] if parts else opening).append(token)
    return Guide(
        said(title),
        said(lede).partition(". ")[0].removesuffix(".") + ".",
        _html(lede["children"]),
        _html(opening),
        tuple(Part(head["attrs"]["id"], said(head), _html(body)) for head, body in parts),
    )


def said(token: Token) -> str:
    """The words of a token, without their markup."""
    parts = walk([token])
    return "".join(
        set_in_type(part["raw"]) if part["type"] == "text" else part.get("raw", " " if part["type"] == "softbreak" else "")
        for part in parts
    )


def set_in_type(text: str) -> str:
    """Words as the pages print them: with curved quotation marks, true minus signs and dashes."""
    return typeset(re.sub(r'(^|[\s(])"', r"\1“", text).replace('"', "”"))


def walk(tokens: list[Token]) -> Iterator[Token]:
    """Every token, with those inside it."""
    for token in tokens:
        yield token
        yield from walk(token.get("children", []))


def anchor(words: str) -> str:
    """The anchor of a heading: its words in small letters, with dashes."""
    return "-".join(re.findall(r"[a-z0-9]+", words.lower()))


def _name(tokens: list[Token], above: str) -> None:
    """Give each heading its anchor, each table the heading it stands under, and each cell that of its column."""
    taken: dict[str, int] = {}
    for token in tokens:
        if token["type"] == "heading":
            above = said(token)
            taken[name] = taken.get(name := anchor(above), 0) + 1
            token["attrs"]["id"] = name if taken[name] == 1 else f"{name}-{taken[name]}"
        elif token["type"] == "table":
            head, body = token["children"]
            token["attrs"] = {"caption": above, "rows": len(body["children"])}
            columns = [said(cell) for cell in head["children"]]
            for row in body["children"]:
                for label, cell in zip(columns, row["children"], strict=True):
                    cell["attrs"]["label"] = label
                row["children"][0]["attrs"]["first"] = True


def _html(tokens: list[Token]) -> Markup:
    return Markup(_Pages(escape=True).render_tokens(tokens, BlockState()).replace("@", "&#64;"))


class _Pages(HTMLRenderer):
    """As mistune has it, but for what pages of this house do otherwise."""

    def text(self, text: str) -> str:
        return super().text(set_in_type(text))

    def codespan(self, text: str) -> str:
        return re.sub(r"(?<=[\w>])([./_])(?=\w)", r"\1<wbr>", super().codespan(text))

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return f'<h{level} id="{attrs["id"]}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, PAGE.sub(r"\1.html", url), title)

    def table(self, text: str, caption: str, rows: int) -> str:
        named = f'<caption class="unseen">{escape(caption)}</caption>'
        made = f'<table class="ct txt run" role="table">{named}{text}</table>\n'
        if rows <= LONG:
            return made
        return f'<div class="long" tabindex="0" role="region" aria-label="{escape(caption)}">{made}</div>\n'

    def table_head(self, text: str) -> str:
        return f'<thead role="rowgroup"><tr role="row">{text}</tr></thead>'

    def table_body(self, text: str) -> str:
        return f'<tbody role="rowgroup">{text}</tbody>'

    def table_row(self, text: str) -> str:
        return f'<tr role="row">{text}</tr>\n'

    def table_cell(
        self, text: str, align: str | None = None, head: bool = False, label: str = "", first: bool = False
    ) -> str:
        if head:
            return f'<th scope="col" role="columnheader">{text}</th>'
        if first:
            return f'<th scope="row" role="rowheader">{text}</th>'
        return f'<td role="cell" data-l="{escape(label)}">{text}</td>'
