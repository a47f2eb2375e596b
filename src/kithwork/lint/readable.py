"""Readable: a page that cannot be read is a fault, not an end of the linter, and is looked at no further."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import LxmlError

from kithwork.lint.check import check
from kithwork.lint.site import Site
from kithwork.pages.ledger import FIGURES, WORDS
from kithwork.pages.parsed import KINDS, Parsed


@check()
def page_can_be_read(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """A page has a head and a body that says of which known kind it is; its ledger is one, of numbers and words."""
    try:
        parts = [page.tree.find(part) for part in ("head", "body")]
        if None in parts or page.kind not in KINDS:
            yield f"kind {'' if parts[1] is None else page.kind!r}", f"Say data-page on the body: {', '.join(KINDS)}."
            return
        page.data("provenance")
        claims = page.claims
    except (LxmlError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        yield f"{type(error).__name__}: {error}", "Publish the page anew."
        return
    for name, claim in claims.items():
        figures = all(claim[one] is None or isinstance(claim[one], int | float) for one in FIGURES)
        if not figures or not all(claim[one] is None or isinstance(claim[one], str) for one in WORDS):
            yield f"claim {name}", "Publish the page anew: a ledger holds numbers and words."
