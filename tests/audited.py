"""Small folders of finished pages for the tests of the audit: a page of a study, what may be planted in it, its claims."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from synthetic import claim

from kithwork.pages import ledger, rendering
from kithwork.pages.parsed import Parsed

PAGE = (
    '<!doctype html><html lang="en"><head><title>A study</title>{head}</head>'
    '<body data-page="{kind}" data-edition="{edition}" data-smallest="{smallest}">{body}'
    '<script type="application/json" id="claims">{claims}</script></body></html>'
)


def html(*claims: dict, body: str = "", head: str = "", kind: str = "report", edition: str = "sponsor", smallest=5) -> str:
    """A page with these claims in its ledger."""
    packed = ledger.packed({one["id"]: one for one in claims})
    told = json.dumps(packed).replace("<", "\\u003c")
    return PAGE.format(head=head, kind=kind, edition=edition, smallest=smallest, body=body, claims=told)


def page(*claims: dict, name: str = "index.html", **about) -> Parsed:
    """The same, parsed."""
    return Parsed(name, html(*claims, **about))


def folder(root: Path, **pages: str) -> Path:
    """A folder of pages by their names without an end."""
    for name, text in pages.items():
        rendering.write(root / f"{name}.html", text)
    return root


def measure(name: str, whole: tuple[int, float], groups: dict[str, tuple[int, float]], **changes) -> list[dict]:
    """The claims of a measure: people and figure of the whole, and of each group."""
    rows = [claim(name, whole[1], n=whole[0], **changes)]
    return rows + [claim(name, figure, n=people, group=group, **changes) for group, (people, figure) in groups.items()]


def safe(text: str) -> str:
    """Text as it stands in HTML."""
    return escape(text)
