"""Which parts of the market ties reach, by kind of party and segment: what hangs on one person, where nobody listens."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from kithwork.release import HELD_BACK, Released
from kithwork.report import bounded, downloads, html
from kithwork.report import sentences as say
from kithwork.report.market_readings import BLIND, FEW, UNKNOWN, Market
from kithwork.report.section import Facts

BESIDE = {"full_reach": "Had all answered", "fragility": "Lost with one person", "routes": "Separate routes"}
"""What stands beside the chance that a kind of party is heard, by measure, with its heading."""
COVERED, SINGLE = "coverage", "single_thread"
"""How measures end that say how many people have a tie to a kind of party, and how many parties one person alone names."""


def shown(released: Released, market: Market, facts: Facts) -> list[Markup]:
    """Coverage by kind of party, and by segment where the client names any."""
    blind = released.get("market.blind_spots")
    if blind is None:
        return []
    return [
        _by_kind(released, COVERED, "Share of people with a tie to each kind of outside party", "People with a tie"),
        html.paragraph(blind["label"], ": ", html.with_interval(blind), "; n counts kinds of party."),
        *_cells(market),
        *_segments(released),
        *_by_group(released, facts),
        *_held(released),
        *_heard(released),
    ]


def missing() -> Markup:
    """What would be needed where no party is named."""
    return html.missing(
        "Every tie in these data is between colleagues; no customer, supplier, regulator or competitor is named.",
        "Outside contacts (an address book, a customer list, or one survey question on whose reading of the market people "
        "rely on) would show where the market is heard, by how many people, and where nobody listens.",
    )


def title(released: Released, facts: Facts) -> str | None:
    """How many kinds of party are thinly covered; nothing where no party is named."""
    blind = released.get("market.blind_spots")
    if blind is None:
        return None
    fewest = say.count(facts.settings.market.fewest_sources)
    return {
        0: f"Every kind of outside party has at least {fewest} people tied to it",
        1: f"One kind of outside party has fewer than {fewest} people tied to it",
    }.get(
        round(blind["estimate"] * blind["n"] / 100),
        f"Some kinds of outside party have fewer than {fewest} people tied to them",
    )


def _cells(market: Market) -> list[Markup]:
    """Kinds of party by segment, in words: heard, on one person, or a blind spot."""
    kinds, segments = (sorted({part[at] for part in market.parts} - {UNKNOWN}) for at in (0, 1))
    if not segments:
        return []
    rows = [[say.sentence(kind), *(market.parts.get((kind, one), "–") for one in segments)] for kind in kinds]
    columns = [("Kind of party", ""), *((say.sentence(one), "f") for one in segments)]
    unheard = len(unheard_of(market))
    caption = "How well parts of the market are heard; a dash: no party of it is on file"
    text = (
        f"{say.sentence(say.several(unheard, 'part'))} of the market on file {say.verb(unheard, 'is', 'are')} heard by few "
        "or nobody, or by no strategic tie."
        if unheard
        else "Every part of the market on file is heard."
    )
    return [html.paragraph(text), html.table(caption, columns, rows)]


def unheard_of(market: Market) -> list[str]:
    """The parts of the market that no strategic tie, or few people, lead into."""
    return [
        kind if segment == UNKNOWN else f"{kind} × {segment}"
        for (kind, segment), state in market.parts.items()
        if state in (BLIND, FEW)
    ]


def _segments(released: Released) -> list[Markup]:
    """The chance that something said in a segment is heard, by segment."""
    stem = "market.segment_reach."
    claims = released.claims[released.claims["measure"].str.startswith(stem)]
    rows = [
        [
            say.sentence(claim["measure"].removeprefix(stem)),
            html.shown(claim),
            html.strip(claim, 0, 100),
            say.interval(claim, ""),
        ]
        for _, claim in claims.iterrows()
    ]
    if not rows:
        return []
    columns = [("Segment", ""), ("Heard", "num r big q"), ("Range", "sc q"), ("95% interval", "f")]
    caption = "Chance that something said in a segment reaches a strategic tie that is still fresh"
    return [html.table(caption, columns, rows)]


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


def _heard(released: Released) -> list[Markup]:
    """How well each kind of party is heard, with all who were silent too, without the one who carries most, and by how many
    separate routes."""
    rows = [
        [say.sentence(kind), html.pair(claim), *(_pair(released.get(f"market.{name}.{kind}")) for name in BESIDE)]
        for kind, claim in _of(released, "reach").items()
    ]
    if not rows:
        return []
    columns = [("Kind of party", ""), ("Heard", "f"), *((heading, "f") for heading in BESIDE.values())]
    caption = (
        "Chance that what a kind of party says reaches a strategic tie that is fresh; the same had everybody answered; "
        "points lost with the one person who carries most; people who would have to leave before nobody else reaches it"
    )
    return [html.folded("How well each kind of party is heard, and by how many routes", html.table(caption, columns, rows))]


def _pair(claim: pd.Series | None) -> object:
    return "–" if claim is None else html.pair(claim)


def _by_group(released: Released, facts: Facts) -> list[Markup]:
    """By group, the chance that what each kind of party says is heard there, folded."""
    kinds = list(_of(released, "reach"))
    claims = [released.of(f"market.reach.{kind}") for kind in kinds]
    if not any(map(len, claims)):
        return []
    groups, whole = sorted(bounded.largest(claims)), pd.concat(claims)
    tables = {kind: of.set_index("group") for kind, of in zip(kinds, claims, strict=True)}
    rows = [
        [name, *(html.pair(tables[kind].loc[name]) if name in tables[kind].index else HELD_BACK for kind in kinds)]
        for name in groups
    ]
    columns = [(say.sentence(facts.word), ""), *((say.sentence(kind), "f") for kind in kinds)]
    caption = f"Chance that what a kind of party says is heard in each {facts.word}, with 95% intervals"
    caption += bounded.told_of_table(whole["group"].nunique(), facts.word)
    file = downloads.link("heard", "These chances", *claims)
    why = f"{HELD_BACK} about too few people, mostly one person’s doing, or needed so that such a one cannot be worked out."
    note = html.paragraph(why, cls="small") if any(HELD_BACK in row for row in rows) else Markup("")
    return [html.folded(f"How well each {facts.word} hears the market", html.table(caption, columns, rows) + note, file)]


def _of(released: Released, name: str) -> dict[str, object]:
    """Claims about the whole of a measure by kind of party, by kind."""
    stem = f"market.{name}."
    rows = released.claims[released.claims["measure"].str.startswith(stem) & released.claims["group"].isna()]
    return {row["measure"].removeprefix(stem): row for _, row in rows.iterrows()}


def _by_kind(released: Released, ending: str, caption: str, heading: str) -> Markup:
    """A table of one measure by kind of party."""
    columns = [("Kind of party", ""), (heading, "num r big q"), ("Range", "sc q"), ("95% interval", "f")]
    measures = released.claims["measure"].str.endswith(f"_{ending}") & released.claims["group"].isna()
    rows = [
        [
            claim["measure"].removeprefix("market.").removesuffix(f"_{ending}").capitalize(),
            html.shown(claim),
            html.strip(claim, 0, 100),
            say.interval(claim, ""),
        ]
        for _, claim in released.claims[measures].iterrows()
    ]
    return html.table(caption, columns, rows)
