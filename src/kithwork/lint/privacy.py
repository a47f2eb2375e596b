"""Privacy, as far as it needs no list of names: no address, no small count, no group where none may be, and an edition.

Names and ids, and attacks by subtraction, are the audit's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kithwork.lint.check import SECTIONED, check
from kithwork.lint.claims import smallest
from kithwork.lint.reading import number, running, words
from kithwork.lint.site import Site
from kithwork.pages.parsed import Parsed
from kithwork.release import Edition

BEFORE, AFTER = re.compile(r"[\w.+-]+$"), re.compile(r"[\w-]+(?:\.[\w-]+)+")
"""What stands on either side of the sign of an e-mail address."""
LONGEST = 64
"""Signs of an address before its sign (RFC 5321)."""
PEOPLE = ("people", "n", "answered", "respondents")
"""Headings of columns that count people."""


@check()
def nobody_can_be_written_to(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """No e-mail address stands anywhere in the file, in data and comments neither."""
    parts = page.source.split("@")
    for before, after in pairwise(parts):
        who, where = BEFORE.search(before[-LONGEST:]), AFTER.match(after)
        if who and where:
            yield f"{who[0]}@{where[0]}", "Take it out: nobody is named on a page."
    if "mailto:" in page.source:
        yield "mailto:", "Take it out: a page sends nothing."


@check(*SECTIONED)
def no_small_group_is_counted(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """No column of people holds a count below the smallest group, but nobody."""
    for table in page.tree.xpath("//main//table"):
        heads = [words(one).lower() for one in table.xpath("./thead/tr[last()]/*")]
        places = [i for i, head in enumerate(heads) if head in PEOPLE]
        for row in table.xpath("./tbody/tr"):
            for text in (running(row[i]) for i in places if i < len(row)):
                if text[:1].isdigit() and 0 < number(text) < smallest(page):
                    yield f"{text} people in {words(row)[:60]!r}", "Pass the table through the gate."


@check(*SECTIONED)
def public_pages_name_no_group(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """A public page has no claim about a group, and leads to no page but the web's and itself."""
    if page.tree.find("body").get("data-edition") != Edition.PUBLIC:
        return
    for name, claim in page.claims.items():
        if claim["group"] and claim["scope"] == "group":
            yield name, "Make the page from claims released for the public edition."
    for address in page.tree.xpath("//a/@href"):
        if not address.startswith(("#", "https://", "data:")):
            yield address, "Leave the link out: what it leads to is not public."


@check(*SECTIONED)
def edition_is_stated(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """A page says whom it is for, and about how few people it may speak: to machines in its body, to readers at its top."""
    body = page.tree.find("body")
    edition, least = body.get("data-edition", ""), body.get("data-smallest", "")
    if edition not in set(Edition) or not least.isdigit():
        yield f"edition {edition!r}, smallest group {least!r}", "Say data-edition and data-smallest (pages/templates)."
    top = " ".join(words(one) for one in page.tree.xpath("//header//*[@class='top']")).lower()
    if (
        "no names" not in top
        or (edition != Edition.PUBLIC and least and least not in top)
        or (edition == Edition.PUBLIC) != ("public" in top)
    ):
        yield f"top of the page: {top!r}", "Say at the top whom the edition is for."
