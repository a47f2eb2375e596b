"""The report's look around a piece of a notebook: its own stylesheet, held to that piece, in light and in dark.

The rules are those of `pages/templates/style.css`, taken as they stand, less those that nothing in the piece asks for. They
are nested under one class, so that Lab's own look stays as it is. The width that counts is the piece's, not the window's,
and dark is when Lab's theme is dark, whatever the system prefers. A piece carries its rules itself: cells may be cleared,
moved or shown elsewhere.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

SHEET = Path(__file__).parents[1] / "pages" / "templates" / "style.css"
CLASS = "kithwork"

BLOCK = re.compile(r"([^{}]+)\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
"""A rule, or rules under a condition that stand at most two deep: what comes before the brace, and what is inside."""

OFF_SCREEN = ("@page", "@font-face", "@media print", "@supports not")
TOO_WIDE = "@media (min-width: 1180px)"
"""Conditions whose rules are of paper, or of a page with rails beside it."""

CONDITIONS = {
    "@media screen and (prefers-color-scheme: dark)": ':is([data-jp-theme-light="false"], .vscode-dark) &',
    "@media (min-width:": "@container (min-width:",
    "@media (max-width:": "@container (max-width:",
}
OURS = f"""
.{CLASS} {{ container-type: inline-size; max-width: 1100px; padding: .3rem 0; overflow-x: auto; }}
[data-jp-theme-light="false"] .jp-Notebook:has(.{CLASS}) .jp-RenderedImage img {{ filter: invert(1) hue-rotate(180deg); }}
"""
"""Of the piece's box; and of charts, drawn on white, beside such a piece: they turn dark as they do on the pages."""

PAPER = "& { --paper: var(--jp-layout-color0, #fff) !important; background: var(--paper); }"
PLAIN = ":where(table, thead, tbody, tr, th, td, caption, h2, h3, h4, p, ul, ol, li, dl, dt, dd, a, code, details, summary)"
"""What Lab gives a look of its own, which is taken back first."""


def dressed(html: str) -> str:
    """The piece in the report's look: a box of its own, with the rules it needs."""
    words = frozenset(re.findall(r"[\w-]+", html))
    return f'<div class="{CLASS}"><style>{_rules(words & _classes())}</style>{html}</div>'


@cache
def _classes() -> frozenset[str]:
    """Every class that the stylesheet speaks of."""
    return frozenset().union(*(classes for classes, _ in _sheet()))


@cache
def _rules(words: frozenset[str]) -> str:
    """Those rules whose classes are all among the words of the piece."""
    kept = "".join(text for classes, text in _sheet() if classes <= words)
    most = f".{CLASS}" * 3  # before any rule of Lab's
    return f"{OURS}{most} {{ {PLAIN} {{ all: revert; }} {kept} {PAPER} }}".replace("\n", " ")


@cache
def _sheet() -> tuple[tuple[frozenset[str], str], ...]:
    """Every rule of the stylesheet as it may stand under one class, and the classes that it asks for."""
    return tuple(_read(re.sub(r"/\*.*?\*/", "", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)))


def _read(text: str, condition: str = "") -> list[tuple[frozenset[str], str]]:
    found = []
    for before, inside in BLOCK.findall(text):
        before = before.strip()
        if before.startswith((*OFF_SCREEN, TOO_WIDE)):
            continue
        if before.startswith("@"):
            found += _read(inside, f"{condition}{_condition(before)}{{")
        else:
            found += [_rule(one.strip(), inside, condition) for one in re.split(r",(?![^(]*\))", before)]
    return found


def _condition(told: str) -> str:
    for theirs, mine in CONDITIONS.items():
        told = told.replace(theirs, mine)
    return told


def _rule(selector: str, inside: str, condition: str) -> tuple[frozenset[str], str]:
    """One selector's rule, the page itself being the piece: a chapter's outputs are what a notebook shows."""
    selector = re.sub(r"^(:root|body)$", "&", selector)
    selector = re.sub(r"^\.chapter( \.output)? ", "", selector)
    asked = re.sub(r":not\([^)]*\)", "", selector)
    classes = frozenset(re.findall(r"\.([a-z][\w-]*)", asked))
    return classes, f"{condition}{selector} {{{inside.strip()}}}{'}' * condition.count('{')} "
