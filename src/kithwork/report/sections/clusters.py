"""People clustered by relationship type, or the honest answer that there are no clear clusters."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from kithwork.params import KINDS
from kithwork.release import Released
from kithwork.report import figures, html
from kithwork.report import sentences as say
from kithwork.report.findings import types
from kithwork.report.section import Facts

TOPIC = "People clusters"
STAGE = "people"


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """Stability against its null, and the mix of each segment or band."""
    finding = types(released, facts)
    shown = [kind for kind in KINDS if len(released.of(f"people.segment_{kind}"))]
    if finding is not None and not shown:
        return finding.title, [
            html.missing("What each holds: too few people in one of them to show any.", "A study of more people.")
        ]
    if finding is None:
        return "Too few people or ties to look for clusters", [
            html.missing("Clusters need people with several ties each.", "Relations or contacts for more of the staff.")
        ]
    supported = "people.segment_share" in released.held_back
    claim = finding.claim
    word = "segment" if supported else "third"
    title = f"What the portfolios in each {word} hold"
    source = f"n = {claim['n']} people with at least {facts.settings.people.fewest_ties} ties."
    if not supported:
        source += " Thirds are cut along this line, so they differ by their making."
    data = Markup("").join(
        html.table(
            f"Mean {kind} share",
            [(word.capitalize(), ""), ("Figure", "num"), ("95% interval", "num"), ("People", "num")],
            html.claim_rows(released.of(f"people.segment_{kind}")),
            "data",
        )
        for kind in shown
    )
    body = [
        html.note(
            "Stability",
            "is how well the segments of resampled people agree with those of all (adjusted Rand index).",
        ),
        html.paragraph(
            "The best split has a stability of ",
            html.with_interval(claim, finding.spread),
            ". ",
            _verdict(claim, supported),
        ),
        html.figure(
            facts.figure_number("clusters", 1),
            title,
            "Mean share of each kind in people’s portfolios, per cent, with 95% intervals",
            figures.segments(released, title),
            source,
            data,
        ),
        html.held_back(released.held_back.get(f"people.segment_{shown[0]}", 0), released.smallest_group, word),
        html.so_what(
            "Address people by the mix they have, not by a label."
            if not supported
            else "Ask each segment for what its mix makes easy.",
            "Types of person: a portfolio describes this moment’s ties, not personality"
            + ("." if supported else ", and a third is a cut through a continuum."),
        ),
    ]
    return finding.title, body


def _verdict(claim: pd.Series, supported: bool) -> str:
    """What the stability says: that the segments repeat, or why none are named."""
    if supported:
        return "The split repeats on resampled people better than one group without segments would let it."
    chance = say.number(claim["reference"], "index")
    why = (
        "One group without segments describes people as well."
        if claim["estimate"] > claim["reference"]
        else f"That is no better than the {chance} that one group without segments reaches in 95 of 100 cases."
    )
    return f"{why} So no types are named; people are shown in thirds along the line on which their portfolios differ most."
