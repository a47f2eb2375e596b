"""Printed figures: each is its claim's, rounded as the gate rounds, worded one way, with its interval in reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from kithwork.lint.check import SECTIONED, check
from kithwork.lint.reading import number, running
from kithwork.lint.site import Site
from kithwork.pages.parsed import Parsed
from kithwork.release import DECIMALS
from kithwork.report import sentences as say

REACH = ("p", "li", "tr", "dd", "div", "figure", "details", "section")
"""Elements in which an interval may stand beside its figure, nearest first."""
FAR = ("section", "main", "body")


@check(*SECTIONED)
def figures_are_in_the_ledger(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Each printed figure names a claim of the page's ledger."""
    for one in page.tree.xpath("//main//data[@data-claim or contains(@class, 'est')]"):
        if one.get("data-claim") not in page.claims:
            yield (
                f"{running(one)} of {one.get('data-claim')!r}",
                "Print figures with report.html.shown, from released claims.",
            )


@check(*SECTIONED)
def figures_are_their_claims(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """What is printed, and what is written for machines, is the claim's estimate to the last digit printed."""
    for one, claim in _shown(page):
        try:
            said, meant = number(running(one)), float(one.get("value", ""))
        except ValueError:
            yield f"{running(one)!r} of {one.get('data-claim')}", "Print a number, and the same as its value."
            continue
        least = 0.5000001 * 10.0 ** -_digits(running(one))
        size = abs(claim["estimate"]) if _is_a_size(one) else claim["estimate"]
        if abs(said - size) > least or meant != claim["estimate"]:
            yield f"{running(one)} of {one.get('data-claim')}, {claim['estimate']}", "Print what the claim says."


@check(*SECTIONED)
def intervals_are_in_reach(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """The interval of each printed figure is told in the same cell, row, paragraph, item or box, as the claim has it.

    A figure without doubt, a count of all there is, has none to tell; what is "at most" so much is the end of its own.
    """
    for one, claim in _shown(page):
        ends = _ends(claim, one)
        told = claim["low"] == claim["high"] or _before(one).endswith("at most")
        if not told and not any(ends in _plain(box) for box in _around(one)):
            yield f"{running(one)} of {one.get('data-claim')}", f"Tell beside it: {ends.replace('-', say.MINUS)}."


@check(*SECTIONED)
def claims_are_worded_one_way(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """A claim that is printed twice is printed with the same signs."""
    said = defaultdict(set)
    for one, _ in _shown(page):
        if not _is_a_size(one):
            said[one.get("data-claim")].add(running(one))
    for name, texts in said.items():
        if len(texts) > 1:
            yield f"{name}: {' / '.join(sorted(texts))}", "Print it with report.html.shown everywhere."


def _shown(page: Parsed) -> Iterator[tuple[HtmlElement, dict[str, Any]]]:
    """The printed figures whose claim is known."""
    for one in page.tree.xpath("//main//data[@data-claim]"):
        claim = page.claims.get(one.get("data-claim"))
        if claim is not None and None not in (claim["low"], claim["estimate"], claim["high"]):
            yield one, claim


def _around(one: HtmlElement) -> Iterator[HtmlElement]:
    """The boxes that a figure stands in, up to where a reader would have to look elsewhere."""
    for box in one.iterancestors():
        if box.tag in FAR:
            return
        if box.tag in REACH:
            yield box
            if box.tag in ("p", "tr", "li", "dd"):
                return


def _ends(claim: dict[str, Any], one: HtmlElement) -> str:
    """`14 to 17`, in plain signs; where it fell by so much, the sizes of what it fell by."""
    places = max(DECIMALS.get(claim["unit"], 0), 0)
    low, high = sorted(map(abs, (claim["low"], claim["high"]))) if _is_a_size(one) else (claim["low"], claim["high"])
    return f"{low:,.{places}f} to {high:,.{places}f}"


def _is_a_size(one: HtmlElement) -> bool:
    """Whether words say which way a change went, as in "fell by 8", so that its figure stands without a sign."""
    return _before(one).endswith(" by")


def _before(one: HtmlElement) -> str:
    """The words before a figure, in its paragraph or cell."""
    before = one.getprevious()
    return ((one.getparent().text if before is None else before.tail) or "").rstrip()


def _plain(box: HtmlElement) -> str:
    """Words with plain minus signs and spaces, without units between the ends of an interval."""
    return running(box).replace(say.MINUS, "-")


def _digits(text: str) -> int:
    """Digits after the point of a number as printed."""
    return len(text.partition(".")[2].split()[0].rstrip("%")) if "." in text else 0
