"""The ten values: what each asks, what could be measured, and what is missing for the rest."""

from __future__ import annotations

from importlib import import_module

import pandas as pd
from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html
from kithwork.report import sentences as say
from kithwork.report.section import Facts
from kithwork.values import VALUES

TOPIC = "Ten values"
STAGE = "values"


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """One row per indicator in the framework's order; never a total."""
    rows, measured = [], set()
    for indicator in facts.indicators.sort_values(["number", "indicator"]).itertuples():
        title = import_module(f"kithwork.values.{indicator.value}").TITLE
        claim = released.get(indicator.claim) if isinstance(indicator.claim, str) else None
        meaning = facts.worded(indicator.definition)
        name = Markup('{}. {}<span class="d">{}</span>').format(indicator.number, title, meaning)
        if claim is None and isinstance(indicator.claim, str):
            rows.append([name, "[c]", "", Markup('<span class="ci">Held back: about too few people</span>')])
            continue
        if claim is None:
            rows.append(
                [name, "[x]", "", Markup('<span class="ci">Needs {}</span>').format(facts.worded(indicator.missing))]
            )
            continue
        measured.add(indicator.value)
        ends = html.scale(claim)
        rows.append([name, html.shown(claim), html.strip(claim, *ends, width=84) if ends else "", _reading(claim, facts)])
    columns = [
        ("Value and indicator", ""),
        ("Figure", "num r big q"),
        ("Range", "sc q"),
        ("Interval and comparison", "f q"),
    ]
    rest = "." if len(measured) == len(VALUES) else ", and bring the survey items for the rest."
    body = [
        html.note(
            "The ten values",
            "follow David Nour’s list, in his order. [x]: not available from the data brought.",
        ),
        html.table("Indicators of the ten values, with 95% intervals; a dashed line is the comparison", columns, rows),
        html.so_what(
            f"Start with the values whose figure lies clearly away from its comparison{rest}",
            "A total: the scales differ, so figures must not be added, averaged or set against another company’s.",
        ),
    ]
    many = {0: "None", len(VALUES): "All"}.get(len(measured), say.sentence(say.count(len(measured))))
    return f"{many} of the ten values can be read from the data brought", body


def _reading(claim: pd.Series, facts: Facts) -> Markup:
    """The interval and how it lies to its comparison; "clearly" only where a smallest useful difference is set."""
    text = say.interval(claim, "")
    if pd.notna(claim["reference"]):
        verdict = (
            say.against(claim, facts.settings.report.useful_difference)
            if claim["unit"] in ("%", "score")
            else say.against(claim).removeprefix("clearly ")
        )
        text += f"; {verdict} {say.number(claim['reference'], claim['unit'])} ({facts.worded(claim['reference_label'])})"
    return Markup('<span class="ci">{}</span>').format(text)
