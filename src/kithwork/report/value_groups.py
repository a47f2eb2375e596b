"""The ten values by group: shown only where a group differs from the rest by more than so many comparisons would give."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from kithwork.release import HELD_BACK, Released
from kithwork.report import bounded, downloads, html
from kithwork.report import sentences as say
from kithwork.report.readings import Reading, title_of
from kithwork.report.section import Facts

READINESS = "change.readiness"
BESIDE = 4
"""Indicators whose figures stand beside one another in one table."""


def section(found: dict[str, list[Reading]], released: Released, facts: Facts) -> list[Markup]:
    """A table of the indicators of which some group is marked, or the sentence that none is."""
    by_group = {
        f"{one.value}.{one.indicator.name}": (one, groups)
        for of in found.values()
        for one in of
        if len(groups := of_groups(one, released))
    }
    if not by_group:
        return []
    marked = {name: _marked(name, groups, facts) for name, (_, groups) in by_group.items()}
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
        html.folded(
            f"These indicators of every {facts.word}{shown}",
            tables,
            downloads.link("values-by-group", "These indicators", *(by_group[name][1] for name in told)),
        ),
        html.held_back(hidden, released.smallest_group, facts.word),
    ]


def of_groups(one: Reading, released: Released) -> pd.DataFrame:
    """The groups shown of an indicator. Readiness has one figure a group on all pages, that of the section on the change:
    here it would be drawn towards the whole a little otherwise.
    """
    rows = released.of(f"values.{one.value}.{one.indicator.name}")
    told = released.of(READINESS) if one.indicator.name == "readiness" else rows.iloc[:0]
    if rows.empty or told.empty:
        return rows
    return told.assign(**rows.iloc[0][["reference", "reference_label"]])


def marks(found: Iterable[Reading], released: Released, facts: Facts) -> dict[str, dict[str, str]]:
    """By measure, the groups that differ from the rest after correction, each with its side: `above` or `below`."""
    names = {f"{one.value}.{one.indicator.name}": one for one in found}
    return {f"values.{name}": _marked(name, of_groups(one, released), facts) for name, one in names.items()}


def _marked(name: str, groups: pd.DataFrame, facts: Facts) -> dict[str, str]:
    rows = facts.marked[facts.marked["indicator"] == name]
    return {row.unit: "above" if row.above else "below" for row in rows.itertuples() if row.unit in _apart(groups)}


def _differing(told: list[tuple[Reading, pd.DataFrame, dict[str, str]]], facts: Facts) -> Markup:
    """The groups that differ from the rest, each with its side and the whole's figure."""
    columns = [(say.sentence(facts.word), ""), ("Indicator", "f q"), ("Figure", "nw f q"), ("Beside the rest", "f q")]
    rows = [
        [claim["group"], _named(one), html.pair(claim), f"{marks[claim['group']]}; {_whole(claim)}"]
        for one, groups, marks in told
        for _, claim in groups[groups["group"].isin(marks)].iterrows()
    ]
    title = f"{say.sentence(facts.words)} that differ from the rest, with 95% intervals"
    return html.table(title, columns, sorted(rows, key=lambda row: row[0]))


def _named(one: Reading) -> str:
    return f"{title_of(one.value)}: {one.name}"


def _apart(groups: pd.DataFrame) -> set[str]:
    """Groups whose figure, shrunk as it is shown, is printed other than the whole's: no mark stands beside an equal one."""
    printed = {row.group: [say.number(x, row.unit) for x in (row.estimate, row.reference)] for row in groups.itertuples()}
    return {group for group, (own, whole) in printed.items() if own != whole}


def _whole(claim: pd.Series) -> str:
    return f"{claim['reference_label']}: {say.number(claim['reference'], claim['unit'])}"


def _table(some: list[tuple[Reading, pd.DataFrame, dict[str, str]]], facts: Facts) -> Markup:
    several = [groups for _, groups, _ in some]
    units = sorted(bounded.largest(several))
    columns = [(say.sentence(facts.word), ""), *((_named(one), "f") for one, _, _ in some)]
    rows = [[unit, *(_cell(groups.set_index("group"), unit, marks) for _, groups, marks in some)] for unit in units]
    rest = bounded.told_of_table(pd.concat(several)["group"].nunique(), facts.word)
    return html.table(f"Figures by {facts.word}, with 95% intervals{rest}", columns, rows)


def _cell(groups: pd.DataFrame, unit: str, marked: dict[str, str]) -> object:
    if unit not in groups.index:
        return HELD_BACK
    claim = groups.loc[unit].copy()
    claim["group"] = unit
    if unit not in marked:
        return html.pair(claim)
    return Markup("{} <b>{}</b>").format(html.pair(claim), marked[unit])
