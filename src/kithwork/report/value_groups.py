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
        name: {claim["group"] for _, claim in groups.iterrows() if (name, claim["group"]) in pairs and _apart(claim)}
        for name, (_, groups) in by_group.items()
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
        f"{compared}. Shown is where a {facts.word} differs from the rest by more than so many comparisons would give; "
        "about one in twenty of those shown may still do so by chance. Few people swing by chance, so figures are drawn "
        "towards the whole, those of few people most."
    )
    parts = [told[at : at + BESIDE] for at in range(0, len(told), BESIDE)]
    tables = Markup("").join(_table([(*by_group[name], marked[name]) for name in some], facts) for some in parts)
    return [
        heading,
        html.paragraph(text),
        _differing([(*by_group[name], marked[name]) for name in told], facts),
        html.folded(f"These indicators of every {facts.word}{shown}", tables),
        html.held_back(hidden, released.smallest_group, facts.word),
    ]


def _differing(told: list[tuple[Reading, pd.DataFrame, set[str]]], facts: Facts) -> Markup:
    """The groups that differ from the rest, each beside the whole."""
    columns = [(say.sentence(facts.word), ""), ("Indicator", "f q"), ("Figure", "f q"), ("Beside the whole", "f q")]
    rows = [
        [claim["group"], _named(one), html.pair(claim), f"{_side(claim)} {say.number(claim['reference'], claim['unit'])}"]
        for one, groups, marks in told
        for _, claim in groups[groups["group"].isin(marks)].iterrows()
    ]
    title = f"{say.sentence(facts.words)} that differ from the rest, with 95% intervals"
    return html.table(title, columns, sorted(rows, key=lambda row: row[0]))


def _named(one: Reading) -> str:
    return f"{title_of(one.value)}: {one.name}"


def _apart(claim: pd.Series) -> bool:
    """Whether the figure, shrunk as it is shown, lies off the whole; else a mark would stand beside an equal figure."""
    return not claim["low"] <= claim["reference"] <= claim["high"]


def _side(claim: pd.Series) -> str:
    return "above" if claim["estimate"] > claim["reference"] else "below"


def _table(some: list[tuple[Reading, pd.DataFrame, set[str]]], facts: Facts) -> Markup:
    units = sorted({unit for _, groups, _ in some for unit in groups["group"]})
    columns = [(say.sentence(facts.word), ""), *((_named(one), "f") for one, _, _ in some)]
    rows = [[unit, *(_cell(groups.set_index("group"), unit, marks) for _, groups, marks in some)] for unit in units]
    return html.table(f"Figures by {facts.word}, with 95% intervals", columns, rows)


def _cell(groups: pd.DataFrame, unit: str, marked: set[str]) -> object:
    if unit not in groups.index:
        return HELD_BACK
    claim = groups.loc[unit].copy()
    claim["group"] = unit
    if unit not in marked:
        return html.pair(claim)
    return Markup("{} <b>{}</b>").format(html.pair(claim), _side(claim))
