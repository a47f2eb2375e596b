"""Who hears first: people with strategic ties or ties outside, and which groups."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import bounded, downloads, html
from kithwork.report import sentences as say
from kithwork.report.section import Facts

UNCLEAR, TOO_FEW = "no clear difference", "too few to tell"
SIDES = ("earlier", "later")
EVEN = 50
HOLDERS = {
    "strategic": "more strategic ties",
    "functional": "more functional ties",
    "personal": "more personal ties",
    "outside": "a tie to such parties outside",
}
"""Whose hearing is compared, in words."""


def shown(released: Released, facts: Facts) -> list[Markup]:
    """The comparison by kind of tie and, folded, by group; nothing where no topic has enough dated texts."""
    claims = {kind: claim for kind in HOLDERS if (claim := released.get(f"market.earlier.{kind}")) is not None}
    if not claims:
        return []
    rows = [
        [
            f"People with {HOLDERS[kind]}",
            html.shown(claim),
            html.strip(claim, 0, 100),
            say.interval(claim, ""),
            verdict(claim, facts),
        ]
        for kind, claim in claims.items()
    ]
    columns = [("Who", ""), ("First", "num r big q"), ("Range", "sc q"), ("95% interval", "f"), ("So", "f")]
    caption = (
        "Of two people who both write, the chance that the one with more such ties writes of a topic first; 50 is no "
        "difference"
    )
    parts = [html.paragraph(f"{title(released, facts)}."), html.table(caption, columns, rows), *_groups(released, facts)]
    wait = released.get("market.latency")
    if wait is not None:
        text = "From the first text on a topic to its first entry on the register of ideas, the middle topic waits "
        parts.append(html.paragraph(text, html.with_interval(wait), "; n counts topics."))
    return parts


def title(released: Released, facts: Facts) -> str:
    """Whether people with strategic ties hear earlier."""
    strategic, outside = (released.get(f"market.earlier.{kind}") for kind in ("strategic", "outside"))
    if strategic is None:
        return "Whether people with strategic ties hear earlier cannot be told"
    place = verdict(strategic, facts)
    if place in SIDES:
        return f"People with strategic ties write of a topic {place} than others"
    if outside is not None and verdict(outside, facts) == SIDES[0]:
        return "Whoever knows the parties outside writes earlier; for strategic ties to colleagues no difference is clear"
    if place == TOO_FEW:
        return "Too few texts tell whether people with strategic ties hear earlier"
    return "That people with strategic ties hear earlier is not found here"


def verdict(claim, facts: Facts) -> str:
    """One of `SIDES` where the whole interval lies on that side of 50; else whether a large difference is ruled out."""
    if claim["low"] > EVEN or claim["high"] < EVEN:
        return SIDES[0] if claim["low"] > EVEN else SIDES[1]
    useful = facts.settings.report.useful_difference
    return UNCLEAR if max(EVEN - claim["low"], claim["high"] - EVEN) <= useful else TOO_FEW


def _groups(released: Released, facts: Facts) -> list[Markup]:
    """By group, the share of topics that it wrote of first, beside its share of the texts."""
    groups = released.of("market.first_by")
    if groups.empty:
        return []
    columns = [
        (say.sentence(facts.word), ""),
        ("First", "num r big q"),
        ("Range", "sc q"),
        ("95% interval", "f"),
        ("Of the texts", "f"),
    ]
    shown = groups[groups["group"].isin(bounded.largest([groups]))]
    rows = [
        [
            row["group"],
            html.shown(row),
            html.strip(row, 0, 100),
            say.interval(row, ""),
            Markup('<span class="ci">{}</span>').format(say.number(row["reference"], "%")),
        ]
        for _, row in shown.sort_values("estimate", ascending=False, kind="stable").iterrows()
    ]
    rest = bounded.told_of_table(len(groups), facts.word)
    table = html.table(f"Share of topics that a {facts.word} wrote of first; n counts topics{rest}", columns, rows)
    hidden = html.held_back(released.held_back.get("market.first_by", 0), released.smallest_group, facts.word)
    file = downloads.link("first", "These shares", groups)
    return [html.folded(f"Which {facts.words} write first", table + hidden, file)]
