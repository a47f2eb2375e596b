"""The ten values: the scorecard, and of each value what it asks, what was found, what is missing, and what follows."""

from __future__ import annotations

from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import html, scorecard, value_blocks, value_findings, value_groups, value_introductions, verdicts
from kithwork.report import sentences as say
from kithwork.report.limits import limits
from kithwork.report.readings import Reading, listed, readings, title_of
from kithwork.report.section import Facts
from kithwork.report.trace import worded
from kithwork.values.composite import WEIGHTINGS

TOPIC = "Ten values"
STAGE = "values"
FIRST = 90
"""Per cent of resamples in which the value that comes first must do so again, to be called the first."""


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """The scorecard in the framework's order, then a block for each value; never a total."""
    found = readings(released, facts)
    title = value_findings.headline(found)
    blocks = [
        value_blocks.block(number, value, of, facts) for number, (value, of) in enumerate(found.items(), start=1) if of
    ]
    return title, [
        html.note(
            "The ten values",
            "follow David Nour’s list, in his order. [x]: not available from the data brought; [c]: held back, about too few people. "
            "Survey items such as V1a are spelled out in the codebook beside the reports.",
        ),
        html.note(
            "Chance",
            "is a yardstick, not a norm: people everywhere are tied closer to home than chance would have it (McPherson, "
            "Smith-Lovin & Cook 2001). How far, and whether that is wanted, is the question.",
        ),
        *_scorecard(found, released, facts),
        _elsewhere(facts),
        *blocks,
        *value_groups.section(found, released, facts),
        value_introductions.section(released, facts),
        html.so_what(
            _so_what(found, facts),
            limits(
                "values",
                "A total: the ten ask different questions, and a figure far from its reference need not be one that matters most. "
                f"Figures are for the organisation and its {facts.words}, never for a person.",
                released,
                facts,
            ),
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
            "would give. Grey dots are those indicators, hollow where there is no composite",
            scorecard.figure(made, title),
            f"{facts.settings.engagement.organisation}; {_people(n)}. The dashed line is where the references lie: what chance would give, or a threshold declared "
            "beforehand. What people answer of a value is set against the mean of their own answers to all ten. A composite takes two indicators, one of them no self-report. Of twenty intervals one may miss by chance.",
            scorecard.data(made, facts),
            scorecard.claims(made),
        ),
        _order(len(shown), released),
    ]


def _people(n: list[int]) -> str:
    """How many people are behind each composite."""
    return f"n = {n[0]:,} people" if min(n) == max(n) else f"n from {min(n):,} to {max(n):,} people"


@worded
def _figure_title(shown: list[scorecard.Row]) -> str:
    """Which composites lie wholly on one side of their references."""
    above, below = (
        [title_of(row.value) for row in shown if verdicts.side(row.composite) == side] for side in ("above", "below")
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
    return html.paragraph(
        f"The weights of the indicators are a choice, stated in the settings. Under {WEIGHTINGS:,} other choices, each weight "
        f"between half and twice its own, the {say.count(many)} values keep their order in ",
        html.in_brackets(kept),
        " of them; the orders agree by a Kendall’s tau of ",
        html.in_brackets(tau),
        ", where 1 is the same order. When people are drawn anew, the value that comes first does so again in ",
        html.in_brackets(first),
        " of draws" + ("." if first["estimate"] >= FIRST else ": so no value should be called the first."),
    )


def _elsewhere(facts: Facts) -> Markup:
    """Which other organisations there are, and how few."""
    there = facts.organisations[facts.organisations["organisation"] != facts.settings.name]
    there = there.drop_duplicates("organisation")
    if there.empty:
        return Markup("")
    names = say.join(
        f"{say.typeset(name)} ({people:,})" for name, people in zip(there["name"], there["people"], strict=True)
    )
    return html.paragraph(
        f"Hollow dots on the strip of a figure are other organisations, with the number of their people. Public data allow it for "
        f"{say.count(len(there))}: {names}. They are too few to be a measure, and what counts as a tie differs between them."
    )


@worded
def _so_what(found: dict[str, list[Reading]], facts: Facts) -> str:
    worse = value_findings.standing_out(found, "worse")
    if worse:
        where = f" Section {facts.place('actions')} says who does what." if facts.place("actions") else ""
        return f"Begin where figures fall short of their references by more than so many comparisons would give by chance: {listed(worse)}.{where}"
    if any(one.claim is not None for of in found.values() for one in of):
        return "Keep these figures as the start of a series: nothing falls short of its reference by more than chance."
    return "Bring the sources named above: each says which question it would answer."
