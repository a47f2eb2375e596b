"""People clustered by relationship type, or the honest answer that there are no clear clusters."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from kithwork.people.places import UNPLACED
from kithwork.release import ALL, HELD_BACK, Released
from kithwork.report import figures, html
from kithwork.report import sentences as say
from kithwork.report.finding import Finding
from kithwork.report.findings import types
from kithwork.report.limits import limits, seldom_found
from kithwork.report.section import Facts
from kithwork.report.trace import worded
from kithwork.setting import KINDS

TOPIC = "People clusters"
STAGE = "people"
RANGE = "95% of subsamples"
TYPES = "Types of person: a portfolio describes this moment’s ties, not personality"
ORDER = ("First third", "Middle third", "Last third", UNPLACED, ALL)
"""How columns of bands follow one another; those of segments stand before them by name."""


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """The verdict and what it rests on; each segment's size and stability; and the mix of each segment or band."""
    finding = types(released, facts)
    shown = [kind for kind in KINDS if len(released.of(f"people.segment_{kind}"))]
    if finding is None:
        return "Too few people or ties to look for clusters", [
            html.missing("Clusters need people with several ties each.", "Relations or contacts for more of the staff.")
        ]
    supported = "people.segment_share" in released.held_back
    body = [
        html.note(
            "Stability",
            "is how well the segments of resampled people agree with those of all, "
            "0 as chance would, 1 the same (adjusted Rand index).",
        ),
        html.paragraph(
            "The best split has a stability of ",
            html.with_interval(finding.claim, finding.spread),
            ". ",
            _verdict(finding.claim, supported),
        ),
        _number(released),
        _methods(released),
        *(_each(released) if supported else ()),
        *(_mixes(released, facts, finding.claim, shown, supported) if shown else _too_few()),
        *_where(facts, "segment" if supported else "third"),
        html.so_what(
            _act(finding, released),
            limits(
                "clusters", TYPES + ("." if supported else ", and a third is a cut through a continuum."), released, facts
            ),
        ),
    ]
    return finding.title, body


@worded
def _act(finding: Finding, released: Released) -> str:
    if finding.others and seldom_found(released):
        return "Address nobody by a segment before it is found again."
    return (
        "Ask each segment for what its mix makes easy."
        if finding.others
        else "Address people by the mix they have, not by a label."
    )


def _verdict(claim: pd.Series, supported: bool) -> str:
    """What the stability says: that the segments repeat, or why none are named."""
    if supported:
        return "The split repeats on resampled people better than one group without segments would let it."
    chance = say.number(claim["reference"], "index")
    why = (
        "One group without segments describes people as well, or not every segment is found again."
        if claim["estimate"] > claim["reference"]
        else f"That is not above {chance}, below which one group without segments stays in 95 of 100 cases."
    )
    return f"{why} So no types are named; people are shown in thirds along the line on which their portfolios differ most."


def _number(released: Released) -> Markup:
    """How many groups the criteria prefer, and which one decides."""
    icl, bic = (released.get(f"people.preferred_{by}") for by in ("icl", "bic"))
    if icl is None or bic is None:
        return Markup("")
    return html.paragraph(
        "How many groups describe these people best: ",
        html.with_interval(icl, RANGE),
        " by the score that decides, which counts groups that lie apart (ICL, integrated completed likelihood); ",
        html.with_interval(bic, RANGE),
        " by one that also counts the pieces it takes to draw a single skewed group (BIC, Bayesian information criterion).",
        cls="small",
    )


def _methods(released: Released) -> Markup:
    """How far other methods cut people alike."""
    kmeans, hdbscan = (released.get(f"people.agreement_{name}") for name in ("kmeans", "hdbscan"))
    if kmeans is None or hdbscan is None:
        return Markup("")
    return html.paragraph(
        "How far two other methods cut people as this split does, 0 as chance would and 1 the same: k-means, which makes as many "
        "round groups, ",
        html.with_interval(kmeans),
        "; HDBSCAN, which looks for dense groups and may find none, ",
        html.with_interval(hdbscan),
        ".",
        cls="small",
    )


def _each(released: Released) -> list[Markup]:
    """Size, stability and sureness of each segment, and how many people are mixed."""
    columns = [("Segment", ""), ("People", "num"), ("Found again", "num"), ("", ""), ("Membership", "num")]
    repeats, sure = (released.of(f"people.segment_{of}").set_index("group") for of in ("stability", "membership"))
    rows = [
        [
            row["group"],
            html.pair(row),
            html.pair(repeats.loc[row["group"]]),
            say.repeats(repeats.loc[row["group"], "estimate"]),
            html.pair(sure.loc[row["group"]]),
        ]
        for _, row in released.of("people.segment_share").iterrows()
        if row["group"] in repeats.index and row["group"] in sure.index
    ]
    mixed = released.get("people.mixed")
    told = [html.table("Size, stability and membership of each segment", columns, rows)] if rows else []
    if mixed is not None:
        told.append(
            html.paragraph(
                "Found again is the mean Jaccard index over resamples (Hennig 2007). Membership is the mean probability that "
                "who is placed in a segment belongs there, over what the kinds of ties leave open. Mixed, with no clear "
                "segment, are ",
                html.with_interval(mixed),
                " of people; each is counted with the nearest segment.",
            )
        )
    return told


def _mixes(released: Released, facts: Facts, claim: pd.Series, shown: list[str], supported: bool) -> list[Markup]:
    """The figure of what each segment or band holds, and how many are held back."""
    word = "segment" if supported else "third"
    title = f"What the portfolios in each {word} hold"
    source = f"n = {claim['n']} people with at least {facts.settings.people.fewest_ties} ties."
    if not supported:
        source += " Thirds are cut along the line on which portfolios differ most, so they differ by their making."
    columns = [(word.capitalize(), ""), ("Figure", "num"), ("95% interval", "num"), ("People", "num")]
    data = Markup("").join(
        html.table(
            f"Mean {kind} share", columns, sorted(html.claim_rows(released.of(f"people.segment_{kind}")), key=_at), "data"
        )
        for kind in shown
    )
    sub = "Mean share of each kind in people’s portfolios, per cent, with 95% intervals"
    return [
        html.figure(
            facts.figure_number("clusters", 1),
            title,
            sub,
            figures.segments(released, title),
            source,
            data,
            pd.concat([released.of(f"people.segment_{kind}") for kind in shown]),
        ),
        html.held_back(released.held_back.get(f"people.segment_{shown[0]}", 0), released.smallest_group, word),
    ]


def _at(row: list[object]) -> int:
    """Where a third stands, the first being 0; 0 for every segment, which stay in the order of their names."""
    return ORDER.index(row[0]) if row[0] in ORDER else 0


def _where(facts: Facts, word: str) -> list[Markup]:
    """How many people of each segment or third work in each unit and at each site, as far as it may be told."""
    if facts.places is None:
        return []
    made = []
    for split, name in (("unit", facts.word), ("site", "site")):
        counts = facts.places.of(split)
        counts = counts[sorted(counts, key=lambda segment: ORDER.index(segment) if segment in ORDER else -1)]
        if counts.empty:
            continue
        columns = [(name.capitalize(), ""), *((str(segment), "num") for segment in counts)]
        rows = [[place, *(HELD_BACK if pd.isna(n) else f"{n:,}" for n in row)] for place, *row in counts.itertuples()]
        made.append(html.table(f"How many people of each {word} there are, by {name}", columns, rows))
        if counts.isna().to_numpy().any():
            made.append(
                html.paragraph(
                    f"{HELD_BACK}: a count of fewer than {facts.settings.report.smallest_group} people, or one without which "
                    "such a count could be worked out from the others.",
                    cls="small",
                )
            )
    return made


def _too_few() -> list[Markup]:
    return [html.missing("What each holds: too few people in one of them to show any.", "A study of more people.")]
