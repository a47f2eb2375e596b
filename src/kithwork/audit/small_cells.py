"""Figures about too few people: in a page's ledger, and in every table that says how many people a row is about.

The smallest group is what the page itself states. In a public edition no group is named at all. The n of a chapter's table
of claims may count pairs, texts or parties: of a claim that is published with its people, those are taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from kithwork.audit.published import OWN, PUBLIC, SMALLEST, edition, smallest
from kithwork.audit.words import small
from kithwork.pages.fault import Fault

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from kithwork.pages.parsed import Parsed

COUNTED = ("n", "people")
"""Headings of columns that say how many people a row is about."""
COUNT = re.compile(r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+|\d+")
OF_GROUPS = ("group", "pair")
"""What claims are about that only a sponsor sees."""
IN_WORDS = ("td", "h1", "h2", "h3", "h4", "text", "option", "li", "a")
NAMED_IN = " | ".join((".//th[not(ancestor::thead or @scope='col')]", *(f".//{tag}" for tag in IN_WORDS)))
"""Where a name of one word is taken for a group's: as all that an element says that is no heading of a column, as Alpha,
the reliability of a scale, may be."""


def of_page(
    page: Parsed,
    groups: Collection[str] = (),
    people: Mapping[tuple[str, str], float] = MappingProxyType({}),
    usual: int = SMALLEST,
) -> Iterator[Fault]:
    """What a page tells about fewer people than it says it does, or than `usual` where it says nothing.

    `groups` are names that a public edition must not hold; `people`: how many a claim is about, by what it says and of
    whom, as the columns What and Of of a table have them.
    """
    if page.kind == OWN:
        return
    fewest = smallest(page) or usual
    yield from _claims(page, fewest)
    yield from _tables(page, fewest, people)
    if edition(page) == PUBLIC:
        yield from _groups(page, groups)


def _claims(page: Parsed, fewest: int) -> Iterator[Fault]:
    for name, claim in page.claims.items():
        counts = [claim[column] for column in ("people", "other_people") if claim.get(column) is not None]
        if any(0 < count < fewest for count in counts):
            yield Fault(FEW, page.name, f"{name}: {min(counts):g} of at least {fewest} people", HOLD_BACK)
        if edition(page) == PUBLIC and claim.get("scope") in OF_GROUPS:
            yield Fault(GROUP, page.name, name, "Show figures of the whole only in a public edition.")


FEW, GROUP = "audit: figure about too few", "audit: group in a public edition"
HOLD_BACK = "Let it pass release.py, which holds it back, and show it from there only."


def _tables(page: Parsed, fewest: int, people: Mapping[tuple[str, str], float]) -> Iterator[Fault]:
    """Columns are counted from the right: names of rows that span several lie on the left."""
    for number, table in enumerate(page.tree.xpath("//table"), start=1):
        rows = [[_said(cell) for cell in row.xpath("./th | ./td")] for row in table.xpath(".//tr")]
        heads = [[word.casefold() for word in row] for row in rows[:2]]
        for at in {place - len(row) for row in heads for place, word in enumerate(row) if word in COUNTED}:
            for row in rows[1:]:
                count = COUNT.fullmatch(row[at]) if len(row) >= -at else None
                if count and 0 < people.get(tuple(row[:2]), int(re.sub(r"\D", "", count.group()))) < fewest:
                    found = f"table {number}, row {row[0] or row[1]!r}: {count.group()} of at least {fewest} people"
                    yield Fault(FEW, page.name, found, HOLD_BACK)


def _groups(page: Parsed, groups: Collection[str]) -> Iterator[Fault]:
    """Names of several words, or with a digit in them, anywhere in the words of the page; others where they stand alone."""
    words = f" {' '.join(small(page.text()))} "
    alone = {_said(element) for element in page.tree.xpath(NAMED_IN)}
    for name in sorted(groups):
        key = small(name)
        telling = len(key) > 1 or any(sign.isdigit() for sign in name)
        if name in alone or (telling and f" {' '.join(key)} " in words):
            yield Fault(GROUP, page.name, name, "Show figures of the whole only in a public edition.")


def _said(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
