"""Market insight: which parts of the market the organisation has ties into."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html
from kithwork.report import sentences as say
from kithwork.report.section import Facts

TOPIC = "Market insight"
STAGE = "market"


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """Coverage by kind of outside party, or what would be needed to have it."""
    blind = released.get("market.blind_spots")
    if blind is None:
        return "Nothing can be said about the market from ties inside alone", [
            html.missing(
                "Every tie in these data is between colleagues; no customer, supplier, regulator or competitor is named.",
                "Outside contacts (an address book, a customer list, or one survey question on whose reading of the market people "
                "rely on) would show where the market is heard, by how many people, and where nobody listens.",
            )
        ]
    covered = released.claims[released.claims["measure"].str.endswith("_coverage")]
    columns = [
        ("Kind of party", ""),
        ("People with a tie", "num r big q"),
        ("Range", "sc q"),
        ("95% interval", "f"),
    ]
    rows = [
        [
            claim["measure"].removeprefix("market.").removesuffix("_coverage").capitalize(),
            html.shown(claim),
            html.strip(claim, 0, 100),
            say.interval(claim, ""),
        ]
        for _, claim in covered.iterrows()
    ]
    fewest = say.count(facts.settings.market.fewest_sources)
    title = {
        0: f"Every kind of outside party has at least {fewest} people tied to it",
        1: f"One kind of outside party has fewer than {fewest} people tied to it",
    }.get(
        round(blind["estimate"] * blind["n"] / 100),
        f"Some kinds of outside party have fewer than {fewest} people tied to them",
    )
    return title, [
        html.table("Share of people with a tie to each kind of outside party", columns, rows),
        html.paragraph(blind["label"], ": ", html.with_interval(blind), "; n counts kinds of party."),
        html.so_what(
            "Where few people listen, ask who could, and introduce them.",
            "What those ties carry, or whether it is right: that takes comments and their recurrence.",
        ),
    ]
