"""The ledger: every number of a page is a claim that can stand: within its interval, about enough people, told of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kithwork.lint.check import SECTIONED, check
from kithwork.lint.site import Site
from kithwork.pages.parsed import Parsed
from kithwork.release import DECIMALS
from kithwork.tables import STAGES

NO_SMALLER = 5
"""People, where a page does not say what its smallest group is."""
ANEW = re.compile(
    r"worlds|bootstrap|jackknife|subsamples|permut|drawn|draws|both ends of the range|range over", re.IGNORECASE
)
"""What methods say whose interval is the spread of figures made many times, or under several assumptions."""
CERTAIN = 3.8416
"""The square of the normal quantile of a 95% interval."""


@check(*SECTIONED)
def intervals_hold_their_figure(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Each claim has a number for its figure and both ends, and the figure lies between them."""
    for name, claim in page.claims.items():
        ends = [claim[part] for part in ("low", "estimate", "high")]
        if None in ends or not ends[0] <= ends[1] <= ends[2]:
            yield f"{name}: {ends}", "An interval holds its figure: look where the claim is made."


@check(*SECTIONED)
def intervals_have_a_width(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """An interval without width stands only where the figure is a count of all there is, or where rounding closed it."""
    for name, claim in page.claims.items():
        if claim["low"] is not None and claim["low"] == claim["high"] and not _may_be_closed(claim):
            yield f"{name}: {claim['low']} to {claim['high']}, n = {claim['n']}", "A sample of that size leaves more doubt."


@check(*SECTIONED)
def claims_are_about_enough_people(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """No claim is about fewer people than the page's smallest group, nor is either group of a pair."""
    for name, claim in page.claims.items():
        for part in ("people", "other_people"):
            if claim[part] is not None and claim[part] < smallest(page):
                yield f"{name}: {claim[part]} people", "It must not pass the gate: make the report again."


@check(*SECTIONED)
def claims_are_told_of(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """Each claim has a label, a known unit, a method, the stage that its id begins with, and how many it rests on."""
    for name, claim in page.claims.items():
        wrong = [
            *(part for part in ("label", "method") if not claim[part]),
            *(["unit"] if claim["unit"] not in DECIMALS else []),
            *(["stage"] if claim["stage"] not in STAGES or not name.startswith(f"{claim['stage']}.") else []),
            *(["n"] if not isinstance(claim["n"], int) or claim["n"] < 1 else []),
        ]
        if wrong:
            yield f"{name}: {', '.join(wrong)}", "Say it where the claim is made (claims.Ledger.add)."


@check(*SECTIONED)
def ledger_holds_what_is_shown(page: Parsed, site: Site) -> Iterator[tuple[str, str]]:
    """A page with figures has a ledger, and no claim in it that the page does not print."""
    shown = set(page.tree.xpath("//main//data/@data-claim"))
    if shown and not page.claims:
        yield f"no ledger for {len(shown)} figures", "Publish the page with the claims that it shows."
    for name in sorted(set(page.claims) - shown):
        yield name, "Leave out of the ledger what the page does not print."


def smallest(page: Parsed) -> int:
    """The smallest group that a page may show, as its body says."""
    said = page.tree.find("body").get("data-smallest") or ""
    return int(said) if said.isdigit() else NO_SMALLER


def _may_be_closed(claim: dict[str, Any]) -> bool:
    """Whether counting all there is, or rounding, may leave no width: what was drawn or played anew may agree each time; of
    a sample's share the Wilson interval is closed by rounding to whole per cents where it is narrower than one.
    """
    if claim["unit"] == "count" or ANEW.search(claim["method"] or ""):
        return True
    if claim["unit"] != "%" or not claim["n"]:
        return False
    n, share = claim["n"], min(max(claim["estimate"] / 100, 0), 1)
    half = (CERTAIN * (share * (1 - share) / n + CERTAIN / 4 / n**2)) ** 0.5 / (1 + CERTAIN / n)
    return 200 * half < 1
