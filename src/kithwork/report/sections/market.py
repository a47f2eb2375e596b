"""Market insight: which parts of the market the organisation has ties into."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html
from kithwork.report import sentences as say
from kithwork.report.section import Facts

TOPIC = "Market insight"
STAGE = "market"
SINGLE = "single_thread"
"""How measures end that say how many parties one person alone names."""


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
    fewest = say.count(facts.settings.market.fewest_sources)
    title = {
        0: f"Every kind of outside party has at least {fewest} people tied to it",
        1: f"One kind of outside party has fewer than {fewest} people tied to it",
    }.get(
        round(blind["estimate"] * blind["n"] / 100),
        f"Some kinds of outside party have fewer than {fewest} people tied to them",
    )
    return title, [
        _by_kind(released, "coverage", "Share of people with a tie to each kind of outside party", "People with a tie"),
        html.paragraph(blind["label"], ": ", html.with_interval(blind), "; n counts kinds of party."),
        *_held(released),
        html.so_what(
            "Where few people listen, ask who could, and introduce them. Where an outside party that matters is known to one "
            "person, let that person bring in a second.",
            "What those ties carry, or whether it is right: that takes comments and their recurrence.",
        ),
    ]


def _held(released: Released) -> list[Markup]:
    """By kind, the parties that hang on one person, and how many others come near; nothing where no party is named."""
    if not released.claims["measure"].str.endswith(SINGLE).any():
        return []
    caption = "Of the outside parties that anybody names, the share that one person alone names"
    hidden = sum(n for measure, n in released.held_back.items() if measure.endswith(SINGLE))
    verb = "is" if hidden == 1 else "are"
    parts = [
        _by_kind(released, SINGLE, caption, "Held by one person"),
        html.paragraph(
            f"[c] {say.sentence(say.several(hidden, 'kind of party', 'kinds of party'))} {verb} held back: fewer than "
            f"{released.smallest_group} people hold ties there.",
            cls="small",
        )
        if hidden
        else Markup(""),
        html.paragraph(
            "n counts parties here, and where it is small the intervals are wide. People name few of those they know: a "
            "second tie may be there that nobody named, so these shares are upper bounds."
        ),
    ]
    near = released.get("market.within_reach")
    if near is not None:
        parts.append(html.paragraph(near["label"], ": ", html.with_interval(near), "; n counts parties."))
    return parts


def _by_kind(released: Released, ending: str, caption: str, heading: str) -> Markup:
    """A table of one measure by kind of party."""
    columns = [("Kind of party", ""), (heading, "num r big q"), ("Range", "sc q"), ("95% interval", "f")]
    rows = [
        [
            claim["measure"].removeprefix("market.").removesuffix(f"_{ending}").capitalize(),
            html.shown(claim),
            html.strip(claim, 0, 100),
            say.interval(claim, ""),
        ]
        for _, claim in released.claims[released.claims["measure"].str.endswith(f"_{ending}")].iterrows()
    ]
    return html.table(caption, columns, rows)
