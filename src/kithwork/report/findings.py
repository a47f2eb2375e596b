"""The findings of the summary: one sentence each, chosen and worded by rules from released claims.

A finding appears only where its claim exists.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from kithwork.release import Released
from kithwork.report import change_findings, market_findings, value_findings, verdicts
from kithwork.report import sentences as say
from kithwork.report.finding import GOOD, RISK, STRATEGIC, Finding
from kithwork.report.first_place import largest, smallest
from kithwork.report.section import Facts
from kithwork.report.trace import worded
from kithwork.setting import KINDS
from kithwork.tables import ASSUMED, ESTIMATED, FINDINGS

EXACT = 200
"""People below which a share released as 0 % or 100 % is exactly that; from there on one person can be lost in rounding."""


STABLE = 0.75
"""Mean Jaccard index from which on a segment is called stable (Hennig 2007)."""
BY_SIGNS, BY_ANSWERS = "By the stated signs, ", "By people’s answers, "
"""How a finding begins that rests on assumed strengths of signs, or on what people said of the kinds of their ties."""


def findings(released: Released, facts: Facts) -> dict[str, Finding]:
    """All findings that the claims allow, by the name of their rule, in the order of the summary."""
    made = {rule.__name__: rule(released, facts) for rule in RULES}
    return {name: finding for name, finding in made.items() if finding is not None}


def table(found: dict[str, Finding]) -> pd.DataFrame:
    """The `findings` table."""
    rows = [
        {"rank": rank, "title": one.title, "text": one.text, "claim": one.claim["id"], "section": one.section}
        for rank, one in enumerate(found.values(), start=1)
    ]
    return FINDINGS.checked(pd.DataFrame(rows)) if rows else FINDINGS.empty()


@worded
def composition(released: Released, facts: Facts) -> Finding | None:
    """Which kind fills the portfolio, and which is rarest."""
    shares = {k: c for k in KINDS if (c := released.get(f"people.share_{k}")) is not None}
    if len(shares) < 2:
        return None
    most, least = largest(shares), smallest(shares)
    unread = say.join(k for k in KINDS if k not in shares)
    if most and least and unread:
        title = f"{most} ties outweigh {least} ties; {unread} ties cannot be told"
    elif most and least:
        title = f"{most} ties are the largest part of the portfolio; {least} ties are the rarest"
    elif least:
        rest = say.join(k for k in shares if k != least)
        title = f"{least} ties are the rarest; {rest} ties cannot be ranked"
    elif most:
        title = f"{most} ties are the largest part of the portfolio"
    else:
        title = f"{say.join(shares)} ties cannot be ranked by size"
    named = least or most or list(shares)[-1]
    text = f"Share of the relationship portfolio that is {named}."
    if unread:
        text += f" {say.sentence(unread)} ties cannot be told from these data."
    basis = kinds_basis(released, shares)
    begins = BY_ANSWERS if basis == ESTIMATED else BY_SIGNS
    figures = [claim["estimate"] for claim in shares.values()]
    return Finding(
        f"{begins}{title}",
        text,
        shares[named],
        "portfolio",
        basis,
        f"{named} share",
        others=tuple(claim["id"] for claim in shares.values()),
        about=(STRATEGIC,) if "strategic" in shares else (),
        effect=max(figures) - min(figures),
    )


def kinds_basis(released: Released, kinds: Iterable[str]) -> str:
    """What these kinds of tie rest on: `estimated` where all were told by what people said, else `assumed`.

    The claim of what each leaves open says so itself: how many answers there were to judge by is another matter.
    """
    told = (released.get(f"ties.open_{kind}") for kind in kinds)
    return ESTIMATED if all(claim is not None and claim["basis"] == ESTIMATED for claim in told) else ASSUMED


@worded
def crossing(released: Released, facts: Facts) -> Finding | None:
    """Whether ties cross groups as often as their sizes would give."""
    claim = released.get("values.strategic_perspective.boundary_crossing")
    if claim is None:
        return None
    words = {
        "below": f"ties stay within {facts.words} more than",
        "above": f"ties cross {facts.words} more than",
    }
    place = verdicts.side(claim)
    start = words.get(place, f"ties cross {facts.words} neither clearly more nor clearly less than")
    sizes = say.number(claim["reference"], "index")
    return Finding(
        f"{say.sentence(start)} group sizes alone would give",
        f"E-I index, from all ties within (−1) to all across (+1); sizes alone would give {sizes}.",
        claim,
        "portfolio",
        "measured",
        "E-I index",
        about=(STRATEGIC, *{"below": (RISK,), "above": (GOOD,)}.get(place, ())),
    )


@worded
def types(released: Released, facts: Facts) -> Finding | None:
    """Whether people fall into segments."""
    claim = released.get("people.stability")
    if claim is None:
        return None
    found = len(released.of("people.segment_share")) + released.held_back.get("people.segment_share", 0)
    if found:
        repeats = released.of("people.segment_stability")["estimate"]
        kind = "segment" if (repeats < STABLE).any() else "stable segment"
        title = f"People fall into {say.several(found, kind)} by the mix of their relationships"
    else:
        title = "No stable types of networker are found; people are placed on a continuum"
    text = (
        "Stability of the best split into segments (0 none, 1 perfect); that of one group without segments stays "
        f"below {say.number(claim['reference'], 'index')} in 95 of 100 cases."
    )
    basis = kinds_basis(released, [kind for kind in KINDS if released.get(f"people.share_{kind}") is not None])
    shares = tuple(released.of("people.segment_share")["id"])
    return Finding(title, text, claim, "clusters", basis, "stability", "95% of resamples", shares if found else ())


@worded
def doubt(released: Released, facts: Facts) -> Finding | None:
    """For which kind the signs leave most ties open; among equals, the one that the portfolio's finding names."""
    open_ties = {k: c for k in KINDS if (c := released.get(f"ties.open_{k}")) is not None}
    if not open_ties:
        return None
    mixture = composition(released, facts)
    named = mixture.figure.split()[0] if mixture else None
    kind = max(open_ties, key=lambda k: (open_ties[k]["estimate"], k == named))
    if open_ties[kind]["estimate"] == 0:
        return None
    part = verdicts.fraction(open_ties[kind])
    many = f"{part} of" if part else "most" if open_ties[kind]["low"] > 50 else "some"
    basis = kinds_basis(released, [kind])
    told = basis == ESTIMATED
    by, asked = ("What people said leaves", "asking more") if told else ("The signs leave", "asking people")
    title = f"{by} open whether {many} ties are {kind}; {asked} could tell"
    text = f"Share of ties whose probability of being {kind} is neither high nor low; n counts ties."
    return Finding(
        title,
        text,
        open_ties[kind],
        "trust",
        basis,
        "share of ties",
        "95% range",
        about=(RISK, STRATEGIC) if kind == "strategic" else (RISK,),
        effect=float(open_ties[kind]["estimate"]),
    )


RULES = (
    change_findings.readiness, change_findings.held_back, crossing, composition, *value_findings.RULES, types,
    market_findings.acting, market_findings.rising, market_findings.first, change_findings.peers, change_findings.start,
    doubt,
)  # fmt: skip
"""The rules, in the order in which their findings stand."""
