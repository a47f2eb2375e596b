"""Style: one sheet that fetches nothing, fits any window, prints the words, moves only when asked, has dark and print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kithwork.lint.check import check
from kithwork.lint.contained import styles_of
from kithwork.lint.site import Site
from kithwork.pages.parsed import Parsed

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
WIDTH = re.compile(r"(?<![\w-])(?:min-)?width:\s*(\d+(?:\.\d+)?)px")
NARROWEST = 320
"""Pixels of the narrowest window: nothing is wider, but where a wider window is asked for."""
ASKED = re.compile(r"min-width:\s*(\d+)px")
MOVES = re.compile(r"(?<![\w-])(?:animation(?:-name)?|transition(?:-property)?|scroll-behavior):\s*(?!none|auto|unset)")
NAMES = re.compile(r"\.?[\w-]+")
HIDES = re.compile(r"display:\s*none|visibility:\s*hidden|(?<![\w-])opacity:\s*0(?![.\d])|font-size:\s*0(?![.\d])")
PROSE = frozenset((
    "body", "main", "section", "h1", "h2", "h3", "p", "li", "data", "table", "caption", "th", "td", "figure", "figcaption",
    ".ci", ".ct", ".est", ".finds", ".ft", ".key", ".kt", ".lede", ".limits", ".meta", ".missing", ".note", ".org", ".plot",
    ".prose", ".proxy", ".small", ".src", ".stale", ".sw", ".synthetic",
))  # fmt: skip
"""What is read on paper too."""


class Rule(NamedTuple):
    """A rule of style: the conditions around it, its selectors and its declarations."""

    within: str
    selectors: tuple[str, ...]
    body: str


@check()
def style_imports_nothing(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """No sheet is taken from elsewhere."""
    for style in page.tree.iter("style"):
        for found in re.findall(r"@import[^;]*|@charset[^;]*|@namespace[^;]*", COMMENT.sub("", style.text or "")):
            yield found, "Put the rules into the one sheet."


@check()
def style_fits_any_window(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Nothing is given a width of more pixels than the narrowest window has, but where a wider window is asked for."""
    for rule in rules(page):
        asked = max((int(one) for one in ASKED.findall(rule.within)), default=NARROWEST)
        for width in WIDTH.findall(rule.body):
            if float(width) > asked:
                yield f"{', '.join(rule.selectors)}: {width}px", "Set a max-width, or ask for a window that is wide enough."
    for tag in page.tree.xpath("//*[@style]"):
        width = styles_of(tag).get("width", "")
        if width.endswith("px") and float(width[:-2]) > NARROWEST:
            yield f"<{tag.tag} style='width: {width}'>", "Set a max-width."


@check()
def style_prints_the_words(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """On paper no sentence, figure or table is hidden: only what a screen alone can use, and data that a figure draws."""
    for rule in rules(page):
        if "print" in rule.within and HIDES.search(rule.body):
            for selector in rule.selectors:
                if PROSE.intersection(NAMES.findall(selector.split()[-1])):
                    yield f"{selector} {{ {' '.join(rule.body.split())} }}", "Print what is read."


@check()
def style_moves_when_asked(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Nothing moves for those who asked for less motion."""
    for rule in rules(page):
        if MOVES.search(rule.body) and "prefers-reduced-motion: no-preference" not in rule.within:
            yield (
                f"{', '.join(rule.selectors)}: {' '.join(rule.body.split())}",
                "Put it within (prefers-reduced-motion: no-preference).",
            )


@check()
def style_knows_dark_and_paper(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """There are rules for dark screens, for paper, its size, and forced colours; dark redefines each colour of figures."""
    text = " ".join(style.text or "" for style in page.tree.iter("style"))
    for wanted in ("prefers-color-scheme: dark", "@media print", "@page", "forced-colors: active"):
        if wanted not in text:
            yield f"no {wanted}", "Keep the rules of the one sheet."
    scheme = " ".join(page.tree.xpath("//meta[@name='color-scheme']/@content"))
    if scheme != "light dark":
        yield f"color-scheme {scheme!r}", "Say that the page has both: light dark."
    light, dark = (_colours(page, at) for at in (False, True))
    for name in sorted(light - dark):
        yield f"{name} has no dark colour", "Give each colour one for dark screens."


def _colours(page: Parsed, dark: bool) -> set[str]:
    """The colours that the page's root defines, for dark screens or for others."""
    usual = [rule for rule in rules(page) if ":root" in rule.selectors and "contrast" not in rule.within]
    roots = (rule.body for rule in usual if ("dark" in rule.within) == dark)
    return {name for body in roots for name, _ in re.findall(r"(--[a-z-]+):\s*(#\w+)", body)}


def rules(page: Parsed) -> list[Rule]:
    """The rules of a page's sheets, each with the conditions around it."""
    return [rule for style in page.tree.iter("style") for rule in _rules(style.text or "")]


@cache
def _rules(text: str) -> tuple[Rule, ...]:
    """Rules by the braces around them. No string of a page's sheet holds a brace: what is put into one is escaped."""
    found, around, start = [], [], 0
    bare = COMMENT.sub("", text)
    for sign in re.finditer(r"[{};]", bare):
        if sign[0] == "{":
            around.append((bare[start : sign.start()].strip(), sign.end()))
        elif sign[0] == "}" and around:
            head, began = around.pop()
            if "{" not in (body := bare[began : sign.start()]):
                within = " ".join(one for one, _ in around)
                found.append(Rule(within, tuple(one.strip() for one in head.split(",")), body))
        start = sign.end()
    return tuple(found)
