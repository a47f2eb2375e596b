"""Change readiness as people answer for it, and how far a start could reach through the ties there are."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html
from kithwork.report import sentences as say
from kithwork.report.findings import readiness, start
from kithwork.report.section import Facts

TOPIC = "Change readiness"
STAGE = "change"


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """Readiness by group where people were asked; the reach of a start in every case."""
    whole, reach = released.get("change.readiness"), start(released, facts)
    body: list[Markup] = []
    if whole is None:
        body.append(
            html.missing(
                "Nobody, or too few people, answered about a change, so readiness cannot be read.",
                "Six survey items on commitment and efficacy would show which groups are ready, with intervals, and which need what first.",
            )
        )
    else:
        body += _readiness(released, facts)
    if reach is not None:
        chance = released.get("change.reach_random")
        columns = [("Start", ""), ("People touched", "num r big q"), ("Range", "sc q"), ("Interval", "f q")]
        starters = say.count(facts.settings.change.starters)
        rows = [
            [f"{say.sentence(starters)} {who}", html.shown(c), html.strip(c, 0, 100), say.interval(c, word)]
            for who, c, word in (
                ("well-placed starters", reach.claim, reach.spread),
                ("starters at random", chance, "95% of draws"),
            )
        ]
        body.append(html.table("People who are a starter or tied to one: a scenario, not a measurement", columns, rows))
        body.append(
            html.paragraph(
                "Well placed means: chosen so that together they touch the most people. They are chosen by the same ties that "
                "are then counted, which flatters them: a start in earnest would touch fewer.",
            )
        )
    ready = readiness(released, facts)
    if ready is not None and say.against(whole, facts.settings.change.useful_difference).endswith("below"):
        act = "Ask the groups what they would need before they could start, and answer that first."
    elif reach is None:
        act = "Choose starters for their readiness, and with their consent."
    elif reach.claim["low"] > released.get("change.reach_random")["high"]:
        act = "Ask a small mixed group of well-placed people to start, with their consent, rather than telling everybody at once."
    else:
        act = "Choose starters for their readiness: by position alone a choice is not clearly better than a draw."
    body.append(
        html.so_what(
            act,
            "A forecast. To be touched is not to be convinced, and nobody here was asked whether they want the change."
            if whole is None
            else "A forecast. To be touched is not to be convinced.",
        )
    )
    leading = ready or reach
    return leading.title if leading else "Nothing about change can be read from these data", body


def _readiness(released: Released, facts: Facts) -> list[Markup]:
    useful = facts.settings.change.useful_difference
    groups = released.of("change.readiness").sort_values("estimate", ascending=False)
    whole = released.get("change.readiness")
    columns = [
        (say.sentence(facts.word), ""),
        ("Readiness", "num r big q"),
        ("Range", "sc q"),
        ("95% interval", "f"),
        ("Against the threshold", "f"),
    ]
    rows = [
        [name, html.shown(c), html.strip(c, 0, 100), say.interval(c, ""), _place(c, useful)]
        for name, c in [("All", whole), *((row["group"], row) for _, row in groups.iterrows())]
    ]
    threshold = f"{facts.settings.change.ready_at:g}"
    return [
        html.table(f"Mean readiness, 0 to 100; the declared threshold is {threshold}", columns, rows),
        html.held_back(released.held_back.get("change.readiness", 0), released.smallest_group, facts.word),
    ]


def _place(claim: pd.Series, useful: float) -> str:
    return say.against(claim, useful).removesuffix(" as").removesuffix(" from")
