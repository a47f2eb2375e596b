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
SCALES = {"%": (0, 100), "score": (0, 100), "index": (-1, 1)}


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """One row per indicator in the framework's order; never a total."""
    rows, measured = [], set()
    for indicator in facts.indicators.sort_values(["number", "indicator"]).itertuples():
        title = import_module(f"kithwork.values.{indicator.value}").TITLE
        claim = released.get(indicator.claim) if isinstance(indicator.claim, str) else None
        name = Markup('{}. {}<span class="d">{}</span>').format(indicator.number, title, indicator.definition)
        if claim is None and isinstance(indicator.claim, str):
            rows.append([name, "[c]", "", Markup('<span class="ci">Held back: about too few people</span>')])
            continue
        if claim is None:
            rows.append([name, "[x]", "", Markup('<span class="ci">Needs {}</span>').format(indicator.missing)])
            continue
        measured.add(indicator.value)
        scale = SCALES.get(claim["unit"])
        drawing = html.strip(claim, *scale) if scale else Markup('<span class="ci">{}</span>').format(claim["unit"])
        rows.append([name, html.shown(claim), drawing, _reading(claim, facts.settings.report.useful_difference)])
    columns = [
        ("Value and indicator", ""),
        ("Figure", "num r big"),
        ("Range", ""),
        ("Interval and comparison", "f"),
    ]
    body = [
        html.note(
            "The ten values",
            "follow David Nour's list, in his order. [x]: not available from the data brought.",
        ),
        html.table("Indicators of the ten values, with 95% intervals; a dashed line is the comparison", columns, rows),
        html.so_what(
            "Start with the values whose figure lies clearly away from its comparison, and bring the survey items for the rest.",
            "A total: the scales differ, so figures must not be added, averaged or set against another company's.",
        ),
    ]
    many = {0: "None", len(VALUES): "All"}.get(len(measured), say.sentence(say.count(len(measured))))
    return f"{many} of the ten values can be read from the data brought", body


def _reading(claim: pd.Series, useful: float) -> Markup:
    text = say.interval(claim, "")
    if pd.notna(claim["reference"]):
        gap = useful if claim["unit"] != "index" else 0.0
        text += f"; {say.against(claim, gap)} {say.number(claim['reference'], claim['unit'])} ({claim['reference_label']})"
    return Markup('<span class="ci">{}</span>').format(text)
