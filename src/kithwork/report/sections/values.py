"""The ten values: the scorecard, and of each value what it asks, what was found, what is missing, and what follows."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import definitions, html, scorecard, value_findings, value_groups
from kithwork.report import sentences as say
from kithwork.report.readings import Reading, listed, question_of, readings, title_of
from kithwork.report.section import Facts
from kithwork.values.reference import Others, others

TOPIC = "Ten values"
STAGE = "values"
FIRST = 90
"""Per cent of resamples in which the value that comes first must do so again, to be called the first."""
ONE_SIDED = "self-report"


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """The scorecard in the framework's order, then a block for each value; never a total."""
    found = readings(released, facts)
    title = value_findings.headline(found)
    blocks = [_block(number, value, of, facts) for number, (value, of) in enumerate(found.items(), start=1) if of]
    return title, [
        html.note(
            "The ten values",
            "follow David Nour’s list, in his order. [x]: not available from the data brought; [c]: held back.",
        ),
        *_scorecard(found, released, facts),
        _elsewhere(facts),
        *blocks,
        *value_groups.section(found, released, facts),
        _introductions(released, facts),
        html.so_what(
            _so_what(found, facts),
            "A total: the ten ask different questions, and a figure far from its reference need not be one that matters most. "
            f"Figures are for the organisation and its {facts.words}, never for a person.",
        ),
    ]


def _scorecard(found: dict[str, list[Reading]], released: Released, facts: Facts) -> list[Markup]:
    made = scorecard.rows(found, released, facts)
    shown = [row for row in made if row.composite is not None]
    if not shown:
        why = "No value has two indicators, one of them no self-report, that could be set beside a reference."
        return [html.missing(why, "The sources named below: then the ten stand on one scale.")]
    n = [int(row.composite["n"]) for row in shown]
    title = _figure_title(shown)
    return [
        html.figure(
            facts.figure_number("values", 1),
            title,
            "Each value as a diamond with its 95% interval: how far its indicators lie, on average, from what their references "
            "would give. Grey dots are those indicators",
            scorecard.figure(made, title),
            f"n from {min(n):,} to {max(n):,} people. What people answer of a value is set against the mean of their own answers "
            "to all ten. Hollow dots: no composite, which takes two indicators, one of them no self-report. Of twenty intervals "
            "one may miss by chance.",
            scorecard.data(made, facts),
        ),
        _order(len(shown), released),
    ]


def _figure_title(shown: list[scorecard.Row]) -> str:
    """Which composites lie wholly on one side of their references."""
    above, below = (
        [title_of(row.value) for row in shown if say.against(row.composite).removeprefix("clearly ") == side]
        for side in ("above", "below")
    )
    if not above and not below:
        return "No value lies clearly above or below what its references give"
    some, side = (above, "above") if above else (below, "below")
    text = (
        f"{say.sentence(say.several(len(some), 'value'))} {say.verb(len(some), 'lies', 'lie')} {side} what references give"
    )
    return f"{text}, {say.count(len(below))} below" if above and below else text


def _order(many: int, released: Released) -> Markup:
    """How far the order of the values hangs on the weights, and on who was there to ask."""
    kept, tau, first = (released.get(f"values.order_{name}") for name in ("kept", "tau", "first"))
    if kept is None:
        return Markup("")
    parts: list[object] = [
        "The weights of the indicators are a choice, stated in the settings. Under 2,000 other choices, each weight between half "
        f"and twice its own, the {say.count(many)} values keep the order shown in ",
        html.shown(kept),
        " of them",
    ]
    if tau is not None:
        parts += [
            "; the orders agree by a Kendall’s tau of ",
            html.shown(tau),
            f" ({say.bounds(tau)} in 95 of 100; 1 is the same order)",
        ]
    parts.append(". ")
    if first is not None:
        parts += [
            "When people are drawn anew, the value that comes first does so again in ",
            html.shown(first),
            " of draws",
        ]
        parts.append(". " if first["estimate"] >= FIRST else ": so no value should be called the first. ")
    return html.paragraph(*parts)


def _block(number: int, value: str, found: list[Reading], facts: Facts) -> Markup:
    useful = facts.settings.report.useful_difference
    columns = [("Indicator", ""), ("Figure", "num r big q"), ("Range", "sc q"), ("Interval and comparison", "f q")]
    caption = Markup('<span class="unseen">Indicators of {}, with 95% intervals</span>').format(title_of(value).lower())
    return Markup(
        '<div class="value" id="value-{}"><h3><span class="fno">{}</span> {}</h3><p class="sub">{}</p>{}{}{}{}</div>'
    ).format(
        number,
        number,
        title_of(value),
        question_of(value),
        html.paragraph(say.sentence(value_findings.sentence(found, useful))),
        html.table(caption, columns, [_row(one, facts) for one in found], "ct bare"),
        _actions(found, facts),
        definitions.unfolding(found, facts),
    )


def _row(one: Reading, facts: Facts) -> list[object]:
    said = f" ({ONE_SIDED})" if one.indicator.self_report else ""
    meaning = facts.worded(one.indicator.definition).rstrip(".")
    name = Markup('{}<span class="d">{}{}</span>').format(say.sentence(one.name), meaning, said)
    if one.held_back:
        return [name, "[c]", "", _small("Held back: about too few people")]
    if one.claim is None:
        return [name, "[x]", "", _small(f"Needs {facts.worded(one.missing)}")]
    dots = _others(one, facts).dots
    strip = html.strip(one.claim, *ends(one.claim), width=84, others=dots["estimate"])
    return [name, html.shown(one.claim), strip, _reading(one, dots, facts)]


def ends(claim: pd.Series) -> tuple[float, float]:
    """The ends of the strip: of the figure's own scale, or from 0 to a round number that holds all of it."""
    known = html.scale(claim)
    if known:
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
        told = value_findings.since([one], facts.settings.report.useful_difference)
        text += f". {told.rstrip('.')}" if told else ". No clear change since the wave before"
    if len(dots):
        elsewhere = [
            f"{say.number(row.estimate, row.unit)} ({row.people:,} people)" for row in dots.itertuples(index=False)
        ]
        text += f". Elsewhere, as dots: {say.join(elsewhere)}"
    return _small(text)


def _others(one: Reading, facts: Facts) -> Others:
    return others(f"{one.value}.{one.indicator.name}", facts.settings.name, facts.organisations)


def _elsewhere(facts: Facts) -> Markup:
    """Which other organisations there are, and how few."""
    there = facts.organisations[facts.organisations["organisation"] != facts.settings.name]
    there = there.drop_duplicates("organisation")
    if there.empty:
        return Markup("")
    names = say.join(f"{name} ({people:,})" for name, people in zip(there["name"], there["people"], strict=True))
    return html.paragraph(
        f"Hollow dots beside a figure are other organisations, with the number of their people. Public data allow it for "
        f"{say.count(len(there))}: {names}. They are too few to be a measure, and what counts as a tie differs between them."
    )


def _small(text: str) -> Markup:
    return Markup('<span class="ci">{}</span>').format(text)


def _actions(found: list[Reading], facts: Facts) -> Markup:
    """What follows from indicators on the worse side of their references."""
    due = [one for one in found if one.calls]
    if not due:
        return Markup("")
    lines = Markup("").join(
        Markup('<li>{} <span class="ci">{}, within {} days: {} is {}{}.</span></li>').format(
            facts.worded(one.indicator.action.what),
            say.sentence(facts.worded(one.indicator.action.owner)),
            one.indicator.action.days,
            one.name,
            html.shown(one.claim),
            f", {value_findings.beside(one, facts)}" if one.compared else "",
        )
        for one in due
    )
    return Markup('<ul class="acts">{}</ul>').format(lines)


def _introductions(released: Released, facts: Facts) -> Markup:
    """How many introductions are worth making, of how many people they would ask, and how far one colleague opens doors."""
    made, pairs, asked, reached = (
        released.get(f"values.{name}") for name in ("introductions", "introductions_pairs", "introducers", "introduced")
    )
    parts: list[object] = []
    if made is not None and made["estimate"]:
        parts += [
            html.shown(made),
            f" introductions are worth making between {facts.words} that hold fewer ties than chance",
        ]
        parts += (
            [" would give: between ", html.with_interval(pairs), " of such pairs. They would ask "]
            if pairs is not None
            else [". "]
        )
        parts += [html.with_interval(asked), " of people to introduce somebody. "] if asked is not None else []
    if reached is not None:
        parts += [
            html.with_interval(reached),
            f" of people could be introduced by a colleague into a {facts.word} in which they know",
        ]
        parts.append(" nobody. ")
    if not parts:
        return Markup("")
    parts.append("Who could introduce whom is for those who agreed to be asked, and is not printed.")
    return Markup("<h3>Introductions</h3>{}").format(html.paragraph(*parts))


def _so_what(found: dict[str, list[Reading]], facts: Facts) -> str:
    worse = value_findings.standing_out(found, "worse")
    if worse:
        where = f" Section {facts.place('actions')} says who does what." if facts.place("actions") else ""
        return f"Begin where figures fall short of their references after correction: {listed(worse)}.{where}"
    if any(one.claim is not None for of in found.values() for one in of):
        return "Keep these figures as the start of a series: nothing falls short of its reference by more than chance."
    return "Bring the sources named above: each says which question it would answer."
