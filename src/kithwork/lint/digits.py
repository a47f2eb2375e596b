"""Digits: no number stands in a sentence unless a claim is behind it, or it is no figure about the organisation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from kithwork.lint.check import SECTIONED, check
from kithwork.lint.reading import block_of, has
from kithwork.lint.site import Site
from kithwork.pages.parsed import Parsed
from kithwork.report import sentences as say

NOTES = ("ci", "dn", "eb", "fno", "foot", "get", "limits", "no", "note", "small", "sn", "src", "sub", "told", "working")
TAGS = ("code", "data", "dl", "nav", "pre", "summary", "svg", "table", "time")
APPARATUS = " or ".join([*(f"ancestor::{tag}" for tag in TAGS), *(f"ancestor::*[@class='{name}']" for name in NOTES)])
"""Where digits are the rule: figures themselves, tables, intervals, code, numbers of parts, and notes: on how to read a
figure, and on what limits the study."""

NO_FIGURE = re.compile(
    r"""
    \d{1,2}\ (?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\ \d{4})?
    | \b(?:19|20)\d\d\b
    | \b(?:sections?|figures?|chapters?|waves?|weeks?|items?)\ \d+(?:\.\d+)?
    | \b95%\ (?:interval|of|range) | \bin\ 95\ of\ 100\b
    | \b(?:0\ to\ 100?|1\ to\ 5)\b | \(0\b[^()]*\b1\b[^()]*\) | [−+]1\b(?![.,%\d])
    | \b[01]\ (?:being|would|none|is|the|as)\b
    | \b(?:fewer|smaller|less|more)\ than\ \d+\ (?:people|ties) | \b(?:at\ least|under|below)\ \d+\ (?:people|ties)
    | \bwithin\ \d+\ days
    """,
    re.VERBOSE,
)
"""What is no figure about the organisation: dates, numbers of parts, an interval's level, a scale's ends, the gate."""

TYPED = re.compile(r"\d[\d,.]*")
MEASURE = re.compile(
    r"[−-]?\d[\d,]*\.\d+(?:%)?|[−-]?\d[\d,]*(?:%| per cent|\ (?:points?|times|minutes|days|scale points|per 100)\b)|−\d+"
)
"""A number that measures something; a bare count is none."""


@check("report", "group", "person")
def prose_types_no_number(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """In the consultant's words no number is typed: each comes from a claim. Dates and numbers of sections may stand."""
    for text, _ in _sentences(page, "//main//*[@class='prose']"):
        for found in TYPED.findall(NO_FIGURE.sub("", text)):
            yield f"{found} in {text.strip()!r}", "Write {the.claim} instead, which becomes the released figure."


@check(*SECTIONED)
def sentences_type_no_measure(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """In sentences of the page itself every measure is a claim's figure, or the reference or an end of a claim beside it.

    Counts of what a sentence lists are no measures, and may stand.
    """
    for text, block in _sentences(page, "//main"):
        if any(has(one, "prose") for one in block.iterancestors()) or has(block, "prose"):
            continue
        near = _near(page, block)
        for found in MEASURE.findall(NO_FIGURE.sub("", text)):
            if found.strip(".,").removesuffix("%").split(" ")[0] not in near:
                yield f"{found} in {text.strip()!r}", "Print it with report.html.shown, from its claim."


def _sentences(page: Parsed, where: str) -> Iterator[tuple[str, HtmlElement]]:
    """Each piece of running text under a place, with its block."""
    for text in page.tree.xpath(f"{where}//text()[not({APPARATUS})]"):
        if any(sign.isdigit() for sign in text):
            tag = text.getparent().getparent() if text.is_tail else text.getparent()
            yield text.replace(say.NBSP, " "), tag if tag.tag in ("p", "li", "dd", "h2") else block_of(tag)


def _near(page: Parsed, block: HtmlElement) -> set[str]:
    """The references and ends of the claims printed in the same block, or item, as they are printed."""
    box = next((one for one in [block, *block.iterancestors()] if one.tag in ("p", "li", "tr", "figure", "section")), block)
    found = set()
    for name in box.xpath(".//data/@data-claim"):
        claim = page.claims.get(name, {})
        values = (claim.get(part) for part in ("reference", "low", "high", "estimate"))
        shown = [say.number(value, claim["unit"]) for value in values if value is not None]
        found |= {one.removesuffix("%").split(" ")[0] for one in shown}
    return found
