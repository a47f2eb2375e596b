"""The ledger of a page: the claims behind the figures that it prints, packed into one small JSON text, and read again.

A page holds the claims that it shows, and no others. What many claims share (a method, a unit, a label) is written once:
rows name such words by their place in a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

FIGURES = ("estimate", "low", "high", "n", "people", "other_people", "reference")
WORDS = ("measure", "label", "scope", "group", "other", "unit", "reference_label", "method", "basis", "stage")
SHOWN = re.compile(r'data-claim="([^"]+)"')

Claim = Mapping[str, Any]


def shown_in(html: Iterable[str], claims: Mapping[str, Claim]) -> dict[str, Claim]:
    """Those of the claims whose figures the HTML prints, in the order of their ids."""
    named = {unescape(name) for text in html for name in SHOWN.findall(text)}
    return {name: claims[name] for name in sorted(named & claims.keys())}


def packed(claims: Mapping[str, Claim]) -> dict:
    """The claims as {"figures", "words": columns, "texts": a list, "claims": {id: [figures…, places of words…]}}."""
    texts: dict[str, int] = {}
    rows = {
        name: [
            *(claim.get(column) for column in FIGURES),
            *(None if claim.get(column) is None else texts.setdefault(str(claim[column]), len(texts)) for column in WORDS),
        ]
        for name, claim in claims.items()
    }
    return {"figures": list(FIGURES), "words": list(WORDS), "texts": list(texts), "claims": rows}


def unpacked(ledger: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The claims of a page by id, as they were packed. Raises KeyError, IndexError or TypeError for what is no ledger."""
    figures, words, texts = ledger["figures"], ledger["words"], ledger["texts"]
    return {
        name: dict(zip(figures, row, strict=False))
        | {word: None if place is None else texts[place] for word, place in zip(words, row[len(figures) :], strict=True)}
        for name, row in ledger["claims"].items()
    }
