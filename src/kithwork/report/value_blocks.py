"""The block of one value: its question, its indicators beside what they can be held against, and what follows."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from kithwork.report import definitions, html, value_findings
from kithwork.report import sentences as say
from kithwork.report.readings import Reading, question_of, title_of
from kithwork.report.section import Facts
from kithwork.values.reference import others


def block(number: int, value: str, found: list[Reading], facts: Facts) -> Markup:
    """What it asks, what was found in a sentence, its indicators, what follows, and how they are measured."""
    columns = [("Indicator", ""), ("Figure", "num r big q"), ("Range", "sc q"), ("Interval and comparison", "f q")]
    caption = Markup('<span class="unseen">Indicators of {}, with 95% intervals</span>').format(title_of(value).lower())
    return Markup(
        '<div class="value" id="value-{}"><h3><span class="fno">{}</span> {}</h3><p class="sub">{}</p>{}{}{}{}</div>'
    ).format(
        number,
        number,
        title_of(value),
        question_of(value),
        html.paragraph(say.sentence(value_findings.sentence(found, facts.settings))),
        html.table(caption, columns, [_row(one, facts) for one in found], "ct bare"),
        _actions(found, facts),
        definitions.unfolding(found, facts),
    )


def _row(one: Reading, facts: Facts) -> list[object]:
    said = " (self-report)" if one.indicator.self_report else ""
    meaning = facts.worded(one.indicator.definition).rstrip(".")
    name = Markup('{}<span class="d">{}{}</span>').format(say.sentence(one.name), meaning, said)
    if one.held_back:
        return [name, "[c]", "", _small("Held back: about too few people")]
    if one.claim is None:
        return [name, "[x]", "", _small(f"Needs {facts.worded(one.missing)}")]
    dots = others(f"{one.value}.{one.indicator.name}", facts.settings.name, facts.organisations)
    strip = html.strip(one.claim, *ends(one.claim), width=84, others=dots["estimate"])
    return [name, html.shown(one.claim), strip, _reading(one, dots, facts)]


def ends(claim: pd.Series) -> tuple[float, float]:
    """The ends of the strip: of the figure's own scale, or from 0 to a round number that holds all of it."""
    known = html.scale(claim)
    if known and claim["high"] <= known[1]:
        return known
    farthest = max(claim["high"], 0 if pd.isna(claim["reference"]) else claim["reference"], 1)
    step = 10 ** (len(str(int(farthest))) - 1)
    return 0, -(-farthest // step) * step


def _reading(one: Reading, dots: pd.DataFrame, facts: Facts) -> Markup:
    """The interval, how it lies to its reference, the change since the wave before, and what it is elsewhere."""
    text = say.interval(one.claim, "")
    if one.compared:
        text += f"; {value_findings.beside(one, facts)} ({facts.worded(one.claim['reference_label'])})"
    if one.change is not None:
        told = value_findings.since([one], facts.settings)
        text += f". {told.rstrip('.')}" if told else ". No clear change since the wave before"
    if len(dots):
        elsewhere = [
            f"{say.number(row.estimate, row.unit)} ({row.people:,} people)" for row in dots.itertuples(index=False)
        ]
        text += f". Elsewhere, as dots: {say.join(elsewhere)}"
    return _small(text)


def _small(text: str) -> Markup:
    return Markup('<span class="ci">{}</span>').format(text)


def _actions(found: list[Reading], facts: Facts) -> Markup:
    """What follows from indicators on the worse side of their references."""
    due = [one for one in found if one.calls]
    if not due:
        return Markup("")
    lines = Markup("").join(
        Markup('<li>{}. <span class="ci">{}, within {} days: {} is {}, {}.</span></li>').format(
            facts.worded(one.indicator.action.what).rstrip("."),
            say.sentence(facts.worded(one.indicator.action.owner)),
            one.indicator.action.days,
            one.name,
            html.in_brackets(one.claim),
            value_findings.beside(one, facts),
        )
        for one in due
    )
    return Markup('<ul class="acts">{}</ul>').format(lines)
