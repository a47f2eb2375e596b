"""Ranks: "largest" or "rarest" is said only of what lies wholly beyond everything it is ranked with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kithwork.lint.check import SECTIONED, check
from kithwork.lint.reading import titles
from kithwork.lint.site import Site
from kithwork.pages.parsed import Parsed
from kithwork.setting import KINDS

UP = re.compile(r"\b(?:highest|largest|biggest|strongest|greatest|most common|most often|outweigh\w*)\b", re.IGNORECASE)
DOWN = re.compile(r"\b(?:lowest|smallest|rarest|fewest|weakest|least often)\b", re.IGNORECASE)
KIND = re.compile(rf"({'|'.join(KINDS)})")


@check(*SECTIONED)
def ranks_are_borne_out(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Where a title ranks a kind or a group, its interval lies wholly beyond those of all others shown of that measure.

    What a title ranks that is no kind and no group of a shown measure cannot be checked here.
    """
    families = _families(page)
    for _, title in titles(page):
        for clause in re.split(r"[;:,]", title):
            up, down = UP.search(clause), DOWN.search(clause)
            if not up and not down:
                continue
            named = [
                borne
                for family in families
                if (member := _named(clause, family)) and (borne := _beyond(member, family, bool(up))) is not None
            ]
            if named and not any(named):
                yield title, "Rank only what lies wholly beyond the others: say that they cannot be ranked."


def _families(page: Parsed) -> list[dict[str, dict[str, Any]]]:
    """Claims that may be ranked with one another: of a measure by group, or of each kind, by what is ranked."""
    found = defaultdict(dict)
    for name, claim in page.claims.items():
        if claim["group"] and not claim["other"]:
            found[claim["measure"], "group"][claim["group"]] = claim
        elif kind := KIND.search(name):
            found[KIND.sub("*", name), "kind"][kind[1]] = claim
    return [family for family in found.values() if len(family) > 1]


def _named(clause: str, family: dict[str, dict]) -> str | None:
    """The first member of a family that a clause names."""
    places = {name: at.start() for name in family if (at := re.search(rf"\b{re.escape(name)}\b", clause, re.IGNORECASE))}
    return min(places, key=places.__getitem__) if places else None


def _beyond(member: str, family: dict[str, dict[str, Any]], up: bool) -> bool:
    """Whether a member's interval lies wholly above, or below, every other's."""
    own, others = family[member], [claim for name, claim in family.items() if name != member]
    return all(own["low"] > one["high"] if up else own["high"] < one["low"] for one in others)
