"""The ten values by group: shown only where a group differs from the rest by more than so many comparisons would give."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from kithwork.release import HELD_BACK, Released
from kithwork.report import html
from kithwork.report import sentences as say
from kithwork.report.readings import Reading, title_of
from kithwork.report.section import Facts

BESIDE = 4
"""Indicators whose figures stand beside one another in one table."""


def section(found: dict[str, list[Reading]], released: Released, facts: Facts) -> list[Markup]:
    """A table of the indicators of which some group is marked, or the sentence that none is."""
    by_group = {
        f"{one.value}.{one.indicator.name}": (one, groups)
        for of in found.values()
        for one in of
        if len(groups := released.of(f"values.{one.value}.{one.indicator.name}"))
    }
    if not by_group:
        return []
    pairs = set(facts.marked[["indicator", "unit"]].itertuples(index=False, name=None))
    marked = {
        name: set(groups["group"]) & {unit for of, unit in pairs if of == name} for name, (_, groups) in by_group.items()
    }
    told = [name for name, units in marked.items() if units]
    hidden = max(released.held_back.get(f"values.{name}", 0) for name in by_group)
    heading = Markup("<h3>By {}</h3>").format(facts.word)
    shown = " shown" if hidden else ""
    compared = f"Compared were {say.several(len(by_group), 'indicator')} over all {facts.words}"
    if not told:
        none = f"no {facts.word}{shown} differs from the rest by more than chance would give over so many comparisons."
        return [heading, html.paragraph(f"{compared}: {none}")]
    text = (
        f"{compared}. Shown are those in which at least one {facts.word} differs from the rest, at a false discovery "
        "rate of 5%; it is marked above or below. Figures are shrunk towards the whole, those of few people most."
    )
    parts = [told[at : at + BESIDE] for at in range(0, len(told), BESIDE)]
    tables = [_table([(*by_group[name], marked[name]) for name in some], facts) for some in parts]
    return [heading, html.paragraph(text), *tables, html.held_back(hidden, released.smallest_group, facts.word)]


def _table(some: list[tuple[Reading, pd.DataFrame, set[str]]], facts: Facts) -> Markup:
    units = sorted({unit for _, groups, _ in some for unit in groups["group"]})
    columns = [(say.sentence(facts.word), ""), *((say.sentence(one.name), "f") for one, _, _ in some)]
    rows = [[unit, *(_cell(groups.set_index("group"), unit, marks) for _, groups, marks in some)] for unit in units]
    of = say.join(dict.fromkeys(title_of(one.value).lower() for one, _, _ in some))
    return html.table(f"Figures by {facts.word} with 95% intervals: {of}", columns, rows)


def _cell(groups: pd.DataFrame, unit: str, marked: set[str]) -> object:
    if unit not in groups.index:
        return HELD_BACK
    claim = groups.loc[unit].copy()
    claim["group"] = unit
    if unit not in marked:
        return html.pair(claim)
    side = "above" if claim["estimate"] > claim["reference"] else "below"
    return Markup("{} <b>{}</b>").format(html.pair(claim), side)
